import numpy as np
import pytest

from benchmarks.detectors import HmmlearnDefaults, Mixture, RegimeDetector
from benchmarks.online import run_online
from benchmarks.worlds import hardy2, hardy3
from regime_framework.config import RegimeConfig


class Recorder:
    """A detector whose probability of state 1 is the largest return it has been shown in training, clipped."""

    name = "recorder"

    def __init__(self, fails_on=()):
        self.windows = []
        self.fails_on = fails_on

    def train(self, returns, variances):
        self.windows.append(returns.copy())
        return [None if len(self.windows) in self.fails_on else Constant(row.max()) for row in returns]


class Constant:
    mixture = None

    def __init__(self, value):
        self.value = value

    def filter(self, returns, variances):
        return np.tile([1 - self.value, self.value], (len(returns), 1))


def test_models_see_only_the_days_before_they_are_used():
    returns = np.arange(60.0)[None] / 100
    detector = Recorder()
    seen = run_online(detector, returns, 2, warm_up=20, refit=15)
    assert [window.shape[1] for window in detector.windows] == [20, 35, 50]
    assert seen[0, :, 1] == pytest.approx(np.repeat([0.19, 0.34, 0.49], [15, 15, 10]))


def test_a_rolling_window_forgets():
    returns = np.arange(60.0)[None] / 100
    detector = Recorder()
    run_online(detector, returns, 2, warm_up=20, refit=15, window=10)
    assert [(window[0, 0], window.shape[1]) for window in detector.windows] == [(0.10, 10), (0.25, 10), (0.40, 10)]


def test_a_failed_training_keeps_the_last_good_model():
    returns = np.arange(60.0)[None] / 100
    seen = run_online(Recorder(fails_on=(2,)), returns, 2, warm_up=20, refit=15)
    assert seen[0, :, 1] == pytest.approx(np.repeat([0.19, 0.19, 0.49], [15, 15, 10]))
    assert (run_online(Recorder(fails_on=(1, 2, 3)), returns, 2, warm_up=20, refit=15) == 0.5).all()


@pytest.mark.parametrize("detector", [RegimeDetector(RegimeConfig(2, lookback=None)), HmmlearnDefaults(2)])
def test_the_future_changes_nothing_before_it(detector):
    returns = hardy2().simulate(2, 330, 4).returns
    changed = returns.copy()
    changed[:, 310:] *= -5.0
    before, after = (run_online(detector, rows, 2, warm_up=260, refit=21) for rows in (returns, changed))
    assert (before[:, :50] == after[:, :50]).all()
    assert (before[:, 50:] != after[:, 50:]).any()


def test_days_are_handed_on_with_the_belief_of_the_day_before():
    returns = np.arange(40.0)[None] / 100
    got = []
    run_online(Recorder(), returns, 2, warm_up=20, refit=15, on_days=lambda series, day, model, seen: got.append((day, len(seen))))
    assert got == [(20, 16), (35, 6)]


def test_next_day_density_is_the_mixture_it_says():
    mixture = Mixture(np.array([[0.9, 0.1], [0.2, 0.8]]), np.zeros(2), np.array([0.01, 0.02]), np.inf)
    log_density, log_volatility = mixture.next_day(np.array([[0.5, 0.5]]), np.array([0.015]))
    weights = np.array([0.55, 0.45])
    normal = np.exp(-0.5 * (0.015 / mixture.volatilities) ** 2) / (mixture.volatilities * np.sqrt(2 * np.pi))
    assert np.exp(log_density[0]) == pytest.approx(weights @ normal)
    assert log_volatility[0] == pytest.approx(weights @ np.log(mixture.volatilities))


def test_next_day_density_of_a_heavy_tail_has_the_states_variance():
    mixture = Mixture(np.eye(1), np.zeros(1), np.array([0.01]), 5.0)
    grid = np.linspace(-1.0, 1.0, 200_001)
    density = np.exp(mixture.next_day(np.ones((len(grid), 1)), grid)[0])
    step = grid[1] - grid[0]
    assert density.sum() * step == pytest.approx(1.0, abs=1e-6)
    assert (density * grid**2).sum() * step == pytest.approx(1e-4, rel=1e-3)


def test_a_model_of_fewer_states_leaves_columns_empty():
    returns = hardy3().simulate(1, 400, 6).returns
    (fitted,) = RegimeDetector(RegimeConfig(2, lookback=None)).train(returns, None)
    wide = type(fitted)(fitted.model, 3)
    seen = wide.filter(returns[0], None)
    assert (seen[:, 1] == 0.0).all()
    assert (seen[:, [0, 2]] == fitted.filter(returns[0], None)).all()
    narrow, padded = fitted.mixture, wide.mixture
    assert padded.next_day(seen[:5], returns[0, 1:6])[0] == pytest.approx(
        narrow.next_day(fitted.filter(returns[0], None)[:5], returns[0, 1:6])[0]
    )
