"""Enumerations are neither ints nor enum.Enum."""

from __future__ import annotations

import json

import numpy as np
import pytest
from lean_stubs.common import Resolution
from lean_stubs.insights import InsightDirection
from lean_stubs.portfolio_construction import PortfolioBias


def test_text_number_and_spelling():
    assert f"{InsightDirection.UP}" == str(InsightDirection.Up) == "UP"
    assert str(PortfolioBias.LongShort) == "LONG_SHORT"
    assert (int(Resolution.DAILY), isinstance(Resolution.DAILY, int)) == (4, False)
    assert InsightDirection(1) is InsightDirection.UP


def test_comparisons_cross_types():
    assert InsightDirection.UP == PortfolioBias.LONG
    assert InsightDirection.UP == 1
    assert InsightDirection.UP == "Up"
    assert InsightDirection.UP != 2
    assert InsightDirection.DOWN < InsightDirection.UP
    assert {InsightDirection.UP: "x"}[1] == "x"
    assert bool(InsightDirection.FLAT) is True


def test_arithmetic_gives_floats():
    for value in (InsightDirection.DOWN * 0.5, 0.5 * InsightDirection.DOWN):
        assert value == -0.5
        assert type(value) is float
    assert (InsightDirection.UP + 1, InsightDirection.UP / 2, InsightDirection.UP - 1) == (2.0, 0.5, 0.0)
    assert (np.array([1.0, 2.0]) * InsightDirection.DOWN).dtype == object


@pytest.mark.parametrize(
    "operation",
    [
        lambda e: -e,
        abs,
        float,
        lambda e: e * e,
        lambda e: e - e,
        lambda e: f"{e:>6}",
        json.dumps,
        lambda e: type("Sub", (type(e),), {}),
    ],
)
def test_what_numbers_can_and_enumerations_cannot(operation):
    with pytest.raises(TypeError):
        operation(InsightDirection.UP)


def test_lower_case_and_unknown_members():
    for name in ("up", "SIDEWAYS"):
        with pytest.raises(AttributeError):
            getattr(InsightDirection, name)
