"""Shares by the insights' confidence (Algorithm.Framework/Portfolio/ConfidenceWeightedPortfolioConstructionModel.cs)."""

from __future__ import annotations

from lean_stubs.insights.insight import Insight
from lean_stubs.portfolio_construction.insight_weighting import InsightWeightingPortfolioConstructionModel

__all__ = ["ConfidenceWeightedPortfolioConstructionModel"]


class ConfidenceWeightedPortfolioConstructionModel(
    InsightWeightingPortfolioConstructionModel, clr="QuantConnect.Algorithm.Framework.Portfolio"
):
    """As InsightWeighting, with confidence as given: a negative one turns the direction round."""

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return insight._state.confidence is not None

    def get_value(self, insight: Insight) -> float:
        return insight._state.confidence or 0.0
