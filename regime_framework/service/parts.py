"""Sums and percentiles of the times of a part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from regime_framework._typing import Indices

__all__ = ["Part", "PartStatistics", "in_lines", "nanoseconds", "take_out"]

R = TypeVar("R")

_PER_OCTAVE: Final = 8  # buckets between a time and its double: a percentile is off by 5 % at most
_OCTAVES: Final = 63  # of nanoseconds: from one to what a clock of 64 bits can tell
_RULE: Final = "=" * 60


@dataclass(frozen=True, slots=True)
class PartStatistics:
    """How often a part ran and for how long, in seconds.

    Parameters
    ----------
    calls : int
    total, mean, min, max : float
        Nested parts are included.
    own : float
        Total without the parts that ran inside this one.
    p50, p99 : float
        From a sketch of fixed size, exact to 5 %.
    """

    calls: int
    total: float
    mean: float
    min: float
    max: float
    own: float
    p50: float
    p99: float


class Part:
    """Running sums and a sketch of fixed size, in nanoseconds."""

    __slots__ = ("buckets", "calls", "inside", "max", "min", "name", "total")

    def __init__(self, name: str) -> None:
        self.name = name
        self.clear()

    def clear(self) -> None:
        """Forget all times."""
        self.calls = self.total = self.inside = self.max = 0
        self.min = 2**63
        self.buckets: Indices = np.zeros(_PER_OCTAVE * _OCTAVES, np.int64)

    def add(self, took: Indices) -> int:
        """Count the times of several calls, shape (n,); their sum."""
        if not len(took):
            return 0
        total = int(took.sum())
        self.calls += len(took)
        self.total += total
        self.min = min(self.min, int(took.min()))
        self.max = max(self.max, int(took.max()))
        places = np.floor(np.log2(np.maximum(took, 1)) * _PER_OCTAVE).astype(np.int64)
        self.buckets += np.bincount(places, minlength=len(self.buckets))
        return total

    def statistics(self, inside: int) -> PartStatistics:
        """In seconds; `inside` is the time of all that ran inside this part."""
        return PartStatistics(
            self.calls,
            self.total / 1e9,
            self.total / self.calls / 1e9,
            self.min / 1e9,
            self.max / 1e9,
            # Switched on while this part was open, what ran inside may be known and the part itself not.
            max(self.total - inside, 0) / 1e9,
            self._percentile(0.50),
            self._percentile(0.99),
        )

    def _percentile(self, share: float) -> float:
        rank = math.ceil(share * self.calls)
        bucket = int(np.searchsorted(np.cumsum(self.buckets), rank))
        # The middle of the bucket, but never outside of what was seen.
        return float(min(max(2.0 ** ((bucket + 0.5) / _PER_OCTAVE), self.min), self.max)) / 1e9


def take_out(notes: list[R]) -> list[R]:
    """Empty a list that another thread may append to meanwhile; what was in it."""
    found = notes[:]
    del notes[: len(found)]
    return found


def nanoseconds(notes: Sequence[int]) -> Indices:
    """As an array."""
    return np.fromiter(notes, np.int64, len(notes))


def in_lines(statistics: Mapping[str, PartStatistics]) -> str:
    """Parts as a text to log."""
    lines = ["Performance Profile:", _RULE, ""]
    for name, part in statistics.items():
        lines += [
            f"{name}:",
            f"  Calls: {part.calls}",
            f"  Total: {part.total:.3f}s",
            f"  Mean:  {part.mean:.3f}s",
            f"  Min:   {part.min:.3f}s",
            f"  Max:   {part.max:.3f}s",
            "",
        ]
    return "\n".join([*lines, _RULE])
