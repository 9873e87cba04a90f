import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.daily_bars import simulate_bars
from benchmarks.worlds import hardy2
from regime_framework.config import RegimeConfig
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models import FitFailure, fit_many, observe_bars, train_many
from regime_framework.models.em_start import EmParameters

PATHS = hardy2().simulate(8, 260, 21).returns
CONFIGS = {
    "grid": RegimeConfig(2),
    "grid3": RegimeConfig(3),
    "em": RegimeConfig(2, estimator="em"),
    "em3": RegimeConfig(3, estimator="em"),
}


def prints(results):
    return [r.reason if isinstance(r, FitFailure) else r.fingerprint() for r in results]


@pytest.mark.parametrize("name", CONFIGS)
def test_one_by_one_is_all_at_once_to_the_last_bit(name):
    config = CONFIGS[name]
    together = prints(train_many(PATHS, config))
    assert prints(train_many(PATHS, config, max_workers=1)) == together
    assert prints(train_many(PATHS, config, max_workers=3)) == together
    assert [prints(train_many(PATHS[s : s + 1], config))[0] for s in range(8)] == together


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(8)), n_rows=st.integers(1, 8), name=st.sampled_from(sorted(CONFIGS)))
def test_order_and_company_change_no_bit(order, n_rows, name):
    chosen = list(order[:n_rows])
    expected = [_ALONE[name][s] for s in chosen]
    assert prints(train_many(PATHS[chosen], CONFIGS[name])) == expected


_ALONE = {name: prints(train_many(PATHS, config)) for name, config in CONFIGS.items()}


def test_layout_in_memory_changes_no_bit():
    config = RegimeConfig(2)
    assert prints(train_many(np.asfortranarray(PATHS), config)) == _ALONE["grid"]


def test_hmmlearn_is_the_same_door(two_regimes):
    config = RegimeConfig(2, estimator="hmmlearn", n_iter=8)
    ours, theirs = (train_many(two_regimes.returns[:2], c) for c in (RegimeConfig(2, estimator="em", n_iter=8), config))
    for a, b in zip(ours, theirs, strict=True):
        assert a.volatilities_ == pytest.approx(b.volatilities_, rel=1e-3)


def test_a_bad_row_fails_alone():
    rows = PATHS.copy()
    rows[1] = 0.0
    rows[3, 100] = np.nan
    rows[5, 7] = np.inf
    for name, config in CONFIGS.items():
        results = train_many(rows, config)
        assert [results[s].reason for s in (1, 3, 5)] == ["constant series", "not finite", "not finite"]
        for s in (0, 2, 4, 6, 7):
            assert prints(results)[s] == _ALONE[name][s]


def test_too_few_bars():
    assert {r.reason for r in train_many(PATHS[:, :18], RegimeConfig(2))} == {"too few bars"}
    assert not any(isinstance(r, FitFailure) for r in train_many(PATHS[:, :19], RegimeConfig(2)))


def test_no_rows_give_no_models():
    assert train_many(np.empty((0, 100)), RegimeConfig(2)) == []
    assert fit_many([], RegimeConfig(2)) == []


def test_shapes_are_checked():
    with pytest.raises(InvalidSetting, match="returns"):
        train_many(PATHS[0], RegimeConfig(2))
    with pytest.raises(InvalidSetting, match="variances"):
        train_many(PATHS, RegimeConfig(2), variances=PATHS[:, :-1])
    with pytest.raises(InvalidSetting, match="max_workers"):
        train_many(PATHS, RegimeConfig(2), max_workers=0)


@pytest.fixture(scope="module")
def whole_bars():
    observed = [observe_bars(bars) for bars in simulate_bars(hardy2(), 4, 260, 22).bars]
    return np.array([r for r, _ in observed]), np.array([v for _, v in observed])


def test_range_is_used_where_it_is_whole(whole_bars):
    returns, variances = whole_bars
    variances = variances.copy()
    variances[2, 50] = np.nan
    models = train_many(returns, RegimeConfig(2), variances=variances)
    assert [m.observation_ for m in models] == ["range", "range", "close", "range"]
    assert models[2].fingerprint() == train_many(returns, RegimeConfig(2))[2].fingerprint()
    closes = train_many(returns, RegimeConfig(2, observation="close"), variances=variances)
    assert {m.observation_ for m in closes} == {"close"}


def test_range_by_config_needs_whole_bars(whole_bars):
    returns, variances = whole_bars
    config = RegimeConfig(2, observation="range")
    assert {r.reason for r in train_many(returns, config)} == {"no range"}
    variances = variances.copy()
    variances[0, 3] = np.nan
    results = train_many(returns, config, variances=variances)
    assert results[0].reason == "no range"
    assert results[1].observation_ == "range"


def test_infinite_variance_is_not_finite(whole_bars):
    returns, variances = whole_bars
    variances = variances.copy()
    variances[1, 9] = np.inf
    assert train_many(returns, RegimeConfig(2), variances=variances)[1].reason == "not finite"


def test_windows_of_any_length_and_kind_train_together():
    bars = np.log(simulate_bars(hardy2(), 1, 260, 23).bars[0])
    models = fit_many([PATHS[0], PATHS[1, :200], PATHS[2, :, None], bars], RegimeConfig(2))
    assert [m.observation_ for m in models] == ["close", "close", "close", "range"]
    assert models[0].fingerprint() == _ALONE["grid"][0]
    assert models[2].fingerprint() == _ALONE["grid"][2]


def test_fit_many_names_the_window_that_fails():
    with pytest.raises(FitError, match="window 1"):
        fit_many([PATHS[0], np.zeros(100)], RegimeConfig(2))


def test_warm_starts_are_taken():
    config = RegimeConfig(2, estimator="em", n_iter=1)
    (cold,) = fit_many([PATHS[0]], config)
    start = EmParameters(cold.startprob_, cold.transmat_, cold.means_ + 0.001, cold.covars_)
    (warm,) = fit_many([PATHS[0]], config, starts=[start])
    assert warm.fingerprint() != cold.fingerprint()
    with pytest.raises(InvalidSetting, match="starts"):
        fit_many([PATHS[0]], config, starts=[None, None])
