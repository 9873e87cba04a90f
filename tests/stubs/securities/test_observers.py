"""What follows a security's data: its session and its volatility model."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from AlgorithmImports import IndicatorVolatilityModel, QCAlgorithm, Resolution, SimpleMovingAverage, VolatilityModelExtensions
from lean_stubs import FakeData, run_algorithm

from tests.stubs.tick_folder import quote, run_on, trade, write_ticks

DATA = ("2019-06-03", "2019-06-14")
CLOSES = [100.0, 101.0, 103.0, 102.0, 104.0, 108.0, 107.0, 109.0, 111.0, 110.0]


class Watched(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 14)
        self.told: list[Any] = []
        self.asset = self.add_equity("A", Resolution.DAILY)
        self.begin()

    def begin(self) -> None:
        pass


def ran(kind: type) -> Any:
    return run_algorithm(kind, FakeData(*DATA).closes("A", CLOSES)).check().algorithm


class Sessions(Watched):
    def begin(self) -> None:
        self.asset.session.size = 2

    def on_data(self, data: Any) -> None:
        session, bar = self.asset.session, data.bars[self.asset.symbol]
        now = (session.open, session.high, session.low, session.close, session.volume)
        assert now == (bar.open, bar.high, bar.low, bar.close, bar.volume)
        self.told.append((session.close, session[1].close if session.count > 1 else None))


def test_a_session_has_the_day_and_the_trading_day_before_it() -> None:
    assert ran(Sessions).told == list(zip(CLOSES, [None, *CLOSES[:-1]], strict=True))


class AtMidnight(Watched):
    def begin(self) -> None:
        self.asset.session.size = 3
        self.schedule.on(self.date_rules.on(2019, 6, 10), self.time_rules.midnight, self.look)

    def look(self) -> None:
        session = self.asset.session
        self.told.append((session.close, session[1].close, session[2].close, session.volume))


def test_a_day_that_is_over_moves_back_with_the_clock_and_a_weekend_is_no_day() -> None:
    assert ran(AtMidnight).told == [(0.0, 104.0, 102.0, 0.0)]


class NoSize(Watched):
    def on_data(self, data: Any) -> None:
        self.told.append((self.asset.session.close, self.asset.session.count))


def test_without_a_size_nothing_is_kept() -> None:
    assert set(ran(NoSize).told) == {(0.0, 0)}


class OfAnIndicator(Watched):
    def begin(self) -> None:
        self.average = SimpleMovingAverage(2)
        self.model = IndicatorVolatilityModel(self.average, lambda asset, data, average: average.update(data.end_time, data.value))
        self.asset.set_volatility_model(self.model)

    def on_data(self, data: Any) -> None:
        self.told.append(self.asset.volatility_model.volatility)


def test_volatility_is_the_value_of_an_indicator_that_each_bar_updates() -> None:
    assert ran(OfAnIndicator).told[1:] == [(a + b) / 2 for a, b in itertools.pairwise(CLOSES)]


class WarmedUp(OfAnIndicator):
    def on_data(self, data: Any) -> None:
        if self.time.day == 14:
            self.average.reset()
            VolatilityModelExtensions.warm_up(self.model, self, self.asset, Resolution.DAILY, 2)
            self.told.append((self.average.samples, self.average.current.value))


def test_warming_up_reads_bars_since_so_many_days_before_midnight() -> None:
    # Two whole days before the 14th, and the bar of the 14th itself, which has just ended.
    assert ran(WarmedUp).told == [(3, (CLOSES[-2] + CLOSES[-1]) / 2)]


def test_a_session_of_ticks_has_the_trades_of_regular_hours(tmp_path: Path) -> None:
    trades = [trade(-1, 1), trade(0, 100, 10), trade(5, 103, 20), trade(9, 99, 30)]
    write_ticks(tmp_path, trade=trades, quote=[quote(0, bid=1), quote(7, ask=900)])

    class OfTicks(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 1, 2)
            self.set_end_date(2019, 1, 2)
            self.asset = self.add_equity("SPY", Resolution.TICK, extended_market_hours=True)
            self.asset.session.size = 1

        def on_data(self, data: Any) -> None:
            session = self.asset.session
            self.last = session.open, session.high, session.low, session.close, session.volume

    assert run_on(tmp_path, OfTicks).last == (100.0, 103.0, 99.0, 99.0, 60.0)


def test_a_volatility_model_is_told_of_the_last_tick_of_a_time_step(tmp_path: Path) -> None:
    write_ticks(tmp_path, trade=[trade(0, 100), trade(0, 101), trade(5, 102)])

    class Told(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 1, 2)
            self.set_end_date(2019, 1, 2)
            asset = self.add_equity("SPY", Resolution.TICK)
            self.average = SimpleMovingAverage(2)
            asset.volatility_model = IndicatorVolatilityModel(self.average, self.take)

        def take(self, security: Any, data: Any, indicator: Any) -> None:
            indicator.update(data.end_time, data.price)

    assert run_on(tmp_path, Told).average.current.value == 101.5
