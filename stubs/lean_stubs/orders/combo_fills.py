"""When the orders of a combo fill, all at once (LEAN: FillModel.cs; other fill models do not change these rules)."""

from __future__ import annotations

from typing import Any

from lean_stubs.orders.base_fills import BASE_FILLS
from lean_stubs.orders.enums import OrderDirection, OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.fill_rules import done
from lean_stubs.orders.market_prices import market_prices
from lean_stubs.securities.decimals import ZERO, Decimal

__all__ = ["COMBO_FILLS"]

Legs = list[tuple[Any, Any]]
#: LEAN reads an equity leg's ratio in hundreds of shares, as beside an option of a hundred.
_SHARES = 100


def _each(legs: Legs, like: Any) -> list[OrderEvent]:
    """Each leg as a plain order of that type would fill; none unless all do."""
    fills = []
    for order, security in legs:
        fill = OrderEvent._of(order, security._state.utc)
        if order._status is not OrderStatus.CANCELED:
            BASE_FILLS[like](security, order, fill)
        if fill._status is not OrderStatus.FILLED:
            return []
        fills.append(fill)
    return fills


def _market(order: Any, legs: Legs) -> list[OrderEvent]:
    return _each(legs, OrderType.MARKET)


def _leg_limit(order: Any, legs: Legs) -> list[OrderEvent]:
    return _each(legs, OrderType.LIMIT)


def _limit(order: Any, legs: Legs) -> list[OrderEvent]:
    """At the lows of all legs for a buy, at the highs for a sale, if their sum is better than the limit."""
    group = order._group
    buying = group.direction is OrderDirection.BUY
    total, prices = ZERO, []
    for leg, security in legs:
        seen = market_prices(security, leg._shares)
        if seen.end is None or seen.end < security._hours._to_local(leg._time):
            return []
        price = seen.low if buying else seen.high
        ratio: Decimal = leg._shares / group._quantity
        total += price * ratio / _SHARES
        prices.append(price)
    if not (total < group._limit if buying else total > group._limit):
        return []
    fills = []
    for (leg, security), price in zip(legs, prices, strict=True):
        fill = OrderEvent._of(leg, security._state.utc)
        done(fill, leg, price)
        fills.append(fill)
    return fills


COMBO_FILLS = {
    OrderType.COMBO_MARKET: _market,
    OrderType.COMBO_LIMIT: _limit,
    OrderType.COMBO_LEG_LIMIT: _leg_limit,
}
