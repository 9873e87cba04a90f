"""EqualWeighting as a Python class: an inner model of this kind has no hooks that compiled code sees."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import Insight, InsightDirection, PortfolioBias, PortfolioConstructionModel, Resolution

from lean_stubs.insights.periods import span_of
from lean_stubs.portfolio_construction.rebalancing import follow_in_python

__all__ = ["EqualWeightingPortfolioConstructionModel"]


class EqualWeightingPortfolioConstructionModel(PortfolioConstructionModel):
    """The same share for every insight that is not flat and respects the bias."""

    def __init__(self, rebalance: Any = Resolution.DAILY, portfolio_bias: PortfolioBias = PortfolioBias.LONG_SHORT) -> None:
        super().__init__()
        self.portfolio_bias = portfolio_bias
        follow_in_python(self, span_of(rebalance) if isinstance(rebalance, Resolution) else rebalance)

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        count = sum(i.direction != InsightDirection.FLAT and self.respect_portfolio_bias(i) for i in active_insights)
        share = 1.0 / count if count else 0.0
        return {i: int(i.direction) * share if self.respect_portfolio_bias(i) else 0.0 for i in active_insights}

    def respect_portfolio_bias(self, insight: Insight) -> bool:
        return self.portfolio_bias == PortfolioBias.LONG_SHORT or insight.direction == self.portfolio_bias
