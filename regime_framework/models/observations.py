"""Prices to observations: a return and, where the whole bar is known, a range-based variance."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from regime_framework._typing import Closes, FloatArray

__all__ = ["bar_observations", "believable_variances", "observe_bars", "observe_closes"]

_CLOSE_TO_OPEN: Final = 2.0 * math.log(2.0) - 1.0
# Medians of a window past which a range is taken for a false high or low, unless the close confirms it.
_MOST_MEDIANS: Final = 25.0


def observe_closes(closes: Closes) -> FloatArray:
    """Log returns.

    Parameters
    ----------
    closes : ndarray, shape (T,)

    Returns
    -------
    ndarray, shape (T - 1,)
    """
    closes = np.asarray(closes, dtype=np.float64)
    return np.asarray(np.log(closes[1:] / closes[:-1]))


def bar_observations(bars: FloatArray, previous_closes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log return and variance of each of n bars.

    The variance is Garman and Klass's (1980) for the session plus the squared overnight return.

    Parameters
    ----------
    bars : ndarray, shape (n, 4)
        Open, high, low, close.
    previous_closes : ndarray, shape (n,)

    Returns
    -------
    returns, variances : ndarray, shape (n,)
    """
    open_, high, low, close = np.asarray(bars, dtype=np.float64).T
    returns = np.log(close / previous_closes)
    # Never negative: |close - open| is at most the range and 2 log 2 - 1 is below one half.
    session = 0.5 * np.log(high / low) ** 2 - _CLOSE_TO_OPEN * np.log(close / open_) ** 2
    return returns, np.maximum(session, 0.0) + np.log(open_ / previous_closes) ** 2


def observe_bars(bars: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log returns and variances of one symbol's bars.

    Parameters
    ----------
    bars : ndarray, shape (T, 4)
        Open, high, low, close.

    Returns
    -------
    returns, variances : ndarray, shape (T - 1,)
    """
    bars = np.asarray(bars, dtype=np.float64)
    return bar_observations(bars[1:], bars[:-1, 3])


def believable_variances(returns: FloatArray, variances: FloatArray, held: int | None = None) -> FloatArray:
    """Variances to train on: those of false highs and lows replaced, each row on its own.

    A single low at a tenth of the price outweighs all other days of a window. A variance of more than 25 medians of its
    window that the squared return does not reach is replaced by the squared return, or by the median where that is more.

    Parameters
    ----------
    returns, variances : ndarray, shape (S, T)
    held : int, optional
        Bars from which the median and the mean return are taken; all by default.

    Returns
    -------
    ndarray, shape (S, T)
    """
    medians = np.median(variances[:, :held], axis=1, keepdims=True)
    suspects = variances > np.where(medians > 0.0, _MOST_MEDIANS * medians, np.inf)
    if not suspects.any():
        return variances
    # A sum row by row: what a row becomes must not depend on the others.
    squares = np.array([np.square(row - row[:held].mean()) for row in returns])
    return np.where(suspects & (variances > squares), np.maximum(squares, medians), variances)
