"""What a run leaves behind: files, frames, charts and their limits."""

import csv
import json

import pandas as pd
import pytest
from AlgorithmImports import Chart, QCAlgorithm, Resolution, Series, SeriesType
from lean_stubs import FakeData, run_algorithm
from lean_stubs.__main__ import main
from lean_stubs.clr.exceptions import ArgumentException, NullReferenceException
from lean_stubs.results.chart import DuplicateNameException


class Buyer(QCAlgorithm):
    def initialize(self):
        self.set_start_date(2019, 3, 1)
        self.set_end_date(2019, 3, 29)
        self.add_equity("SPY", Resolution.DAILY)

    def on_data(self, data):
        if not self.portfolio.invested:
            self.set_holdings("SPY", 0.5)
        self.plot("Regime", "Close", data.bars["SPY"].close)
        self.plot("Regime", "State", 1 if data.bars["SPY"].close > 105 else 0)
        self.set_runtime_statistic("Regime trainings", 3)
        self.set_summary_statistic("Flips", 2.5)


@pytest.fixture
def market():
    return FakeData("2019-01-02", "2019-03-29").trend("SPY", daily=0.001)


@pytest.fixture
def result(market):
    return run_algorithm(Buyer, market).check()


def test_frames_of_a_run(result):
    (order,) = result.orders.to_dict("records")
    assert (order["type"], order["status"], order["ticker"]) == ("MARKET_ON_OPEN", "FILLED", "SPY")
    assert order["value"] == pytest.approx(order["quantity"] * order["price"])
    assert order["last_fill_time"] == pd.Timestamp("2019-03-04 21:00:00")
    assert result.equity["equity"].iloc[-1] == pytest.approx(result.equity["holdings"].iloc[-1] + result.equity["cash"].iloc[-1])
    assert result.equity["time"].iloc[0] == pd.Timestamp("2019-03-01 05:00:00")
    assert list(result.regimes.columns) == ["time", "Close", "State"]
    assert len(result.regimes) == 21
    assert (result.statistics["Flips"], result.runtime_statistics["Regime trainings"]) == ("2.5", "3")


def test_benchmark_is_a_column_of_equity(result):
    # The benchmark is SPY itself: it rises a thousandth a trading day.
    prices = result.equity["benchmark"].drop_duplicates().to_numpy()[1:]
    assert prices[1:] / prices[:-1] == pytest.approx(1.001, rel=1e-5)


def test_algorithm_and_error_are_there_after_a_failure(market):
    class Failing(Buyer):
        def on_data(self, data):
            self.seen = True
            raise ValueError("no more")

    result = run_algorithm(Failing, market)
    assert (str(result.error), result.algorithm.seen) == ("no more", True)
    with pytest.raises(ValueError, match="no more"):
        result.check()


def test_targets_and_insights_become_rows(market):
    from datetime import timedelta

    from AlgorithmImports import ConstantAlphaModel, EqualWeightingPortfolioConstructionModel, InsightDirection, InsightType

    class Framework(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 3, 1)
            self.set_end_date(2019, 3, 8)
            self.add_equity("SPY", Resolution.DAILY)
            self.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(30), 0.01, 0.5))
            self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel())

    result = run_algorithm(Framework, market).check()
    assert len(result.insights) == 1
    assert result.insights.iloc[0][["ticker", "direction", "confidence"]].to_list() == ["SPY", 1, 0.5]
    assert result.targets["quantity"].iloc[0] == result.orders["quantity"].iloc[0]


