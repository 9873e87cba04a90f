"""Indicators of bars against the definitions in numpy; of several symbols against counts by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from AlgorithmImports import (
    ArmsIndex,
    AverageDirectionalIndex,
    Beta,
    LeastSquaresMovingAverage,
    MassIndex,
    QCAlgorithm,
    RegressionChannel,
    Resolution,
    TradeBar,
    VolumeWeightedAveragePriceIndicator,
    WilderAccumulativeSwingIndex,
    WilderSwingIndex,
)
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.testing import FakeData, run_algorithm

START = datetime(2019, 6, 10)
DAY = timedelta(days=1)


def bar(
    i: int, close: float, opening: float | None = None, spread: float = 1.0, volume: float = 10, symbol: str = "SPY"
) -> TradeBar:
    first = close if opening is None else opening
    high, low = max(first, close) + spread, min(first, close) - spread
    return TradeBar(START + i * DAY, symbol, first, high, low, close, volume, DAY)


def path(count: int, seed: int = 0) -> np.ndarray[Any, Any]:
    return 100 * np.exp(np.random.default_rng(seed).normal(0, 0.02, count).cumsum())


def fed(indicator: Any, bars: list[TradeBar]) -> list[float]:
    values = []
    for each in bars:
        indicator.update(each)
        values.append(indicator.current.value)
    return values


def test_average_directional_index_of_a_steady_rise_is_all_up() -> None:
    adx = AverageDirectionalIndex(3)
    values = fed(adx, [bar(i, 100 + 2 * i) for i in range(8)])
    assert values[-1] == pytest.approx(100)
    assert adx.negative_directional_index.current.value == 0
    # Each step: a move of 2 in a true range of 3.
    assert adx.positive_directional_index.current.value == pytest.approx(200 / 3)
    assert adx.is_ready
    adx.reset()
    assert not adx.is_ready


def test_average_directional_index_without_movement_is_fifty() -> None:
    assert fed(AverageDirectionalIndex(3), [bar(i, 100) for i in range(8)])[-1] == 50


def test_mass_index_of_equal_ranges_is_the_number_summed() -> None:
    mass = MassIndex(sum_period=4, ema_period=3)
    assert mass.name == "MASS(3,4)"
    values = fed(mass, [bar(i, 100) for i in range(mass.warm_up_period - 1)])
    assert not mass.is_ready
    assert values[-1] == 4
    mass.update(bar(20, 100))
    assert mass.is_ready
    mass.update(bar(21, 100, spread=3.0))
    # The range jumps from 2 to 6: EMA of 3 is 4, its EMA 3.
    assert mass.current.value == pytest.approx(3 + 4 / 3)


@pytest.mark.parametrize(
    ("opening", "close", "wanted"),
    [
        # High 13, low 10 after a close of 10 and an open of 9: the high is farther.
        (11, 12, 50 * ((12 - 10) + 0.5 * 1 + 0.25) / (3 - 0 + 0.25) * 3 / 8),
        # High 9, low 5: the low is farther.
        (8, 6, 50 * ((6 - 10) - 0.5 * 2 + 0.25) / (5 - 0.5 * 1 + 0.25) * 5 / 8),
        # High 13, low 8: the span is larger than both.
        (9, 12, 50 * ((12 - 10) + 0.5 * 3 + 0.25) / (5 + 0.25) * 3 / 8),
    ],
)
def test_wilder_swing_index(opening: float, close: float, wanted: float) -> None:
    swing, sum_of = WilderSwingIndex(8), WilderAccumulativeSwingIndex(8)
    bars = [bar(0, 10, 9), bar(1, close, opening), bar(2, close, opening)]
    values = fed(swing, bars)
    assert values[:2] == [0, pytest.approx(wanted)]
    assert fed(sum_of, bars) == pytest.approx(np.cumsum(values).tolist())


def test_volume_weighted_average_price_of_the_last_bars() -> None:
    vwap = VolumeWeightedAveragePriceIndicator(2)
    bars = [bar(0, 50, volume=7), bar(1, 10, volume=1), bar(2, 20, volume=3)]
    assert fed(vwap, bars)[-1] == pytest.approx((10 + 3 * 20) / 4)
    assert vwap.is_ready


def test_least_squares_average_ends_the_fitted_line() -> None:
    closes, average, channel = path(12), LeastSquaresMovingAverage(5), RegressionChannel(5, 2)
    for i, close in enumerate(closes):
        for each in (average, channel):
            each.update(START + i * DAY, float(close))
    slope, intercept = np.polyfit(np.arange(1, 6), closes[-5:], 1)
    assert average.current.value == pytest.approx(intercept + 5 * slope)
    assert (average.slope.current.value, average.intercept.current.value) == pytest.approx((slope, intercept))
    spread = 2 * np.std(closes[-5:])
    bounds = (channel.lower_channel.current.value, channel.upper_channel.current.value)
    assert bounds == pytest.approx((average.current.value - spread, average.current.value + spread))


def test_beta_is_the_slope_of_returns_that_both_have() -> None:
    target, reference = path(8, 1), path(8, 2)
    beta = Beta("beta", 4, "AIG", "SPY")
    for i in range(8):
        beta.update(bar(i, float(reference[i])))
        beta.update(bar(i, float(target[i]), symbol="AIG"))
    returns = [np.diff(closes)[-4:] / closes[-5:-1] for closes in (target, reference)]
    wanted = np.cov(*returns)[0, 1] / np.var(returns[1], ddof=1)
    assert beta.is_ready
    assert beta.current.value == pytest.approx(wanted)
    with pytest.raises(ArgumentException, match="IBM"):
        beta.update(bar(9, 1, symbol="IBM"))


def test_arms_index_compares_numbers_with_volumes() -> None:
    arms = ArmsIndex()
    closes = {"AIG": (10, 11), "BAC": (10, 12), "IBM": (10, 9)}
    for symbol in closes:
        arms.add(symbol)
    for i in range(2):
        for symbol, prices in closes.items():
            arms.update(bar(i, prices[i], volume=60 if symbol == "IBM" else 10, symbol=symbol))
    # Two rose and one fell; 20 shares rose and 60 fell.
    assert arms.is_ready
    assert (arms.ad_ratio.current.value, arms.adv_ratio.current.value) == (2, pytest.approx(1 / 3))
    assert arms.current.value == pytest.approx(6)


def test_the_algorithms_methods_register_and_warm_up() -> None:
    class Asking(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 10)
            self.set_end_date(2019, 6, 14)
            self.settings.automatic_indicator_warm_up = True
            both = [self.add_equity(ticker, Resolution.DAILY).symbol for ticker in ("SPY", "AIG")]
            spy = both[0]
            self.made = [self.adx(spy, 3), self.mass(spy, 3, 4), self.si(spy, 8), self.asi(spy, 8), self.vwap(spy, 3)]
            self.made += [self.rc(spy, 3, 2), self.lsma(spy, 3), self.b(both[1], spy, 3), self.trin(both)]
            self.ready = [made.is_ready for made in self.made]
            self.day = self.vwap(spy)

    algorithm = run_algorithm(Asking, data=FakeData("2019-01-01", "2019-06-28").regimes("SPY", "AIG")).algorithm
    assert [made.name for made in algorithm.made][:5] == [
        *("ADX(3,SPY_day)", "MASS(3,4,SPY_day)", "SI(SPY_day)", "ASI(SPY_day)", "VWAP(3,SPY_day)")
    ]
    assert algorithm.ready == [True] * len(algorithm.made)
    assert algorithm.day.is_ready
