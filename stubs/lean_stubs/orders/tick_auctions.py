"""Orders for the opening and closing price where there are ticks (LEAN: EquityFillModel.MarketOnOpenFill, MarketOnCloseFill)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.data.tick_state import TickState
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.fill_messages import filled_with_last, no_auction
from lean_stubs.orders.fill_rules import done, is_exchange_open, slipped, takes_extended_hours
from lean_stubs.orders.market_prices import best_effort_price
from lean_stubs.orders.tick_prices import closing_trade, opening_trade

__all__ = ["market_on_close_of_ticks", "market_on_open_of_ticks"]

#: How long a marked trade is waited for.
_PATIENCE = timedelta(minutes=1)
_ZERO = Decimal(0)


def market_on_open_of_ticks(security: Any, order: Any, fill: OrderEvent) -> None:
    """At the primary exchange's opening trade; without one, a minute after the open, at the last tick."""
    hours = security._hours
    placed = hours._to_local(order._time)
    tick, marked = opening_trade(security)
    if tick is None:
        return
    if not marked:
        session = hours._session(security.local_time.date())
        if session is not None and tick.time - session[0] < _PATIENCE:
            return
        fill._message = no_auction("Open") + filled_with_last(tick)
    # Placed while the market was open: not before the next day.
    if placed >= tick.time or (hours.is_open(placed, False) and placed.date() == tick.time.date()):
        return
    if is_exchange_open(security, False):
        _fill(security, order, fill, tick)


def market_on_close_of_ticks(security: Any, order: Any, fill: OrderEvent, close: datetime) -> None:
    """At the primary exchange's closing trade; without one at the last tick, with extended hours a minute after the close."""
    tick, marked = closing_trade(security)
    if tick is None:
        return
    if not marked:
        extended = takes_extended_hours(security)
        if extended and tick.time - close < _PATIENCE:
            return
        fill._message = no_auction("Close", extended) + filled_with_last(tick)
    _fill(security, order, fill, tick)


def _fill(security: Any, order: Any, fill: OrderEvent, tick: TickState) -> None:
    """At a trade's price; a quote gives only the time, and the best price there is is taken."""
    price = tick.exact_value if tick.is_trade else _ZERO
    if not price:
        price, message, _ = best_effort_price(security, security._hours._to_local(order._time), order._shares > 0)
        fill._message += message
    done(fill, order, slipped(security, order, price))
