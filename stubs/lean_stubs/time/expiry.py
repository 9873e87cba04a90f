"""Calendar helpers that Python sees as Expiry and Time (LEAN: Common/Expiry.cs, Common/Time.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject

__all__ = ["Expiry", "Time"]

_DAY = timedelta(days=1)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def add_months(at: datetime, months: int) -> datetime:
    """.NET's DateTime.AddMonths: a day that the month lacks becomes its last."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    for day in range(at.day, 27, -1):
        try:
            return at.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return at.replace(year=year, month=month + 1)


def _end_of_week(at: datetime) -> datetime:
    return _midnight(at) + _DAY * (7 - at.weekday())


def _end_of_month(at: datetime) -> datetime:
    return add_months(_midnight(at).replace(day=1), 1)


def _end_of_quarter(at: datetime) -> datetime:
    first = _midnight(at).replace(day=1, month=(at.month - 1) // 3 * 3 + 1)
    return add_months(first, 3)


def _end_of_year(at: datetime) -> datetime:
    return _midnight(at).replace(year=at.year + 1, month=1, day=1)


class Expiry(ClrObject, clr="QuantConnect"):
    """Functions from a time to a later one; properties in LEAN, hence both spellings."""

    ONE_MONTH: Callable[[datetime], datetime] = staticmethod(lambda dt: add_months(dt, 1))
    ONE_QUARTER: Callable[[datetime], datetime] = staticmethod(lambda dt: add_months(dt, 3))
    ONE_YEAR: Callable[[datetime], datetime] = staticmethod(lambda dt: add_months(dt, 12))
    END_OF_DAY: Callable[[datetime], datetime] = staticmethod(lambda dt: _midnight(dt) + _DAY)
    END_OF_WEEK: Callable[[datetime], datetime] = staticmethod(_end_of_week)
    END_OF_MONTH: Callable[[datetime], datetime] = staticmethod(_end_of_month)
    END_OF_QUARTER: Callable[[datetime], datetime] = staticmethod(_end_of_quarter)
    END_OF_YEAR: Callable[[datetime], datetime] = staticmethod(_end_of_year)
    one_month = ONE_MONTH
    one_quarter = ONE_QUARTER
    one_year = ONE_YEAR
    end_of_day = END_OF_DAY
    end_of_week = END_OF_WEEK
    end_of_month = END_OF_MONTH
    end_of_quarter = END_OF_QUARTER
    end_of_year = END_OF_YEAR


class Time(ClrObject, clr="QuantConnect"):
    """Spans and bounds of time."""

    END_OF_TIME: Any = datetime(2050, 12, 31)
    end_of_time_time_span: Any = END_OF_TIME - datetime(1, 1, 1)
    START: Any = datetime(2000, 1, 1)
    BEGINNING_OF_TIME: Any = datetime(1998, 1, 1)
    live_auxiliary_data_offset: Any = timedelta(hours=8)
    MAX_TIME_SPAN: Any = timedelta(days=1000 * 365)
    ONE_YEAR: Any = timedelta(days=365)
    ONE_DAY: Any = _DAY
    ONE_HOUR: Any = timedelta(hours=1)
    ONE_MINUTE: Any = timedelta(minutes=1)
    ONE_SECOND: Any = timedelta(seconds=1)
    ONE_MILLISECOND: Any = timedelta(milliseconds=1)
