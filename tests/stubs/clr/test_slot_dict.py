"""The order of .NET's Dictionary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lean_stubs.clr import SlotDict


def test_freed_slots_are_filled_last_freed_first():
    slots = SlotDict()
    for key in "ABC":
        slots[key] = 0
    for key in "ABC":
        del slots[key]
    for key in "AB":
        slots[key] = 0
    assert list(slots) == ["B", "A"]


def test_clear_starts_anew():
    slots = SlotDict()
    slots["A"] = slots["B"] = 0
    del slots["A"]
    slots.clear()
    slots["C"] = slots["D"] = 0
    assert list(slots) == ["C", "D"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5))))
def test_holds_what_a_dict_holds(steps):
    slots, plain = SlotDict(), {}
    for put, key in steps:
        if put:
            slots[key] = plain[key] = len(plain)
        else:
            slots.pop(key, None)
            plain.pop(key, None)
    assert dict(slots) == plain
    assert len(slots) == len(plain)
