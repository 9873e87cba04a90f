"""The cross-section of all symbols as one more series: an index of equal weights."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.config import RegimeConfig
from regime_framework.service.intake import History
from regime_framework.service.tracks import Tracks

__all__ = ["UNIVERSE", "Universe"]

UNIVERSE: Final = "universe"


class Universe:
    """An index of the mean return of all symbols with a bar, followed as though it were a symbol.

    Its history is the cross-section of the windows that are there at the first bar; from then on it takes one
    observation a bar. A symbol that joins later changes nothing before.
    """

    def __init__(self, config: RegimeConfig) -> None:
        self._config = config
        self.row: int | None = None

    def open(self, tracks: Tracks, members: Indices) -> History:
        """Take a row and build the history of the index, from level 1."""
        self.row = tracks.open(UNIVERSE, self._config)
        tracks.park(UNIVERSE)
        series = [tracks.series(int(row)) for row in members]
        ends = np.concatenate([ends for ends, _ in series]) if series else np.empty(0, np.int64)
        returns = np.concatenate([returns for _, returns in series]) if series else np.empty(0)
        # Sorted by return within a bar: the sum must not depend on the order of the symbols.
        order = np.lexsort((returns, ends))
        ends, returns = ends[order], returns[order]
        bars, firsts, counts = np.unique(ends, return_index=True, return_counts=True)
        means = np.add.reduceat(returns, firsts) / counts if len(bars) else returns
        # The first level needs an end of its own; any time before the first return will do.
        start = bars[:1] - 1
        return History(np.concatenate([start, bars]), np.exp(np.cumsum(np.concatenate([np.zeros(len(start)), means]))), None)

    def take(self, tracks: Tracks, returns: FloatArray, end: int) -> Indices:
        """Add the bar's cross-section; the index's row, or no row if nothing had a return."""
        known = returns[np.isfinite(returns)]
        if self.row is None or not len(known):
            return np.empty(0, np.int64)
        # fsum rounds once, so that the mean does not depend on the order of the symbols.
        mean = math.fsum(known) / len(known)
        level = tracks.last_close[self.row] if tracks.bars[self.row] else 1.0
        if not tracks.bars[self.row]:
            tracks.take_history(self.row, History(np.array([end - 1]), np.ones(1), None))
        rows, _ = tracks.take(np.array([self.row]), np.array([level * math.exp(mean)]), None, end)
        return rows
