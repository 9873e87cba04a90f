"""Calendar periods of consolidators (LEAN: Common/Data/Consolidators/Calendar.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.time.expiry import add_months

__all__ = ["Calendar", "CalendarInfo"]


class CalendarInfo(ClrObject, clr="QuantConnect"):
    """Start and length of the bar that a time falls into."""

    def __init__(self, start: datetime, period: timedelta) -> None:
        self._start, self._period = start, period

    @property
    def start(self) -> datetime:
        return self._start

    @property
    def period(self) -> timedelta:
        return self._period

    @property
    def end(self) -> datetime:
        return self._start + self._period


def _months(first: datetime, count: int) -> CalendarInfo:
    return CalendarInfo(first, add_months(first, count) - first)


def _day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _weekly(at: datetime) -> CalendarInfo:
    return CalendarInfo(_day(at) - timedelta(days=at.weekday()), timedelta(days=7))


def _monthly(at: datetime) -> CalendarInfo:
    return _months(_day(at).replace(day=1), 1)


def _quarterly(at: datetime) -> CalendarInfo:
    return _months(_day(at).replace(day=1, month=(at.month - 1) // 3 * 3 + 1), 3)


def _yearly(at: datetime) -> CalendarInfo:
    return _months(_day(at).replace(day=1, month=1), 12)


class Calendar(ClrObject, clr="QuantConnect.Data.Consolidators"):
    """Functions from a time to the period around it."""

    WEEKLY: Callable[[datetime], Any] = staticmethod(_weekly)
    MONTHLY: Callable[[datetime], Any] = staticmethod(_monthly)
    QUARTERLY: Callable[[datetime], Any] = staticmethod(_quarterly)
    YEARLY: Callable[[datetime], Any] = staticmethod(_yearly)
