"""Least variance at a wanted return (Algorithm.Framework/Portfolio/MinimumVariancePortfolioOptimizer.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

__all__ = ["MinimumVariancePortfolioOptimizer"]


class MinimumVariancePortfolioOptimizer:
    """Weights within bounds that add up to 1, scaled to an absolute sum of 1; equal weights where the solver fails.

    Parameters
    ----------
    minimum_weight, maximum_weight : float
        Bounds of a weight.
    target_return : float
        Return that the weights must give.
    """

    def __init__(self, minimum_weight: float = -1, maximum_weight: float = 1, target_return: float = 0.02) -> None:
        self.minimum_weight, self.maximum_weight, self.target_return = minimum_weight, maximum_weight, target_return

    def optimize(self, historical_returns: pd.DataFrame, expected_returns: Any = None, covariance: Any = None) -> Any:
        """Weights of the columns.

        Parameters
        ----------
        historical_returns : DataFrame, shape (T, S)
            Returns, one column an asset.
        expected_returns : array, shape (S,), optional
            Instead of the means.
        covariance : array, shape (S, S), optional
            Instead of the sample covariance.
        """
        from scipy.optimize import minimize  # type: ignore[import-untyped]

        # As an array once: the solver evaluates it a thousand times where no weights reach the wanted return.
        covariance = np.asarray(historical_returns.cov() if covariance is None else covariance)
        expected = np.asarray(historical_returns.mean() if expected_returns is None else expected_returns)
        size = historical_returns.columns.size
        start = np.full(size, 1.0 / size)
        found = minimize(
            lambda w: self.portfolio_variance(w, covariance),
            start,
            bounds=((self.minimum_weight, self.maximum_weight),) * size,
            constraints={"type": "eq", "fun": lambda w: np.array([np.sum(w) - 1, np.dot(expected, w) - self.target_return])},
            method="SLSQP",
        )
        return found["x"] / np.sum(np.abs(found["x"])) if found["success"] else start

    def portfolio_variance(self, weights: Any, covariance: Any) -> float:
        """Variance of the weights' portfolio; raises ValueError where it is 0 with weights that are not."""
        variance = float(np.dot(weights.T, np.dot(covariance, weights)))
        if variance == 0 and np.any(weights):
            raise ValueError(f"MinimumVariancePortfolioOptimizer.portfolio_variance: Volatility cannot be zero. Weights: {weights}")
        return variance
