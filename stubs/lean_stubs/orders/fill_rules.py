"""What the fill models of all securities share (LEAN: FillModel.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.common import Resolution
from lean_stubs.orders.enums import OrderStatus
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.market_prices import MarketPrices, market_prices
from lean_stubs.orders.slippage import slippage_of
from lean_stubs.time.trading_days import ONE_HOUR

__all__ = [
    "done",
    "finest_span",
    "fresh_prices",
    "is_exchange_open",
    "slipped",
    "stop_limit",
    "takes_extended_hours",
    "trailing_stop",
    "trailing_stop_price",
    "waits_for_fresh",
]

_SPANS = {
    Resolution.TICK: timedelta(0),
    Resolution.SECOND: timedelta(seconds=1),
    Resolution.MINUTE: timedelta(minutes=1),
    Resolution.HOUR: ONE_HOUR,
    Resolution.DAILY: timedelta(1),
}


def is_exchange_open(security: Any, extended: bool) -> bool:
    """Whether an order could fill now: by the clock, or within the span of the last bar.

    The close itself is a closed moment: a daily bar counts all its day, a finer one up to its end.
    """
    hours = security._hours
    now = security.local_time
    if hours.is_open(now, extended):
        return True
    last = security._prices.last_data
    if last is None:
        return False
    on_bar = now.date() == last.end_time.date() if last.end_time - last.time > ONE_HOUR else now <= last.end_time
    return bool(on_bar and hours.is_open(last.time, last.end_time, extended))


def done(fill: OrderEvent, order: Any, price: Decimal) -> None:
    fill._status, fill._fill_shares, fill._price = OrderStatus.FILLED, order._shares, price


def slipped(security: Any, order: Any, price: Decimal) -> Decimal:
    slip = slippage_of(security, order)
    return price + slip if order._shares > 0 else price - slip


def finest_span(security: Any) -> timedelta:
    """Length of the finest bar subscribed to."""
    return min(_SPANS[config.resolution] for config in security._configs())


def waits_for_fresh(security: Any, placed: datetime, end: datetime) -> bool:
    """Whether an order waits, because the last price is too old (LEAN: ShouldWaitForFreshDataOnStale).

    Coarse bars always wait for fresh data, finer ones if the price is more than a bar old, ticks never.
    """
    span = finest_span(security)
    return span >= ONE_HOUR or (bool(span) and placed - end > span)


def takes_extended_hours(security: Any) -> bool:
    return any(config.extended_market_hours for config in security._configs())


def fresh_prices(security: Any, order: Any) -> MarketPrices | None:
    """Prices of the order's side if their bar ends after the order was placed."""
    prices = market_prices(security, order._shares)
    if prices.end is None or prices.end <= security._hours._to_local(order._time):
        return None
    return prices


def stop_limit(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, takes_extended_hours(security)):
        return
    prices = fresh_prices(security, order)
    if prices is None:
        return
    if order._shares > 0 and (prices.high > order._stop or order._triggered):
        order._triggered = True
        if prices.current < order._limit:
            done(fill, order, min(prices.high, order._limit))
    elif order._shares < 0 and (prices.low < order._stop or order._triggered):
        order._triggered = True
        if prices.current > order._limit:
            done(fill, order, max(prices.low, order._limit))


def trailing_stop_price(price: Decimal, amount: Decimal, as_percentage: bool, buying: bool) -> Decimal:
    """Where a trailing stop lies, seen from a market price."""
    distance = price * amount if as_percentage else amount
    return price + distance if buying else price - distance


def trailing_stop(security: Any, order: Any, fill: OrderEvent) -> None:
    if not is_exchange_open(security, False):
        return
    prices = fresh_prices(security, order)
    if prices is None:
        return
    slip = slippage_of(security, order)
    buying = order._shares > 0
    if not buying and prices.low <= order._stop:
        done(fill, order, min(order._stop, prices.current - slip))
    elif buying and prices.high >= order._stop:
        done(fill, order, max(order._stop, prices.current + slip))
    else:
        # Only after the attempt to fill: a stop moved by this bar must not be hit by this bar.
        market = prices.low if buying else prices.high
        distance = order._stop - market if buying else market - order._stop
        reference = market * order._trailing if order._trailing_percent else order._trailing
        if distance > reference:
            order._stop = trailing_stop_price(market, order._trailing, order._trailing_percent, buying)
