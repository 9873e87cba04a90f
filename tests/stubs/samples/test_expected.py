"""What counts as the same when a run is compared with what LEAN says."""

import pytest
from lean_stubs.samples.expected import HEADLINES, compare

HASH = "OrderListHash"
TOLD = dict.fromkeys(HEADLINES, "1") | {"Net Profit": "2%"}


@pytest.mark.parametrize(
    ("expected", "found", "same"), [({HASH: "a"}, {HASH: "a"}, True), ({HASH: "a"}, {HASH: "b"}, False), ({}, {HASH: "a"}, None)]
)
def test_orders_are_compared_apart_from_the_statistics(expected, found, same):
    comparison = compare(TOLD | expected, TOLD | found)
    assert comparison is not None
    assert (comparison.same_orders, comparison.agrees, comparison.others, comparison.compared) == (same, True, {}, 4)
