"""Enumerations of orders (LEAN: OrderTypes and friends)."""

from __future__ import annotations

from lean_stubs.clr import ClrEnum, value

__all__ = [
    "OrderDirection",
    "OrderField",
    "OrderPosition",
    "OrderRequestStatus",
    "OrderRequestType",
    "OrderResponseErrorCode",
    "OrderStatus",
    "OrderType",
]


class OrderType(ClrEnum, clr="QuantConnect.Orders"):
    MARKET: OrderType = value(0)
    LIMIT: OrderType = value(1)
    STOP_MARKET: OrderType = value(2)
    STOP_LIMIT: OrderType = value(3)
    MARKET_ON_OPEN: OrderType = value(4)
    MARKET_ON_CLOSE: OrderType = value(5)
    OPTION_EXERCISE: OrderType = value(6)
    LIMIT_IF_TOUCHED: OrderType = value(7)
    COMBO_MARKET: OrderType = value(8)
    COMBO_LIMIT: OrderType = value(9)
    COMBO_LEG_LIMIT: OrderType = value(10)
    TRAILING_STOP: OrderType = value(11)


class OrderDirection(ClrEnum, clr="QuantConnect.Orders"):
    BUY: OrderDirection = value(0)
    SELL: OrderDirection = value(1)
    HOLD: OrderDirection = value(2)


class OrderPosition(ClrEnum, clr="QuantConnect.Orders"):
    BUY_TO_OPEN: OrderPosition = value(0)
    BUY_TO_CLOSE: OrderPosition = value(1)
    SELL_TO_OPEN: OrderPosition = value(2)
    SELL_TO_CLOSE: OrderPosition = value(3)


class OrderStatus(ClrEnum, clr="QuantConnect.Orders"):
    NEW: OrderStatus = value(0)
    SUBMITTED: OrderStatus = value(1)
    PARTIALLY_FILLED: OrderStatus = value(2)
    FILLED: OrderStatus = value(3)
    CANCELED: OrderStatus = value(5)
    NONE: OrderStatus = value(6)
    INVALID: OrderStatus = value(7)
    CANCEL_PENDING: OrderStatus = value(8)
    UPDATE_SUBMITTED: OrderStatus = value(9)


class OrderField(ClrEnum, clr="QuantConnect.Orders"):
    LIMIT_PRICE: OrderField = value(0)
    STOP_PRICE: OrderField = value(1)
    TRIGGER_PRICE: OrderField = value(2)
    TRAILING_AMOUNT: OrderField = value(3)
    TRAILING_AS_PERCENTAGE: OrderField = value(4)


class OrderRequestType(ClrEnum, clr="QuantConnect.Orders"):
    SUBMIT: OrderRequestType = value(0)
    UPDATE: OrderRequestType = value(1)
    CANCEL: OrderRequestType = value(2)


class OrderRequestStatus(ClrEnum, clr="QuantConnect.Orders"):
    UNPROCESSED: OrderRequestStatus = value(0)
    PROCESSING: OrderRequestStatus = value(1)
    PROCESSED: OrderRequestStatus = value(2)
    ERROR: OrderRequestStatus = value(3)


class OrderResponseErrorCode(ClrEnum, clr="QuantConnect.Orders"):
    NONE: OrderResponseErrorCode = value(0)
    PROCESSING_ERROR: OrderResponseErrorCode = value(-1)
    ORDER_ALREADY_EXISTS: OrderResponseErrorCode = value(-2)
    INSUFFICIENT_BUYING_POWER: OrderResponseErrorCode = value(-3)
    BROKERAGE_MODEL_REFUSED_TO_SUBMIT_ORDER: OrderResponseErrorCode = value(-4)
    BROKERAGE_FAILED_TO_SUBMIT_ORDER: OrderResponseErrorCode = value(-5)
    BROKERAGE_FAILED_TO_UPDATE_ORDER: OrderResponseErrorCode = value(-6)
    BROKERAGE_HANDLER_REFUSED_TO_UPDATE_ORDER: OrderResponseErrorCode = value(-7)
    BROKERAGE_FAILED_TO_CANCEL_ORDER: OrderResponseErrorCode = value(-8)
    INVALID_ORDER_STATUS: OrderResponseErrorCode = value(-9)
    UNABLE_TO_FIND_ORDER: OrderResponseErrorCode = value(-10)
    ORDER_QUANTITY_ZERO: OrderResponseErrorCode = value(-11)
    UNSUPPORTED_REQUEST_TYPE: OrderResponseErrorCode = value(-12)
    PRE_ORDER_CHECKS_ERROR: OrderResponseErrorCode = value(-13)
    MISSING_SECURITY: OrderResponseErrorCode = value(-14)
    EXCHANGE_NOT_OPEN: OrderResponseErrorCode = value(-15)
    SECURITY_PRICE_ZERO: OrderResponseErrorCode = value(-16)
    FOREX_BASE_AND_QUOTE_CURRENCIES_REQUIRED: OrderResponseErrorCode = value(-17)
    FOREX_CONVERSION_RATE_ZERO: OrderResponseErrorCode = value(-18)
    SECURITY_HAS_NO_DATA: OrderResponseErrorCode = value(-19)
    EXCEEDED_MAXIMUM_ORDERS: OrderResponseErrorCode = value(-20)
    MARKET_ON_CLOSE_ORDER_TOO_LATE: OrderResponseErrorCode = value(-21)
    INVALID_REQUEST: OrderResponseErrorCode = value(-22)
    REQUEST_CANCELED: OrderResponseErrorCode = value(-23)
    ALGORITHM_WARMING_UP: OrderResponseErrorCode = value(-24)
    BROKERAGE_MODEL_REFUSED_TO_UPDATE_ORDER: OrderResponseErrorCode = value(-25)
    QUOTE_CURRENCY_REQUIRED: OrderResponseErrorCode = value(-26)
    CONVERSION_RATE_ZERO: OrderResponseErrorCode = value(-27)
    NON_TRADABLE_SECURITY: OrderResponseErrorCode = value(-28)
    NON_EXERCISABLE_SECURITY: OrderResponseErrorCode = value(-29)
    ORDER_QUANTITY_LESS_THAN_LOT_SIZE: OrderResponseErrorCode = value(-30)
    EXCEEDS_SHORTABLE_QUANTITY: OrderResponseErrorCode = value(-31)
    INVALID_NEW_ORDER_STATUS: OrderResponseErrorCode = value(-32)
    EUROPEAN_OPTION_NOT_EXPIRED_ON_EXERCISE: OrderResponseErrorCode = value(-33)
    OPTION_ORDER_ON_STOCK_SPLIT: OrderResponseErrorCode = value(-34)
    MARKET_ON_OPEN_NOT_ALLOWED_DURING_REGULAR_HOURS: OrderResponseErrorCode = value(-35)
