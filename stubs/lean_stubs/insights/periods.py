"""When an insight closes: the kinds of period and their arithmetic in exchange time (Insight.cs, Time.GetEndTimeForTradeBars)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from lean_stubs.clr.convert import cannot, to_date_time
from lean_stubs.clr.exceptions import ArgumentException, ArgumentOutOfRangeException
from lean_stubs.common.enums import Resolution

__all__ = [
    "END_OF_TIME",
    "END_OF_TIME_SPAN",
    "BarCount",
    "CloseTime",
    "ExchangeHours",
    "ExpiryFunction",
    "Never",
    "PeriodRule",
    "Span",
    "close_after_bars",
    "close_after_span",
    "trade_bars_end",
]

END_OF_TIME = datetime(2050, 12, 31)
END_OF_TIME_SPAN = END_OF_TIME - datetime(1, 1, 1)

_SECOND, _MINUTE, _HOUR, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_SIZES = {Resolution.SECOND: _SECOND, Resolution.MINUTE: _MINUTE, Resolution.HOUR: _HOUR, Resolution.DAILY: _DAY}


class ExchangeHours(Protocol):
    """What the arithmetic asks of an exchange."""

    def __hash__(self) -> int: ...
    @property
    def regular_market_duration(self) -> timedelta: ...
    def is_open(self, *times: Any) -> bool: ...
    def _days_to_open_day(self, day: date, count: int) -> int: ...
    def get_next_market_open(self, local: datetime, extended: bool) -> datetime: ...
    def _to_utc(self, local: datetime) -> datetime: ...
    def _from_utc(self, utc: datetime) -> datetime: ...


class PeriodRule(Protocol):
    """Gives (close time, period) for an insight generated at a naive UTC time."""

    def close(self, hours: ExchangeHours, generated: datetime) -> tuple[datetime, timedelta]: ...


def trade_bars_end(hours: ExchangeHours, start: datetime, size: timedelta, count: int) -> datetime:
    """End of `count` bars after `start` (local times); only steps that touch an open market count."""
    current = start
    if size == _DAY:
        return current + timedelta(days=hours._days_to_open_day(current.date(), count))
    while count > 0:
        following = current + size
        if hours.is_open(current, following, False):
            count -= 1
            current = following
        else:
            # LEAN walks through the closed hours step by step; the steps stay on the same grid here.
            skipped = (hours.get_next_market_open(current, False) - current) // size
            current += max(skipped, 1) * size
    return current


def close_after_bars(hours: ExchangeHours, generated: datetime, resolution: Resolution, count: int) -> datetime:
    if count < 1:
        raise ArgumentOutOfRangeException("Insight barCount must be greater than zero.", "barCount")
    if resolution == Resolution.TICK:
        resolution = Resolution.SECOND
    if resolution == Resolution.HOUR:
        # Hours do not fit a market that opens at half past.
        resolution, count = Resolution.MINUTE, count * 60
    return hours._to_utc(trade_bars_end(hours, hours._from_utc(generated), _SIZES[resolution], count))


@lru_cache(maxsize=256)
def close_after_span(hours: ExchangeHours, generated: datetime, period: timedelta) -> datetime:
    """Close time of a timedelta; kept for a while, since a model's insights of one step share it."""
    if period < _SECOND:
        raise ArgumentOutOfRangeException("Insight period must be greater than or equal to 1 second.", "period")
    resolution = Resolution.SECOND if period < _MINUTE else Resolution.MINUTE if period < _DAY else Resolution.DAILY
    size = _SIZES[resolution]
    count = period // size
    close = close_after_bars(hours, generated, resolution, count)
    if close == generated:
        return close_after_bars(hours, generated, Resolution.SECOND, 1)
    rest = period - count * size
    if resolution == Resolution.DAILY:
        # What is left of a day is that share of a regular session.
        rest = hours.regular_market_duration * (rest / _DAY)
    minutes = rest // _MINUTE
    return close_after_bars(hours, close, Resolution.MINUTE, minutes) if minutes > 0 else close


def _open_or_next(hours: ExchangeHours, local: datetime) -> datetime:
    return hours._to_utc(local if hours.is_open(local, False) else hours.get_next_market_open(local, False))


class Span:
    """A timedelta, counted in trading time; it stays the insight's period as given."""

    __slots__ = ("period",)

    def __init__(self, period: timedelta) -> None:
        self.period = period

    def close(self, hours: ExchangeHours, generated: datetime) -> tuple[datetime, timedelta]:
        return close_after_span(hours, generated, self.period), self.period


@dataclass(frozen=True)
class BarCount:
    """A number of bars."""

    resolution: Resolution
    count: int

    def close(self, hours: ExchangeHours, generated: datetime) -> tuple[datetime, timedelta]:
        close = close_after_bars(hours, generated, self.resolution, self.count)
        return close, close - generated


@dataclass(frozen=True)
class CloseTime:
    """A local time; moved to the next open if the market is closed then."""

    local: datetime

    def close(self, hours: ExchangeHours, generated: datetime) -> tuple[datetime, timedelta]:
        close = _open_or_next(hours, self.local)
        if generated > close:
            raise ArgumentOutOfRangeException("Insight closeTimeLocal must not be in the past.", "closeTimeLocal")
        return close, close - generated


@dataclass(frozen=True)
class ExpiryFunction:
    """A function of the local generation time; its answer may lie in the past."""

    function: Callable[[datetime], datetime]

    def close(self, hours: ExchangeHours, generated: datetime) -> tuple[datetime, timedelta]:
        answer = self.function(hours._from_utc(generated))
        if not isinstance(answer, datetime):
            raise cannot(answer, "System.DateTime")
        close = _open_or_next(hours, to_date_time(answer))
        return close, close - generated


@dataclass(frozen=True)
class Never:
    """No end."""

    def close(self, hours: ExchangeHours, generated: datetime) -> tuple[datetime, timedelta]:
        return END_OF_TIME, END_OF_TIME_SPAN


def span_of(resolution: Any) -> timedelta:
    """Length of a bar."""
    if resolution == Resolution.TICK:
        return timedelta(0)
    try:
        return _SIZES[resolution]
    except KeyError:
        raise ArgumentException(f"Resolution {resolution} has no span", "resolution") from None
