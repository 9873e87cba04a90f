"""Which days a schedule runs on (LEAN: Common/Scheduling/DateRules.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, overload

from lean_stubs.clr.exceptions import ArgumentOutOfRangeException
from lean_stubs.clr.overloads import bound, in_order
from lean_stubs.common.symbol import Symbol
from lean_stubs.scheduling.day_of_week import DayOfWeek, day_of_week
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

    @overload
    def on(self, year: int, month: int, day: int) -> FuncDateRule: ...
    @overload
    def on(self, *dates: Any) -> FuncDateRule: ...
    def on(self, *dates: Any, **named: Any) -> FuncDateRule:
        """on(year, month, day), on(date, ...) or on([date, ...])."""
        dates += tuple(in_order(named, ("year", "month", "day", "dates")))
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

    @overload
    def every(self, day: DayOfWeek) -> FuncDateRule: ...
    @overload
    def every(self, *days: Any) -> FuncDateRule: ...
    def every(self, *days: Any, day: Any = None) -> FuncDateRule:
        """every(DayOfWeek, ...)."""
        days += () if day is None else (day,)
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

    def _rule(self, kind: str, given: dict[str, Any], forward: bool, period: _Period, most: int) -> FuncDateRule:
        found, offset, wide = self._arguments(given)
        if not 0 <= offset <= most:
            raise ArgumentOutOfRangeException(f"DateRules.{kind}() : Offset must be between 0 and {most}", "daysOffset")
        hours = _ALWAYS if found is None else self._hours(found)

        def dates(start: datetime, end: datetime) -> Iterator[datetime]:
            first, last = period(start)
            while first <= end:
                base, boundary = (first, last) if forward else (last, first)
                day = _scheduled_day(hours, base, offset, forward, wide, boundary)
                if start <= day <= end:
                    yield day
                first, last = period(last + _DAY)

        return FuncDateRule(_name(found, kind, offset if forward else -offset), dates)

    def _arguments(self, given: dict[str, Any]) -> tuple[Symbol | None, int, bool]:
        """The symbol, the offset, and whether extended hours count as open."""
        symbol, offset = given.get("symbol"), int(given.get("days_offset", 0))
        found = None if symbol is None else self._symbol(symbol)
        return found, offset, found is not None and given.get("extended_market_hours", True)

    @overload
    def month_start(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def month_start(self, days_offset: int = 0) -> FuncDateRule: ...
    def month_start(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._rule("MonthStart", bound(DateRules.month_start, arguments, named), True, _months(1), 30)

    @overload
    def month_end(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def month_end(self, days_offset: int = 0) -> FuncDateRule: ...
    def month_end(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._rule("MonthEnd", bound(DateRules.month_end, arguments, named), False, _months(1), 30)

    @overload
    def quarter_start(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def quarter_start(self, days_offset: int = 0) -> FuncDateRule: ...
    def quarter_start(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._rule("QuarterStart", bound(DateRules.quarter_start, arguments, named), True, _months(3), 92)

    @overload
    def quarter_end(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def quarter_end(self, days_offset: int = 0) -> FuncDateRule: ...
    def quarter_end(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._rule("QuarterEnd", bound(DateRules.quarter_end, arguments, named), False, _months(3), 92)

    @overload
    def year_start(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def year_start(self, days_offset: int = 0) -> FuncDateRule: ...
    def year_start(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._rule("YearStart", bound(DateRules.year_start, arguments, named), True, _months(12), 365)

    @overload
    def year_end(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def year_end(self, days_offset: int = 0) -> FuncDateRule: ...
    def year_end(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._rule("YearEnd", bound(DateRules.year_end, arguments, named), False, _months(12), 365)

    def _weekly(self, kind: str, given: dict[str, Any], forward: bool) -> FuncDateRule:
        found, offset, wide = self._arguments(given)
        hours = _ALWAYS if found is None else self._hours(found)
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

    @overload
    def week_start(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def week_start(self, days_offset: int = 0) -> FuncDateRule: ...
    def week_start(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._weekly("WeekStart", bound(DateRules.week_start, arguments, named), True)

    @overload
    def week_end(self, symbol: Symbol | str, days_offset: int = 0, extended_market_hours: bool = True) -> FuncDateRule: ...
    @overload
    def week_end(self, days_offset: int = 0) -> FuncDateRule: ...
    def week_end(self, *arguments: Any, **named: Any) -> FuncDateRule:
        return self._weekly("WeekEnd", bound(DateRules.week_end, arguments, named), False)


_SAMPLE_WEEK = [date(2022, 1, 3) + timedelta(days=i) for i in range(7)]


def _weeks(monday: datetime, end: datetime) -> Iterator[datetime]:
    while monday <= end:
        yield monday
        monday += 7 * _DAY
