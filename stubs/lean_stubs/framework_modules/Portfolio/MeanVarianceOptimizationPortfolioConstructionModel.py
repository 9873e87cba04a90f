"""Weights by mean and variance (Algorithm.Framework/Portfolio/MeanVarianceOptimizationPortfolioConstructionModel.py)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from AlgorithmImports import (
    ArgumentNullException,
    IndicatorDataPoint,
    Insight,
    PortfolioBias,
    PortfolioConstructionModel,
    QCAlgorithm,
    RateOfChange,
    Resolution,
    RollingWindow,
    SecurityChanges,
    Symbol,
    TradeBar,
)

from lean_stubs.insights.periods import span_of

from .MinimumVariancePortfolioOptimizer import MinimumVariancePortfolioOptimizer

__all__ = ["MeanVarianceOptimizationPortfolioConstructionModel", "MinimumVariancePortfolioOptimizer"]


class _Returns:
    """Past returns of one symbol and the magnitudes that insights foretold."""

    def __init__(self, symbol: Symbol, lookback: int, period: int) -> None:
        self._symbol = symbol
        self.roc = RateOfChange(f"{symbol}.roc({lookback})", lookback)
        self.roc.updated += self._on_updated
        self.window = RollingWindow(period)

    def _on_updated(self, roc: Any, point: IndicatorDataPoint) -> None:
        if roc.is_ready:
            self.window.add(point)

    def add(self, time: datetime, value: float) -> None:
        self.window.add(IndicatorDataPoint(self._symbol, time, value))

    def series(self) -> pd.Series:
        return pd.Series([x.value for x in self.window], index=[x.end_time for x in self.window])

    def reset(self) -> None:
        self.roc.updated -= self._on_updated
        self.roc.reset()
        self.window.reset()


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
        self._by_symbol: dict[Symbol, _Returns] = {}
        if isinstance(rebalance, Resolution):
            rebalance = span_of(rebalance)
        if isinstance(rebalance, timedelta):
            span = rebalance
            self.set_rebalancing_func(lambda utc: utc + span)
        elif rebalance:
            self.set_rebalancing_func(rebalance)

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
                self._by_symbol[symbol] = _Returns(symbol, self.lookback, self.period)
        for bars in algorithm.history[TradeBar](symbols, self.lookback * self.period, self.resolution):
            for symbol, bar in bars.items():
                self._by_symbol[symbol].roc.update(bar.end_time, bar.value)
