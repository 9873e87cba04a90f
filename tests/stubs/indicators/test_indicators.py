"""Indicators against plain formulas, and against the real engine's answers (ApiProbe)."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from lean_stubs.data.base_data import TradeBar
from lean_stubs.indicators import (
    AverageTrueRange,
    BollingerBands,
    ExponentialMovingAverage,
    IndicatorDataPoint,
    IndicatorExtensions,
    LogReturn,
    Maximum,
    Minimum,
    Momentum,
    MovingAverageConvergenceDivergence,
    PythonIndicator,
    RateOfChange,
    RelativeStrengthIndex,
    RollingWindow,
    SimpleMovingAverage,
    StandardDeviation,
    Sum,
    Variance,
    WilderMovingAverage,
)

START = datetime(2019, 1, 2, 16)
PRICES = 100 * np.exp(np.cumsum(np.random.Generator(np.random.PCG64(7)).normal(0, 0.01, 60)))


def run(indicator, values=PRICES):
    """Value and readiness after each input."""
    out = []
    for n, value in enumerate(values):
        ready = indicator.update(START + timedelta(n), float(value))
        out.append((indicator.current.value, ready))
    return out


@pytest.mark.parametrize(
    ("make", "formula", "first_ready"),
    [
        (SimpleMovingAverage, lambda w: w.mean(), 5),
        (Sum, lambda w: w.sum(), 5),
        (Maximum, lambda w: w.max(), 5),
        (Minimum, lambda w: w.min(), 5),
        (Variance, lambda w: w.var(), 5),
        (StandardDeviation, lambda w: w.std(), 5),
    ],
)
def test_window_indicators(make, formula, first_ready):
    answers = run(make(5))
    for n, (value, ready) in enumerate(answers):
        assert ready == (n + 1 >= first_ready)
        window = PRICES[max(0, n - 4) : n + 1]
        if len(window) > 1:
            assert value == pytest.approx(formula(window), rel=1e-12)


@pytest.mark.parametrize(
    ("make", "formula"),
    [(RateOfChange, lambda a, b: a / b - 1), (Momentum, lambda a, b: a - b), (LogReturn, lambda a, b: np.log(a / b))],
)
def test_changes_over_a_period(make, formula):
    answers = run(make(5))
    for n in range(5, len(PRICES)):
        assert answers[n][0] == pytest.approx(formula(PRICES[n], PRICES[n - 5]), rel=1e-10, abs=1e-14)


def test_rate_of_change_is_ready_one_later_than_its_period():
    assert [ready for _, ready in run(RateOfChange(5))][:7] == [False] * 5 + [True] * 2
    assert RateOfChange(5).warm_up_period == 6


def test_exponential_average_starts_from_the_simple_one():
    answers = run(ExponentialMovingAverage(5))
    assert [value for value, _ in answers[:4]] == [0.0] * 4
    expected = PRICES[:5].mean()
    assert answers[4][0] == pytest.approx(expected)
    for n in range(5, 20):
        expected = PRICES[n] * (1 / 3) + expected * (2 / 3)
        assert answers[n][0] == pytest.approx(expected)


def test_wilder_average_shows_the_running_mean_first():
    answers = run(WilderMovingAverage(4))
    assert answers[2][0] == pytest.approx(PRICES[:3].mean())
    assert answers[3][0] == pytest.approx(PRICES[3] / 4 + PRICES[:3].mean() * 3 / 4)


def test_relative_strength_of_a_steady_rise_is_a_hundred():
    assert run(RelativeStrengthIndex(5), np.arange(1.0, 20))[-1] == (100.0, True)


def test_macd_is_the_difference_of_its_averages():
    macd = MovingAverageConvergenceDivergence(3, 6, 4)
    answers = run(macd)
    fast, slow = run(ExponentialMovingAverage(3)), run(ExponentialMovingAverage(6))
    assert answers[-1][0] == pytest.approx(fast[-1][0] - slow[-1][0])
    assert macd.histogram.current.value == pytest.approx(answers[-1][0] - macd.signal.current.value)
    assert [ready for _, ready in answers].index(True) + 1 == macd.warm_up_period


def test_bollinger_bands():
    bands = BollingerBands(5, 2.0)
    run(bands)
    mean, spread = PRICES[-5:].mean(), PRICES[-5:].std()
    assert bands.upper_band.current.value == pytest.approx(mean + 2 * spread)
    assert bands.lower_band.current.value == pytest.approx(mean - 2 * spread)
    assert bands.percent_b.current.value == pytest.approx((PRICES[-1] - mean + 2 * spread) / (4 * spread))


def test_average_true_range_takes_bars_only():
    atr = AverageTrueRange(2)
    for n, (high, low, close) in enumerate([(11, 9, 10), (14, 12, 13), (13, 12, 12)]):
        atr.update(TradeBar(START + timedelta(n), "SPY", close, high, low, close, 1))
    # True ranges 2, 4, 1; Wilder: mean of the first, then halves.
    assert atr.current.value == pytest.approx(((2 + 4) / 2 + 1) / 2)
    with pytest.raises(Exception, match="does not support"):
        atr.update(START, 1.0)


def test_older_points_are_ignored():
    sma = SimpleMovingAverage(3)
    sma.update(START, 1.0)
    sma.update(START - timedelta(1), 100.0)
    assert (sma.samples, sma.current.value) == (1, 1.0)


def test_previous_window_index_and_comparison():
    sma = SimpleMovingAverage(1)
    run(sma, [1.0, 2.0])
    assert (sma.previous.value, sma[0].value, sma[1].value, sma.window.count) == (1.0, 2.0, 1.0, 2)
    other = SimpleMovingAverage(1)
    run(other, [1.5])
    assert sma > other
    assert sma > 1.9
    assert sma == 2
    assert sma != other


def test_updated_handlers_get_the_indicator_and_its_point():
    heard, sma = [], SimpleMovingAverage(2)
    sma.updated += lambda sender, point: heard.append((sender is sma, point.value))
    run(sma, [1.0, 3.0])
    assert heard == [(True, 1.0), (True, 2.0)]


def test_chained_and_combined_indicators():
    fast, slow = SimpleMovingAverage(1), SimpleMovingAverage(2)
    smooth = IndicatorExtensions.of(SimpleMovingAverage(2), slow)
    gap, ratio = IndicatorExtensions.minus(fast, slow), IndicatorExtensions.over(fast, 2.0)
    for n, value in enumerate([1.0, 3.0, 5.0]):
        fast.update(START + timedelta(n), value)
        slow.update(START + timedelta(n), value)
    assert (gap.current.value, ratio.current.value, smooth.current.value) == (1.0, 2.5, 3.0)


def test_rolling_window_as_the_engine_answered():
    window = RollingWindow[float](3)
    for value in (1.0, 2.0, 3.0, 4.0):
        window.add(value)
    answer = [window.is_ready, window.count, window.size, window.samples, window[0], window[2], list(window)]
    assert answer == [True, 3, 3, 4, 4.0, 2.0, [4.0, 3.0, 2.0]]
    assert (window.most_recently_removed, window[-1], window[5], window.size) == (1.0, 2.0, None, 6)


def test_simple_moving_average_as_the_engine_answered():
    sma = SimpleMovingAverage(2)
    answer = [sma.update(START, 1.0), sma.is_ready, sma.update(START + timedelta(1), 3.0), sma.is_ready]
    assert answer == [False, False, True, True]
    assert [sma.current.value, sma.samples, sma.name, sma.window.count] == [2.0, 2, "SMA(2)", 2]


def test_python_indicator_as_the_engine_answered():
    class Twice(PythonIndicator):
        def __init__(self):
            super().__init__()
            self.name, self.value, self.warm_up_period = "twice", 0, 2

        def update(self, point):
            self.value = 2 * point.value
            return point.value > 2

    twice = Twice()
    answer = [twice.is_ready, twice.update(IndicatorDataPoint(START, 1.0)), twice.update(IndicatorDataPoint(START, 3.0))]
    assert [*answer, twice.value, twice.name, twice.warm_up_period] == [False, False, True, 6.0, "twice", 2]


@pytest.mark.parametrize("missing", ["update", "value", "is_ready"])
def test_a_python_object_must_have_the_members_of_an_indicator(missing):
    members = {"update": lambda self, x: True, "value": 0.0, "is_ready": False}
    del members[missing]
    with pytest.raises(Exception, match=f"{missing} must be implemented"):
        PythonIndicator(type("Mine", (), members)())
