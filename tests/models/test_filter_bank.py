import numpy as np
import pytest

from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting
from regime_framework.models import FilterBank, train_many


@pytest.fixture(scope="module")
def models(two_regimes):
    return [train_many(two_regimes.returns[s : s + 1, :300], RegimeConfig(2 + s % 4))[0] for s in range(6)]


def test_a_bank_steps_like_each_model_alone(models, two_regimes):
    bank = FilterBank(2)
    bank.grow(6)
    beliefs = [model.filter(two_regimes.returns[s, :300])[-1] for s, model in enumerate(models)]
    for row, (model, belief) in enumerate(zip(models, beliefs, strict=True)):
        bank.assign(row, model, belief)
    rng = np.random.default_rng(1)
    for t in range(300, 400):
        rows = np.sort(rng.choice(6, rng.integers(1, 7), replace=False))
        bank.step(rows, two_regimes.returns[rows, t])
        for row in rows:
            beliefs[row] = models[row].step(beliefs[row], two_regimes.returns[row, t])
        for row, belief in enumerate(beliefs):
            assert (bank.beliefs[row, : belief.size] == belief).all()
            assert (bank.beliefs[row, belief.size :] == 0).all()


def test_beliefs_cannot_be_written(models):
    bank = FilterBank(1)
    with pytest.raises(ValueError, match="read-only"):
        bank.beliefs[0, 0] = 1.0


def test_a_smaller_model_leaves_nothing_of_the_larger(models):
    bank = FilterBank(1)
    bank.assign(0, models[3], models[3].startprob_)
    bank.assign(0, models[0], models[0].startprob_)
    assert bank.beliefs[0].tolist() == [*models[0].startprob_, 0.0, 0.0, 0.0]


def test_a_bad_bar_is_refused_and_changes_nothing(models):
    bank = FilterBank(2)
    bank.assign(0, models[0], models[0].startprob_)
    bank.assign(1, models[1], models[1].startprob_)
    before = bank.beliefs.copy()
    with pytest.raises(InvalidSetting, match="finite"):
        bank.step(np.array([0, 1]), np.array([0.01, np.nan]))
    assert (bank.beliefs == before).all()


def test_a_row_without_a_model_is_refused(models):
    bank = FilterBank(2)
    bank.assign(0, models[0], models[0].startprob_)
    with pytest.raises(InvalidSetting, match="rows"):
        bank.step(np.array([1]), np.array([0.01]))


@pytest.mark.parametrize("capacity", [-1, 2.5, True])
def test_capacity_is_checked(capacity):
    with pytest.raises(InvalidSetting, match="capacity"):
        FilterBank(capacity)
