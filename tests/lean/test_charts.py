from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from regime_framework import RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
from regime_framework.lean.charts import MarketDisplay
from regime_framework.service import RegimeModelCache
from tests.lean.worlds import CONFIG, run, service


@pytest.fixture(scope="module")
def shared():
    return service()


@pytest.fixture(scope="module")
def diary(shared):
    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(RegimeAlphaModel(shared))
        algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(shared, exposure={"bear": 0.3}))

    return run(setup, end=(2015, 12, 31))


def test_two_charts(diary):
    charts = diary.result.charts
    own = charts[charts["chart"].str.startswith("Regime")]
    assert set(zip(own["chart"], own["series"], strict=True)) == {
        ("Regime", "Close"),
        ("Regime", "State"),
        ("Regime probability", "Bull"),
        ("Regime probability", "Bear"),
    }
    counts = own.groupby(["chart", "series"]).size()
    assert counts.nunique() == 1
    wide = own[own["chart"] == "Regime probability"].pivot(index="time", columns="series", values="value")
    assert (wide.sum(axis=1) - 1).abs().max() < 1e-6  # LEAN rounds chart values
    assert set(own.loc[own["series"] == "State", "value"]) == {0.0, 1.0}


@pytest.mark.parametrize(("n_states", "n_services", "n_charts"), [(2, 1, 2), (5, 1, 2), (2, 2, 4), (3, 2, 4), (5, 2, 3)])
def test_series_stay_within_lean_s_limit(n_states, n_services, n_charts):
    config = RegimeConfig(n_states=n_states, lookback=252, observation="close", emission="gaussian")
    shared = [service(config=config) for _ in range(n_services)]

    def setup(algorithm: Any) -> None:
        for number, one in enumerate(shared):
            algorithm.add_alpha(RegimeAlphaModel(one, name=f"Alpha {number}"))

    diary = run(setup, end=(2015, 1, 30))
    own = diary.result.charts[diary.result.charts["chart"].str.startswith("Regime")]
    assert own["chart"].nunique() == n_charts
    assert len(set(zip(own["chart"], own["series"], strict=True))) <= 10
    assert not any("Exceeded" in line for line in diary.lines())


def test_runtime_statistics(diary, shared):
    statistics = diary.result.runtime_statistics
    assert statistics["Market regime"] == str(shared.market.regime)
    assert statistics["Regime probability"] == f"{shared.market.confidence:.0%}"
    assert statistics["Regime trainings"] == str(shared.statistics.trainings)
    assert statistics["Regime cache hits"] == "0%"
    assert "training" in statistics["Regime seconds"]


def test_the_hit_rate_is_that_of_the_service_s_cache():
    cache = RegimeModelCache()
    for expected in ("0%", "100%"):
        shared = service(cache=cache)
        diary = run(lambda algorithm, shared=shared: algorithm.set_alpha(RegimeAlphaModel(shared)), end=(2015, 6, 30))
        assert diary.result.runtime_statistics["Regime cache hits"] == expected
        assert diary.result.runtime_statistics["Regime trainings"] == str(shared.statistics.trainings)


def test_one_log_line_a_change_of_the_market_s_regime(diary):
    lines = [line for line in diary.lines() if "Market regime" in line]
    directions = [insight["direction"] for insight in diary.of("SPY")]
    assert len(lines) == 1 + sum(before != after for before, after in pairwise(directions))


def test_off_by_one_argument():
    shared = service()

    def setup(algorithm: Any) -> None:
        algorithm.set_alpha(RegimeAlphaModel(shared, charts=False))
        algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(shared, exposure={"bear": 0.3}, charts=False))

    diary = run(setup, end=(2015, 3, 31))
    assert not diary.result.charts["chart"].str.startswith("Regime").any()
    assert not [name for name in diary.result.runtime_statistics if "egime" in name]


def test_two_services_of_one_algorithm_draw_apart():
    def setup(algorithm: Any) -> None:
        algorithm.add_alpha(RegimeAlphaModel(service()))
        algorithm.add_alpha(RegimeAlphaModel(service(market="QQQ"), name="Second"))

    result = run(setup, end=(2015, 1, 30)).result
    names = {name for name in result.charts["chart"] if name.startswith("Regime")}
    assert names == {"Regime", "Regime probability", "Regime (2)", "Regime probability (2)"}
    assert {"Market regime", "Market regime (2)"} <= result.runtime_statistics.keys()


def test_nothing_is_shown_where_there_is_no_market():
    shared = service(market=None)
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(shared)), end=(2015, 1, 30))
    assert diary.result.error is None
    assert not diary.result.charts["chart"].str.startswith("Regime").any()


def test_points_stay_within_lean_s_limit_over_any_length():
    class Algorithm:
        live_mode, is_warming_up = False, False

        def __init__(self, years: int) -> None:
            self.start_date = datetime(1980, 1, 1)
            self.end_date = self.start_date + timedelta(days=365.25 * years)
            self.points = 0

        def plot(self, chart: str, series: str, value: float) -> None:
            self.points += series == "State"

        def add_chart(self, chart: Any) -> None: ...
        def log(self, text: str) -> None: ...
        def set_runtime_statistic(self, name: str, value: str) -> None: ...

    years = 60
    shared = service(config=RegimeConfig(lookback=252, observation="close", emission="gaussian", retrain="never"))
    _feed(shared, CONFIG.min_bars + 1)
    display, algorithm = MarketDisplay.of(shared), Algorithm(years)
    for bar in range(1, 253 * years):
        display._feed.sequence = bar
        display.show(algorithm)
    assert 2000 < algorithm.points <= 4000


def _feed(shared: Any, n_bars: int) -> None:
    times = [datetime(1979, 1, 1, 21, tzinfo=UTC) + timedelta(days=i) for i in range(n_bars)]
    prices = 100 * np.exp(np.cumsum(np.random.default_rng(0).normal(0, 0.01, n_bars)))
    shared.add("SPY", prices[:-1], times[:-1])
    shared.update(times[-1], {"SPY": float(prices[-1])})
