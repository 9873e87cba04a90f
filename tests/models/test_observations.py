import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.daily_bars import simulate_bars
from benchmarks.worlds import hardy2
from regime_framework.models import FilterBank, GridRegimeModel, bar_observations, observe_bars, observe_closes
from regime_framework.models.observations import believable_variances

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


@pytest.fixture(scope="module")
def bars():
    return simulate_bars(hardy2(), 1, 400, 4).bars[0]


def with_false_low(bars, day):
    """The same bars, one of them with a low at a tenth of the price."""
    spoilt = bars.copy()
    spoilt[day, 2] /= 10.0
    return spoilt


def test_a_false_low_is_not_trained_on(bars):
    clean, spoilt = GridRegimeModel(2).fit(np.log(bars)), GridRegimeModel(2).fit(np.log(with_false_low(bars, 200)))
    assert spoilt.volatilities_ == pytest.approx(clean.volatilities_, rel=0.02)
    assert spoilt.proxy_scale_ == pytest.approx(clean.proxy_scale_, rel=0.02)


def test_a_false_low_counts_as_its_squared_return(bars):
    returns, variances = observe_bars(bars)
    model = GridRegimeModel(2).fit(np.log(bars))
    spoilt, missing = observe_bars(with_false_low(bars, 300))[1], variances.copy()
    missing[299] = np.nan
    assert (model.filter_window(returns, spoilt) == model.filter_window(returns, missing)).all()
    whole, without = (model._filtered(returns, v)[1] for v in (spoilt, missing))
    assert whole == without


def test_a_bank_counts_the_ranges_it_does_not_believe(bars):
    returns, variances = observe_bars(bars)
    model = GridRegimeModel(2).fit(np.log(bars))
    bank = FilterBank(2)
    for row in (0, 1):
        bank.assign(row, model, model.startprob_)
    assert bank.step(np.array([0, 1]), returns[:2], variances[:2]) == 0
    assert bank.step(np.array([0, 1]), returns[:2], np.array([variances[0], 5.0])) == 1
    assert bank.step(np.array([0, 1]), returns[:2], np.array([np.nan, variances[1]])) == 0


def test_what_the_close_confirms_is_believed():
    returns, variances = np.tile([0.01, -0.01], 50), np.full(100, 1e-4)
    returns[[20, 40]], variances[[20, 40, 60]] = (-0.4, -0.2), (0.15, 0.15, 0.002)
    (tamed,) = believable_variances(returns[None], variances[None])
    squares = np.square(returns - returns.mean())
    assert squares[20] > 0.15 > squares[40] > 25e-4
    assert tamed[20] == 0.15  # a crash: the close is as far away
    assert tamed[40] == squares[40]  # the close tells as much as can be believed
    assert tamed[60] == 0.002  # 20 medians: wild but possible
    assert (np.delete(tamed, 40) == np.delete(variances, 40)).all()


def test_a_quiet_close_under_an_absurd_range_tells_nothing():
    returns, variances = np.tile([0.01, -0.01], 50), np.full(100, 1e-4)
    returns[70], variances[70] = 0.0001, 2.6
    assert believable_variances(returns[None], variances[None])[0, 70] == 1e-4


def test_bars_that_mostly_do_not_move_are_left_alone():
    returns, variances = np.zeros((1, 50)), np.zeros((1, 50))
    returns[0, ::5], variances[0, ::5] = 0.01, 3e-4
    assert (believable_variances(returns, variances) == variances).all()


def test_a_row_is_judged_by_itself(bars):
    returns, variances = observe_bars(with_false_low(bars, 200))
    both = believable_variances(np.stack([returns, returns[::-1]]), np.stack([variances, 7 * variances[::-1]]))
    assert (both[0] == believable_variances(returns[None], variances[None])[0]).all()
    assert (both[1] == believable_variances(returns[None, ::-1], 7 * variances[None, ::-1])[0]).all()
