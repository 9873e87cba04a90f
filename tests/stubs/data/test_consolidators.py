from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from AlgorithmImports import Calendar, QCAlgorithm, Resolution, SimpleMovingAverage, TradeBar, TradeBarConsolidator
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.data.scan_times import ScanTime
from lean_stubs.testing import FakeData, run_algorithm
from lean_stubs.time.nyse_calendar import nyse_hours

SPY = "SPY"


def minutes(consolidator: Any, count: int, start: datetime = datetime(2019, 6, 10, 9, 30)) -> list[Any]:
    found: list[Any] = []
    consolidator.data_consolidated += lambda sender, bar: found.append((bar.time, bar.end_time, bar.open, bar.close, bar.volume))
    for i in range(count):
        consolidator.update(TradeBar(start + timedelta(minutes=i), SPY, i + 1, i + 2, i + 1, i + 2, 10, timedelta(minutes=1)))
    return found


def test_by_time_a_bar_is_emitted_by_the_next_ones_first_data() -> None:
    found = minutes(TradeBarConsolidator(timedelta(minutes=5)), 11)
    assert [(start.minute, end.minute, first, last, volume) for start, end, first, last, volume in found] == [
        (30, 35, 1, 6, 50),
        (35, 40, 6, 11, 50),
    ]


def test_by_count_the_last_bar_completes_it() -> None:
    found = minutes(TradeBarConsolidator(5), 10)
    assert [(start.minute, end.minute) for start, end, *_ in found] == [(30, 35), (35, 40)]


def test_by_calendar() -> None:
    consolidator = TradeBarConsolidator(Calendar.WEEKLY)
    found: list[Any] = []
    consolidator.data_consolidated += lambda sender, bar: found.append((bar.time, bar.end_time, bar.open, bar.close))
    for day in range(3, 20):
        start = datetime(2019, 6, day)
        if start.weekday() < 5:
            consolidator.update(TradeBar(start, SPY, day, day, day, day + 1, 10, timedelta(days=1)))
    assert found == [
        (datetime(2019, 6, 3), datetime(2019, 6, 10), 3.0, 8.0),
        (datetime(2019, 6, 10), datetime(2019, 6, 17), 10.0, 15.0),
    ]


def test_daily_bars_of_minutes_end_at_the_close_before_on_data() -> None:
    class Daily(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 10)
            self.set_end_date(2019, 6, 12)
            self.add_equity("SPY", Resolution.MINUTE)
            self.bars: list[Any] = []
            self.known: list[int] = []
            self.consolidate("SPY", Resolution.DAILY, self.bars.append)

        def on_data(self, data: Any) -> None:
            if self.time.hour == 16:
                self.known.append(len(self.bars))

    found = run_algorithm(Daily, FakeData("2019-06-03", "2019-06-28").trend("SPY")).check().algorithm
    assert found.known == [1, 2, 3]
    assert [(bar.time.hour, bar.end_time.hour) for bar in found.bars] == [(9, 16)] * 3


def test_a_removed_consolidator_hears_nothing() -> None:
    class Removes(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 10)
            self.set_end_date(2019, 6, 14)
            self.add_equity("SPY", Resolution.DAILY)
            self.bars: list[Any] = []
            self.mine = self.consolidate("SPY", Resolution.DAILY, self.bars.append)

        def on_data(self, data: Any) -> None:
            if self.time.day == 11:
                self.subscription_manager.remove_consolidator(self.symbol("SPY"), self.mine)

    assert len(run_algorithm(Removes, FakeData("2019-06-03", "2019-06-28").flat("SPY")).check().algorithm.bars) == 2


def test_finer_bars_than_the_subscription_are_refused() -> None:
    class Finer(QCAlgorithm):
        def initialize(self) -> None:
            self.add_equity("SPY", Resolution.DAILY)
            self.consolidate("SPY", Resolution.MINUTE, print)

    error = run_algorithm(Finer, FakeData("2019-06-03", "2019-06-28").flat("SPY")).error
    assert isinstance(error, ArgumentException)
    with pytest.raises(TypeError, match="No method matches"):
        TradeBarConsolidator("x")


def test_scans_of_a_consolidator_between_bars_are_skipped_to_where_they_would_have_led() -> None:
    state = SimpleNamespace(utc=datetime(2019, 6, 3, 13, 31))
    feed = SimpleNamespace(consolidator=TradeBarConsolidator(timedelta(minutes=5)), scan=lambda local: None)
    slow, fast = (ScanTime(feed, timedelta(minutes=1), nyse_hours(), state) for _ in range(2))
    slow.advance()
    fast.advance()
    end = datetime(2019, 6, 3, 14, 2, 30)
    fast.skip_to(end)
    while slow.utc < end:
        state.utc = slow.utc
        slow.scan()
    assert slow.is_idle
    assert fast.utc == slow.utc == datetime(2019, 6, 3, 14, 3)


def test_a_consolidator_added_and_registered_for_an_indicator_takes_each_bar_once() -> None:
    class Twice(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 10)
            self.set_end_date(2019, 6, 14)
            self.add_equity("SPY", Resolution.DAILY)
            self.volumes: list[float] = []
            consolidator = TradeBarConsolidator(timedelta(days=2))
            consolidator.data_consolidated += lambda sender, bar: self.volumes.append(bar.volume)
            self.subscription_manager.add_consolidator("SPY", consolidator)
            self.register_indicator("SPY", SimpleMovingAverage(2), consolidator)
            self.count = self.subscription_manager.subscriptions[0].consolidators.count

        def on_data(self, data: Any) -> None:
            self.volume = data.bars["SPY"].volume

    algorithm = run_algorithm(Twice, FakeData("2019-06-03", "2019-06-14").flat("SPY")).check().algorithm
    assert algorithm.count == 1
    assert algorithm.volumes == [2 * algorithm.volume] * 2
