from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import RegimeConfig
from regime_framework.service.keys import model_key
from regime_framework.service.windows import Window

OTHER = {
    "n_states": 3,
    "lookback": 600,
    "min_bars": 300,
    "retrain": timedelta(days=3),
    "estimator": "em",
    "observation": "close",
    "emission": "gaussian",
    "switch_probability": 0.5,
    "persistence": 50.0,
    "n_iter": 50,
    "tol": 1e-5,
}


def window(**changes: object) -> Window:
    rng = np.random.default_rng(3)
    values: dict[str, object] = {"returns": rng.normal(size=30), "variances": rng.random(30), "first": 10, "last": 900}
    return Window(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [field.name for field in fields(RegimeConfig)])
def test_every_config_field_is_part_of_the_key(name: str) -> None:
    config = RegimeConfig()
    key, other = model_key("S", config, window()), model_key("S", replace(config, **{name: OTHER[name]}), window())
    assert key != other
    assert key.text != other.text


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 29), st.integers(0, 63), st.booleans())
def test_any_bit_of_the_window_is_part_of_the_key(place: int, bit: int, ranged: bool) -> None:
    changed = window()
    array = changed.variances if ranged else changed.returns
    assert array is not None
    array.view(np.uint64)[place] ^= np.uint64(1 << bit)
    key, other = model_key("S", RegimeConfig(), window()), model_key("S", RegimeConfig(), changed)
    assert key != other
    assert key.text != other.text


@pytest.mark.parametrize("changes", [{"first": 11}, {"last": 901}, {"variances": None}])
def test_period_and_kind_are_part_of_the_key(changes: dict[str, object]) -> None:
    key, other = model_key("S", RegimeConfig(), window()), model_key("S", RegimeConfig(), window(**changes))
    assert key != other
    assert key.text != other.text


def test_equal_windows_have_equal_keys_that_are_safe_names() -> None:
    key, again = model_key("S", RegimeConfig(), window()), model_key("S", RegimeConfig(), window())
    assert key == again
    assert hash(key) == hash(again)
    assert key.text == again.text
    assert set(key.text) <= set("0123456789abcdef")
