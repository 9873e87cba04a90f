"""At which times of a day a schedule runs (LEAN: Common/Scheduling/TimeRules.cs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any, overload

from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound, in_order
from lean_stubs.common.symbol import Symbol
from lean_stubs.scheduling.rules import FuncTimeRule, RuleFactory
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.zones import TimeZone

__all__ = ["TimeRules"]

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


class TimeRules(RuleFactory, clr="QuantConnect.Scheduling"):
    """Rules without a symbol look at all securities: the earliest open, the latest close."""

    @property
    def now(self) -> FuncTimeRule:
        return FuncTimeRule("Now", lambda dates: (self._state.utc for _ in dates))

    @property
    def midnight(self) -> FuncTimeRule:
        return FuncTimeRule("Midnight", lambda dates: (self._state.time_zone.to_utc(d) for d in dates))

    @property
    def noon(self) -> FuncTimeRule:
        return FuncTimeRule("Noon", lambda dates: (self._state.time_zone.to_utc(d) + timedelta(hours=12) for d in dates))

    @overload
    def at(self, time_of_day: timedelta) -> FuncTimeRule: ...
    @overload
    def at(self, hour: int, minute: int, second: int = 0) -> FuncTimeRule: ...
    @overload
    def at(self, hour: int, minute: int, time_zone: Any) -> FuncTimeRule: ...
    @overload
    def at(self, hour: int, minute: int, second: int, time_zone: Any) -> FuncTimeRule: ...
    @overload
    def at(self, time_of_day: timedelta, time_zone: Any) -> FuncTimeRule: ...
    def at(self, *clock: Any, **named: Any) -> FuncTimeRule:
        """at(hour, minute[, second][, time_zone]) or at(timedelta[, time_zone])."""
        clock += tuple(in_order(named, ("time_of_day", "hour", "minute", "second", "time_zone")))
        parts = list(clock)
        zone: TimeZone | None = parts.pop() if isinstance(parts[-1], TimeZone) else None
        if isinstance(parts[0], timedelta):
            of_day = parts[0]
        elif isinstance(parts[0], time):
            of_day = timedelta(hours=parts[0].hour, minutes=parts[0].minute, seconds=parts[0].second)
        else:
            of_day = timedelta(**dict(zip(("hours", "minutes", "seconds"), (int(p) for p in parts), strict=False)))
        name = f"{of_day / timedelta(hours=1):.2f}".rstrip("0").rstrip(".")
        at = zone or self._state.time_zone
        return FuncTimeRule(name, lambda dates: (at.to_utc(d + of_day) for d in dates))

    def every(self, interval: timedelta) -> FuncTimeRule:
        if interval <= timedelta(0):
            raise ArgumentException("TimeRules.Every(): time span interval can not be zero or less")

        def times(dates: Iterable[datetime]) -> Iterator[datetime]:
            for day in dates:
                offset = timedelta(0)
                while offset < _DAY:
                    yield self._state.time_zone.to_utc(day + offset)
                    offset += interval

        return FuncTimeRule(f"Every {interval / timedelta(minutes=1):g} min", times)

    def _given(self, given: dict[str, Any], which: str) -> tuple[Symbol | None, float, bool]:
        """The symbol, the minutes before or after the open or close, and whether that of extended hours is meant."""
        symbol, side = given.get("symbol"), which.rpartition("_")[2]
        found = None if symbol is None else self._symbol(symbol)
        return found, float(given.get(f"minutes_{which}", 0)), bool(given.get(f"extended_market_{side}", False))

    @overload
    def after_market_open(
        self, symbol: Symbol | str, minutes_after_open: float = 0, extended_market_open: bool = False
    ) -> FuncTimeRule: ...
    @overload
    def after_market_open(self, minutes_after_open: float = 0, extended_market_open: bool = False) -> FuncTimeRule: ...
    def after_market_open(self, *arguments: Any, **named: Any) -> FuncTimeRule:
        given = bound(TimeRules.after_market_open, arguments, named)
        found, minutes, extended = self._given(given, "after_open")
        delay = timedelta(minutes=minutes)
        name = f"{found}: " if found is not None else ""
        name += f"{abs(minutes):g} min {'after' if minutes > 0 else 'before'} "
        name += "ExtendedMarketOpen" if extended else "MarketOpen"
        all_hours = None if found is None else [self._hours(found)]

        def times(dates: Iterable[datetime]) -> Iterator[datetime]:
            for day in dates:
                opens = [
                    hours._to_utc(opening + delay)
                    for hours in all_hours or self._all_hours()
                    if (opening := _open_of(hours, day, extended)) is not None
                ]
                if opens:
                    yield min(opens)

        return FuncTimeRule(name, times)

    @overload
    def before_market_close(
        self, symbol: Symbol | str, minutes_before_close: float = 0, extended_market_close: bool = False
    ) -> FuncTimeRule: ...
    @overload
    def before_market_close(self, minutes_before_close: float = 0, extended_market_close: bool = False) -> FuncTimeRule: ...
    def before_market_close(self, *arguments: Any, **named: Any) -> FuncTimeRule:
        given = bound(TimeRules.before_market_close, arguments, named)
        found, minutes, extended = self._given(given, "before_close")
        ahead = timedelta(minutes=minutes)
        name = f"{found}: " if found is not None else ""
        name += f"{abs(minutes):g} min {'before' if minutes > 0 else 'after'} "
        name += "ExtendedMarketClose" if extended else "MarketClose"
        all_hours = None if found is None else [self._hours(found)]

        def times(dates: Iterable[datetime]) -> Iterator[datetime]:
            for day in dates:
                closes = [
                    hours._to_utc(hours.get_last_daily_market_close(day, extended) - ahead)
                    for hours in all_hours or self._all_hours()
                    if hours.is_date_open(day, extended)
                ]
                if closes:
                    yield max(closes)

        return FuncTimeRule(name, times)

    @overload
    def before_market_open(
        self, symbol: Symbol | str, minutes_before_open: float = 0, extended_market_open: bool = False
    ) -> FuncTimeRule: ...
    @overload
    def before_market_open(self, minutes_before_open: float = 0, extended_market_open: bool = False) -> FuncTimeRule: ...
    def before_market_open(self, *arguments: Any, **named: Any) -> FuncTimeRule:
        given = bound(TimeRules.before_market_open, arguments, named)
        found, minutes, extended = self._given(given, "before_open")
        call: tuple[Any, ...] = (-minutes,) if found is None else (found, -minutes, extended)
        return self.after_market_open(*call)

    @overload
    def after_market_close(
        self, symbol: Symbol | str, minutes_after_close: float = 0, extended_market_close: bool = False
    ) -> FuncTimeRule: ...
    @overload
    def after_market_close(self, minutes_after_close: float = 0, extended_market_close: bool = False) -> FuncTimeRule: ...
    def after_market_close(self, *arguments: Any, **named: Any) -> FuncTimeRule:
        given = bound(TimeRules.after_market_close, arguments, named)
        found, minutes, extended = self._given(given, "after_close")
        call: tuple[Any, ...] = (-minutes,) if found is None else (found, -minutes, extended)
        return self.before_market_close(*call)


def _open_of(hours: SecurityExchangeHours, day: datetime, extended: bool) -> datetime | None:
    if not hours.is_date_open(day, extended):
        return None
    opening = hours.get_first_daily_market_open(day + _DAY - _TICK, extended)
    return opening if opening.date() == day.date() else None
