"""Which days a schedule runs on (LEAN: Common/Scheduling/DateRules.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from lean_stubs.clr.exceptions import ArgumentOutOfRangeException
from lean_stubs.common.symbol import Symbol
from lean_stubs.scheduling.day_of_week import day_of_week
from lean_stubs.scheduling.rules import FuncDateRule, RuleFactory
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.expiry import add_months
from lean_stubs.time.zones import NEW_YORK

__all__ = ["DateRules"]

_DAY = timedelta(days=1)
_ALWAYS = SecurityExchangeHours.always_open(NEW_YORK)

#: (first day, last day) of the period that a day belongs to.
_Period = Callable[[datetime], "tuple[datetime, datetime]"]


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _each_day(start: datetime, end: datetime) -> Iterator[datetime]:
    at = _midnight(start)
    while at.date() <= end.date():
        yield at
        at += _DAY


def _months(count: int) -> _Period:
    def period(at: datetime) -> tuple[datetime, datetime]:
        first = _midnight(at).replace(day=1, month=(at.month - 1) // count * count + 1)
        return first, add_months(first, count) - _DAY

    return period


def _scheduled_day(
    hours: SecurityExchangeHours, base: datetime, offset: int, forward: bool, extended: bool, boundary: datetime
) -> datetime:
    """The base day or the next open one, `offset` open days further, not beyond the boundary."""
    step = hours.get_next_trading_day if forward else hours.get_previous_trading_day
    day = base if hours.is_date_open(base, extended) else step(base)
    for _ in range(offset):
        day = step(day)
    if forward and day > boundary:
        day = boundary if hours.is_date_open(boundary, extended) else hours.get_previous_trading_day(boundary)
    elif not forward and day < boundary:
        day = boundary if hours.is_date_open(boundary, extended) else hours.get_next_trading_day(boundary)
    return day


def _name(symbol: Symbol | None, kind: str, offset: int) -> str:
    text = f"{kind}{offset:+d}" if offset else kind
    return text if symbol is None else f"{symbol.value}: {text}"


class DateRules(RuleFactory, clr="QuantConnect.Scheduling"):
    """Without a symbol every day counts as open."""

    def on(self, *dates: Any) -> FuncDateRule:
        """on(year, month, day), on(date, ...) or on([date, ...])."""
        if len(dates) == 3 and all(isinstance(item, int) for item in dates):
            days = [datetime(*dates)]
        else:
            given = dates[0] if len(dates) == 1 and isinstance(dates[0], (list, tuple)) else dates
            days = [datetime(d.year, d.month, d.day) for d in given]
        name = ",".join(f"{d:%m/%d/%Y}" for d in days)
        return FuncDateRule(name, lambda start, end: [d for d in days if start <= d <= end])

    @property
    def today(self) -> FuncDateRule:
        return FuncDateRule("TodayOnly", lambda start, end: [_midnight(self._state.time)])

    @property
    def tomorrow(self) -> FuncDateRule:
        return FuncDateRule("TomorrowOnly", lambda start, end: [_midnight(self._state.time) + _DAY])

    def every(self, *days: Any) -> FuncDateRule:
        """every(DayOfWeek, ...)."""
        wanted = {int(d) for item in days for d in (item if isinstance(item, (list, tuple)) else [item])}
        name = ",".join(str(d) for d in days)
        return FuncDateRule(name, lambda start, end: (d for d in _each_day(start, end) if day_of_week(d) in wanted))

    def every_day(self, symbol: Any = None, extended_market_hours: bool = False) -> FuncDateRule:
        if symbol is None:
            return FuncDateRule("EveryDay", _each_day)
        found = self._symbol(symbol)
        hours = self._hours(found)
        return FuncDateRule(
            f"{found.value}: EveryDay",
            lambda start, end: (d for d in _each_day(start, end) if hours.is_date_open(d, extended_market_hours)),
        )

    def _rule(
        self, kind: str, symbol: Any, offset: Any, extended: bool | None, forward: bool, period: _Period, most: int
    ) -> FuncDateRule:
        found, offset = self._arguments(symbol, offset)
        if not 0 <= offset <= most:
            raise ArgumentOutOfRangeException(f"DateRules.{kind}() : Offset must be between 0 and {most}", "daysOffset")
        hours = _ALWAYS if found is None else self._hours(found)
        wide = found is not None if extended is None else extended

        def dates(start: datetime, end: datetime) -> Iterator[datetime]:
            first, last = period(start)
            while first <= end:
                base, boundary = (first, last) if forward else (last, first)
                day = _scheduled_day(hours, base, offset, forward, wide, boundary)
                if start <= day <= end:
                    yield day
                first, last = period(last + _DAY)

        return FuncDateRule(_name(found, kind, offset if forward else -offset), dates)

    def _arguments(self, symbol: Any, offset: Any) -> tuple[Symbol | None, int]:
        """month_start(2) and month_start(symbol, 2) both."""
        if symbol is None or isinstance(symbol, int):
            return None, symbol if isinstance(symbol, int) else int(offset or 0)
        return self._symbol(symbol), int(offset or 0)

    def month_start(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._rule("MonthStart", symbol, days_offset, extended_market_hours, True, _months(1), 30)

    def month_end(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._rule("MonthEnd", symbol, days_offset, extended_market_hours, False, _months(1), 30)

    def quarter_start(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._rule("QuarterStart", symbol, days_offset, extended_market_hours, True, _months(3), 92)

    def quarter_end(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._rule("QuarterEnd", symbol, days_offset, extended_market_hours, False, _months(3), 92)

    def year_start(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._rule("YearStart", symbol, days_offset, extended_market_hours, True, _months(12), 365)

    def year_end(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._rule("YearEnd", symbol, days_offset, extended_market_hours, False, _months(12), 365)

    def _weekly(self, kind: str, symbol: Any, offset: Any, extended: bool | None, forward: bool) -> FuncDateRule:
        found, offset = self._arguments(symbol, offset)
        hours = _ALWAYS if found is None else self._hours(found)
        wide = found is not None if extended is None else extended
        if found is None:
            # From Monday to Sunday; from Friday back to Saturday.
            base, span = (1, 6) if forward else (5, -6)
        else:
            open_days = sorted(day_of_week(d) for d in _SAMPLE_WEEK if hours._week[d.weekday()])
            base, other = (open_days[0], open_days[-1]) if forward else (open_days[-1], open_days[0])
            span = other - base
            if not 0 <= offset <= len(open_days) - 1:
                raise ArgumentOutOfRangeException(
                    f"DateRules.{kind}() : please use an offset between 0 - {len(open_days) - 1}", "daysOffset"
                )
        if not 0 <= offset <= 6:
            raise ArgumentOutOfRangeException(f"DateRules.{kind}() : Offset must be between 0 and 6", "daysOffset")

        def dates(start: datetime, end: datetime) -> Iterator[datetime]:
            monday = _midnight(start) - timedelta(days=start.weekday())
            for week_start in _weeks(monday, end):
                day = week_start + timedelta(days=(base - 1) % 7)
                chosen = _scheduled_day(hours, day, offset, forward, wide, day + timedelta(days=span))
                if start <= chosen <= end:
                    yield chosen

        return FuncDateRule(_name(found, kind, offset if forward else -offset), dates)

    def week_start(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._weekly("WeekStart", symbol, days_offset, extended_market_hours, True)

    def week_end(self, symbol: Any = None, days_offset: int = 0, extended_market_hours: bool | None = None) -> FuncDateRule:
        return self._weekly("WeekEnd", symbol, days_offset, extended_market_hours, False)


_SAMPLE_WEEK = [date(2022, 1, 3) + timedelta(days=i) for i in range(7)]


def _weeks(monday: datetime, end: datetime) -> Iterator[datetime]:
    while monday <= end:
        yield monday
        monday += 7 * _DAY
