"""One model, one call: the algorithm that stands still."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from AlgorithmImports import AlphaModel, Insight, InsightDirection, QCAlgorithm, Resolution
from lean_stubs.data.source import DataProblem
from lean_stubs.testing import FakeData, ModelBench
from lean_stubs.testing.plugin import lean, lean_data  # noqa: F401


class Momentum(AlphaModel):
    """Up when the price has risen since the last call; remembers what it was told."""

    def __init__(self):
        super().__init__()
        self.name, self.last, self.told, self.algorithms = "momentum", {}, [], []

    def update(self, algorithm, data):
        self.algorithms.append(algorithm)
        found = []
        for bar in data.bars.values():
            before, self.last[str(bar.symbol)] = self.last.get(str(bar.symbol)), bar.close
            if before is not None and bar.close > before:
                found.append(Insight.price(bar.symbol, timedelta(1), InsightDirection.UP))
        return found

    def on_securities_changed(self, algorithm, changes):
        self.told.append(([s.symbol.value for s in changes.added_securities], [s.symbol.value for s in changes.removed_securities]))


def test_one_update_with_one_slice():
    with ModelBench(["SPY", "QQQ"]) as bench:
        model = Momentum()
        bench.announce(model)
        bench.announce(model, added=(), removed=["QQQ"])
        assert bench.update(model, {"SPY": 100.0, "QQQ": 50.0}) == []
        (insight,) = bench.update(model, {"SPY": 101.0})
        assert (insight.symbol.value, bench.algorithm.securities["SPY"].price) == ("SPY", 101.0)
    assert model.told == [(["QQQ", "SPY"], []), ([], ["QQQ"])]
    first, second = model.algorithms
    assert first is not second
    assert type(first) is QCAlgorithm


def test_a_slice_has_bars_of_the_day_and_other_data():
    with ModelBench(["SPY"], at=datetime(2019, 12, 3, 16)) as bench:
        data = bench.slice({"SPY": (1.0, 4.0, 0.5, 2.0, 77.0)})
        bar = data.bars["SPY"]
        assert (bar.open, bar.high, bar.low, bar.close, bar.volume) == (1.0, 4.0, 0.5, 2.0, 77.0)
        assert (bar.time, bar.end_time, data.time) == (
            datetime(2019, 12, 3, 9, 30),
            datetime(2019, 12, 3, 16),
            bench.algorithm.time,
        )
        assert not bench.slice().has_data


def test_the_clock_moves_when_told_and_history_follows():
    data = FakeData("2019-11-01", "2019-12-31").closes("SPY", range(100, 150))
    with ModelBench(["SPY"], data=data) as bench:
        for day in (date(2019, 12, 3), date(2019, 12, 5)):
            bench.move_to(day)
            frame = bench.algorithm.history(["SPY"], 2, Resolution.DAILY)
            assert frame.index[-1][1].to_pydatetime() == bench.algorithm.time == datetime(day.year, day.month, day.day, 16)


def test_a_ticker_that_the_bench_has_not_is_named():
    with ModelBench(["SPY"]) as bench, pytest.raises(DataProblem, match="no QQQ: name it in its tickers"):
        bench.slice({"QQQ": 1.0})


def test_the_fixture_shares_one_object_store(lean):  # noqa: F811
    lean.bench("SPY").algorithm.object_store.save("note", "kept")
    assert lean.bench("SPY").algorithm.object_store.read("note") == "kept"


def test_the_fixtures_data_are_the_same_each_time_and_may_be_changed(lean, lean_data):  # noqa: F811
    class Last(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 7)
            self.add_equity("SPY", Resolution.DAILY)

        def on_data(self, data):
            self.close = data.bars["SPY"].close

    plain = lean.run(Last).check().algorithm.close
    assert plain == lean.run(Last, FakeData("2018-01-01", "2019-12-31").regimes("SPY", "QQQ", seed=1)).algorithm.close
    lean_data.crash("SPY", "2019-06-05", fall=0.5, days=1)
    assert lean.run(Last).algorithm.close == pytest.approx(plain / 2, abs=0.001)
