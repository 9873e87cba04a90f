import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework.config import RegimeConfig
from regime_framework.models import GridRegimeModel, grid_pass, load_model, most_pass_bytes, train_many
from regime_framework.models.emissions import CLOSE_MENU, RANGE_MENU
from regime_framework.models.grid import posterior_means
from regime_framework.models.grid_pass import held_bars
from tests import naive

_RNG = np.random.default_rng(31)
RETURNS = 0.01 * _RNG.standard_normal((3, 700)) * np.where(np.arange(700) // 90 % 2, 2.5, 1.0)
VARIANCES = RETURNS**2 * _RNG.chisquare(4, RETURNS.shape) / 4 + 1e-7
VARIANCES[1, 333] *= 400.0  # a false high
INPUTS = {"closes": None, "bars": VARIANCES}


def train(rows, config, end, variances=None, earlier=None):
    ranges = None if variances is None else variances[rows, :end]
    return train_many(RETURNS[rows, :end], config, variances=ranges, earlier=earlier)


def as_bytes(models):
    return [model.to_bytes() for model in models]


@pytest.mark.parametrize("what", INPUTS)
@pytest.mark.parametrize("n_states", [2, 3, 4])
@settings(max_examples=12, deadline=None)
@given(ends=st.lists(st.integers(19, 700), min_size=2, max_size=6, unique=True).map(sorted))
def test_going_on_gives_the_bits_of_a_fresh_fit(n_states, what, ends):
    config, rows = RegimeConfig(n_states, lookback=None), [0, 1]
    models = [None, None]
    for end in ends:
        models = train(rows, config, end, INPUTS[what], earlier=models)
        assert as_bytes(models) == as_bytes(train(rows, config, end, INPUTS[what]))


def test_one_bar_at_a_time_across_blocks_and_units():
    config = RegimeConfig(3, lookback=None)
    models = [None]
    for end in range(270, 320):
        models = train([0], config, end, earlier=models)
        assert as_bytes(models) == as_bytes(train([0], config, end))


def test_a_fit_really_goes_on_from_what_was_handed_to_it():
    config = RegimeConfig(2, lookback=None)
    assert held_bars(540) == held_bars(544)
    (honest,) = train([0], config, 540, earlier=[None])
    (bent,) = train([0], config, 540, earlier=[None])
    bent._pass.evidences[:] += 5.0
    results = [train([0], config, 544, earlier=[model])[0] for model in (honest, bent)]
    assert results[1].log_evidence_ - results[0].log_evidence_ == pytest.approx(5.0)


def test_what_is_of_another_window_or_setting_is_left_aside():
    config = RegimeConfig(2, lookback=None)
    expected = as_bytes(train([0], config, 500))
    others = [
        train([1], config, 490, earlier=[None])[0],  # another series
        train([0], config, 510, earlier=[None])[0],  # more bars than there are
        train([0], RegimeConfig(3, lookback=None), 490, earlier=[None])[0],
        train([0], RegimeConfig(2, lookback=None, emission="gaussian"), 490, earlier=[None])[0],
        train([0], config, 490, VARIANCES, earlier=[None])[0],
        train([0], RegimeConfig(2, lookback=None, estimator="em"), 490)[0],
        train([0], RegimeConfig(2), 490)[0],
        None,
    ]
    assert [getattr(other, "pass_bytes", 0) > 0 for other in others] == [True] * 5 + [False] * 3
    assert [as_bytes(train([0], config, 500, earlier=[other])) for other in others] == [expected] * len(others)


@pytest.mark.parametrize("room", [1, 150_000])
def test_many_rows_go_on_in_parts(monkeypatch, room):
    monkeypatch.setattr(grid_pass, "_MOST_ROOM", room)
    config, rows = RegimeConfig(2, lookback=None), [0, 1, 2, 1, 0]
    models = [None] * 5
    for end in (300, 309, 310, 344):
        models = train(rows, config, end, VARIANCES, earlier=models)
        assert as_bytes(models) == as_bytes(train(rows, config, end, VARIANCES))


def test_a_pass_is_handed_on_once_and_stays_out_of_copies():
    config = RegimeConfig(2, lookback=None)
    (model,) = train([0], config, 500, earlier=[None])
    assert 0 < model.pass_bytes <= 1.02 * most_pass_bytes(config)
    assert pickle.loads(pickle.dumps(model)).pass_bytes == 0
    assert load_model(model.to_bytes()).pass_bytes == 0
    (later,) = train([0], config, 501, earlier=[model])
    assert model.pass_bytes == 0
    assert later.pass_bytes > 0
    assert model.hand_on() is None


def test_nothing_is_kept_unasked_or_for_a_rolling_window():
    assert train([0], RegimeConfig(2, lookback=None), 500)[0].pass_bytes == 0
    assert train([0], RegimeConfig(2), 500, earlier=[None])[0].pass_bytes == 0
    assert most_pass_bytes(RegimeConfig(2)) == most_pass_bytes(RegimeConfig(lookback=None, estimator="em")) == 0
    assert GridRegimeModel().fit(RETURNS[0]).pass_bytes == 0


@pytest.mark.parametrize("emission", [CLOSE_MENU[1], RANGE_MENU[3]], ids=str)
def test_held_units_agree_with_the_readable_twin(emission):
    proxies = np.random.default_rng(3).chisquare(3, 75) * np.where(np.arange(75) < 50, 1.0, 5.0) / 3
    got = posterior_means(proxies[None], 2, [emission], held=60)
    variances, exits, evidence = naive.grid_fit(proxies, 2, emission.nu, emission.eta, held=60)
    assert got.variances[0] == pytest.approx(variances, rel=1e-9)
    assert got.exits[0] == pytest.approx(exits, rel=1e-9)
    assert got.evidences[0] == pytest.approx(evidence, abs=1e-9)


def test_units_are_held_for_a_tenth_of_the_window():
    held = [held_bars(n) for n in range(19, 6000)]
    assert all(a <= b for a, b in pairwise(held))
    assert all(10 * n < 11 * h + 11 for n, h in enumerate(held, start=19))
    assert held[: 252 - 19] == list(range(19, 252))
    assert len(set(held[252 - 19 :])) < 40


def test_expanding_and_whole_units_see_the_same_regimes():
    for row in RETURNS:
        whole = GridRegimeModel(2).fit(row)
        growing = GridRegimeModel(2, expanding=True).fit(row)
        assert growing.volatilities_ == pytest.approx(whole.volatilities_, rel=0.03)
        agree = growing.filter(row).argmax(axis=1) == whole.filter(row).argmax(axis=1)
        assert agree.mean() > 0.99
