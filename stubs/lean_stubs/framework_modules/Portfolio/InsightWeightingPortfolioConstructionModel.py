"""InsightWeighting as a Python class."""

from __future__ import annotations

from AlgorithmImports import Insight

from .EqualWeightingPortfolioConstructionModel import EqualWeightingPortfolioConstructionModel

__all__ = ["InsightWeightingPortfolioConstructionModel"]


class InsightWeightingPortfolioConstructionModel(EqualWeightingPortfolioConstructionModel):
    """Shares by absolute weight, scaled down to a sum of 1 where it is more."""

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return insight.weight is not None

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        total = sum(self.get_value(i) for i in active_insights if self.respect_portfolio_bias(i))
        factor = 1 / total if total > 1 else 1.0
        return {
            i: int(i.direction) * self.get_value(i) * factor if self.respect_portfolio_bias(i) else 0.0 for i in active_insights
        }

    def get_value(self, insight: Insight) -> float:
        return abs(insight.weight)  # type: ignore[arg-type]
