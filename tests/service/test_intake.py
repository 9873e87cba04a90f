from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import PriceBar
from regime_framework.service.intake import bad_prices, read_history, read_prices, sane_bars
from tests.service.data import days

prices = st.floats(allow_nan=True, allow_infinity=True)
entries = st.one_of(
    prices,
    st.integers(-(10**6), 10**6),
    st.builds(PriceBar, prices, prices, prices, prices),
    st.sampled_from([None, "x", "12.5", np.float32(2.5), np.float64(3.5), (1.0, 2.0), PriceBar(1, None, 1, 1), 10**400]),  # type: ignore[arg-type]
)


def plain(value: Any) -> float:
    try:
        return float(value[3] if isinstance(value, tuple) and len(value) == 4 else value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(entries, max_size=6))
def test_closes_are_what_float_says_and_nan_else(values: list[Any]) -> None:
    closes, bars = read_prices(values)
    assert np.array_equal(closes, np.array([plain(value) for value in values]), equal_nan=True)
    if bars is not None:
        assert bars.shape == (len(values), 4)
        assert np.array_equal(bars[:, 3], closes, equal_nan=True)
    assert (bars is None) == (not any(isinstance(value, tuple) for value in values))


@settings(deadline=None, derandomize=True)
@given(st.lists(prices, max_size=8))
def test_a_bad_price_has_one_reason(values: list[float]) -> None:
    good, reasons = bad_prices(np.array(values))
    assert good.tolist() == [math.isfinite(value) and value > 0 for value in values]
    assert sum(reasons.values()) == len(values) - int(good.sum())
    assert reasons.get("nan", 0) == sum(math.isnan(value) for value in values)
    assert reasons.get("infinite", 0) == sum(math.isinf(value) for value in values)
    assert reasons.get("zero", 0) == sum(value == 0 for value in values)


@pytest.mark.parametrize(
    ("bar", "sane"),
    [
        ((10.0, 12.0, 9.0, 11.0), True),
        ((10.0, 10.0, 10.0, 10.0), True),
        ((10.0, 10.5, 9.0, 11.0), False),  # high below close
        ((13.0, 12.0, 9.0, 11.0), False),  # high below open
        ((10.0, 12.0, 10.5, 11.0), False),  # low above open
        ((11.5, 12.0, 11.2, 11.0), False),  # low above close
        ((10.0, 12.0, 0.0, 11.0), False),
        ((10.0, 12.0, -1.0, 11.0), False),
        ((10.0, math.inf, 9.0, 11.0), False),
        ((math.nan, 12.0, 9.0, 11.0), False),
        ((10.0, math.nan, 9.0, 11.0), False),
    ],
)
def test_whole_bars_make_sense_or_not(bar: tuple[float, ...], sane: bool) -> None:
    assert sane_bars(np.array([bar])).tolist() == [sane]


def test_history_of_bars_closes_and_mixtures() -> None:
    bar = PriceBar(10.0, 12.0, 9.0, 11.0)
    whole = read_history([bar, bar], days(2))
    assert whole.closes.tolist() == [11.0, 11.0]
    assert whole.bars is not None
    mixed = read_history([bar, 5.0], days(2))
    assert mixed.closes.tolist() == [11.0, 5.0]
    assert mixed.bars is not None
    assert np.isnan(mixed.bars[1, :3]).all()
    assert read_history(np.ones((2, 1)), days(2)).bars is None
    assert len(read_history((), ())) == 0


def test_of_bars_with_one_end_the_first_counts() -> None:
    history = read_history([1.0, 2.0, 3.0], [days(3)[1], days(3)[1], days(3)[0]])
    assert history.closes.tolist() == [3.0, 1.0]


def test_history_is_a_copy() -> None:
    closes = np.ones(3)
    history = read_history(closes, days(3))
    closes[:] = 9.0
    assert history.closes.tolist() == [1.0, 1.0, 1.0]
