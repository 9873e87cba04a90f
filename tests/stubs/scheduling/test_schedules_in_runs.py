"""When scheduled and training callbacks come, and what messages are kept (LEAN: BacktestingRealTimeHandler)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from AlgorithmImports import DayOfWeek, QCAlgorithm, Resolution
from lean_stubs.testing import FakeData, run_algorithm


class Hourly(FakeData):
    """The benchmark comes every hour, as in LEAN's own folder."""

    benchmark_resolution = Resolution.HOUR


def market() -> FakeData:
    return Hourly("2019-05-01", "2019-09-30").trend("SPY", price=100.0, daily=0.001)


class Scheduled(QCAlgorithm):
    """28 June to 12 July 2019, with an early close on 3 July and a holiday on the fourth."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 28)
        self.set_end_date(2019, 7, 12)
        self.calls: list[Any] = []
        self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
        self.plan()

    def plan(self) -> None:
        """What a subclass schedules."""

    def at(self, label: str) -> Any:
        return lambda: self.calls.append((label, self.time))


def ran(kind: type) -> Any:
    return run_algorithm(kind, market()).check().algorithm


def days(found: Any, label: str) -> list[int]:
    return [time.day for name, time in found.calls if name == label]


def test_every_day_counts_weekends_and_with_a_symbol_only_trading_days() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            rules, times = self.date_rules, self.time_rules
            self.schedule.on(rules.every_day(), times.at(10, 0), self.at("all"))
            self.schedule.on(rules.every_day("SPY"), times.at(10, 0), self.at("open"))
            self.schedule.on(rules.every(DayOfWeek.SATURDAY, DayOfWeek.MONDAY), times.at(10, 0), self.at("some"))

    found = ran(Plan)
    assert days(found, "all") == [28, 29, 30, *range(1, 13)]
    assert days(found, "open") == [28, 1, 2, 3, 5, 8, 9, 10, 11, 12]
    assert days(found, "some") == [29, 1, 6, 8]


def test_times_around_the_session_follow_early_closes() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            rule, times = self.date_rules.every_day(self.spy), self.time_rules
            self.schedule.on(rule, times.before_market_close(self.spy, 0), self.at("close"))
            self.schedule.on(rule, times.before_market_close(self.spy, 10), self.at("before"))
            self.schedule.on(rule, times.after_market_open(self.spy, 0), self.at("open"))

    calls = ran(Plan).calls
    assert {(n, t.hour, t.minute) for n, t in calls if t.day != 3} == {("close", 16, 0), ("before", 15, 50), ("open", 9, 30)}
    assert {(n, t.hour, t.minute) for n, t in calls if t.day == 3} == {("close", 13, 0), ("before", 12, 50), ("open", 9, 30)}


def test_weeks_and_months_begin_and_end_on_open_days_of_the_symbol() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            rules, noon = self.date_rules, self.time_rules.noon
            self.schedule.on(rules.month_start(), noon, self.at("month"))
            self.schedule.on(rules.month_start(self.spy, 2), noon, self.at("third"))
            self.schedule.on(rules.month_end(self.spy), noon, self.at("end"))
            self.schedule.on(rules.week_start(), noon, self.at("monday"))
            self.schedule.on(rules.week_end(self.spy), noon, self.at("friday"))

    found = ran(Plan)
    assert days(found, "month") == [1]
    assert days(found, "third") == [3]
    assert days(found, "end") == [28]
    assert days(found, "monday") == [1, 8]
    assert days(found, "friday") == [28, 5, 12]


def test_equal_times_come_in_the_order_of_their_making() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            for label in "cab":
                self.schedule.on(self.date_rules.on(2019, 7, 2), self.time_rules.at(10, 0), self.at(label))

    assert [label for label, _ in ran(Plan).calls] == ["c", "a", "b"]


def test_training_of_initialize_comes_at_the_start_and_of_a_slice_before_the_next_with_the_old_time() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            self.train(self.at("first"))

        def on_securities_changed(self, changes: Any) -> None:
            self.calls.append(("changes", self.time))

        def on_data(self, data: Any) -> None:
            self.calls.append(("slice", self.time))
            if self.time.day == 28:
                self.train(self.at("later"))

    start, friday = datetime(2019, 6, 28), datetime(2019, 6, 28, 16)
    assert ran(Plan).calls[:5] == [
        ("first", start), ("changes", start), ("slice", friday), ("later", friday), ("slice", datetime(2019, 7, 1, 16)),
    ]  # fmt: skip


def test_after_the_last_slice_nothing_fires() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            for hour, minute in ((16, 0), (16, 1), (23, 59)):
                self.schedule.on(self.date_rules.on(2019, 7, 12), self.time_rules.at(hour, minute), self.at("late"))

    assert [(time.hour, time.minute) for _, time in ran(Plan).calls] == [(16, 0)]


def test_repeated_debug_and_error_messages_are_dropped_and_log_lines_kept() -> None:
    class Messages(Scheduled):
        def on_data(self, data: Any) -> None:
            if self.time.day == 28:
                for text in ("same", "same", "", "other", "same"):
                    self.debug(text)
                    self.error(text)
                    self.log(text)
                self.debug(1)
                self.log(None)

    messages = run_algorithm(Messages, market()).check().messages
    told = {kind: [text for k, at, text in messages if k == kind and at.hour == 16] for kind in ("debug", "error", "log")}
    assert told["debug"][:4] == ["same", "other", "same", "1"]
    assert told["error"] == ["same", "other", "same"]
    assert told["log"][:4] == ["same", "same", "other", "same"]


def test_dates_may_come_as_a_list() -> None:
    class Plan(Scheduled):
        def plan(self) -> None:
            self.schedule.on(
                self.date_rules.on([datetime(2019, 7, 2), datetime(2019, 7, 3)]), self.time_rules.at(9, 0), self.at("on")
            )

    assert days(ran(Plan), "on") == [2, 3]
