"""The order of events within a step, and what ends a run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm


def market() -> FakeData:
    return FakeData("2019-06-03", "2019-07-31").trend("SPY", "IWM", price=100.0, daily=0.001)


class Base(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 14)
        self.events: list[str] = []
        self.ended = False
        self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
        self.prepare()

    def prepare(self) -> None:
        """For subclasses."""

    def note(self, what: str) -> None:
        self.events.append(f"{self.time:%d %H:%M} {what}")

    def on_end_of_algorithm(self) -> None:
        self.ended = True


def test_order_of_events_in_the_first_days() -> None:
    class Alpha(AlphaModel):
        def __init__(self, user: Any) -> None:
            self.user = user

        def update(self, algorithm: Any, data: Any) -> list[Insight]:
            self.user.note("alpha")
            return [Insight.price(self.user.spy, timedelta(5), InsightDirection.UP)] if algorithm.time.day == 10 else []

    class Order(Base):
        def prepare(self) -> None:
            self.set_alpha(Alpha(self))
            self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel())
            self.consolidate(self.spy, Resolution.DAILY, lambda bar: self.note("consolidated"))
            self.schedule.on(self.date_rules.every_day(), self.time_rules.at(9, 0), lambda: self.note("scheduled"))
            self.schedule.on(self.date_rules.every_day(self.spy), self.time_rules.before_market_close(self.spy, 0), self.closing)
            self.train(lambda: self.note("trained"))

        def closing(self) -> None:
            self.note("at the close")

        def on_data(self, data: Any) -> None:
            self.note("on_data")

        def on_securities_changed(self, changes: Any) -> None:
            self.note("changed")

        def on_warmup_finished(self) -> None:
            self.note("warm")

        def on_order_event(self, order_event: Any) -> None:
            self.note(str(order_event.status))

        def on_end_of_day(self, symbol: Any) -> None:
            self.note("end of day")

    events = run_algorithm(Order, market()).check().algorithm.events
    assert events[:10] == [
        "10 00:00 warm",
        "10 00:00 trained",
        "10 00:00 changed",
        "10 09:00 scheduled",
        "10 15:50 end of day",
        "10 16:00 at the close",
        "10 16:00 consolidated",
        "10 16:00 on_data",
        "10 16:00 alpha",
        "10 16:00 SUBMITTED",
    ]
    assert events[10:17] == [
        "11 09:00 scheduled",
        "11 15:50 end of day",
        "11 16:00 FILLED",
        "11 16:00 at the close",
        "11 16:00 consolidated",
        "11 16:00 on_data",
        "11 16:00 alpha",
    ]


@pytest.mark.parametrize("hook", ["on_data", "on_securities_changed", "on_warmup_finished", "scheduled", "consolidated"])
def test_an_exception_ends_the_run_without_on_end_of_algorithm(hook: str) -> None:
    class Raises(Base):
        def prepare(self) -> None:
            if hook == "scheduled":
                self.schedule.on(self.date_rules.every_day(), self.time_rules.at(10, 0), self.fail)
            elif hook == "consolidated":
                self.consolidate(self.spy, Resolution.DAILY, self.fail)

        def fail(self, *_: Any) -> None:
            raise ValueError(hook)

    if hook.startswith("on_"):
        kind: type = type("Raises", (Raises,), {hook: lambda self, *_: self.fail()})
    else:
        kind = Raises
    result = run_algorithm(kind, market())
    assert isinstance(result.error, ValueError)
    assert str(result.error) == hook
    assert not result.algorithm.ended


def test_quit_works_off_the_slice_and_ends_in_order() -> None:
    class Quits(Base):
        def on_data(self, data: Any) -> None:
            self.note("data")
            if self.time.day == 11:
                self.quit("enough")

    found = run_algorithm(Quits, market()).check().algorithm
    assert found.events == ["10 16:00 data", "11 16:00 data"]
    assert found.ended


def test_pascal_case_algorithms_run() -> None:
    class Pascal(QCAlgorithm):
        def Initialize(self) -> None:  # noqa: N802
            self.SetStartDate(2019, 6, 10)
            self.SetEndDate(2019, 6, 14)
            self.SetCash(50000)
            self.AddEquity("SPY", Resolution.Daily)
            self.closes: list[float] = []

        def OnData(self, data: Any) -> None:  # noqa: N802
            self.closes.append(data.Bars["SPY"].Close)
            if not self.Portfolio.Invested:
                self.SetHoldings("SPY", 1)

    result = run_algorithm(Pascal, market()).check()
    assert len(result.algorithm.closes) == 5
    assert list(result.orders["status"]) == ["FILLED"]


def test_a_removed_invested_security_is_sold_at_once() -> None:
    class Removes(Base):
        def prepare(self) -> None:
            self.changes: list[Any] = []
            self.schedule.on(self.date_rules.on(2019, 6, 12), self.time_rules.at(12, 0), lambda: self.remove_security(self.spy))

        def on_data(self, data: Any) -> None:
            if self.time.day == 10:
                self.market_order(self.spy, 10)

        def on_securities_changed(self, changes: Any) -> None:
            self.changes.append((self.time, len(changes.added_securities), len(changes.removed_securities)))

    data = market()
    result = run_algorithm(Removes, data).check()
    assert list(result.orders["type"]) == ["MARKET_ON_OPEN", "MARKET_ON_CLOSE"]
    assert result.algorithm.changes[0] == (datetime(2019, 6, 10), 1, 0)
    assert result.algorithm.changes[1][1:] == (0, 1)
    assert result.algorithm.securities.contains_key("SPY")


def test_a_start_after_the_end_is_refused() -> None:
    class Backwards(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 14)
            self.set_end_date(2019, 6, 10)

    assert "end date greater than start date" in str(run_algorithm(Backwards, market()).error)


def test_active_securities_come_in_another_order_every_time_but_the_same_in_every_run() -> None:
    names = [f"T{i}" for i in range(12)]

    class Many(Base):
        def prepare(self) -> None:
            for name in names:
                self.add_equity(name, Resolution.DAILY)
            self.orders_seen: list[list[str]] = []

        def on_data(self, data: Any) -> None:
            self.orders_seen.append([str(key) for key, _ in self.active_securities.items()])

    def run() -> list[list[str]]:
        found: list[list[str]] = run_algorithm(Many, market().flat(*names)).check().algorithm.orders_seen
        return found

    first = run()
    assert first == run()
    assert first[0] != first[1]
    assert sorted(first[0]) == sorted([*names, "SPY"])
