"""When and at what price an equity order fills (LEAN: EquityFillModel.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.fill_messages import filled_at_open
from lean_stubs.orders.fill_rules import (
    done,
    is_exchange_open,
    slipped,
    stop_limit,
    takes_extended_hours,
    trailing_stop,
    waits_for_fresh,
)
from lean_stubs.orders.market_prices import best_effort_price
from lean_stubs.orders.tick_auctions import market_on_close_of_ticks, market_on_open_of_ticks
from lean_stubs.orders.tick_prices import bar_of_trades, has_ticks
from lean_stubs.time.trading_days import ONE_HOUR

__all__ = ["EQUITY_FILLS"]


def _market(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    placed = security._hours._to_local(order._time)
    price, message, stale = best_effort_price(security, placed, order._shares > 0)
    if stale is not None and waits_for_fresh(security, placed, stale):
        return
    fill._message = message
    done(fill, order, slipped(security, order, price))


class _FreshBar:
    """Prices of the last bar by field, and its end."""

    def __init__(self, prices: Callable[[str], Decimal], end: datetime) -> None:
        self._prices, self.end = prices, end

    def __call__(self, field: str) -> Decimal:
        return self._prices(field)


def _fresh_bar(security: Any, order: Any) -> _FreshBar | None:
    """Prices of the last bar, or of the last time step's trades, if it ends after the order was placed."""
    ticks = has_ticks(security)
    bar = bar_of_trades(security) if ticks else security._prices.bar
    if bar is None or bar.end_time <= security._hours._to_local(order._time):
        return None
    return _FreshBar((lambda field: getattr(bar, field)) if ticks else security._prices.bar_price, bar.end_time)


def _limit(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, takes_extended_hours(security)):
        return
    bar = _fresh_bar(security, order)
    if bar is None:
        return
    if order._shares > 0 and bar("low") < order._limit:
        done(fill, order, min(bar("open"), order._limit))
    elif order._shares < 0 and bar("high") > order._limit:
        done(fill, order, max(bar("open"), order._limit))
    if fill._price and fill._price != order._limit:
        fill._message = filled_at_open(security, bar.end, bar("open"), favourable=True)


def _stop_market(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    bar = _fresh_bar(security, order)
    if bar is None:
        return
    if order._shares < 0 and bar("low") <= order._stop:
        done(fill, order, slipped(security, order, min(bar("open"), order._stop)))
        gap = bar("open") <= order._stop
    elif order._shares > 0 and bar("high") >= order._stop:
        done(fill, order, slipped(security, order, max(bar("open"), order._stop)))
        gap = bar("open") >= order._stop
    else:
        return
    if gap:
        fill._message = filled_at_open(security, bar.end, bar("open"), favourable=False)


def _limit_if_touched(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, takes_extended_hours(security)):
        return
    bar = _fresh_bar(security, order)
    if bar is None:
        return
    placed = security._hours._to_local(order._time)
    if order._shares > 0 and (bar("low") <= order._trigger or order._triggered):
        order._triggered = True
        price, fill._message, _ = best_effort_price(security, placed, True)
        if price <= order._limit:
            done(fill, order, price)
    elif order._shares < 0 and (bar("high") >= order._trigger or order._triggered):
        order._triggered = True
        price, fill._message, _ = best_effort_price(security, placed, False)
        if price >= order._limit:
            done(fill, order, price)


def _market_on_open(security: Any, order: Any, fill: OrderEvent) -> None:
    if has_ticks(security):
        market_on_open_of_ticks(security, order, fill)
        return
    bar = security._prices.bar
    hours = security._hours
    placed = hours._to_local(order._time)
    if bar is None or bar.time < placed or placed >= bar.end_time:
        return
    if bar.end_time - bar.time < ONE_HOUR and not hours.is_open(bar.time, False):
        return
    # Placed while the market was open: not before the next day.
    if hours.is_open(placed, False) and placed.date() == bar.end_time.date():
        return
    if not is_exchange_open(security, False):
        return
    done(fill, order, slipped(security, order, security._prices.bar_price("open")))


def _market_on_close(security: Any, order: Any, fill: OrderEvent) -> None:
    placed = security._hours._to_local(order._time)
    close = security._hours.get_next_market_close(placed, False)
    if security.local_time < close:
        return
    if has_ticks(security):
        market_on_close_of_ticks(security, order, fill, close)
        return
    done(fill, order, slipped(security, order, security._prices.bar_price("close")))


EQUITY_FILLS = {
    OrderType.MARKET: _market,
    OrderType.LIMIT: _limit,
    OrderType.STOP_MARKET: _stop_market,
    OrderType.STOP_LIMIT: stop_limit,
    OrderType.TRAILING_STOP: trailing_stop,
    OrderType.LIMIT_IF_TOUCHED: _limit_if_touched,
    OrderType.MARKET_ON_OPEN: _market_on_open,
    OrderType.MARKET_ON_CLOSE: _market_on_close,
}
