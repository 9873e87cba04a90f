from regime_framework.lean.gate import Position, capped

HALF = {"A": Position(100, 0.5), "B": Position(-50, -0.25)}


def test_zero_closes_everything():
    assert capped(HALF, 0.0) == {"A": 0, "B": 0}


def test_within_the_cap_nothing_is_said():
    assert capped(HALF, 0.75) == {}


def test_excess_is_cut_in_proportion_to_whole_shares():
    assert capped(HALF, 0.3) == {"A": 40, "B": -20}


def test_drift_of_holdings_has_a_band_but_new_targets_have_none():
    assert capped(HALF, 0.73) == {}
    assert capped(HALF, 0.73, asked=frozenset("A")) == {"A": 97, "B": -48}


def test_a_target_for_nothing_is_still_answered():
    assert capped({"A": Position(0, 0.0)}, 0.0, asked=frozenset("A")) == {"A": 0}
