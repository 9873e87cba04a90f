"""Performance figures of a curve of values; pure functions, NaN where a figure does not exist."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray
from regime_framework.reporting.results import Curve

__all__ = ["Performance", "annual_periods", "drawdowns", "measure", "returns", "years"]

_YEAR = np.timedelta64(31_557_600, "s")  # 365.25 days


@dataclass(frozen=True, slots=True)
class Performance:
    """Figures of one curve.

    Parameters
    ----------
    total_return, cagr, volatility, maximum_drawdown : float
        Fractions; the drawdown is zero or negative; volatility is annualised.
    sharpe : float
        Annualised mean over annualised standard deviation of the periods' returns, no risk-free rate taken off.
    """

    total_return: float
    cagr: float
    volatility: float
    sharpe: float
    maximum_drawdown: float


def years(times: NDArray[np.datetime64]) -> float:
    """Calendar years from first to last time."""
    return float((times[-1] - times[0]) / _YEAR) if len(times) > 1 else 0.0


def annual_periods(times: NDArray[np.datetime64]) -> float:
    """Periods a year, from the curve itself: about 252 for trading days, 365 for calendar days."""
    span = years(times)
    return (len(times) - 1) / span if span else math.nan


def returns(values: FloatArray) -> FloatArray:
    """Simple returns, shape (T - 1,)."""
    return values[1:] / values[:-1] - 1.0


def drawdowns(values: FloatArray) -> FloatArray:
    """Fall from the highest value so far, shape (T,), zero or negative."""
    falls: FloatArray = values / np.maximum.accumulate(values) - 1.0
    return falls


def measure(curve: Curve) -> Performance:
    """All figures of a curve that starts above zero."""
    values = curve.values
    if len(values) < 2:
        return Performance(math.nan, math.nan, math.nan, math.nan, math.nan)
    growth = float(values[-1] / values[0])
    worst = float(np.min(drawdowns(values)))
    if np.any(values <= 0.0):
        # An account that lost everything has no returns to average.
        return Performance(growth - 1.0, -1.0 if growth <= 0.0 else math.nan, math.nan, math.nan, worst)
    moves = returns(values)
    periods = annual_periods(curve.times)
    deviation = float(np.std(moves, ddof=1)) if len(moves) > 1 else math.nan
    # A standard deviation that is rounding error makes no ratio.
    moved = deviation > 1e-14
    return Performance(
        total_return=growth - 1.0,
        # A few wild days, annualised, may pass what a float holds.
        cagr=math.expm1(min(math.log(growth) / years(curve.times), 700.0)),
        volatility=deviation * math.sqrt(periods),
        sharpe=float(np.mean(moves)) / deviation * math.sqrt(periods) if moved else math.nan,
        maximum_drawdown=worst,
    )
