"""When a portfolio model is due (LEAN: PortfolioConstructionModel.IsRebalanceDue)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from AlgorithmImports import (
    AlphaModel,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm


def market() -> FakeData:
    return FakeData("2019-05-01", "2019-09-30").trend("SPY", price=100.0, daily=0.001).flat("QQQ")


class Few(AlphaModel):
    """Long for a long time, said once."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.said = "Few", False

    def update(self, algorithm: Any, data: Any) -> list[Any]:
        if self.said or not data.bars.count:
            return []
        self.said = True
        return [Insight.price(s, timedelta(200), InsightDirection.UP) for s in data.bars.keys()]  # noqa: SIM118


class Portfolio(PortfolioConstructionModel):
    """Notes when it makes targets."""

    def __init__(self, notes: list[datetime]) -> None:
        super().__init__()
        self.notes = notes

    def determine_target_percent(self, insights: Any) -> Any:
        self.notes.append(self.algorithm.time)
        return dict.fromkeys(insights, 0.1)


class Rebalanced(QCAlgorithm):
    """July and August 2019; a subclass gives the rebalancing function."""

    def initialize(self) -> None:
        self.set_start_date(2019, 7, 1)
        self.set_end_date(2019, 8, 9)
        self.notes: list[datetime] = []
        self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
        self.set_alpha(Few())
        self.model = Portfolio(self.notes)
        self.rebalance()
        self.set_portfolio_construction(self.model)

    def rebalance(self) -> None:
        raise NotImplementedError


def ran(kind: type, data: FakeData | None = None) -> list[datetime]:
    found: list[datetime] = run_algorithm(kind, data or market()).check().algorithm.notes
    return found


class Daily(Rebalanced):
    def rebalance(self) -> None:
        self.model.set_rebalancing_func(timedelta(1))


def test_a_day_is_twenty_four_hours_so_an_early_close_is_not_due() -> None:
    days = [time for time in ran(Daily) if time < datetime(2019, 7, 9)]
    # The third of July closes at 13:00, 21 hours after the bar before; the fourth is a holiday.
    assert [(time.day, time.hour) for time in days] == [(1, 16), (2, 16), (5, 16), (8, 16)]


def test_rebalancing_at_a_midnight_event_makes_the_bar_of_the_day_not_due() -> None:
    days = [time for time in ran(Daily, market().dividend("SPY", "2019-07-10", 1.0)) if 8 <= time.day <= 11 and time.month == 7]
    # Due at 16:00 of the ninth plus a day; the midnight slice of the tenth is earlier than that and is not due by time.
    assert [(time.day, time.hour) for time in days] == [(8, 16), (9, 16), (10, 16), (11, 16)]


class HalfDay(Rebalanced):
    def rebalance(self) -> None:
        self.model.set_rebalancing_func(timedelta(hours=20))


def test_twenty_hours_after_a_midnight_slice_the_next_bar_is_too_early() -> None:
    eventless = [time for time in ran(HalfDay) if time.month == 7 and 9 <= time.day <= 11]
    assert [(time.day, time.hour) for time in eventless] == [(9, 16), (10, 16), (11, 16)]
    short = market().dividend("SPY", "2019-07-08", 1.0)
    days = [time for time in ran(HalfDay, short) if time.month == 7 and 5 <= time.day <= 9]
    # The weekend has made the midnight slice of Monday due; from there 16:00 is not yet 20 hours on.
    assert [(time.day, time.hour) for time in days] == [(5, 16), (8, 0), (9, 16)]


class Monthly(Rebalanced):
    def rebalance(self) -> None:
        self.model.set_rebalancing_func(self.date_rules.month_start(self.spy))
        self.settings.rebalance_portfolio_on_insight_changes = False
        self.settings.rebalance_portfolio_on_security_changes = False


def test_a_date_rule_is_due_at_the_bar_of_its_day() -> None:
    assert ran(Monthly)[-1] == datetime(2019, 8, 1, 16)


def test_a_date_rule_is_due_at_the_midnight_slice_of_its_day_if_there_is_one() -> None:
    assert ran(Monthly, market().dividend("SPY", "2019-08-01", 1.0))[-1] == datetime(2019, 8, 1)


class Asked(Rebalanced):
    """A function that never gives a time."""

    def rebalance(self) -> None:
        self.calls: list[datetime] = []
        self.model.set_rebalancing_func(self.never)

    def never(self, utc: datetime) -> None:
        self.calls.append(self.time)


def test_a_function_without_an_answer_is_asked_every_time_and_twice_when_it_rebalances_anyway() -> None:
    calls = run_algorithm(Asked, market()).check().algorithm.calls
    count = {day: sum(time == datetime(2019, 7, day, 16) for time in calls) for day in (1, 2, 8)}
    assert count == {1: 2, 2: 1, 8: 1}


class Stock(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 7, 1)
        self.set_end_date(2019, 7, 12)
        self.events: list[Any] = []
        self.add_equity("SPY", Resolution.DAILY)
        self.set_alpha(Few())
        owner = self

        class Model(EqualWeightingPortfolioConstructionModel):
            def create_targets(self, algorithm: Any, insights: Any) -> Any:
                targets = list(super().create_targets(algorithm, insights))
                owner.events.append((algorithm.time, len(insights), len(targets)))
                return targets

        self.set_portfolio_construction(Model(timedelta(365)))


def test_a_new_insight_and_a_security_change_are_due_whatever_the_function_says() -> None:
    class Later(Stock):
        def initialize(self) -> None:
            super().initialize()
            self.schedule.on(
                self.date_rules.on(2019, 7, 10), self.time_rules.at(12, 0), lambda: self.add_equity("QQQ", Resolution.DAILY)
            )

    events = run_algorithm(Later, market()).check().algorithm.events
    made = [time for time, _, targets in events if targets]
    # Without hourly data the callback runs in the step of 16:00, and the change is told just after it.
    assert made == [datetime(2019, 7, 1, 16), datetime(2019, 7, 11, 16)]
