import math

import numpy as np
import pytest

from benchmarks.daily_bars import simulate_bars
from benchmarks.worlds import hardy2
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting
from regime_framework.models import GridRegimeModel, observe_bars, train_many
from regime_framework.models.emissions import CLOSE_MENU, RANGE_MENU, Emission
from regime_framework.models.grid import posterior_means
from regime_framework.models.observations import believable_variances
from tests import naive

GOLDEN = {
    2: ((0.746696, 2.29953), (0.997258, 0.991431), -684.9034),
    3: ((0.744912, 1.356754, 2.972895), (0.997307, 0.994389, 0.991583), -676.1742),
}


@pytest.mark.parametrize("n_states", [2, 3])
def test_golden_numbers_of_the_research(golden, n_states):
    model = GridRegimeModel(n_states, prior="published").fit(golden)
    assert model.fingerprint() == GridRegimeModel(n_states).fit(golden).fingerprint()
    variances, stays, evidence = GOLDEN[n_states]
    assert model.emission_.name == "gaussian"
    # Six figures are printed; the research dropped candidates below 1e-9, we hardly drop any.
    assert model.volatilities_**2 == pytest.approx(variances, abs=1e-6)
    assert np.diag(model.transmat_) == pytest.approx(stays, abs=6e-7)
    assert model.log_evidence_ == pytest.approx(evidence, abs=6e-5)


@pytest.mark.parametrize("emission", [*CLOSE_MENU, *RANGE_MENU, Emission(2.8, 12.0)], ids=str)
@pytest.mark.parametrize("n_states", [2, 3])
def test_kernel_agrees_with_its_readable_twin(n_states, emission):
    rng = np.random.default_rng(3)
    proxies = np.where(np.arange(45) < 30, 1.0, 5.0) * rng.chisquare(3, 45) / 3
    got = posterior_means(proxies[None], n_states, [emission])
    variances, exits, evidence = naive.grid_fit(proxies, n_states, emission.nu, emission.eta)
    # The kernel drops candidates that are 20 nats behind and more.
    assert got.variances[0] == pytest.approx(variances, rel=1e-7)
    assert got.exits[0] == pytest.approx(exits, rel=1e-7)
    assert got.evidences[0] == pytest.approx(evidence, abs=1e-7)


@pytest.mark.parametrize("n_states", [2, 3, 4, 5])
def test_agrees_to_the_last_digits_before_any_candidate_is_dropped(n_states):
    proxies = np.random.default_rng(4).chisquare(1, 12)
    got = posterior_means(proxies[None], n_states, CLOSE_MENU[:1])
    variances, exits, evidence = naive.grid_fit(proxies, n_states, 1.0, math.inf)
    assert got.variances[0] == pytest.approx(variances, rel=1e-10)
    assert got.exits[0] == pytest.approx(exits, rel=1e-10)
    assert got.evidences[0] == pytest.approx(evidence, abs=1e-10)


@pytest.mark.parametrize("emission", [CLOSE_MENU[0], RANGE_MENU[3]], ids=str)
@pytest.mark.parametrize("n_states", [2, 3])
def test_early_years_silence_no_candidate_that_later_ones_need(n_states, emission):
    # Every candidate is a reversible chain in its stationary law: a window read backwards has the same posterior, unless
    # candidates were dropped that the other end speaks for.
    rng = np.random.default_rng(8)
    levels = np.repeat([4.0, 1.0, 6.0, 0.3, 0.15, 0.3, 0.15], 150)
    proxies = levels * rng.chisquare(emission.nu, len(levels)) / emission.nu
    forward, backward = (posterior_means(rows[None], n_states, [emission]) for rows in (proxies, proxies[::-1].copy()))
    assert forward.variances[0] == pytest.approx(backward.variances[0], rel=1e-6)
    assert forward.exits[0] == pytest.approx(backward.exits[0], rel=1e-6)
    assert forward.evidences[0] == pytest.approx(backward.evidences[0], abs=1e-6)


