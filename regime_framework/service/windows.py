"""Stored observations: one ring buffer of returns and variances a symbol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray, Indices

__all__ = ["ObservationWindows", "Window"]

_FIRST_WIDTH: Final = 1024  # observations an unbounded window starts with
_FIRST_SLOTS: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A copy of one symbol's training window, oldest first.

    Parameters
    ----------
    returns : ndarray, shape (T,)
    variances : ndarray, shape (T,), or None
        NaN for a bar that came without a range; None if no bar had one.
    first, last : int
        End of the first and of the last bar, in microseconds since 1970.
    """

    returns: FloatArray
    variances: FloatArray | None
    first: int
    last: int


class ObservationWindows:
    """Ring buffers for all symbols of one lookback; a symbol owns a slot.

    Parameters
    ----------
    lookback : int or None
        Bars in a window. A window of T bars holds T - 1 observations, since the first bar has no return;
        None lets all windows grow.
    """

    def __init__(self, lookback: int | None) -> None:
        self._bounded = lookback is not None
        self._width = _FIRST_WIDTH if lookback is None else lookback - 1
        self._returns: FloatArray = np.empty((0, self._width))
        self._variances: FloatArray | None = None  # made with the first bar that has a range
        self._ends: Indices = np.empty((0, self._width), np.int64)
        self._counts: Indices = np.empty(0, np.int64)
        self._free: list[int] = []

    @property
    def nbytes(self) -> int:
        """Bytes held by all windows."""
        ranged = 0 if self._variances is None else self._variances.nbytes
        return self._returns.nbytes + self._ends.nbytes + self._counts.nbytes + ranged

    def claim(self) -> int:
        """An empty slot."""
        if not self._free:
            used = len(self._counts)
            # An eighth at a time: doubling would leave half of a large universe's memory unused.
            self._resize(used + max(_FIRST_SLOTS, used // 8), self._width)
            self._free = list(range(len(self._counts) - 1, used - 1, -1))
        return self._free.pop()

    def release(self, slot: int) -> None:
        """Give a slot back; what it held is gone."""
        self._counts[slot] = 0
        self._free.append(slot)

    def lengths(self, slots: Indices) -> Indices:
        """Observations now in the windows, shape (n,)."""
        return np.minimum(self._counts[slots], self._width)

    def push(self, slots: Indices, returns: FloatArray, variances: FloatArray | None, end: int) -> None:
        """Append one observation to each of several distinct slots, all of one bar end."""
        counts = self._counts[slots]
        if not self._bounded and len(counts) and int(counts.max()) >= self._width:
            self._resize(len(self._counts), 2 * self._width)
        places = counts % self._width
        self._returns[slots, places] = returns
        self._ends[slots, places] = end
        self._counts[slots] = counts + 1
        ranged = self._ranged(variances)
        if ranged is not None:
            ranged[slots, places] = np.nan if variances is None else variances

    def extend(self, slot: int, returns: FloatArray, variances: FloatArray | None, ends: Indices) -> None:
        """Append many observations to one slot, oldest first."""
        count = int(self._counts[slot])
        while not self._bounded and count + len(returns) > self._width:
            self._resize(len(self._counts), 2 * self._width)
        skip = max(0, len(returns) - self._width)
        places = np.arange(count + skip, count + len(returns)) % self._width
        self._returns[slot, places] = returns[skip:]
        self._ends[slot, places] = ends[skip:]
        self._counts[slot] = count + len(returns)
        ranged = self._ranged(variances)
        if ranged is not None:
            ranged[slot, places] = np.nan if variances is None else variances[skip:]

    def window(self, slot: int) -> Window:
        """A copy of what a slot holds, oldest first."""
        count = int(self._counts[slot])
        places = np.arange(max(0, count - self._width), count) % self._width
        variances = None if self._variances is None else self._variances[slot, places]
        if variances is not None and np.isnan(variances).all():
            variances = None
        ends = self._ends[slot, places]
        return Window(self._returns[slot, places], variances, int(ends[0]), int(ends[-1]))

    def series(self, slot: int) -> tuple[Indices, FloatArray]:
        """Bar ends and returns of a slot, oldest first; empty arrays for an empty slot."""
        count = int(self._counts[slot])
        places = np.arange(max(0, count - self._width), count) % self._width
        return self._ends[slot, places], self._returns[slot, places]

    def _ranged(self, variances: FloatArray | None) -> FloatArray | None:
        if self._variances is None and variances is not None and not np.isnan(variances).all():
            self._variances = np.full(self._returns.shape, np.nan)
        return self._variances

    def _resize(self, slots: int, width: int) -> None:
        used, old = self._returns.shape
        for name in ("_returns", "_variances", "_ends"):
            held = getattr(self, name)
            if held is not None:
                grown = np.full((slots, width), np.nan) if name == "_variances" else np.zeros((slots, width), held.dtype)
                grown[:used, :old] = held
                setattr(self, name, grown)
        self._counts = np.concatenate([self._counts, np.zeros(slots - used, np.int64)])
        self._width = width