def test_files_of_the_command_line(tmp_path, capsys):
    file = tmp_path / "main.py"
    file.write_text(
        "from AlgorithmImports import *\n\n\nclass Small(QCAlgorithm):\n    def initialize(self):\n"
        "        self.set_start_date(2016, 1, 4)\n        self.set_end_date(2016, 2, 26)\n"
        '        self.add_equity("SPY", Resolution.DAILY)\n\n    def on_data(self, data):\n'
        '        if not self.portfolio.invested:\n            self.set_holdings("SPY", 1)\n'
    )
    pytest.importorskip("arch")
    assert main(["run", str(file), "--results", str(tmp_path / "out"), "--quiet"]) == 0
    assert "Total Orders" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"orders.csv", "insights.csv", "targets.csv", "equity.csv", "charts.csv", "statistics.json"}
    document = json.loads((tmp_path / "out" / "statistics.json").read_text())
    assert (document["name"], document["algorithm"], document["data"]) == ("Small", "main.py", "index")
    with (tmp_path / "out" / "equity.csv").open() as rows:
        first = next(csv.DictReader(rows))
    assert (first["time"], float(first["equity"])) == ("2016-01-04T05:00:00Z", 100_000.0)
    with (tmp_path / "out" / "charts.csv").open() as rows:
        assert {row["chart"] for row in csv.DictReader(rows)} >= {"Strategy Equity", "Benchmark", "Drawdown", "Exposure"}


def plotting(market, *calls):
    """An algorithm that makes the calls in on_data and notes what each raises."""

    class Plotter(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 3, 1)
            self.set_end_date(2019, 3, 4)
            self.add_equity("SPY", Resolution.DAILY)
            self.raised = []

        def on_data(self, data):
            for call in calls:
                try:
                    call(self)
                except Exception as error:
                    self.raised.append(type(error))

    return run_algorithm(Plotter, market).check()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "1"])
def test_only_finite_numbers_are_plotted(market, value):
    result = plotting(market, lambda a: a.plot("Regime", "x", value))
    assert set(result.algorithm.raised) <= {ArgumentException, TypeError}
    assert len(result.algorithm.raised) == 2


@pytest.mark.parametrize(
    ("chart", "series", "refused"),
    [
        ("Exposure", "x", True),
        ("Assets Sales Volume", "x", True),
        ("Strategy Equity", "Equity", True),
        ("Strategy Equity", "mine", False),
        ("Benchmark", "mine", False),
        ("Drawdown", "mine", False),
    ],
)
def test_reserved_names_raise(market, chart, series, refused):
    assert bool(plotting(market, lambda a: a.plot(chart, series, 1.0)).algorithm.raised) == refused


def test_a_second_point_at_one_time_replaces_the_first(market):
    result = plotting(market, lambda a: a.plot("Regime", "x", 1), lambda a: a.plot("Regime", "x", 2))
    assert result.regimes["x"].tolist() == [2.0, 2.0]


def test_eleventh_series_is_left_out_without_an_error(market):
    result = plotting(market, lambda a: [a.plot("Regime", f"s{n}", n) for n in range(11)])
    assert not result.algorithm.raised
    assert len(result.regimes.columns) == 1 + 10


def test_summary_statistics_not_in_initialize_and_not_by_number(market):
    class Early(Buyer):
        def initialize(self):
            super().initialize()
            for name in ("Flips", "50"):
                try:
                    self.set_summary_statistic(name, 1)
                except Exception as error:
                    self.last = type(error), name

    assert run_algorithm(Early, market).algorithm.last == (ArgumentException, "50")
    with pytest.raises(NullReferenceException):
        raise run_algorithm(type("E", (Buyer,), {"initialize": lambda self: self.set_summary_statistic("a", 1)}), market).error


def test_charts_take_one_series_of_a_name_and_known_arguments():
    chart = Chart("Mine")
    chart.add_series(Series("x", SeriesType.LINE, 0))
    with pytest.raises(DuplicateNameException):
        chart.add_series(Series("x"))
    assert (Series("y", SeriesType.BAR, "%").unit, Series("z", SeriesType.LINE, 2, "u").index) == ("%", 2)
    with pytest.raises(TypeError, match="No method matches"):
        Series("w", SeriesType.LINE, "$", 1)