@pytest.mark.parametrize("emission", [CLOSE_MENU[0], CLOSE_MENU[1], RANGE_MENU[3]], ids=str)
def test_evidence_of_no_regimes_is_the_mean_over_the_levels(emission):
    proxies = np.random.default_rng(5).chisquare(2, 60)
    u = proxies / proxies.mean()
    levels = np.exp(np.linspace(math.log(0.4), math.log(3.5), 20)) ** 2
    logs = np.array([naive.log_density(u, level, emission.nu, emission.eta).sum() for level in levels])
    expected = np.log(np.exp(logs - logs.max()).mean()) + logs.max() + (emission.nu / 2 - 1) * np.log(u + 1e-12).sum()
    assert posterior_means(proxies[None], 2, [emission]).plain_evidences[0] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("n_states", [2, 3, 4])
def test_the_measured_prior_agrees_with_its_twin_and_differs_for_three_states_only(n_states):
    proxies = np.random.default_rng(4).chisquare(1, 12)
    published, measured = (posterior_means(proxies[None], n_states, CLOSE_MENU[:1], prior=p) for p in ("published", "measured"))
    variances, exits, evidence = naive.grid_fit(proxies, n_states, 1.0, math.inf, "measured")
    assert measured.variances[0] == pytest.approx(variances, rel=1e-10)
    assert measured.exits[0] == pytest.approx(exits, rel=1e-10)
    assert measured.evidences[0] == pytest.approx(evidence, abs=1e-10)
    assert (measured.evidences[0] == published.evidences[0]) == (n_states != 3)


def test_a_config_trains_with_the_measured_prior(golden):
    (trained,) = train_many(golden[None], RegimeConfig(3))
    assert trained.fingerprint() == GridRegimeModel(3, prior="measured").fit(golden).fingerprint()
    assert trained.fingerprint() != GridRegimeModel(3).fit(golden).fingerprint()


def test_an_unknown_prior_is_refused(golden):
    with pytest.raises(InvalidSetting, match="prior"):
        GridRegimeModel(3, prior="flat").fit(golden)


def test_fat_tails_are_chosen_by_evidence():
    rng = np.random.default_rng(6)
    thin = rng.standard_normal(1000)
    fat = rng.standard_t(4, 1000)
    assert GridRegimeModel().fit(thin * 0.01).emission_.name == "gaussian"
    assert GridRegimeModel().fit(fat * 0.01).emission_.name == "student_t"
    assert GridRegimeModel(emission="gaussian").fit(fat * 0.01).emission_.name == "gaussian"
    assert GridRegimeModel(emission="student_t").fit(thin * 0.01).emission_.name == "student_t"


def test_evidence_tells_regimes_from_none(two_regimes):
    noise = np.random.default_rng(7).standard_normal(600) * 0.01
    both = [path for path, states in zip(two_regimes.returns, two_regimes.states, strict=True) if np.ptp(states)]
    assert GridRegimeModel().fit(noise).log_evidence_gain_ < 2.0
    assert max(GridRegimeModel().fit(path).log_evidence_gain_ for path in both) > 5.0


def test_outlier_of_a_hundred_deviations_leaves_numbers():
    returns = np.random.default_rng(8).standard_normal(300) * 0.01
    returns[150] = 1.0
    for model in train_many(returns[None], RegimeConfig(3)):
        beliefs = model.filter(returns)
        assert np.isfinite(model.volatilities_).all()
        assert beliefs.sum(axis=1) == pytest.approx(1.0)
        assert beliefs[150, 2] > beliefs[149, 2]


def test_volatilities_of_bars_are_those_of_returns():
    """A range misses part of what the close shows; what is reported must not."""
    bars = simulate_bars(hardy2(), 1, 1000, 3, noise=0.25).bars[0]
    returns, variances = observe_bars(bars)
    (variances,) = believable_variances(returns[None], variances[None])
    model = GridRegimeModel(2).fit(np.log(bars))
    assert model.observation_ == "range"
    assert model.proxy_scale_ == pytest.approx(variances.mean() / np.square(returns - returns.mean()).mean(), rel=1e-12)
    shares = model.filter_window(returns, variances).mean(axis=0)
    assert shares @ model.volatilities_**2 == pytest.approx(np.square(returns - returns.mean()).mean(), rel=0.1)
