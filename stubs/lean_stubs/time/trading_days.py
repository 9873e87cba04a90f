"""Counting bars over open days (LEAN: Common/Time.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta

from lean_stubs.common.enums import Resolution
from lean_stubs.time.exchange_hours import SecurityExchangeHours

__all__ = ["ONE_DAY", "ONE_HOUR", "ONE_MINUTE", "ONE_SECOND", "round_down", "span_of", "start_of_bars"]

ONE_SECOND = timedelta(seconds=1)
ONE_MINUTE = timedelta(minutes=1)
ONE_HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
_EPOCH = datetime(1, 1, 1)

_SPANS = {0: timedelta(0), 1: ONE_SECOND, 2: ONE_MINUTE, 3: ONE_HOUR, 4: ONE_DAY}


def span_of(resolution: Resolution) -> timedelta:
    """Length of one bar."""
    return _SPANS[int(resolution)]


def round_down(at: datetime, span: timedelta) -> datetime:
    """Down to a whole multiple of the span since year 1 (.NET's DateTime.RoundDown)."""
    return at if not span else at - (at - _EPOCH) % span


def start_of_bars(
    hours: SecurityExchangeHours, end: datetime, span: timedelta, count: int, extended: bool, precise: bool = False
) -> datetime:
    """Exchange-local start of the last `count` bars that are complete at `end` (Time.GetStartTimeForTradeBars)."""
    current = end
    if precise and span == ONE_DAY:
        midnight = current.replace(hour=0, minute=0, second=0, microsecond=0)
        if not hours.is_date_open(current) or hours.get_next_market_close(midnight, extended) > current:
            current = midnight
    else:
        current = round_down(end, span)
    found = 0
    while found < count:
        previous, current = current, current - span
        if hours.is_open(current, previous, extended):
            found += 1
    return current
