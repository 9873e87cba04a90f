"""The windows of all symbols over one stretch of bars, for the training of their market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.config import RegimeConfig
from regime_framework.service.tracks import Tracks

__all__ = ["CrossSection", "bars_before", "cross_section"]


@dataclass(frozen=True, slots=True, eq=False)
class CrossSection:
    """Observations of several symbols at the same bars, oldest first.

    Parameters
    ----------
    members : tuple of str
        Sorted; empty if the rows below are one row, the index of all symbols.
    returns : ndarray, shape (S, T)
    variances : ndarray, shape (S, T), or None
        NaN for a bar that came without a range; None if no bar had one or none is wanted.
    first, last : int
        End of the first and of the last bar, in microseconds since 1970.
    """

    members: tuple[str, ...]
    returns: FloatArray
    variances: FloatArray | None
    first: int
    last: int


def cross_section(tracks: Tracks, symbols: Sequence[str], rows: Indices, config: RegimeConfig, before: int) -> CrossSection | None:
    """The market's training window, from bars that ended before a moment; None if there are too few.

    The window is as long as more than half of the symbols with `min_bars` bars allow, `lookback` at most. Members are
    those whose bars end together throughout it. Where symbols keep different hours several sets do; of those at
    least half as large as the largest, the one whose bars go furthest is taken. A symbol that lacks a bar of the
    window is left out, since a hole would have to be filled with a guess. With fewer than two members the window is
    that of the index: the mean return of all symbols that have a bar.

    Parameters
    ----------
    tracks : Tracks
    symbols, rows : sequence of str, ndarray
        All symbols followed, sorted, and their rows.
    config : RegimeConfig
        Of the market.
    before : int
        Microseconds since 1970.
    """
    ends, returns = [], []
    for row in rows.tolist():
        its_ends, its_returns = tracks.series(row)
        count = int(np.searchsorted(its_ends, before))
        ends.append(its_ends[:count])
        returns.append(its_returns[:count])
    least, most = config.min_bars - 1, None if config.lookback is None else config.lookback - 1
    lengths = sorted((len(its) for its in ends if len(its) >= least), reverse=True)
    if len(lengths) >= 2:
        length = lengths[len(lengths) // 2]
        length = length if most is None else min(length, most)
        places = _aligned(ends, length)
        if len(places) >= 2:
            return _members(tracks, symbols, rows, config, [(place, len(ends[place])) for place in places], length, ends)
    return _index(ends, returns, least, most)


def bars_before(tracks: Tracks, rows: Indices, before: int) -> int:
    """Bars of the index of all symbols that ended before a moment, as far as they are still known."""
    ends = np.unique(np.concatenate([tracks.series(row)[0] for row in rows.tolist()]))
    count = int(np.searchsorted(ends, before))
    return count + 1 if count else 0  # the first bar of all has no return


def _aligned(ends: Sequence[Indices], length: int) -> list[int]:
    groups: dict[bytes, list[int]] = {}
    for place, its in enumerate(ends):
        if len(its) >= length:
            groups.setdefault(its[-length:].tobytes(), []).append(place)
    largest = max(map(len, groups.values()))
    rivals = [places for places in groups.values() if 2 * len(places) >= largest]
    # Of two that go equally far the larger, then the one that holds the first symbol: groups come in that order.
    return max(rivals, key=lambda places: (int(ends[places[0]][-1]), len(places)))


def _members(
    tracks: Tracks,
    symbols: Sequence[str],
    rows: Indices,
    config: RegimeConfig,
    places: Sequence[tuple[int, int]],
    length: int,
    ends: Sequence[Indices],
) -> CrossSection:
    windows = [(tracks.window(int(rows[place])), slice(count - length, count)) for place, count in places]
    returns = np.stack([window.returns[which] for window, which in windows])
    variances = None
    if config.observation != "close" and any(window.variances is not None for window, _ in windows):
        absent = np.full(length, np.nan)
        variances = np.stack([absent if window.variances is None else window.variances[which] for window, which in windows])
        variances = None if np.isnan(variances).all() else variances
    common = ends[places[0][0]][-length:]
    return CrossSection(tuple(symbols[place] for place, _ in places), returns, variances, int(common[0]), int(common[-1]))


def _index(ends: Sequence[Indices], returns: Sequence[FloatArray], least: int, most: int | None) -> CrossSection | None:
    if not ends:
        return None
    at, values = np.concatenate(ends), np.concatenate(returns)
    # By return within a bar: the sum must not depend on the order of the symbols.
    order = np.lexsort((values, at))
    bars, firsts, counts = np.unique(at[order], return_index=True, return_counts=True)
    if len(bars) < least:
        return None
    means = np.add.reduceat(values[order], firsts) / counts
    bars, means = (bars, means) if most is None else (bars[-most:], means[-most:])
    return CrossSection((), means[None], None, int(bars[0]), int(bars[-1]))
