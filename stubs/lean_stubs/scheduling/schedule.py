"""Scheduled events, who adds and who fires them (LEAN: ScheduledEvent, ScheduleManager, BacktestingRealTimeHandler)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import no_match, to_date_time
from lean_stubs.clr.overloads import bound
from lean_stubs.scheduling.rules import FuncDateRule, FuncTimeRule

__all__ = ["RealTimeHandler", "ScheduleManager", "ScheduledEvent"]

Callback = Callable[[str, datetime], Any]

_NEVER = datetime.max
_END_OF_TIME = datetime(2050, 12, 31)


class ScheduledEvent(ClrObject, clr="QuantConnect.Scheduling"):
    """A callback and its times, read one by one."""

    @overload
    def __init__(self, name: str, event_utc_time: datetime, callback: Callback | None = None) -> None: ...
    @overload
    def __init__(self, name: str, ordered_event_utc_times: Iterable[datetime], callback: Callback | None = None) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(ScheduledEvent.__init__, arguments, named)
        times = [given["event_utc_time"]] if "event_utc_time" in given else given["ordered_event_utc_times"]
        self._name: str = given["name"]
        self._times: Iterator[datetime] = (to_date_time(time) for time in times)
        self._callback: Callback | None = given.get("callback")
        self._next: datetime | None = None
        self._enabled = True
        self._number = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def enabled(self) -> bool:
        return self._enabled

    @enabled.setter
    def enabled(self, value: bool) -> None:
        self._enabled = value

    @property
    def next_event_utc_time(self) -> datetime:
        if self._next is None:
            self._next = next(self._times, _NEVER)
        return self._next

    def _skip_until(self, utc: datetime) -> None:
        while self.next_event_utc_time < utc:
            self._next = None

    def _fire_due(self, utc: datetime) -> None:
        """All times that have come, one after another."""
        while self.next_event_utc_time <= utc and self._next is not _NEVER:
            at, self._next = self.next_event_utc_time, None
            if self._enabled and self._callback is not None:
                self._callback(self._name, at)

    def __str__(self) -> str:
        return self._name


class RealTimeHandler:
    """Fires events in the order of their times; among equal times, mostly in the order of their making."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self._events: list[ScheduledEvent] = []
        self._sorted: list[ScheduledEvent] | None = None
        self._count = 0

    def add(self, event: ScheduledEvent) -> None:
        event._skip_until(self._state.utc)
        self._count += 1
        event._number = self._count
        self._events.append(event)
        self._sorted = None

    def remove(self, event: ScheduledEvent) -> None:
        self._events = [known for known in self._events if known is not event]
        self._sorted = None

    def skip_past(self) -> None:
        for event in self._events:
            event._skip_until(self._state.utc)
        self._sorted = None

    def _order(self) -> list[ScheduledEvent]:
        if self._sorted is None:
            self._sorted = sorted(self._events, key=lambda e: (e.next_event_utc_time, e._number))
        return self._sorted

    def next_time(self) -> datetime:
        order = self._order()
        return order[0].next_event_utc_time if order else _NEVER

    def scan_past(self, utc: datetime, set_time: Callable[[datetime], None]) -> None:
        """Phase 2: events strictly before the slice, each at its own time."""
        order = self._order()
        while order and order[0].next_event_utc_time < utc:
            at = order[0].next_event_utc_time
            set_time(at)
            if not self._fire(order, at):
                return
            self._resort(order)

    def set_time(self, utc: datetime) -> None:
        """Phase 11: events that are due exactly now."""
        order = self._order()
        while order and order[0].next_event_utc_time <= utc:
            if not self._fire(order, utc):
                return
            self._resort(order)

    def _fire(self, order: list[ScheduledEvent], utc: datetime) -> bool:
        try:
            order[0]._fire_due(utc)
        except Exception as error:
            self._state.fail(error)
            return False
        except SystemExit as error:
            self._state.fail(error)
            return False
        return True

    @staticmethod
    def _resort(order: list[ScheduledEvent]) -> None:
        """Put the first event where its next time belongs, after one of equal time that a binary search hits."""
        event = order[0]
        at = event.next_event_utc_time
        if len(order) < 2 or at <= order[1].next_event_utc_time:
            return
        del order[0]
        low, high = 0, len(order) - 1
        while low <= high:
            middle = low + (high - low) // 2
            other = order[middle].next_event_utc_time
            if at == other:
                order.insert(middle + 1, event)
                return
            if at < other:
                high = middle - 1
            else:
                low = middle + 1
        order.insert(low, event)


class ScheduleManager(ClrObject, clr="QuantConnect.Scheduling"):
    def __init__(self, _state: Any) -> None:
        self._state = _state
        self._waiting: list[ScheduledEvent] = []

    @property
    def date_rules(self) -> Any:
        return self._state.date_rules

    @property
    def time_rules(self) -> Any:
        return self._state.time_rules

    def set_event_schedule(self, event_schedule: Any) -> None:
        """The run begins: events made before go to the handler."""
        for event in self._waiting:
            event_schedule.add(event)
        self._waiting = []

    def add(self, scheduled_event: ScheduledEvent) -> None:
        if self._state.real_time is None:
            self._waiting.append(scheduled_event)
        else:
            self._state.real_time.add(scheduled_event)

    def remove(self, scheduled_event: ScheduledEvent) -> None:
        if self._state.real_time is None:
            self._waiting = [known for known in self._waiting if known is not scheduled_event]
        else:
            self._state.real_time.remove(scheduled_event)

    @overload
    def on(self, date_rule: FuncDateRule, time_rule: FuncTimeRule, callback: Callable[..., Any]) -> ScheduledEvent: ...
    @overload
    def on(self, name: str, date_rule: FuncDateRule, time_rule: FuncTimeRule, callback: Callable[..., Any]) -> ScheduledEvent: ...
    def on(self, *arguments: Any, **named: Any) -> ScheduledEvent:
        """Call a function, which takes nothing, at the times of a rule on the dates of another."""
        *first, date_rule, time_rule, callback = bound(ScheduleManager.on, arguments, named).values()
        if not isinstance(date_rule, FuncDateRule) or not isinstance(time_rule, FuncTimeRule) or not callable(callback):
            raise no_match("on", *arguments, *named.values())
        name = first[0] if first else f"{date_rule.name}: {time_rule.name}"
        return self._schedule(name, date_rule, time_rule, lambda event, at: callback())

    def _schedule(
        self, name: str, date_rule: FuncDateRule, time_rule: FuncTimeRule, callback: Callable[[str, datetime], Any]
    ) -> ScheduledEvent:
        event = ScheduledEvent(name, time_rule.create_utc_event_times(self._dates(date_rule)), callback)
        self.add(event)
        return event

    def _dates(self, rule: FuncDateRule) -> Iterator[datetime]:
        """Deferred: what "today" is, is asked when the first time is needed."""
        start = self._state.utc.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
        yield from rule.get_dates(start, _END_OF_TIME)

    def training_now(self, training_code: Callable[[], Any]) -> ScheduledEvent:
        return self.on(f"Training: Now: {self._state.utc.isoformat()}", self.date_rules.today, self.time_rules.now, training_code)

    def training(self, date_rule: FuncDateRule, time_rule: FuncTimeRule, training_code: Callable[[], Any]) -> ScheduledEvent:
        return self.on(date_rule, time_rule, training_code)
