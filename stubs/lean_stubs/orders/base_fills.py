"""When and at what price an order fills by the base model, from which users' models derive (LEAN: FillModel.cs)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.fill_messages import stale_price
from lean_stubs.orders.fill_rules import (
    done,
    finest_span,
    fresh_prices,
    is_exchange_open,
    slipped,
    stop_limit,
    takes_extended_hours,
    trailing_stop,
    waits_for_fresh,
)
from lean_stubs.orders.market_prices import best_effort_price, market_prices
from lean_stubs.orders.tick_prices import has_ticks
from lean_stubs.securities.decimals import Decimal
from lean_stubs.time.trading_days import ONE_HOUR

__all__ = ["BASE_FILLS"]


def _market(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    prices = market_prices(security, order._shares)
    placed = security._hours._to_local(order._time)
    span = finest_span(security)
    if prices.end is None:
        return
    if prices.end < placed - security._state.settings.stale_price_time_span:
        if waits_for_fresh(security, placed, prices.end):
            return
        fill._message = stale_price(prices.end, security)
    price = prices.current
    if span >= ONE_HOUR and prices.open and prices.start is not None and placed <= prices.start:
        # Placed before the coarse bar began: the price at which trading resumed (GetMarketFillPrice).
        price = prices.open
    done(fill, order, slipped(security, order, price))


def _limit(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, takes_extended_hours(security)):
        return
    prices = fresh_prices(security, order)
    if prices is None:
        return
    # At the worse of the bar and the limit.
    if order._shares > 0 and prices.low < order._limit:
        done(fill, order, min(prices.high, order._limit))
    elif order._shares < 0 and prices.high > order._limit:
        done(fill, order, max(prices.low, order._limit))


def _stop_market(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    prices = fresh_prices(security, order)
    if prices is None:
        return
    current = slipped(security, order, prices.current)
    if order._shares < 0 and prices.low < order._stop:
        done(fill, order, min(order._stop, current))
    elif order._shares > 0 and prices.high > order._stop:
        done(fill, order, max(order._stop, current))


def _far_side(security: Any, order: Any) -> Decimal:
    """The ask for a sale, the bid for a buy, however old."""
    return best_effort_price(security, security._hours._to_local(order._time), order._shares < 0)[0]


def _last_range(security: Any, order: Any) -> tuple[Decimal, Decimal, datetime] | None:
    """High, low and end of the last trade bar; of ticks the last price."""
    if has_ticks(security):
        prices = market_prices(security, order._shares)
        return None if prices.end is None else (prices.current, prices.current, prices.end)
    bar, price = security._prices.bar, security._prices.bar_price
    return None if bar is None else (price("high"), price("low"), bar.end_time)


def _limit_if_touched(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, takes_extended_hours(security)):
        return
    found = _last_range(security, order)
    if found is None or found[2] <= security._hours._to_local(order._time):
        return
    high, low, _ = found
    if order._shares < 0 and (high >= order._trigger or order._triggered):
        order._triggered = True
        if _far_side(security, order) >= order._limit:
            done(fill, order, order._limit)
    elif order._shares > 0 and (low <= order._trigger or order._triggered):
        order._triggered = True
        if _far_side(security, order) <= order._limit:
            done(fill, order, order._limit)


def _market_on_open(security: Any, order: Any, fill: OrderEvent) -> None:
    last = security._prices.last_data
    hours = security._hours
    placed = hours._to_local(order._time)
    if last is None or placed >= last.end_time:
        return
    # Placed while the market was open: not before the next day.
    if hours.is_open(placed, False) and placed.date() == security.local_time.date():
        return
    if is_exchange_open(security, False):
        done(fill, order, slipped(security, order, market_prices(security, order._shares).open))


def _market_on_close(security: Any, order: Any, fill: OrderEvent) -> None:
    placed = security._hours._to_local(order._time)
    if security.local_time >= security._hours.get_next_market_close(placed, False):
        done(fill, order, slipped(security, order, market_prices(security, order._shares).close))


BASE_FILLS = {
    OrderType.MARKET: _market,
    OrderType.LIMIT: _limit,
    OrderType.STOP_MARKET: _stop_market,
    OrderType.STOP_LIMIT: stop_limit,
    OrderType.TRAILING_STOP: trailing_stop,
    OrderType.LIMIT_IF_TOUCHED: _limit_if_touched,
    OrderType.MARKET_ON_OPEN: _market_on_open,
    OrderType.MARKET_ON_CLOSE: _market_on_close,
}
