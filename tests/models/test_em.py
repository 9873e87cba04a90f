import numpy as np
import pytest
from hmmlearn.hmm import GaussianHMM

from benchmarks.worlds import hardy2
from regime_framework.config import RegimeConfig
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models import FitFailure, GaussianRegimeHMM, HmmlearnRegimeModel, train_many
from regime_framework.models.em import COVARIANCE_PRIOR, sticky_prior
from regime_framework.models.em_kernel import em_step
from regime_framework.models.em_start import informed_start, informed_starts
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


def rows_of(n_rows, n_bars=90, n_states=3, seed=4):
    """Standardised windows (S, T) and the arguments of the kernel that each may start from."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n_rows, n_bars)) * np.exp(rng.standard_normal((n_rows, n_bars // 15, 1)) / 2).repeat(15, 2).reshape(
        n_rows, -1
    )
    x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    start, transition, means, covariances = informed_starts(x[:, :, None], n_states)
    return x, (start, transition, means[:, :, 0], covariances[:, :, 0, 0])


def iterated(x, parameters, n_iter=40, persistence=20.0):
    n_rows, n_states = parameters[0].shape
    ours = [np.array(a) for a in parameters]
    likelihoods, days, statuses = np.zeros(n_rows), np.zeros((n_rows, n_states)), np.zeros(n_rows, np.int64)
    univariate_rows(
        x.copy(), (0,) * n_states, *ours, persistence, COVARIANCE_PRIOR, n_iter, 1e-4, likelihoods, days, statuses
    )  # fmt: skip
    return [*ours, likelihoods, days, statuses]


@pytest.mark.parametrize("n_states", [2, 3, 5])
def test_a_row_s_bits_do_not_depend_on_the_rows_beside_it(n_states):
    x, parameters = rows_of(23, n_states=n_states)
    # Rows whose densities need taming: two narrow heaps, the last state on the emptier one.
    x[[3, 11]] = np.where(np.random.default_rng(1).random((2, 90)) < 0.3, 1.5, -0.65) + 1e-3 * x[[3, 11]]
    parameters[2][[3, 11]] = np.linspace(-0.65, 1.5, n_states)
    parameters[3][[3, 11]] = 1e-4
    together = iterated(x, parameters)
    for size in (1, 2, 3, 6, 22):
        for first in range(0, 23, size):
            part = slice(first, first + size)
            for whole, some in zip(together, iterated(x[part], [a[part] for a in parameters]), strict=True):
                assert np.array_equal(whole[part], some, equal_nan=True)
    backwards = iterated(x[::-1], [a[::-1] for a in parameters])
    assert all(np.array_equal(a, b[::-1], equal_nan=True) for a, b in zip(together, backwards, strict=True))


def test_each_row_ends_in_its_own_time():
    x, parameters = rows_of(40)
    ended = [set(iterated(x, parameters, n_iter=n_iter)[-1].tolist()) for n_iter in (1, 20, 400)]
    assert ended == [{2}, {0, 2}, {0}]


@pytest.mark.parametrize("spread", [1e-4, 1e-2])
def test_states_that_never_meet_agree_with_the_general_kernel(spread):
    """The exponential of one state's density over another's does not fit a number here: e to the power of thousands."""
    rng = np.random.default_rng(2)
    heaps = np.repeat([1.2, -0.8, 1.2, -0.8, -0.8], 12)
    x = heaps + spread * rng.standard_normal(60)
    x = (x - x.mean()) / x.std()
    begun = [np.full(2, 0.5), np.array([[0.9, 0.1], [0.1, 0.9]]), np.array([[0.9], [-0.7]]), np.full((2, 1, 1), 2 * spread**2)]
    days = np.zeros(2)
    general = [a.copy() for a in begun]
    for _ in range(3):
        likelihood = em_step(x[:, None], *general, sticky_prior(2, 20.0), COVARIANCE_PRIOR, False, days)
    ours = [begun[0][None], begun[1][None], begun[2].T.copy(), begun[3].reshape(1, 2)]
    got = iterated(x[None], ours, n_iter=3)
    assert got[4][0] == pytest.approx(likelihood, rel=1e-9)
    assert got[1][0] == pytest.approx(general[1], abs=1e-9)
    assert got[2][0] == pytest.approx(general[2][:, 0], abs=1e-9)
    assert got[3][0] == pytest.approx(general[3][:, 0, 0], rel=1e-8)


@pytest.mark.parametrize("n_states", [2, 3, 4, 5])
@pytest.mark.parametrize("n_bars", [19, 40, 253])
@pytest.mark.parametrize("grid", [0.0, 1.0, 3.0])
def test_the_start_agrees_with_its_readable_twin(n_states, n_bars, grid):
    shares = {2: [0.7], 3: [0.5, 0.85], 4: [0.4, 0.7, 0.9], 5: [0.3, 0.55, 0.75, 0.92]}[n_states]
    x = features(2, n_bars)
    if grid:
        x = np.round(x / grid) * grid  # many equal days: of equals the earlier is the calmer
    expected = naive.informed_variances(x, shares)
    assert np.diagonal(informed_start(x, n_states).covariances, axis1=1, axis2=2) == pytest.approx(expected, rel=1e-12)


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
