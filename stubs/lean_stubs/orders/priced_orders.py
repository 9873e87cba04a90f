"""Orders with prices of their own, and the making of orders from requests (LEAN: LimitOrder and its kin)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.orders.enums import OrderStatus, OrderType
from lean_stubs.orders.order import MarketOnCloseOrder, MarketOnOpenOrder, MarketOrder, Order
from lean_stubs.orders.requests import SubmitOrderRequest, UpdateOrderRequest
from lean_stubs.securities.decimals import ZERO, normalize_text, to_decimal

__all__ = ["LimitIfTouchedOrder", "LimitOrder", "StopLimitOrder", "StopMarketOrder", "TrailingStopOrder", "create_order"]


def _worse(order: Order, own: Decimal, market: Decimal) -> Decimal:
    """Buying counts at the lower, selling at the higher of the order's price and the market's."""
    if not order._shares:
        return ZERO
    return order._shares * (max(own, market) if order._shares < 0 else min(own, market))


class _Limited(Order, clr="QuantConnect.Orders"):
    """An order with a limit price."""

    def __init__(
        self,
        symbol: Any = None,
        quantity: Any = 0,
        limit_price: Any = 0,
        time: datetime | None = None,
        tag: str = "",
        properties: Any = None,
    ) -> None:
        super().__init__(symbol, quantity, time, tag, properties)
        self._limit = to_decimal(limit_price)

    def _value(self, price: Decimal) -> Decimal:
        return _worse(self, self._limit, price)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._limit is not None:
            self._limit = request._limit

    @property
    def limit_price(self) -> float:
        return float(self._limit)


class LimitOrder(_Limited, clr="QuantConnect.Orders"):
    _type = OrderType.LIMIT

    @property
    def is_marketable(self) -> bool:
        data = self._submission
        if data is None:
            return False
        return bool((self._shares > 0 and self._limit >= data._ask) or (self._shares < 0 and self._limit <= data._bid))


class StopMarketOrder(Order, clr="QuantConnect.Orders"):
    _type = OrderType.STOP_MARKET

    def __init__(
        self,
        symbol: Any = None,
        quantity: Any = 0,
        stop_price: Any = 0,
        time: datetime | None = None,
        tag: str = "",
        properties: Any = None,
    ) -> None:
        super().__init__(symbol, quantity, time, tag, properties)
        self._stop = to_decimal(stop_price)

    def _value(self, price: Decimal) -> Decimal:
        return _worse(self, self._stop, price)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._stop is not None:
            self._stop = request._stop

    @property
    def stop_price(self) -> float:
        return float(self._stop)


class StopLimitOrder(_Limited, clr="QuantConnect.Orders"):
    _type = OrderType.STOP_LIMIT

    def __init__(
        self,
        symbol: Any = None,
        quantity: Any = 0,
        stop_price: Any = 0,
        limit_price: Any = 0,
        time: datetime | None = None,
        tag: str = "",
        properties: Any = None,
    ) -> None:
        super().__init__(symbol, quantity, limit_price, time, tag, properties)
        self._stop, self._triggered = to_decimal(stop_price), False

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._stop is not None:
            self._stop = request._stop

    @property
    def stop_price(self) -> float:
        return float(self._stop)

    @property
    def stop_triggered(self) -> bool:
        return self._triggered


class TrailingStopOrder(StopMarketOrder, clr="QuantConnect.Orders"):
    _type = OrderType.TRAILING_STOP

    def __init__(
        self,
        symbol: Any = None,
        quantity: Any = 0,
        stop_price: Any = 0,
        trailing_amount: Any = 0,
        trailing_as_percentage: bool = False,
        time: datetime | None = None,
        tag: str = "",
        properties: Any = None,
    ) -> None:
        super().__init__(symbol, quantity, stop_price, time, tag, properties)
        self._trailing, self._trailing_percent = to_decimal(trailing_amount), trailing_as_percentage

    def _apply(self, request: UpdateOrderRequest) -> None:
        Order._apply(self, request)
        if request._trailing is not None:
            self._trailing = request._trailing

    @property
    def trailing_amount(self) -> float:
        return float(self._trailing)

    @property
    def trailing_as_percentage(self) -> bool:
        return self._trailing_percent

    def get_default_tag(self) -> str:
        shown = f"{normalize_text(self._trailing * 100)}%" if self._trailing_percent else f"${normalize_text(self._trailing)}"
        return f"Trailing Amount: {shown}"


class LimitIfTouchedOrder(_Limited, clr="QuantConnect.Orders"):
    _type = OrderType.LIMIT_IF_TOUCHED

    def __init__(
        self,
        symbol: Any = None,
        quantity: Any = 0,
        trigger_price: Any = 0,
        limit_price: Any = 0,
        time: datetime | None = None,
        tag: str = "",
        properties: Any = None,
    ) -> None:
        super().__init__(symbol, quantity, limit_price, time, tag, properties)
        self._trigger, self._triggered = to_decimal(trigger_price), False

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._trigger is not None:
            self._trigger = request._trigger

    @property
    def trigger_price(self) -> float:
        return float(self._trigger)

    @property
    def trigger_touched(self) -> bool:
        return self._triggered


def create_order(request: SubmitOrderRequest) -> Order:
    """The order a submit request asks for, status NEW."""
    kind, common = request._order_type, (request._time, request._tag or "", request._properties)
    symbol, quantity = request._symbol, request._quantity
    order: Order
    if kind is OrderType.MARKET:
        order = MarketOrder(symbol, quantity, *common)
    elif kind is OrderType.MARKET_ON_OPEN:
        order = MarketOnOpenOrder(symbol, quantity, *common)
    elif kind is OrderType.MARKET_ON_CLOSE:
        order = MarketOnCloseOrder(symbol, quantity, *common)
    elif kind is OrderType.LIMIT:
        order = LimitOrder(symbol, quantity, request._limit, *common)
    elif kind is OrderType.STOP_MARKET:
        order = StopMarketOrder(symbol, quantity, request._stop, *common)
    elif kind is OrderType.STOP_LIMIT:
        order = StopLimitOrder(symbol, quantity, request._stop, request._limit, *common)
    elif kind is OrderType.TRAILING_STOP:
        order = TrailingStopOrder(symbol, quantity, request._stop, request._trailing, request._trailing_percent, *common)
    else:
        order = LimitIfTouchedOrder(symbol, quantity, request._trigger, request._limit, *common)
    order._status = OrderStatus.NEW
    order._id = request._order_id
    return order
