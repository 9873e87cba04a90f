import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.daily_bars import simulate_bars
from benchmarks.worlds import hardy2
from regime_framework.models import GridRegimeModel, bar_observations, observe_bars, observe_closes

prices = arrays(np.float64, st.tuples(st.integers(2, 30), st.just(4)), elements=st.floats(0.5, 2000.0))


def test_closes_become_log_returns():
    assert observe_closes(np.array([1.0, math.e, 1.0])) == pytest.approx([1.0, -1.0])


@given(prices)
def test_a_history_and_single_bars_give_the_same_bits(raw):
    bars = np.sort(raw, axis=1)[:, [1, 3, 0, 2]]
    returns, variances = observe_bars(bars)
    assert (returns == observe_closes(bars[:, 3].copy())).all()
    for t in range(1, len(bars)):
        r, v = bar_observations(bars[t : t + 1], bars[t - 1 : t, 3])
        assert r[0] == returns[t - 1]
        assert v[0] == variances[t - 1]
    assert (variances >= 0).all()


def test_variance_by_hand():
    bars = np.array([[100.0, 101.0, 99.0, 100.0], [102.0, 105.0, 100.0, 101.0]])
    expected = 0.5 * math.log(105 / 100) ** 2 - (2 * math.log(2) - 1) * math.log(101 / 102) ** 2 + math.log(102 / 100) ** 2
    assert observe_bars(bars)[1] == pytest.approx([expected])


def test_mean_variance_is_the_walks_own():
    steps = np.random.default_rng(3).standard_normal((600, 3000)) * (0.01 / np.sqrt(3000))
    walk = np.cumsum(steps, axis=1)
    gaps = np.random.default_rng(4).standard_normal(600) * 0.005
    opens = np.cumsum(gaps) + np.append(0.0, np.cumsum(walk[:-1, -1]))
    logs = np.stack([opens, opens + np.maximum(walk.max(1), 0), opens + np.minimum(walk.min(1), 0), opens + walk[:, -1]], axis=1)
    variances = observe_bars(np.exp(logs))[1]
    # Three standard errors; a walk in steps shows a little less than the range of a continuous path.
    assert variances.mean() == pytest.approx(0.01**2 + 0.005**2, rel=0.08)


def test_log_bars_and_observations_are_the_same_input():
    bars = simulate_bars(hardy2(), 1, 400, 4).bars[0]
    returns, variances = observe_bars(bars)
    model = GridRegimeModel(2).fit(np.log(bars))
    assert model.observation_ == "range"
    path = model.filter(np.log(bars))
    assert path.shape == (401, 2)
    assert (path[0] == model.startprob_).all()
    assert path[1:] == pytest.approx(model.filter_window(returns, variances), abs=1e-9)


def test_a_bar_without_a_range_counts_as_its_squared_return():
    bars = simulate_bars(hardy2(), 1, 400, 5).bars[0]
    returns, variances = observe_bars(bars)
    model = GridRegimeModel(2).fit(np.log(bars))
    belief = model.startprob_
    by_return = model.step(belief, returns[7])
    assert (by_return == model.step(belief, returns[7], math.nan)).all()
    assert not np.allclose(by_return, model.step(belief, returns[7], variances[7]))
    gaussian = -0.5 * (np.log(model.volatilities_**2) + (returns[7] - model.means_[:, 0]) ** 2 / model.volatilities_**2)
    if model.emission_.name == "gamma":
        joint = (belief @ model.transmat_) * np.exp(gaussian)
        assert by_return == pytest.approx(joint / joint.sum(), abs=1e-12)
