"""Warm-up: where it begins, what runs in it, how it ends (LEAN: QCAlgorithm.SetDateTime, Synchronizer, AlgorithmManager)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AlphaModel,
    DataNormalizationMode,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    OrderStatus,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm

START = datetime(2019, 6, 10)


def market() -> FakeData:
    return FakeData("2019-05-01", "2019-07-12").trend("SPY", price=100.0, daily=0.001)


class Warm(QCAlgorithm):
    """Starts on Monday, 10 June 2019, after five daily bars of warm-up."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 14)
        self.set_cash(100_000)
        self.seen: list[Any] = []
        self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
        self.warm()
        self.inside = (self.time, self.is_warming_up)

    def warm(self) -> None:
        self.set_warm_up(5, Resolution.DAILY)

    def on_data(self, data: Any) -> None:
        self.seen.append((self.time, self.is_warming_up, self.securities[self.spy].price))

    def on_warmup_finished(self) -> None:
        self.finished = (self.time, self.is_warming_up, self.securities[self.spy].price)


def ran(kind: type, data: FakeData | None = None) -> Any:
    return run_algorithm(kind, data or market()).check().algorithm


def test_five_daily_bars_come_before_the_start_and_the_end_is_told_at_midnight() -> None:
    found = ran(Warm)
    assert found.inside == (START, True)
    warm = [row for row in found.seen if row[1]]
    assert [time.day for time, _, _ in warm] == [3, 4, 5, 6, 7]
    assert found.finished == (START, False, warm[-1][2])


@pytest.mark.parametrize(
    ("asked", "days"),
    [((timedelta(4),), [6, 7]), ((timedelta(7), Resolution.DAILY), [3, 4, 5, 6, 7]), ((3,), [5, 6, 7])],
)
def test_spans_are_calendar_time_and_counts_are_bars(asked: tuple[Any, ...], days: list[int]) -> None:
    class Asked(Warm):
        def warm(self) -> None:
            self.set_warm_up(*asked)
            self.asked_resolution = self.settings.warm_up_resolution

    found = ran(Asked)
    assert [time.day for time, warming, _ in found.seen if warming] == days
    assert found.asked_resolution == (asked[1] if len(asked) > 1 else None)


class Once(AlphaModel):
    """One long insight, with the first bar it sees."""

    def __init__(self, days: float) -> None:
        super().__init__()
        self.name, self.days, self.calls = "Once", days, []

    def update(self, algorithm: Any, data: Any) -> list[Any]:
        self.calls.append((algorithm.time, algorithm.is_warming_up))
        if len(self.calls) > 1:
            return []
        return [Insight.price(s, timedelta(self.days), InsightDirection.UP) for s in data.bars.keys()]  # noqa: SIM118


class Framed(Warm):
    def warm(self) -> None:
        super().warm()
        self.model = Once(30)
        self.set_alpha(self.model)
        self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(Resolution.DAILY))
        self.events: list[Any] = []

    def on_order_event(self, order_event: Any) -> None:
        self.events.append((self.time, order_event.status, order_event.quantity))


def test_targets_of_warm_up_are_kept_and_ordered_after_it() -> None:
    found = ran(Framed)
    assert [warming for _, warming in found.model.calls[:5]] == [True] * 5
    # Nothing is ordered in warm-up, one order at the first step after it although the alpha says nothing more.
    assert found.events[0][:2] == (datetime(2019, 6, 10, 16), OrderStatus.SUBMITTED)
    assert found.events[1][:2] == (datetime(2019, 6, 11, 16), OrderStatus.FILLED)
    assert len([e for e in found.events if e[1] == OrderStatus.SUBMITTED and e[0] == datetime(2019, 6, 10, 16)]) == 1


def test_holding_targets_are_written_in_warm_up() -> None:
    class Written(Framed):
        def on_warmup_finished(self) -> None:
            self.target = self.portfolio[self.spy].target.quantity

    assert ran(Written).target > 0


def test_orders_are_invalid_and_cancelling_all_raises() -> None:
    class Orders(Warm):
        def on_data(self, data: Any) -> None:
            if self.is_warming_up and not self.seen:
                ticket = self.market_order(self.spy, 1)
                try:
                    self.transactions.cancel_open_orders(self.spy)
                    raised = None
                except Exception as error:
                    raised = type(error).__name__
                self.seen.append((ticket.status, raised))

    assert ran(Orders).seen == [(OrderStatus.INVALID, "InvalidOperationException")]


def test_schedules_and_training_run_in_warm_up() -> None:
    class Scheduled(Warm):
        def warm(self) -> None:
            super().warm()
            self.calls: list[Any] = []
            self.train(lambda: self.calls.append(("train", self.time)))
            self.schedule.on(self.date_rules.on(2019, 6, 5), self.time_rules.at(10, 0), self.called)

        def called(self) -> None:
            self.calls.append(("schedule", self.time))

    found = ran(Scheduled).calls
    assert found[0][0] == "train"
    assert found[0][1] < START
    assert found[1] == ("schedule", datetime(2019, 6, 5, 10))


def test_dividends_and_splits_of_warm_up_leave_the_account_alone() -> None:
    class Raw(Warm):
        def initialize(self) -> None:
            super().initialize()
            self.told = 0

        def warm(self) -> None:
            self.universe_settings.data_normalization_mode = DataNormalizationMode.RAW
            self.set_warm_up(10, Resolution.DAILY)

        def on_dividends(self, dividends: Any) -> None:
            self.told += 1

    data = market().dividend("SPY", "2019-06-05", 1.0)
    found = ran(Raw, data)
    assert found.told == 1
    assert found.portfolio.cash == 100_000
