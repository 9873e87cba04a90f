"""The order that a submit request asks for (LEAN: Order.CreateOrder)."""

from __future__ import annotations

from typing import Any

from lean_stubs.orders.combo_orders import ComboLegLimitOrder, ComboLimitOrder, ComboMarketOrder
from lean_stubs.orders.enums import OrderStatus, OrderType
from lean_stubs.orders.order import Order
from lean_stubs.orders.plain_orders import MarketOnCloseOrder, MarketOnOpenOrder, MarketOrder
from lean_stubs.orders.priced_orders import LimitIfTouchedOrder, LimitOrder, StopLimitOrder, StopMarketOrder, TrailingStopOrder
from lean_stubs.orders.requests import SubmitOrderRequest

__all__ = ["create_order"]

_STOP, _LIMIT, _GROUP = {"stop_price": "_stop"}, {"limit_price": "_limit"}, {"group_order_manager": "_group"}
#: Class of an order type, and what of a request it takes.
_MADE: dict[Any, tuple[Any, dict[str, str]]] = {
    OrderType.MARKET: (MarketOrder, {}),
    OrderType.MARKET_ON_OPEN: (MarketOnOpenOrder, {}),
    OrderType.MARKET_ON_CLOSE: (MarketOnCloseOrder, {}),
    OrderType.LIMIT: (LimitOrder, _LIMIT),
    OrderType.STOP_MARKET: (StopMarketOrder, _STOP),
    OrderType.STOP_LIMIT: (StopLimitOrder, _STOP | _LIMIT),
    OrderType.TRAILING_STOP: (
        TrailingStopOrder,
        _STOP | {"trailing_amount": "_trailing", "trailing_as_percentage": "_trailing_percent"},
    ),
    OrderType.LIMIT_IF_TOUCHED: (LimitIfTouchedOrder, _LIMIT | {"trigger_price": "_trigger"}),
    OrderType.COMBO_MARKET: (ComboMarketOrder, _GROUP),
    OrderType.COMBO_LIMIT: (ComboLimitOrder, _LIMIT | _GROUP),
    OrderType.COMBO_LEG_LIMIT: (ComboLegLimitOrder, _LIMIT | _GROUP),
}


def create_order(request: SubmitOrderRequest) -> Order:
    """The order of a request, status NEW; one of a group tells the group its id."""
    kind, fields = _MADE[request._order_type]
    order: Order = kind._make(
        request._symbol,
        request._quantity,
        request._time,
        tag=request._tag or "",
        properties=request._properties,
        **{name: getattr(request, field) for name, field in fields.items()},
    )
    order._status = OrderStatus.NEW
    order._id = request._order_id
    if order._group is not None and order._id not in order._group._ids:
        order._group._ids.append(order._id)
    return order
