"""The loop over time slices, phase by phase (LEAN: Engine/AlgorithmManager.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.algorithm.framework import framework_securities_changed, framework_step
from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.algorithm.universe import end_of_time_step, refresh_universes
from lean_stubs.clr.overrides import MethodCache
from lean_stubs.data.time_slice import TimeSlice
from lean_stubs.engine.end_of_day import EndOfDayEvents
from lean_stubs.scheduling.schedule import RealTimeHandler

__all__ = ["AlgorithmLoop"]

_MARGIN_CALLS = timedelta(minutes=5)


class AlgorithmLoop:
    """Runs an initialized algorithm to its end."""

    def __init__(self, state: AlgorithmState, progress: Callable[[datetime], None] | None = None) -> None:
        self._state, self._progress = state, progress
        self._user = MethodCache(state.user)
        self._was_warming_up = state.is_warming_up
        self._next_margin_call = datetime.min
        self._end_of_day = EndOfDayEvents(state, self._user.find_python("on_end_of_day"))
        self._handler = state.transactions._handler
        self.last_utc = state.utc

    def _call(self, name: str, *arguments: Any) -> bool:
        """Call the user's hook; False when it raised, which ends the run."""
        hook = self._user.find_python(name)
        if hook is None:
            return True
        return self._guard(lambda: hook(*arguments))

    def _guard(self, action: Callable[[], Any]) -> bool:
        try:
            action()
        except (Exception, SystemExit) as error:
            self._state.fail(error)
            return False
        return True

    def set_time(self, utc: datetime) -> None:
        """Move the clock; past the start date warm-up is over (QCAlgorithm.SetDateTime)."""
        state = self._state
        state.utc = utc
        if state.is_warming_up and state.locked and state.time >= state.start_date:
            state.is_warming_up = False

    def run(self) -> None:
        """Until data, the user or an error ends it."""
        state = self._state
        self._start_schedule()
        if not self._was_warming_up:
            state.results.on_warmup_finished()
            if not self._call("on_warmup_finished"):
                self._finish(False)
                return
        ended = True
        for step in state.feed.stream():
            if state.status == "Quit":
                break
            if not self._pre_checks(step):
                break
            if not self._step(step):
                ended = False
                break
            if self._progress is not None:
                self._progress(step.utc)
        if state.run_error is not None:
            ended = False
        if ended:
            ended = self._call("on_end_of_algorithm")
        self._finish(ended)

    def _finish(self, completed: bool) -> None:
        self._state.results.finish(self.last_utc, completed=completed and self._state.run_error is None)

    def _start_schedule(self) -> None:
        state = self._state
        state.real_time = RealTimeHandler(state)
        state.schedule.set_event_schedule(state.real_time)
        self._end_of_day.start()
        rules = state.date_rules, state.time_rules
        state.schedule._schedule(
            "Daily Sampling", rules[0].every_day(), rules[1].midnight, lambda name, at: state.results.sample(state.utc)
        )

    def _pre_checks(self, step: TimeSlice) -> bool:
        if self._state.portfolio.total_portfolio_value <= 0:
            self._state.error("Portfolio value is less than or equal to zero, stopping algorithm.")
            return False
        return True

    def _step(self, step: TimeSlice) -> bool:
        """One slice; False ends the run at once, without on_end_of_algorithm."""
        state, utc = self._state, step.utc
        self.last_utc = utc
        if state.real_time.next_time() < utc:
            state.real_time.scan_past(utc, self.set_time)
        if not self._guard(lambda: state.subscription_manager._scan_past(utc, self.set_time)):
            return False
        self.set_time(utc)
        if step.slice is None:
            self._check_warm_up()
            return state.run_error is None
        state.current_slice = step.slice
        changed = not step.changes._is_none
        if changed:
            self._process_changes(step)
        held = changed
        for security, bars in step.updates:
            for bar in bars:
                security._update(bar)
            held = held or security._holdings._position.quantity != 0
        if held:
            # LEAN does so in every slice; only prices of what is held matter.
            state.portfolio._invalidate()
        if not self._guard(lambda: self._handler.scan_models(utc)):
            return False
        for told in step.told:
            security = state.securities._find(told.symbol)
            if security is not None:
                security._prices.kept[type(told).__name__] = told
        self._check_warm_up()
        if not self._symbol_changes(step.slice):
            return False
        self._handler.process_fills()
        state.real_time.set_time(utc)
        if state.status == "Quit" and state.run_error is None:
            # Quit in a scheduled event: the slice is not worked off.
            state.extra["quit_in_schedule"] = True
            return True
        if state.run_error is not None:
            return False
        if utc >= self._next_margin_call:
            if not self._guard(self._handler.margin_calls):
                return False
            self._next_margin_call = utc + _MARGIN_CALLS
        return self._user_phases(step, changed)

    def _user_phases(self, step: TimeSlice, changed: bool) -> bool:
        state, data = self._state, step.slice
        assert data is not None
        if not changed and not data._points and data._delistings is None and not step.consolidator_updates:
            return self._end_of_step(step, data)
        if changed:
            shown = step.changes._for_user()
            if not self._call("on_securities_changed", shown):
                return False
            if not self._guard(lambda: framework_securities_changed(state, shown)):
                return False
        if data._dividends is not None:
            self._handler.apply_dividends(data)
        if data._splits is not None:
            self._handler.apply_splits(data)
        if step.consolidator_updates and not self._guard(lambda: self._consolidate(step)):
            return False
        for name, events in (("on_splits", data._splits), ("on_dividends", data._dividends), ("on_delistings", data._delistings)):
            if events is not None and len(events) and not self._call(name, events):
                return False
        if data.has_data and not self._call("on_data", data):
            return False
        return self._end_of_step(step, data)

    def _end_of_step(self, step: TimeSlice, data: Any) -> bool:
        """All that a slice without data has of these phases."""
        state = self._state
        if not self._guard(lambda: self._framework(data)):
            return False
        self._handler.process_submissions()
        state.results.on_slice(step.utc)
        if not self._guard(lambda: end_of_time_step(state)):
            return False
        return state.run_error is None

    def _framework(self, data: Any) -> None:
        refresh_universes(self._state)
        framework_step(self._state, data)

    def _consolidate(self, step: TimeSlice) -> None:
        state = self._state
        for config, bars in step.consolidator_updates:
            if config.consolidators._feeds:
                state.subscription_manager._update_consolidators(config, bars, state.utc)

    def _check_warm_up(self) -> None:
        state = self._state
        if self._was_warming_up and not state.is_warming_up:
            self._was_warming_up = False
            state.results.on_warmup_finished()
            self._call("on_warmup_finished")
            state.debug("Algorithm finished warming up.")

    def _process_changes(self, step: TimeSlice) -> None:
        state = self._state
        for security in step.changes.added_securities:
            state.securities.add(security.symbol, security)
        active = None
        for security in step.changes.removed_securities:
            if active is None:
                active = state.universe_manager._member_securities()
            if security.symbol not in active:
                security.reset()
        self._end_of_day.securities_changed(step.changes)

    def _symbol_changes(self, data: Any) -> bool:
        events = data._renames
        if events is None or not len(events):
            return True
        if not self._call("on_symbol_changed_events", events):
            return False
        for symbol in list(events.keys()):
            self._handler.cancel_for_symbol_change(symbol)
        return True
