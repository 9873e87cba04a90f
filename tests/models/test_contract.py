"""What every estimator promises, whichever it is."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.worlds import hardy2
from regime_framework import Regime
from regime_framework.errors import FitError, InvalidSetting, NotEnoughData, RegimeError
from regime_framework.models import GaussianRegimeHMM, GridRegimeModel, HmmlearnRegimeModel, RegimeModel, load_model
from tests import naive

ESTIMATORS = [GridRegimeModel, GaussianRegimeHMM, HmmlearnRegimeModel]
WINDOW = hardy2().simulate(6, 600, 11).returns[0]


@pytest.fixture(scope="module", params=ESTIMATORS, ids=lambda kind: kind.kind)
def fitted(request) -> RegimeModel:
    return request.param(2).fit(WINDOW)


def test_parameters_are_a_model_of_two_states_calmest_first(fitted):
    assert fitted.n_states == 2
    assert fitted.regimes_ == (Regime.BULL, Regime.BEAR)
    assert fitted.startprob_.sum() == pytest.approx(1.0)
    assert fitted.transmat_.sum(axis=1) == pytest.approx(1.0)
    assert fitted.means_.shape == (2, 1)
    assert 0 < fitted.volatilities_[0] < fitted.volatilities_[1]
    assert fitted.status_ in ("converged", "plateau", "max_iter")
    assert math.isfinite(fitted.log_evidence_)
    assert fitted.observation_ == "close"


def test_parameters_cannot_be_written(fitted):
    for name in ("startprob_", "transmat_", "means_", "volatilities_", "expected_returns_"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(fitted, name)[...] = 0.0


def test_states_are_near_the_true_ones(fitted):
    assert fitted.volatilities_ == pytest.approx(hardy2().volatilities, rel=0.25)


def test_filter_is_the_sum_over_all_paths(fitted):
    few = WINDOW[40:47]
    logs = np.stack(
        [
            naive.log_density((few - m) ** 2, s**2, fitted.emission_.nu, fitted.emission_.eta)
            for m, s in zip(fitted.means_[:, 0], fitted.volatilities_, strict=True)
        ],
        axis=1,
    )
    filtered, smoothed, likelihood = naive.enumerate_paths(logs, fitted.startprob_, fitted.transmat_)
    assert fitted.filter(few) == pytest.approx(filtered, abs=1e-12)
    assert fitted.smooth_for_charts(few) == pytest.approx(smoothed, abs=1e-12)
    # A variance proxy's density in place of a return's leaves out the factor that no state depends on.
    assert fitted.score(few) == pytest.approx(likelihood + _no_state(few, fitted), abs=1e-9)


def _no_state(few, fitted):
    return -0.5 * np.log((few[:, None] - fitted.means_[0]) ** 2).sum() if fitted.kind == "range" else 0.0


def test_filter_takes_a_column_as_well(fitted):
    assert (fitted.filter(WINDOW[:50, None]) == fitted.filter(WINDOW[:50])).all()


def test_step_by_step_is_the_filter_to_the_last_bit(fitted):
    path = fitted.filter(WINDOW[:80])
    belief = path[0]
    for t in range(1, 80):
        belief = fitted.step(belief, WINDOW[t])
        assert (belief == path[t]).all()


@settings(max_examples=25, deadline=None)
@given(
    cut=st.integers(1, 59),
    future=st.lists(st.floats(-0.5, 0.5), min_size=60, max_size=60),
    kind=st.sampled_from(ESTIMATORS),
)
def test_the_future_changes_no_belief(cut, future, kind):
    model = _FITTED[kind]
    changed = WINDOW[:60].copy()
    changed[cut:] = future[cut:]
    assert (model.filter(changed)[:cut] == model.filter(WINDOW[:60])[:cut]).all()


_FITTED = {kind: kind(2).fit(WINDOW) for kind in ESTIMATORS}


@pytest.mark.parametrize("kind", ESTIMATORS, ids=lambda kind: kind.kind)
@pytest.mark.parametrize("factor", [100.0, 1e-4])
def test_units_do_not_matter(kind, factor):
    one, other = kind(2).fit(WINDOW), kind(2).fit(WINDOW * factor)
    assert other.volatilities_ / factor == pytest.approx(one.volatilities_, rel=1e-8)
    assert other.transmat_ == pytest.approx(one.transmat_, abs=1e-8)
    assert other.filter(WINDOW * factor) == pytest.approx(one.filter(WINDOW), abs=1e-7)


@pytest.mark.parametrize("kind", ESTIMATORS, ids=lambda kind: kind.kind)
def test_a_fit_is_repeatable_to_the_last_bit(kind):
    one, other = kind(3).fit(WINDOW), kind(3).fit(WINDOW.copy())
    assert one.fingerprint() == other.fingerprint()
    changed = WINDOW.copy()
    changed[300] += 1e-9
    assert kind(3).fit(changed).fingerprint() != one.fingerprint()


def test_bytes_bring_the_model_back(fitted):
    back = load_model(fitted.to_bytes())
    assert type(back) is type(fitted)
    assert back.fingerprint() == fitted.fingerprint()
    assert back.status_ == fitted.status_
    assert (back.filter(WINDOW) == fitted.filter(WINDOW)).all()
    assert type(fitted).from_bytes(fitted.to_bytes()).to_bytes() == fitted.to_bytes()


@settings(max_examples=60, deadline=None)
@given(data=st.data(), kind=st.sampled_from(ESTIMATORS))
def test_damaged_bytes_are_refused(data, kind):
    good = bytearray(_FITTED[kind].to_bytes())
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match="regime model"):
        load_model(bytes(good))


@given(data=st.binary(max_size=200))
def test_foreign_bytes_are_refused(data):
    with pytest.raises(ValueError, match="regime model"):
        load_model(data)


@pytest.mark.parametrize("kind", ESTIMATORS, ids=lambda kind: kind.kind)
@pytest.mark.parametrize(
    ("window", "text"),
    [
        (np.full(300, 0.001), "0.001"),
        (np.zeros(300), "returns are 0"),
        (WINDOW[:10], "10"),
        (np.empty(0), "0"),
        (np.append(WINDOW[:300], np.nan), "finite"),
        (np.append(WINDOW[:300], np.inf), "finite"),
        (WINDOW[:300].reshape(3, 4, 25), "shape"),
    ],
    ids=["constant", "zero", "short", "empty", "nan", "infinite", "cube"],
)
def test_bad_windows_are_refused_by_name(kind, window, text):
    with pytest.raises((FitError, InvalidSetting), match=text):
        kind(2).fit(window)


@pytest.mark.parametrize("kind", ESTIMATORS, ids=lambda kind: kind.kind)
def test_an_unfitted_model_says_so(kind):
    with pytest.raises(NotEnoughData, match="fit"):
        kind(2).filter(WINDOW)


def test_a_bad_bar_is_refused_by_name(fitted):
    with pytest.raises(InvalidSetting, match="finite"):
        fitted.filter(np.array([0.01, np.nan]))
    for bad in (math.nan, math.inf):
        with pytest.raises(InvalidSetting, match="finite"):
            fitted.step(fitted.startprob_, bad)


def test_errors_are_the_packages_own():
    assert issubclass(FitError, RegimeError)
    assert issubclass(InvalidSetting, RegimeError)


@pytest.mark.parametrize("kind", ESTIMATORS, ids=lambda kind: kind.kind)
@pytest.mark.parametrize("n_states", [0, 1, 6, 2.0, True])
def test_impossible_numbers_of_states_are_refused(kind, n_states):
    with pytest.raises(InvalidSetting, match="n_states"):
        kind(n_states).fit(WINDOW)


def test_hmmlearn_predicts_the_same_posteriors(fitted):
    twin = fitted.to_hmmlearn()
    assert twin.predict_proba(WINDOW[:, None]) == pytest.approx(fitted.smooth_for_charts(WINDOW), abs=1e-10)
    # The last smoothed probability is a filtered one.
    assert twin.predict_proba(WINDOW[:200, None])[-1] == pytest.approx(fitted.filter(WINDOW[:200])[-1], abs=1e-10)
