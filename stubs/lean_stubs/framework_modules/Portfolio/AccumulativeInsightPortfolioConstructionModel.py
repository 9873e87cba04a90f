"""AccumulativeInsight as a Python class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from AlgorithmImports import Insight, InsightDirection, PortfolioBias, PortfolioTarget, QCAlgorithm, Symbol

from .EqualWeightingPortfolioConstructionModel import EqualWeightingPortfolioConstructionModel

__all__ = ["AccumulativeInsightPortfolioConstructionModel"]


class AccumulativeInsightPortfolioConstructionModel(EqualWeightingPortfolioConstructionModel):
    """Every active insight adds a fixed share in its direction; a flat one takes a step back towards zero."""

    def __init__(
        self, rebalance: Any = None, portfolio_bias: PortfolioBias = PortfolioBias.LONG_SHORT, percent: float = 0.03
    ) -> None:
        super().__init__(rebalance)
        self.portfolio_bias, self.percent = portfolio_bias, abs(percent)
        self._utc: Any = None

    def create_targets(self, algorithm: QCAlgorithm, insights: Iterable[Insight]) -> list[PortfolioTarget]:
        self._utc = algorithm.utc_time
        return super().create_targets(algorithm, insights)

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        algorithm: Any = self.algorithm
        shares: dict[Symbol, float] = {}
        for insight in sorted(algorithm.insights.get_active_insights(self._utc), key=lambda i: i.generated_time_utc):
            share = shares.get(insight.symbol, 0.0)
            if insight.symbol in shares and insight.direction == InsightDirection.FLAT:
                share = 0.0 if abs(share) < self.percent else share - self.percent if share > 0 else share + self.percent
            share += self.percent * int(insight.direction)
            if self.portfolio_bias != PortfolioBias.LONG_SHORT and (share > 0) - (share < 0) != int(self.portfolio_bias):
                share = 0.0
            shares[insight.symbol] = share
        return {i: shares[i.symbol] for i in active_insights}
