"""Long-only weights of equal risk (Algorithm.Framework/Portfolio/RiskParityPortfolioConstructionModel.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from AlgorithmImports import (
    ArgumentException,
    Insight,
    PortfolioBias,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    Symbol,
    SymbolCache,
)

from lean_stubs.insights.periods import span_of
from lean_stubs.portfolio_construction.past_returns import PastReturns
from lean_stubs.portfolio_construction.rebalancing import follow_in_python

from .RiskParityPortfolioOptimizer import RiskParityPortfolioOptimizer

__all__ = ["RiskParityPortfolioConstructionModel", "RiskParityPortfolioOptimizer"]


class RiskParityPortfolioConstructionModel(PortfolioConstructionModel):
    """Weights do not depend on the insights' directions; needs forwarded on_securities_changed to know any returns."""

    def __init__(
        self,
        rebalance: Any = Resolution.DAILY,
        portfolio_bias: PortfolioBias = PortfolioBias.LONG_SHORT,
        lookback: int = 1,
        period: int = 252,
        resolution: Resolution = Resolution.DAILY,
        optimizer: Any = None,
    ) -> None:
        super().__init__()
        if portfolio_bias == PortfolioBias.SHORT:
            raise ArgumentException("Long position must be allowed in RiskParityPortfolioConstructionModel.")
        self.lookback, self.period, self.resolution = lookback, period, resolution
        self.optimizer = RiskParityPortfolioOptimizer() if optimizer is None else optimizer
        self._by_symbol: dict[Symbol, PastReturns] = {}
        # LEAN's file turns ints, which a Resolution is not, into a span: a Resolution leaves the model without a function.
        follow_in_python(self, span_of(Resolution(rebalance)) if isinstance(rebalance, int) else rebalance)

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        if not active_insights:
            return {}
        symbols = [i.symbol for i in active_insights]
        returns = pd.DataFrame({str(s): r.series() for s, r in self._by_symbol.items() if s in symbols})
        weights = pd.Series(np.asarray(self.optimizer.optimize(returns)), index=returns.columns)
        return {i: weights[str(i.symbol)] for i in active_insights}

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        super().on_securities_changed(algorithm, changes)
        for removed in changes.removed_securities:
            gone = self._by_symbol.pop(removed.symbol)
            gone.reset()
            algorithm.unregister_indicator(gone.roc)
        frame = algorithm.history([s.symbol for s in changes.added_securities], self.lookback * self.period, self.resolution)
        if frame.empty:
            return
        for level in frame.index.levels[0]:
            symbol = SymbolCache.get_symbol(str(level))
            if symbol not in self._by_symbol:
                known = self._by_symbol[symbol] = PastReturns(symbol, self.lookback, self.period)
                for row in frame.loc[level].itertuples():
                    known.roc.update(row.Index, row.close)
                algorithm.register_indicator(symbol, known.roc, self.resolution)
