"""Moments of windows, row by row: no bit of one depends on how many there are."""

from __future__ import annotations

from regime_framework._typing import FloatArray
from regime_framework.models._jit import compact, kernel

__all__ = ["row_moments"]


@kernel
def row_moments(x: FloatArray, means: FloatArray, variances: FloatArray) -> None:
    """Mean and mean squared deviation of each row of x (S, T), each (S,)."""
    compact()
    n_rows, n_bars = x.shape
    for s in range(n_rows):
        total = 0.0
        for t in range(n_bars):
            total += x[s, t]
        mean = total / n_bars
        total = 0.0
        for t in range(n_bars):
            total += (x[s, t] - mean) * (x[s, t] - mean)
        means[s], variances[s] = mean, total / n_bars
