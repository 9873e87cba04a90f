"""One history request for many symbols, taken apart into daily bars per symbol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from AlgorithmImports import DataNormalizationMode, Resolution

from regime_framework._typing import FloatArray
from regime_framework.config import RegimeConfig

if TYPE_CHECKING:
    import pandas as pd
    from AlgorithmImports import QCAlgorithm, Symbol

    from regime_framework.lean.line import DailyLine

__all__ = ["daily_history", "history_length", "past_of_lines"]

_EXPANDING: Final = 2520  # ten years: what an expanding window starts from
_FIELDS: Final = ["open", "high", "low", "close"]


def history_length(configs: Iterable[RegimeConfig]) -> int:
    """Bars that fill the longest window of these configs: one more than the window, n returns need n + 1 prices."""
    return max(max(config.lookback or _EXPANDING, config.min_bars) for config in configs) + 1


def daily_history(
    algorithm: QCAlgorithm, symbols: Sequence[Symbol], n_bars: int, *, raw: Sequence[Symbol] = ()
) -> dict[str, tuple[list[datetime], FloatArray]]:
    """Daily bars up to now of several symbols, by one request; by a second one where some trade in raw prices.

    Parameters
    ----------
    algorithm : QCAlgorithm
    symbols : sequence of Symbol
    n_bars : int
        Bars asked for; a young symbol gives fewer.
    raw : sequence of Symbol
        Symbols that trade in raw prices: their past is scaled to the level of now, or a split would look like a crash.

    Returns
    -------
    dict
        By ``str(symbol.id)``: exchange-local bar ends and prices, shape (T, 4) as open, high, low, close, or (T,)
        where only closes exist. A symbol without data is left out.
    """
    found: dict[str, tuple[list[datetime], FloatArray]] = {}
    # Without fill-forward: a day that did not trade is no information, and a frame does not say which rows are filled.
    if symbols:
        found |= _by_symbol(algorithm.history(list(symbols), n_bars, Resolution.DAILY, fill_forward=False))
    if raw:
        mode = DataNormalizationMode.SCALED_RAW
        frame = algorithm.history(list(raw), n_bars, Resolution.DAILY, fill_forward=False, data_normalization_mode=mode)
        found |= _by_symbol(frame)
    return found


def past_of_lines(algorithm: QCAlgorithm, lines: Iterable[DailyLine], n_bars: int) -> dict[str, tuple[list[datetime], FloatArray]]:
    """Daily bars up to now of lines of the feed, as :func:`daily_history` gives them."""
    symbols: dict[bool, list[Symbol]] = {False: [], True: []}
    for line in lines:
        symbols[line.raw].append(line.symbol)
    return daily_history(algorithm, symbols[False], n_bars, raw=symbols[True])


def _by_symbol(frame: pd.DataFrame) -> Iterator[tuple[str, tuple[list[datetime], FloatArray]]]:
    if frame.empty or "close" not in frame.columns:
        return
    # LEAN leaves a column out when it is zero throughout.
    whole = all(field in frame.columns for field in _FIELDS)
    prices = frame[_FIELDS if whole else ["close"]].to_numpy(dtype=np.float64)
    index: Any = frame.index
    ends = [moment.to_pydatetime() for moment in index.get_level_values(1)]
    # Level codes instead of the Symbol objects: comparing those crosses into the engine for every row.
    codes = np.asarray(index.codes[0])
    cuts = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes)]
    for start, stop in pairwise(cuts):
        rows = prices[start:stop]
        symbol = index.levels[0][codes[start]]
        yield str(symbol.id), (ends[start:stop], np.ascontiguousarray(rows if whole else rows[:, 0]))
