from datetime import datetime, timedelta

import numpy as np
import pytest
from AlgorithmImports import IndicatorDataPoint, RollingWindow

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeIndicator

CONFIG = RegimeConfig(lookback=120, min_bars=120, retrain="weekly", observation="close")
START = datetime(2019, 1, 1, 16)


@pytest.fixture(scope="module")
def closes():
    generator = np.random.default_rng(5)
    volatility = np.repeat([0.005, 0.025, 0.005], [130, 60, 60])
    return 100 * np.exp(np.cumsum(generator.normal(0, volatility)))


def fed(indicator, closes):
    return [indicator.update(IndicatorDataPoint(START + timedelta(days=i), close)) for i, close in enumerate(closes)]


def test_ready_when_the_first_model_is_trained(closes):
    indicator = RegimeIndicator(CONFIG)
    ready = fed(indicator, closes[:125])
    assert indicator.warm_up_period == 121
    assert ready.index(True) <= indicator.warm_up_period - 1
    assert indicator.is_ready


def test_value_is_the_risk_of_the_reported_regime(closes):
    indicator = RegimeIndicator(CONFIG)
    values = []
    for i, close in enumerate(closes):
        indicator.update(IndicatorDataPoint(START + timedelta(days=i), close))
        values.append(indicator.value)
        assert indicator.value == (0 if indicator.regime is None else indicator.regime.risk)
    assert {Regime.BULL.risk, Regime.BEAR.risk} == set(values[130:])
    assert indicator.probabilities.sum() == pytest.approx(1.0)


def test_a_repeated_bar_changes_nothing(closes):
    once, twice = RegimeIndicator(CONFIG), RegimeIndicator(CONFIG)
    for i, close in enumerate(closes):
        point = IndicatorDataPoint(START + timedelta(days=i), close)
        once.update(point)
        twice.update(point)
        twice.update(point)
    assert once.probabilities.tobytes() == twice.probabilities.tobytes()


def test_time_and_value_are_taken_as_well(closes):
    by_point, by_pair = RegimeIndicator(CONFIG), RegimeIndicator(CONFIG)
    fed(by_point, closes)
    for i, close in enumerate(closes):
        by_pair.update(START + timedelta(days=i), close)
    assert by_point.probabilities.tobytes() == by_pair.probabilities.tobytes()


def test_reset_starts_anew(closes):
    indicator = RegimeIndicator(CONFIG)
    fed(indicator, closes)
    first = indicator.probabilities.tobytes()
    indicator.reset()
    assert (indicator.is_ready, indicator.regime, indicator.probabilities, indicator.value) == (False, None, None, 0.0)
    fed(indicator, closes)
    assert indicator.probabilities.tobytes() == first


def test_rolling_window_of_values(closes):
    indicator, window = RegimeIndicator(CONFIG, "Market"), RollingWindow(3)
    assert indicator.name == "Market"
    for i, close in enumerate(closes[:140]):
        if indicator.update(IndicatorDataPoint(START + timedelta(days=i), close)):
            window.add(indicator.value)
    assert window.is_ready
    assert window[0] == indicator.value
