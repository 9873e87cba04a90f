from __future__ import annotations

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from regime_framework.service.windows import ObservationWindows

numbers = st.floats(-1, 1)
ranges = st.one_of(st.none(), st.floats(0, 1))


class AgainstLists(RuleBasedStateMachine):
    """Ring buffers against plain lists."""

    lookback: int | None = 6

    def __init__(self) -> None:
        super().__init__()
        self.windows = ObservationWindows(self.lookback)
        self.lists: dict[int, list[tuple[float, float, int]]] = {}
        self.end = 0

    @rule()
    def claim(self) -> None:
        slot = self.windows.claim()
        assert slot not in self.lists
        self.lists[slot] = []

    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        if self.lists:
            slot = data.draw(st.sampled_from(sorted(self.lists)))
            self.windows.release(slot)
            del self.lists[slot]

    @rule(data=st.data(), variance=ranges)
    def push(self, data: st.DataObject, variance: float | None) -> None:
        if not self.lists:
            return
        slots = data.draw(st.lists(st.sampled_from(sorted(self.lists)), unique=True))
        self.end += 1
        returns = np.array(data.draw(st.lists(numbers, min_size=len(slots), max_size=len(slots))))
        variances = None if variance is None else np.full(len(slots), variance)
        self.windows.push(np.array(slots, np.int64), returns, variances, self.end)
        for slot, value in zip(slots, returns.tolist(), strict=True):
            self.lists[slot].append((value, np.nan if variance is None else variance, self.end))

    @rule(data=st.data(), values=st.lists(numbers, max_size=15), variance=ranges)
    def extend(self, data: st.DataObject, values: list[float], variance: float | None) -> None:
        if not self.lists:
            return
        slot = data.draw(st.sampled_from(sorted(self.lists)))
        ends = np.arange(self.end + 1, self.end + 1 + len(values))
        self.end += len(values)
        self.windows.extend(slot, np.array(values), None if variance is None else np.full(len(values), variance), ends)
        missing = np.nan if variance is None else variance
        self.lists[slot] += [(value, missing, int(end)) for value, end in zip(values, ends, strict=True)]

    @invariant()
    def agree(self) -> None:
        for slot, expected in self.lists.items():
            kept = expected if self.lookback is None else expected[-(self.lookback - 1) :]
            ends, returns = self.windows.series(slot)
            assert ends.tolist() == [end for _, _, end in kept]
            assert returns.tolist() == [value for value, _, _ in kept]
            if kept:
                window = self.windows.window(slot)
                assert (window.first, window.last) == (kept[0][2], kept[-1][2])
                assert window.returns.tolist() == returns.tolist()
                variances = np.array([variance for _, variance, _ in kept])
                if window.variances is None:
                    assert np.isnan(variances).all()
                else:
                    assert np.array_equal(window.variances, variances, equal_nan=True)


class AgainstGrowingLists(AgainstLists):
    lookback = None


for machine in (AgainstLists, AgainstGrowingLists):
    machine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None, derandomize=True)
TestAgainstLists = AgainstLists.TestCase
TestAgainstGrowingLists = AgainstGrowingLists.TestCase


def test_a_window_without_a_bound_grows_past_its_first_width() -> None:
    windows = ObservationWindows(None)
    slot, other = windows.claim(), windows.claim()
    windows.extend(slot, np.arange(3000.0), None, np.arange(3000))
    for end in range(3000, 6000):
        windows.push(np.array([slot, other]), np.array([float(end), 0.0]), None, end)
    assert windows.window(slot).returns.tolist() == list(range(6000))
    assert len(windows.window(other).returns) == 3000


@pytest.mark.parametrize("ranged", [False, True])
def test_ten_thousand_symbols_take_two_numbers_and_a_time_a_bar(ranged: bool) -> None:
    windows = ObservationWindows(504)
    slots = np.array([windows.claim() for _ in range(10_000)])
    windows.push(slots, np.zeros(10_000), np.ones(10_000) if ranged else None, 1)
    assert windows.nbytes < 10_000 * 504 * 8 * (3 if ranged else 2) * 1.13  # an eighth of room to grow
    assert windows.nbytes < 150e6


def test_a_copy_does_not_change_with_later_bars() -> None:
    windows = ObservationWindows(4)
    slot = windows.claim()
    windows.extend(slot, np.array([1.0, 2.0, 3.0]), None, np.arange(3))
    window = windows.window(slot)
    windows.push(np.array([slot]), np.array([9.0]), None, 4)
    assert window.returns.tolist() == [1.0, 2.0, 3.0]
