"""What a sample did beside what LEAN says that it does."""

from __future__ import annotations

from dataclasses import dataclass

from lean_stubs.results.order_hash import ORDER_LIST_HASH

__all__ = ["HEADLINES", "Comparison", "compare"]

#: What must be equal for a sample to agree.
HEADLINES = ("Total Orders", "Total Fees", "End Equity")


@dataclass(frozen=True)
class Comparison:
    """Statistics of one run beside LEAN's.

    Attributes
    ----------
    headlines
        Those of ``HEADLINES`` that differ, each with (expected, found).
    others
        The same for all further statistics that both have.
    compared
        How many statistics both have.
    same_orders
        Whether LEAN's hash of the list of orders is the same; None when one side has none.
    """

    headlines: dict[str, tuple[str, str]]
    others: dict[str, tuple[str, str]]
    compared: int
    same_orders: bool | None

    @property
    def agrees(self) -> bool:
        return not self.headlines


def compare(expected: dict[str, str], found: dict[str, str]) -> Comparison | None:
    """None where LEAN says nothing of the headlines."""
    if not all(name in expected for name in HEADLINES):
        return None
    shared = [name for name in expected if name in found and name != ORDER_LIST_HASH]
    unequal = {name: (expected[name], found[name]) for name in shared if expected[name] != found[name]}
    for name in HEADLINES:
        if name not in found:
            unequal[name] = (expected[name], "")
    return Comparison(
        headlines={name: pair for name, pair in unequal.items() if name in HEADLINES},
        others={name: pair for name, pair in unequal.items() if name not in HEADLINES},
        compared=len(shared),
        same_orders=expected[ORDER_LIST_HASH] == found[ORDER_LIST_HASH]
        if {ORDER_LIST_HASH} <= expected.keys() & found.keys()
        else None,
    )
