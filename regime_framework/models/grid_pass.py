"""How far the candidates of a grid have come over a window that only grows, so that a later fit goes on from there."""

from __future__ import annotations

from collections.abc import Sequence
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

__all__ = ["GridPass", "Passes", "held_bars", "most_pass_bytes", "rows_at_once"]

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
    """Room for the passes of some rows, as the kernel takes it; none where nothing is to be kept.

    Parameters
    ----------
    n_rows : int
    design : GridDesign
    n_densities : int
    """

    def __init__(self, n_rows: int, design: GridDesign, n_densities: int) -> None:
        n_states, n_tuples = design.tuples.shape
        width = padded_width(n_tuples)
        self.joint: FloatArray = np.empty((n_rows, n_densities, design.exits.shape[0], n_states, width))
        self.live: NDArray[np.uint32] = np.empty((n_rows, n_densities, n_states, width), np.uint32)
        self.counts: Indices = np.empty((n_rows, n_densities), np.int64)
        self.evidences: FloatArray = np.empty((n_rows, n_densities))

    def __len__(self) -> int:
        return self.joint.shape[0]

    def resume(
        self,
        setting: tuple[object, ...],
        scaled: FloatArray,
        earlier: Sequence[GridPass | None],
        begun: Indices,
        tails: FloatArray,
    ) -> None:
        """Take over the passes that are of this setting and of the first bars of their row (S, T) of scaled proxies.

        begun (S,) and tails (S, E, M) are written for such rows.
        """
        n_bars = scaled.shape[1]
        for row, before in enumerate(earlier):
            if before is None or before.setting != setting or before.n_bars > n_bars:
                continue
            if before.check == _digest(scaled[row, : before.n_bars]):
                begun[row], tails[row] = before.n_bars, before.tails
                self.joint[row], self.live[row], self.counts[row] = before.joint, before.live, before.counts
                self.evidences[row] = before.evidences

    def kept(self, setting: tuple[object, ...], scaled: FloatArray, tails: FloatArray) -> tuple[GridPass, ...]:
        """What the kernels left, by row."""
        return tuple(
            GridPass(
                setting=setting,
                n_bars=scaled.shape[1],
                check=_digest(scaled[row]),
                joint=self.joint[row].copy(),  # not a view: one row in use must not keep all others
                live=self.live[row].copy(),
                counts=self.counts[row].copy(),
                evidences=self.evidences[row].copy(),
                tails=tails[row].copy(),
            )
            for row in range(len(self))
        )


def rows_at_once(design: GridDesign, n_densities: int) -> int:
    """Rows whose passes may be in memory twice, as those of one call of the kernel are."""
    return max(1, _MOST_ROOM // _bytes(design, n_densities))


def most_pass_bytes(config: RegimeConfig) -> int:
    """Bytes that a pass of a symbol of this config may hold; zero where there is none."""
    if config.lookback is not None or config.estimator != "grid":
        return 0
    return _bytes(grid_design(config.n_states), len(menu(config.observation != "close", config.emission)))


def _bytes(design: GridDesign, n_densities: int) -> int:
    n_states, n_tuples = design.tuples.shape
    return n_densities * n_states * padded_width(n_tuples) * (8 * design.exits.shape[0] + 4)


def _digest(bars: FloatArray) -> bytes:
    return blake2b(bars.tobytes(), digest_size=16).digest()
