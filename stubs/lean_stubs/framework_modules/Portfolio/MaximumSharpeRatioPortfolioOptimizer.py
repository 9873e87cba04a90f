"""Highest Sharpe ratio (Algorithm.Framework/Portfolio/MaximumSharpeRatioPortfolioOptimizer.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

__all__ = ["MaximumSharpeRatioPortfolioOptimizer"]


class MaximumSharpeRatioPortfolioOptimizer:
    """Weights within bounds that add up to 1; equal weights where the solver fails.

    Parameters
    ----------
    minimum_weight, maximum_weight : float
        Bounds of a weight.
    risk_free_rate : float
        Taken off the expected returns.
    """

    def __init__(self, minimum_weight: float = -1, maximum_weight: float = 1, risk_free_rate: float = 0) -> None:
        self.minimum_weight, self.maximum_weight, self.risk_free_rate = minimum_weight, maximum_weight, risk_free_rate

    def optimize(self, historical_returns: pd.DataFrame, expected_returns: Any = None, covariance: Any = None) -> Any:
        """Weights of the columns; arguments as of MinimumVariancePortfolioOptimizer."""
        from scipy.optimize import minimize  # type: ignore[import-untyped]

        covariance = historical_returns.cov() if covariance is None else covariance
        expected = (historical_returns.mean() if expected_returns is None else expected_returns) - self.risk_free_rate
        size = covariance.columns.size
        expected, covariance = np.asarray(expected), np.asarray(covariance)  # once, not at each evaluation
        start = np.full(size, 1.0 / size)
        found = minimize(
            lambda w: -np.dot(expected, w) / np.sqrt(self.portfolio_variance(w, covariance)),
            start,
            bounds=((self.minimum_weight, self.maximum_weight),) * size,
            constraints=({"type": "eq", "fun": lambda w: np.sum(w) - 1},),
            method="SLSQP",
        )
        return found["x"] if found["success"] else start

    def portfolio_variance(self, weights: Any, covariance: Any) -> float:
        """Variance of the weights' portfolio; raises ValueError where it is 0 with weights that are not."""
        variance = float(np.dot(weights.T, np.dot(covariance, weights)))
        if variance == 0 and np.any(weights):
            raise ValueError(
                f"MaximumSharpeRatioPortfolioOptimizer.portfolio_variance: Volatility cannot be zero. Weights: {weights}"
            )
        return variance
