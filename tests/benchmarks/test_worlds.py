import numpy as np
import pytest

from benchmarks.daily_bars import simulate_bars
from benchmarks.detectors import forward_filter, oracle_filter
from benchmarks.real_tables import rule_returns
from benchmarks.universes import simulate_universe
from benchmarks.worlds import WORLDS, Chain, break_at, hardy2, hardy3, rev3, world
from regime_framework.models import observe_bars


def test_durations_of_the_published_chains():
    # Yizhan-Oliver-Shu/continuous-jump-model: daily stay probabilities .99788 and .98801 for two states.
    assert np.diag(hardy2().transition) == pytest.approx([0.99788, 0.98801], abs=1e-5)
    assert hardy3().durations == pytest.approx([507, 147, 83], abs=1)
    assert hardy2().volatilities == pytest.approx([0.00776, 0.01740], abs=5e-6)


def test_reversed_durations_are_reversed():
    assert rev3().durations == pytest.approx([83, 147, 507])


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_series_do_not_depend_on_how_many_there_are(name):
    few, many = world(name).simulate(2, 300, 5), world(name).simulate(4, 300, 5)
    assert (few.returns == many[:2].returns).all()
    assert (few.states == many[:2].states).all()
    assert (few.returns[0] != few.returns[1]).any()


def test_returns_have_their_states_volatility():
    chain = hardy3().with_tail(5.0)
    paths = chain.simulate(60, 1000, 8)
    for state, volatility in enumerate(chain.volatilities):
        assert paths.returns[paths.states == state].std() == pytest.approx(volatility, rel=0.05)


def test_stationary_shares_are_where_the_chain_spends_its_time():
    paths = hardy3().simulate(200, 2000, 9)
    shares = [(paths.states == state).mean() for state in range(3)]
    assert shares == pytest.approx(hardy3().stationary, abs=0.03)


def test_a_break_changes_returns_from_its_day_on_and_no_state():
    paths = hardy2().simulate(1, 100, 1)
    broken = break_at(paths, 60, 2.0)
    assert (broken.returns[:, :60] == paths.returns[:, :60]).all()
    assert (broken.returns[:, 60:] == 2.0 * paths.returns[:, 60:]).all()


def test_bars_enclose_their_open_and_close_and_measure_the_variance():
    days = simulate_bars(hardy2(), 10, 500, 3)
    open_, high, low, close = np.moveaxis(days.bars, 2, 0)
    assert (high >= np.maximum(open_, close)).all()
    assert (low <= np.minimum(open_, close)).all()
    variances = np.stack([observe_bars(bars)[1] for bars in days.bars])
    for state, volatility in enumerate(hardy2().volatilities):
        # The range of 78 steps is narrower than that of a continuous path.
        assert variances[days.states == state].mean() == pytest.approx(volatility**2, rel=0.15)


def test_ranges_of_assets_are_correlated_as_their_returns_are():
    universe = simulate_universe(Chain((0.0,), (0.01,), ((1.0,),)), 8, 3000, 4, correlation=0.5)
    variances = np.stack([observe_bars(bars)[1] for bars in universe.bars])
    squares = np.corrcoef(universe.returns**2)[np.triu_indices(8, 1)].mean()
    assert np.corrcoef(variances)[np.triu_indices(8, 1)].mean() == pytest.approx(squares, abs=0.06)


def test_an_asset_follows_the_market_by_the_power_asked_for():
    for power, ratio in ((1.0, 0.0174 / 0.00776), (0.0, 1.0)):
        universe = simulate_universe(hardy2(), 40, 3000, 4, correlation=0.01, power=power)
        calm, turbulent = (universe.returns[:, universe.states == state].std() for state in (0, 1))
        assert turbulent / calm == pytest.approx(ratio, rel=0.05)


def test_assets_of_a_universe_are_correlated_as_asked():
    universe = simulate_universe(hardy2(), 30, 4000, 4, correlation=0.3)
    correlations = np.corrcoef(universe.returns)[np.triu_indices(30, 1)]
    assert correlations.mean() == pytest.approx(0.3, abs=0.03)


def test_the_oracle_is_the_sum_over_all_paths():
    chain = Chain((0.0, 0.0), (0.01, 0.02), ((0.9, 0.1), (0.3, 0.7)))
    returns = np.array([0.004, -0.031, 0.012])
    weights = np.zeros(2)
    for path in np.ndindex(2, 2, 2):
        probability = chain.stationary[path[0]] * chain.transition[path[0]][path[1]] * chain.transition[path[1]][path[2]]
        for state, value in zip(path, returns, strict=True):
            sigma = chain.volatilities[state]
            probability *= np.exp(-0.5 * (value / sigma) ** 2) / sigma
        weights[path[-1]] += probability
    assert oracle_filter(chain, returns[None])[0, -1] == pytest.approx(weights / weights.sum())


def test_the_forward_filter_survives_a_density_that_underflows():
    seen = forward_filter(np.array([[[-5000.0, -9000.0]]]), np.array([0.5, 0.5]), np.eye(2))
    assert np.isfinite(seen).all()


def test_the_rule_trades_a_day_after_the_report_and_pays():
    simple = np.array([0.01, 0.02, 0.04, 0.08])
    earned = rule_returns(simple, np.array([1, 0, 0, 0]), riskiest=1)
    assert earned == pytest.approx([0.01, 0.02, 0.0 - 5e-4, 0.08 - 5e-4])


def test_false_ticks_spoil_highs_and_lows_only():
    clean = simulate_bars(hardy2(), 2, 2000, 5).bars
    spoilt = simulate_bars(hardy2(), 2, 2000, 5, false_ticks=0.01).bars
    assert (spoilt[:, :, [0, 3]] == clean[:, :, [0, 3]]).all()
    lows, highs = spoilt[:, :, 2] != clean[:, :, 2], spoilt[:, :, 1] != clean[:, :, 1]
    assert not (lows & highs).any()
    assert spoilt[lows, 2] == pytest.approx(clean[lows, 2] / 10.0)
    assert spoilt[highs, 1] == pytest.approx(clean[highs, 1] * 10.0)
    assert (lows | highs).mean() == pytest.approx(0.01, rel=0.4)
