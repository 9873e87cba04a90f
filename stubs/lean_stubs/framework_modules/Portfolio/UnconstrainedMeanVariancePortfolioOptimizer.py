"""Expected returns times inverse covariance (Algorithm.Framework/Portfolio/UnconstrainedMeanVariancePortfolioOptimizer.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

__all__ = ["UnconstrainedMeanVariancePortfolioOptimizer"]


class UnconstrainedMeanVariancePortfolioOptimizer:
    """No bounds and no budget."""

    def optimize(self, historical_returns: pd.DataFrame, expected_returns: Any = None, covariance: Any = None) -> Any:
        """Weights of the columns; arguments as of MinimumVariancePortfolioOptimizer."""
        expected = historical_returns.mean() if expected_returns is None else expected_returns
        covariance = historical_returns.cov() if covariance is None else covariance
        return np.dot(expected, np.linalg.inv(covariance))
