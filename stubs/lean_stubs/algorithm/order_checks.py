"""What is looked at before an order is placed (QCAlgorithm.Trading: MarketOrder, PreOrderChecksImpl)."""

from __future__ import annotations

from typing import Any

from lean_stubs.common import Resolution
from lean_stubs.orders.enums import OrderResponseErrorCode as Code
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.plain_orders import MarketOnCloseOrder
from lean_stubs.orders.requests import SubmitOrderRequest
from lean_stubs.orders.responses import OrderResponse
from lean_stubs.securities.decimals import normalize_text

__all__ = ["market_order_type", "no_price", "pre_order_checks"]

_DEFAULT_MAXIMUM = 10_000


def is_daily_only(security: Any) -> bool:
    return all(config.resolution is Resolution.DAILY for config in security._configs())


def too_late_for_close(state: Any, security: Any) -> bool:
    """Whether the closing auction's buffer has begun."""
    if security._hours.is_market_always_open:
        return False
    close = security._hours.get_next_market_close(security.local_time, False)
    return bool(state.utc > security._hours._to_utc(close) - MarketOnCloseOrder.submission_time_buffer)


def market_order_type(state: Any, security: Any) -> Any:
    """What a market order becomes: MarketOnOpen while closed; with daily data only, MarketOnClose or MarketOnOpen."""
    if not security.exchange.exchange_open:
        return OrderType.MARKET_ON_OPEN
    if security._hours.is_market_always_open or not is_daily_only(security):
        return OrderType.MARKET
    return OrderType.MARKET_ON_OPEN if too_late_for_close(state, security) else OrderType.MARKET_ON_CLOSE


def pre_order_checks(state: Any, request: SubmitOrderRequest) -> OrderResponse:
    """The first rule that the order breaks, or success."""

    def error(code: Any, text: str) -> OrderResponse:
        return OrderResponse.error(request, code, text)

    if state.is_warming_up:
        return OrderResponse.warming_up(request)
    security = state.securities._find(request._symbol)
    if security is None:
        return OrderResponse.missing_security(request)
    shares = abs(request._quantity)
    if not shares:
        return OrderResponse.zero_quantity(request)
    if shares < security._lot:
        return error(
            Code.ORDER_QUANTITY_LESS_THAN_LOT_SIZE,
            f"Unable to submit order with id {request._order_id} which quantity ({normalize_text(shares)}) is less than lot size "
            f"({normalize_text(security._lot)}).",
        )
    if not security._tradable:
        return error(Code.NON_TRADABLE_SECURITY, f"The security with symbol '{request._symbol}' is marked as non-tradable.")
    if not security._prices.price:
        return error(Code.SECURITY_PRICE_ZERO, no_price(request._symbol))
    if not security.has_data:
        return error(Code.SECURITY_HAS_NO_DATA, "There is no data for this symbol yet: security.has_data is False.")
    most = state.extra.get("maximum_orders", _DEFAULT_MAXIMUM)
    if state.transactions._handler.order_count > most:
        state.status = "Stopped"
        return error(Code.EXCEEDED_MAXIMUM_ORDERS, f"You have exceeded maximum number of orders ({most}).")
    if request._order_type is OrderType.MARKET_ON_OPEN and security.exchange.exchange_open and not is_daily_only(security):
        text = "Cannot submit a MarketOnOpen order while the market is open."
        return error(Code.MARKET_ON_OPEN_NOT_ALLOWED_DURING_REGULAR_HOURS, text)
    if request._order_type is OrderType.MARKET_ON_CLOSE and too_late_for_close(state, security):
        return error(
            Code.MARKET_ON_CLOSE_ORDER_TOO_LATE,
            f"MarketOnClose orders must be placed at least {MarketOnCloseOrder.submission_time_buffer} before market close.",
        )
    return OrderResponse.success(request)


def no_price(symbol: Any) -> str:
    """LEAN's message of a security that has not traded yet, in short."""
    return f"{symbol}: The security does not have an accurate price as it has not yet received a bar of data."
