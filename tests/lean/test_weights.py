import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regime_framework.lean.weights import add_scaled, equal_weights, is_drift, limited, normalised

ROWS = st.sampled_from(["A", "B", "C", "D", "E"])
ANY_NUMBER = st.floats(allow_nan=True, allow_infinity=True)


def test_equal_weights_share_among_those_with_a_direction_the_bias_allows():
    directions = {"A": 1, "B": -1, "C": 0}
    assert equal_weights(directions, 0) == {"A": 0.5, "B": -0.5, "C": 0.0}
    assert equal_weights(directions, 1) == {"A": 1.0, "B": 0.0, "C": 0.0}
    assert equal_weights(directions, -1) == {"A": 0.0, "B": -1.0, "C": 0.0}


def test_equal_weights_of_nothing():
    assert equal_weights({}, 0) == {}
    assert equal_weights({"A": 0}, 0) == {"A": 0.0}


def test_shares_are_scaled_down_never_up():
    assert normalised({"a": 1.0, "b": 0.5}) == {"a": pytest.approx(2 / 3), "b": pytest.approx(1 / 3)}
    assert normalised({"a": 0.3, "b": 0.2}) == {"a": 0.3, "b": 0.2}


@given(
    st.lists(st.tuples(st.dictionaries(ROWS, ANY_NUMBER), st.floats(0, 3)), max_size=4),
    st.sampled_from([-1, 0, 1]),
    st.floats(0, 2),
    st.floats(0, 2),
)
def test_limits_hold_whatever_the_sleeves_say(sleeves, bias, max_weight, max_gross):
    weights: dict[str, float] = {}
    for sleeve, share in sleeves:
        add_scaled(weights, sleeve, share)
    out = limited(weights, bias=bias, max_weight=max_weight, max_gross=max_gross)
    assert out.keys() == weights.keys()
    assert all(math.isfinite(weight) for weight in out.values())
    assert all(abs(weight) <= max_weight for weight in out.values())
    assert sum(abs(weight) for weight in out.values()) <= max_gross * (1 + 1e-12) + 1e-15
    assert all(weight * bias >= 0 for weight in out.values())


def test_gross_is_scaled_in_proportion():
    out = limited({"A": 1.0, "B": -0.5}, bias=0, max_weight=1.0, max_gross=0.75)
    assert out == {"A": pytest.approx(0.5), "B": pytest.approx(-0.25)}


@pytest.mark.parametrize(
    ("wanted", "held", "asked", "drift"),
    [
        (0.50, 0.51, 0.50, True),
        (0.50, 0.53, 0.50, False),  # moved too far
        (0.00, 0.01, 0.01, False),  # an exit
        (0.01, 0.00, 0.00, False),  # an entry
        (-0.01, 0.01, 0.01, False),  # a turn
        (0.50, 0.50, 0.20, False),  # a sale to 0.2 is under way
    ],
)
def test_drift(wanted, held, asked, drift):
    assert is_drift(wanted, held, asked, 0.02) is drift
