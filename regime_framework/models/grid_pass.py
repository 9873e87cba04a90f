"""How far the candidates of a grid have come over a window that only grows, so that a later fit goes on from there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray, Indices
from regime_framework.config import RegimeConfig
from regime_framework.models.emissions import menu
from regime_framework.models.grid_design import GridDesign, grid_design
from regime_framework.models.grid_kernel import padded_width

__all__ = ["GridPass", "Passes", "held_bars", "most_pass_bytes"]

_MOST_ROOM: Final = 32 * 2**20  # bytes of passes that one call of the kernel works on
_FIRST_HELD: Final = 252  # a first training's; shorter windows are cheap to fit anew


def held_bars(n_bars: int) -> int:
    """Bars from whose moments an expanding window takes its units: all of a short one, at least ten elevenths of a longer one.

    With units of the whole window each new bar would change every candidate's weight after every bar before; from units that
    are held, a fit depends on its window alone and yet shares all but its last bars with the fit before it.
    """
    if n_bars < _FIRST_HELD:
        return n_bars
    held = _FIRST_HELD
    while held * 11 // 10 <= n_bars:
        held = held * 11 // 10
    return held


@dataclass(frozen=True, slots=True, eq=False)
class GridPass:
    """The state of one row's fit after its last full block of bars.

    Parameters
    ----------
    setting : tuple
        What the candidates and their densities were; a pass of another setting is of no use.
    n_bars : int
        Bars of the fit.
    check : bytes
        Digest of those bars' scaled proxies.
    joint : ndarray, shape (E, G, K, W)
        Weight times belief of each density's candidates.
    live : ndarray of uint32, shape (E, K, W)
    counts : ndarray, shape (E,)
        Candidates in use.
    evidences : ndarray, shape (E,)
    tails : ndarray, shape (E, M)
        Sums for "no regimes" after all `n_bars`.
    """

    setting: tuple[object, ...]
    n_bars: int
    check: bytes
    joint: FloatArray
    live: NDArray[np.uint32]
    counts: Indices
    evidences: FloatArray
    tails: FloatArray

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.joint.nbytes + self.live.nbytes + self.tails.nbytes


class Passes:
    """Room for the passes of some rows at a time, as the kernel takes it.

    Parameters
    ----------
    setting : tuple
    design : GridDesign
    scaled : ndarray, shape (S, T)
        Proxies in held units.
    begun : ndarray, shape (S,)
        Bars of each row that need no fitting any more; written by :meth:`resume`.
    tails : ndarray, shape (S, E, M)
        Sums for "no regimes"; likewise.
    """

    def __init__(
        self, setting: tuple[object, ...], design: GridDesign, scaled: FloatArray, begun: Indices, tails: FloatArray
    ) -> None:
        n_states, n_tuples = design.tuples.shape
        self._shape = (tails.shape[1], design.exits.shape[0], n_states, padded_width(n_tuples))
        self._setting, self._scaled, self._begun, self._tails = setting, scaled, begun, tails
        self._first = 0
        self._make_room(0)

    def parts(self) -> Iterator[slice]:
        """All rows, as many at a time as may have their passes in memory twice."""
        n_rows = self._scaled.shape[0]
        at_once = max(1, _MOST_ROOM // (8 * math.prod(self._shape)))
        for first in range(0, n_rows, at_once):
            yield slice(first, min(first + at_once, n_rows))

    def rows_of(self, rows: slice) -> slice:
        """Where the room of some of the rows is that were resumed last."""
        return slice(rows.start - self._first, rows.stop - self._first)

    def resume(self, rows: slice, earlier: Sequence[GridPass | None]) -> None:
        """Make room for rows, and take over those passes that are of the first bars of their row."""
        self._first = rows.start
        self._make_room(rows.stop - rows.start)
        for place, before in enumerate(earlier):
            row = rows.start + place
            if before is not None and self._continues(before, row):
                self._begun[row], self._tails[row] = before.n_bars, before.tails
                self.joint[place], self.live[place], self.counts[place] = before.joint, before.live, before.counts
                self.evidences[place] = before.evidences

    def kept(self, rows: slice) -> Iterator[GridPass]:
        """What the kernel left of the rows that were resumed last; tails are those it began with."""
        for place, row in enumerate(range(rows.start, rows.stop)):
            yield GridPass(
                setting=self._setting,
                n_bars=self._scaled.shape[1],
                check=_digest(self._scaled[row]),
                joint=self.joint[place].copy(),  # not a view: one row in use must not keep all others
                live=self.live[place].copy(),
                counts=self.counts[place].copy(),
                evidences=self.evidences[place].copy(),
                tails=self._tails[row].copy(),
            )

    def _make_room(self, n_rows: int) -> None:
        n_densities, n_sets, n_states, width = self._shape
        self.joint: FloatArray = np.empty((n_rows, n_densities, n_sets, n_states, width))
        self.live: NDArray[np.uint32] = np.empty((n_rows, n_densities, n_states, width), np.uint32)
        self.counts: Indices = np.empty((n_rows, n_densities), np.int64)
        self.evidences: FloatArray = np.empty((n_rows, n_densities))

    def _continues(self, before: GridPass, row: int) -> bool:
        return (
            before.setting == self._setting
            and before.n_bars <= self._scaled.shape[1]
            and before.check == _digest(self._scaled[row, : before.n_bars])
        )


def most_pass_bytes(config: RegimeConfig) -> int:
    """Bytes that a pass of a symbol of this config may hold; zero where there is none."""
    if config.lookback is not None or config.estimator != "grid":
        return 0
    design = grid_design(config.n_states)
    n_states, n_tuples = design.tuples.shape
    n_densities = len(menu(config.observation != "close", config.emission))
    return n_densities * n_states * padded_width(n_tuples) * (8 * design.exits.shape[0] + 4)


def _digest(bars: FloatArray) -> bytes:
    return blake2b(bars.tobytes(), digest_size=16).digest()
