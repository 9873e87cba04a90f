"""ConfidenceWeighted as a Python class."""

from __future__ import annotations

from AlgorithmImports import Insight

from .InsightWeightingPortfolioConstructionModel import InsightWeightingPortfolioConstructionModel

__all__ = ["ConfidenceWeightedPortfolioConstructionModel"]


class ConfidenceWeightedPortfolioConstructionModel(InsightWeightingPortfolioConstructionModel):
    """Shares by confidence."""

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return insight.confidence is not None

    def get_value(self, insight: Insight) -> float:
        return insight.confidence  # type: ignore[return-value]
