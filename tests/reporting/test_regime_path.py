from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regime_framework.reporting.regime_path import regime_shares, spells, states_on
from regime_framework.reporting.results import Curve

NAMES = ("Bull", "Bear")


def days(count: int) -> np.ndarray:
    return np.datetime64("2020-01-01", "s") + np.arange(count) * np.timedelta64(86_400, "s")


def test_a_change_counts_from_its_own_day_on_however_sparse_the_chart() -> None:
    times = days(10)
    chart = Curve(times[[2, 5, 7]], np.array([0.0, 1.0, 0.0]))
    assert states_on(times, chart).tolist() == [-1, -1, 0, 0, 0, 1, 1, 0, 0, 0]


def test_spells_and_what_the_market_did_meanwhile() -> None:
    states = np.array([-1, 0, 0, 1, 1, 0])
    market = np.array([90.0, 100.0, 105.0, 110.0, 99.0, 88.0])
    found = spells(days(6), states, NAMES, market)
    assert [(spell.regime, spell.days) for spell in found] == [("Bull", 2), ("Bear", 2), ("Bull", 1)]
    # From the bar at which it was reported to the bar at which the next one was.
    assert [spell.market_return for spell in found] == pytest.approx([0.10, -0.20, 0.0])
    assert found[1].start == days(6)[3]
    assert found[1].end == days(6)[5]


def test_returns_in_a_regime_are_those_of_the_next_bar() -> None:
    # The crash is what makes the state turn to 1: it belongs to the regime that was known before it.
    market = np.array([100.0, 100.0, 80.0, 84.0])
    unknown = np.full(4, np.nan)
    bull, bear = regime_shares(days(4), np.array([0, 0, 1, 1]), NAMES, market=market, equity=market, exposure=unknown)
    assert (bull.days, bear.days) == (2, 2)
    assert (bull.spells, bear.spells) == (1, 1)
    assert bull.market_return == pytest.approx(math.exp(365.25 * math.log(0.8) / 2) - 1.0)
    assert bear.market_return == pytest.approx(math.exp(365.25 * math.log(1.05)) - 1.0)
    assert math.isnan(bear.market_volatility)
    assert math.isnan(bull.exposure)


def test_a_regime_that_never_came_has_no_figures() -> None:
    flat = np.full(5, 100.0)
    _, bear = regime_shares(days(5), np.zeros(5, dtype=np.int64), NAMES, market=flat, equity=flat, exposure=flat * 0)
    assert (bear.days, bear.share, bear.spells) == (0, 0.0, 0)
    assert math.isnan(bear.market_return)


@given(st.lists(st.integers(-1, 1), min_size=2, max_size=80))
def test_days_and_spells_add_up(path: list[int]) -> None:
    states = np.array(path)
    times, flat = days(len(path)), np.full(len(path), 100.0)
    shares = regime_shares(times, states, NAMES, market=flat, equity=flat, exposure=flat)
    found = spells(times, states, NAMES, flat)
    assert sum(share.days for share in shares) == sum(spell.days for spell in found) == int(np.sum(states >= 0))
    assert sum(share.spells for share in shares) == len(found)
    if found:
        assert sum(share.share for share in shares) == pytest.approx(1.0)
