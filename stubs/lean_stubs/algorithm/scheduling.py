"""Schedules and training (LEAN: QCAlgorithm.Schedule, Train)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.convert import no_match
from lean_stubs.clr.overloads import bound

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState
    from lean_stubs.scheduling.date_rules import DateRules
    from lean_stubs.scheduling.schedule import ScheduledEvent, ScheduleManager
    from lean_stubs.scheduling.time_rules import TimeRules

__all__ = ["SchedulingMethods"]


class SchedulingMethods:
    _clr: AlgorithmState

    @property
    def schedule(self) -> ScheduleManager:
        manager: ScheduleManager = self._clr.schedule
        return manager

    @property
    def date_rules(self) -> DateRules:
        rules: DateRules = self._clr.date_rules
        return rules

    @property
    def time_rules(self) -> TimeRules:
        rules: TimeRules = self._clr.time_rules
        return rules

    @overload
    def train(self, training_code: Any) -> ScheduledEvent: ...
    @overload
    def train(self, date_rule: Any, time_rule: Any, training_code: Any) -> ScheduledEvent: ...
    def train(self, *arguments: Any, **named: Any) -> ScheduledEvent:
        """train(code) as soon as time allows; train(date_rule, time_rule, code) on a schedule."""
        arguments = tuple(bound(SchedulingMethods.train, arguments, named).values())
        if len(arguments) == 1 and callable(arguments[0]):
            return self._clr.schedule.training_now(arguments[0])  # type: ignore[no-any-return]
        if len(arguments) == 3:
            return self._clr.schedule.training(*arguments)  # type: ignore[no-any-return]
        raise no_match("train", *arguments)
