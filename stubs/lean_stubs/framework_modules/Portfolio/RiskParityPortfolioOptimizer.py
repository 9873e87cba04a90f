"""Weights of equal risk: the minimum of w'Sw/2 - b'log(w), normalised (Spinu 2013, SSRN 2297383)."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["RiskParityPortfolioOptimizer"]


class RiskParityPortfolioOptimizer:
    """Long only; each asset carries the same share of risk.

    Parameters
    ----------
    minimum_weight, maximum_weight : float
        Bounds put on the normalised weights.
    """

    def __init__(self, minimum_weight: float = 1e-05, maximum_weight: float = sys.float_info.max) -> None:
        self.minimum_weight = max(minimum_weight, 1e-05)
        self.maximum_weight = max(maximum_weight, minimum_weight)

    def optimize(self, historical_returns: pd.DataFrame, budget: Any = None, covariance: Any = None) -> Any:
        """Weights of the columns; equal ones where the minimisation fails.

        Parameters
        ----------
        historical_returns : DataFrame, shape (T, S)
            Returns, one column an asset.
        budget : array, shape (S,), optional
            Shares of risk; equal without it.
        covariance : array, shape (S, S), optional
            Instead of the sample covariance.
        """
        from scipy.optimize import minimize  # type: ignore[import-untyped]

        if covariance is None:
            covariance = np.cov(historical_returns.T)
        size = historical_returns.columns.size
        start = np.full(size, 1.0 / size)
        share = start if budget is None else budget
        found = minimize(
            lambda w: 0.5 * w @ covariance @ w - share @ np.log(w),
            x0=start,
            jac=lambda w: covariance @ w - share / w,
            hess=lambda w: covariance + np.diag(share / w**2),
            method="Newton-CG",
        )
        if not found["success"]:
            return start
        return np.clip(found["x"] / found["x"].sum(), self.minimum_weight, self.maximum_weight)
