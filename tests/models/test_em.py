import numpy as np
import pytest
from hmmlearn.hmm import GaussianHMM

from benchmarks.worlds import hardy2
from regime_framework.config import RegimeConfig
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models import FitFailure, GaussianRegimeHMM, HmmlearnRegimeModel, train_many
from regime_framework.models.em import COVARIANCE_PRIOR, sticky_prior
from regime_framework.models.em_kernel import em_step
from regime_framework.models.em_start import informed_start
from regime_framework.models.em_univariate import univariate_rows
from tests import naive


def features(n_features, n_bars=600, seed=1):
    rng = np.random.default_rng(seed)
    scale = np.array([0.4, 0.7, 1.2, 2.0, 3.5])[(np.arange(n_bars) // 40) % 5]
    x = rng.standard_normal((n_bars, n_features)) * scale[:, None]
    x[:, -1] += 0.3 * x[:, 0]
    return (x - x.mean(axis=0)) / x.std(axis=0)


@pytest.mark.parametrize("n_states", [2, 3, 4, 5])
@pytest.mark.parametrize(("n_features", "full"), [(1, False), (2, False), (3, False), (2, True), (3, True)])
def test_every_iteration_agrees_with_hmmlearn(n_states, n_features, full):
    x = features(n_features)
    begun = informed_start(x, n_states)
    prior = sticky_prior(n_states, 100.0)
    reference = GaussianHMM(
        n_states,
        covariance_type="full" if full else "diag",
        transmat_prior=prior,
        covars_prior=COVARIANCE_PRIOR * np.eye(n_features) if full else COVARIANCE_PRIOR,
        init_params="",
        n_iter=1,
        tol=-np.inf,
    )
    reference.startprob_, reference.transmat_, reference.means_ = begun.start, begun.transition, begun.means
    reference.covars_ = begun.covariances if full else np.diagonal(begun.covariances, axis1=1, axis2=2).copy()
    ours = [np.array(a) for a in (begun.start, begun.transition, begun.means, begun.covariances)]
    days = np.zeros(n_states)
    for _ in range(15):
        likelihood = em_step(x, *ours, prior, COVARIANCE_PRIOR, full, days)
        reference.fit(x)
        assert likelihood == pytest.approx(reference.monitor_.history[-1], abs=1e-8)
        assert ours[0] == pytest.approx(reference.startprob_, abs=1e-8)
        assert ours[1] == pytest.approx(reference.transmat_, abs=1e-8)
        assert ours[2] == pytest.approx(reference.means_, abs=1e-8)
        # Relative: the variance of a state that lost its days is the prior over next to nothing.
        assert ours[3] == pytest.approx(reference.covars_, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("n_states", [2, 3, 4, 5])
@pytest.mark.parametrize("n_bars", [30, 301])
def test_the_fast_path_for_one_feature_iterates_alike(n_states, n_bars):
    x = features(1, n_bars)
    begun = informed_start(x, n_states)
    prior = sticky_prior(n_states, 100.0)
    general = [np.array(a) for a in (begun.start, begun.transition, begun.means, begun.covariances)]
    days = np.zeros(n_states)
    for n_iter in (1, 2, 7):
        general = [np.array(a) for a in (begun.start, begun.transition, begun.means, begun.covariances)]
        for _ in range(n_iter):
            likelihood = em_step(x, *general, prior, COVARIANCE_PRIOR, False, days)
        start, transition = begun.start[None].copy(), begun.transition[None].copy()
        means, variances = begun.means[None, :, 0].copy(), begun.covariances[None, :, 0, 0].copy()
        objectives, found, statuses = np.zeros(1), np.zeros((1, n_states)), np.zeros(1, np.int64)
        univariate_rows(
            x.T.copy(), (0,) * n_states, start, transition, means, variances, 100.0, COVARIANCE_PRIOR,
            n_iter, -np.inf, objectives, found, statuses,
        )  # fmt: skip
        assert objectives[0] == pytest.approx(likelihood, abs=1e-9)
        assert found[0] == pytest.approx(days, abs=1e-9)
        assert start[0] == pytest.approx(general[0], abs=1e-10)
        assert transition[0] == pytest.approx(general[1], abs=1e-10)
        assert means[0] == pytest.approx(general[2][:, 0], abs=1e-10)
        assert variances[0] == pytest.approx(general[3][:, 0, 0], abs=1e-10)


@pytest.mark.parametrize(("n_features", "full"), [(1, False), (2, True), (3, False)])
def test_one_iteration_agrees_with_its_readable_twin(n_features, full):
    x = features(n_features, 40)
    begun = informed_start(x, 3)
    prior = sticky_prior(3, 5.0)
    expected, likelihood = naive.baum_welch_step(
        x, begun.start, begun.transition, begun.means, begun.covariances, prior, COVARIANCE_PRIOR, full
    )
    ours = [np.array(a) for a in (begun.start, begun.transition, begun.means, begun.covariances)]
    assert em_step(x, *ours, prior, COVARIANCE_PRIOR, full, np.zeros(3)) == pytest.approx(likelihood, abs=1e-9)
    for got, wanted in zip(ours, expected, strict=True):
        assert got == pytest.approx(wanted, abs=1e-10)


def test_fit_and_reference_end_alike_after_as_many_iterations(two_regimes):
    for window in two_regimes.returns[:3]:
        ours = GaussianRegimeHMM(2, n_iter=10, tol=0.0).fit(window)
        theirs = HmmlearnRegimeModel(2, n_iter=10, tol=-np.inf).fit(window)
        assert ours.volatilities_ == pytest.approx(theirs.volatilities_, rel=1e-8)
        assert ours.transmat_ == pytest.approx(theirs.transmat_, abs=1e-8)
        assert ours.expected_returns_ == pytest.approx(theirs.expected_returns_, abs=1e-10)


def test_status_says_how_it_ended(two_regimes):
    window = two_regimes.returns[0]
    assert GaussianRegimeHMM(2).fit(window).status_ == "converged"
    assert GaussianRegimeHMM(2, n_iter=2).fit(window).status_ == "max_iter"


def test_the_penalised_objective_never_falls(two_regimes):
    x = two_regimes.returns[1]
    x = ((x - x.mean()) / x.std())[:, None]
    begun = informed_start(x, 2)
    prior = sticky_prior(2, 100.0)
    ours = [np.array(a) for a in (begun.start, begun.transition, begun.means, begun.covariances)]
    objectives = []
    for _ in range(40):
        penalty = ((prior - 1) * np.log(ours[1])).sum() - 0.5 * COVARIANCE_PRIOR * (1 / ours[3]).sum()
        objectives.append(penalty + em_step(x, *ours, prior, COVARIANCE_PRIOR, False, np.zeros(2)))
    assert (np.diff(objectives) > -1e-9).all()


def test_several_features_are_standardised_inside():
    x = features(3) * [0.01, 5.0, 1e4] + [0.0, 3.0, -1e5]
    model = GaussianRegimeHMM(2, covariance="full").fit(x)
    assert model.means_.shape == (2, 3)
    assert model.volatilities_[0] < model.volatilities_[1] < 0.05
    path = model.filter(x)
    assert path.sum(axis=1) == pytest.approx(1.0)
    belief = path[0]
    for t in range(1, 30):
        belief = model.step(belief, x[t])
        assert belief == pytest.approx(path[t], abs=1e-12)
    twin = model.to_hmmlearn()
    assert twin.score(x) == pytest.approx(model.score(x), abs=1e-6)
    assert twin.predict_proba(x)[-1] == pytest.approx(path[-1], abs=1e-10)


def test_hmmlearns_models_come_in(two_regimes):
    window = two_regimes.returns[0]
    theirs = GaussianRegimeHMM(2).fit(window).to_hmmlearn()
    for name in ("startprob_", "means_", "transmat_"):
        setattr(theirs, name, np.flip(getattr(theirs, name)) if name != "means_" else theirs.means_[::-1])
    theirs.covars_ = np.array([theirs.covars_[1, 0], theirs.covars_[0, 0]])
    ours = GaussianRegimeHMM.from_hmmlearn(theirs)
    assert ours.volatilities_[0] < ours.volatilities_[1]
    assert ours.smooth_for_charts(window)[:, ::-1] == pytest.approx(theirs.predict_proba(window[:, None]), abs=1e-10)


@pytest.mark.parametrize("estimator", ["em", "hmmlearn"])
def test_a_state_without_days_is_refused_for_fewer_states(estimator):
    rng = np.random.default_rng(5)
    calm = rng.standard_normal((12, 252)) * 0.01
    results = train_many(calm, RegimeConfig(4, lookback=252, estimator=estimator))
    reduced = [m for m in results if not isinstance(m, FitFailure) and m.n_states < 4]
    assert reduced
    for model in reduced:
        assert model.status_ == "degenerate"
        assert model.transmat_.shape == (model.n_states, model.n_states)
    for failure in (m for m in results if isinstance(m, FitFailure)):
        assert failure.reason == "degenerate"
        assert "effective days" in failure.message


def test_the_class_itself_refuses_rather_than_reduce():
    calm = np.random.default_rng(5).standard_normal((12, 252)) * 0.01
    refused = train_many(calm, RegimeConfig(4, lookback=252, estimator="em"))
    window = next(w for w, m in zip(calm, refused, strict=True) if isinstance(m, FitFailure) or m.n_states < 4)
    with pytest.raises(FitError, match="effective days"):
        GaussianRegimeHMM(4).fit(window)


def test_settings_are_checked_at_fit():
    for bad in ({"persistence": -1.0}, {"n_iter": 0}, {"covariance": "tied"}, {"tol": float("nan")}):
        with pytest.raises(InvalidSetting, match=next(iter(bad))):
            GaussianRegimeHMM(2, **bad).fit(hardy2().simulate(1, 100, 1).returns[0])
