"""When on_end_of_day is called (LEAN: Engine/RealTime/BaseRealTimeHandler.cs, ScheduledEventFactory.cs)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.scheduling.schedule import ScheduledEvent

__all__ = ["EndOfDayEvents"]

_BEFORE_CLOSE = timedelta(minutes=10)
_BEFORE_MIDNIGHT = timedelta(minutes=2)


class EndOfDayEvents:
    """The user's hook, by its number of arguments: with a symbol before each security's close, without before midnight."""

    def __init__(self, state: AlgorithmState, hook: Callable[..., Any] | None) -> None:
        self._state, self._hook = state, hook
        self._arguments = -1 if hook is None else len(inspect.signature(hook).parameters)
        self._of_securities: dict[Any, ScheduledEvent] = {}
        self._of_algorithm: ScheduledEvent | None = None

    def start(self) -> None:
        """Before the first slice."""
        if self._arguments == 0:
            self._add_of_algorithm(self._state.time)

    def securities_changed(self, changes: Any) -> None:
        """Internal securities have no events."""
        if self._arguments == 0:
            # Its days are those of the securities.
            self._add_of_algorithm(self._state.utc)
        elif self._arguments == 1:
            shown = changes._for_user()
            for security in shown.added_securities:
                self._add_of_security(security)
            for security in shown.removed_securities:
                known = self._of_securities.pop(security.symbol, None)
                if known is not None:
                    self._state.real_time.remove(known)

    def _add_of_security(self, security: Any) -> None:
        symbol, hours = security.symbol, security.exchange.hours

        def times() -> Iterator[datetime]:
            for day in self._days(hours._from_utc(self._state.utc)):
                session = hours._session(day.date())
                if session is not None:
                    yield hours._to_utc(session[1] - _BEFORE_CLOSE)

        self._of_securities[symbol] = self._added(f"{symbol}: EndOfDay", times(), symbol)

    def _add_of_algorithm(self, first: datetime) -> None:
        state = self._state
        if self._of_algorithm is None:
            state.debug("on_end_of_day() without a symbol is deprecated: give the method one argument, on_end_of_day(symbol).")
        else:
            state.real_time.remove(self._of_algorithm)
        every_hours = [security.exchange.hours for security in state.securities.values()]

        def times() -> Iterator[datetime]:
            for day in self._days(first):
                if any(hours.is_date_open(day.date()) for hours in every_hours):
                    yield state.time_zone.to_utc(day + timedelta(days=1) - _BEFORE_MIDNIGHT)

        self._of_algorithm = self._added("Algorithm: EndOfDay", times())

    def _days(self, first: datetime) -> Iterator[datetime]:
        day = first.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        last = self._state.end_date
        while last is None or day <= last:
            yield day
            day += timedelta(days=1)

    def _added(self, name: str, times: Iterator[datetime], *arguments: Any) -> ScheduledEvent:
        hook = self._hook
        assert hook is not None
        event = ScheduledEvent(name, times, lambda _, at: hook(*arguments))
        self._state.real_time.add(event)
        return event
