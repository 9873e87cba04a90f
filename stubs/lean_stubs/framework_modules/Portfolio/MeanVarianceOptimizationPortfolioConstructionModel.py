"""Weights by mean and variance (Algorithm.Framework/Portfolio/MeanVarianceOptimizationPortfolioConstructionModel.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from AlgorithmImports import (
    ArgumentNullException,
    Insight,
    PortfolioBias,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    Symbol,
    TradeBar,
)

from lean_stubs.insights.periods import span_of
from lean_stubs.portfolio_construction.past_returns import PastReturns
from lean_stubs.portfolio_construction.rebalancing import follow_in_python

from .MinimumVariancePortfolioOptimizer import MinimumVariancePortfolioOptimizer

__all__ = ["MeanVarianceOptimizationPortfolioConstructionModel", "MinimumVariancePortfolioOptimizer"]


class MeanVarianceOptimizationPortfolioConstructionModel(PortfolioConstructionModel):
    """Least variance for a wanted return, over the last returns and the insights' magnitudes; needs magnitudes."""

    def __init__(
        self,
        rebalance: Any = Resolution.DAILY,
        portfolio_bias: PortfolioBias = PortfolioBias.LONG_SHORT,
        lookback: int = 1,
        period: int = 63,
        resolution: Resolution = Resolution.DAILY,
        target_return: float = 0.02,
        optimizer: Any = None,
    ) -> None:
        super().__init__()
        self.lookback, self.period, self.resolution, self.portfolio_bias = lookback, period, resolution, portfolio_bias
        low = 0 if portfolio_bias == PortfolioBias.LONG else -1
        high = 0 if portfolio_bias == PortfolioBias.SHORT else 1
        self.optimizer = MinimumVariancePortfolioOptimizer(low, high, target_return) if optimizer is None else optimizer
        self._by_symbol: dict[Symbol, PastReturns] = {}
        follow_in_python(self, span_of(rebalance) if isinstance(rebalance, Resolution) else rebalance)

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        algorithm: Any = self.algorithm
        if len(PortfolioConstructionModel.filter_invalid_insight_magnitude(algorithm, [insight])) == 0:
            return False
        if insight.magnitude is None:
            raise ArgumentNullException(
                "magnitude", "MeanVarianceOptimizationPortfolioConstructionModel does not accept None as magnitude."
            )
        self._by_symbol[insight.symbol].add(algorithm.time, insight.magnitude)
        return True

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        if not active_insights:
            return {}
        symbols = [i.symbol for i in active_insights]
        returns = pd.DataFrame({str(s.id): r.series() for s, r in self._by_symbol.items() if s in symbols})
        weights = pd.Series(np.asarray(self.optimizer.optimize(returns)), index=returns.columns)
        out = {}
        for insight in active_insights:
            weight = float(weights[str(insight.symbol.id)])
            against = self.portfolio_bias != PortfolioBias.LONG_SHORT and np.sign(weight) != int(self.portfolio_bias)
            out[insight] = 0.0 if against else weight
        return out

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        super().on_securities_changed(algorithm, changes)
        for removed in changes.removed_securities:
            self._by_symbol.pop(removed.symbol).reset()
        symbols = [s.symbol for s in changes.added_securities]
        for symbol in symbols:
            if symbol not in self._by_symbol:
                self._by_symbol[symbol] = PastReturns(symbol, self.lookback, self.period)
        for bars in algorithm.history[TradeBar](symbols, self.lookback * self.period, self.resolution):
            for symbol, bar in bars.items():
                self._by_symbol[symbol].roc.update(bar.end_time, bar.value)
