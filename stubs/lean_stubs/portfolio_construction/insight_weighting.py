"""Shares by the insights' weights (Algorithm.Framework/Portfolio/InsightWeightingPortfolioConstructionModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.overrides import compiled
from lean_stubs.insights.insight import Insight
from lean_stubs.portfolio_construction.equal_weighting import EqualWeightingPortfolioConstructionModel, check_insights
from lean_stubs.portfolio_construction.percents import InsightPercents

__all__ = ["InsightWeightingPortfolioConstructionModel"]


class InsightWeightingPortfolioConstructionModel(
    EqualWeightingPortfolioConstructionModel, clr="QuantConnect.Algorithm.Framework.Portfolio"
):
    """Direction times absolute weight; scaled down, never up, to a sum of 1 over insights that respect the bias."""

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        return insight._state.weight is not None

    def get_value(self, insight: Insight) -> float:
        return abs(insight._state.weight or 0.0)

    def determine_target_percent(self, active_insights: list[Insight]) -> Any:
        insights = check_insights(active_insights)
        value, respects = compiled(self, "get_value"), compiled(self, "respect_portfolio_bias")
        total = 0.0
        for insight in insights:
            if respects(insight):
                total += value(insight)
        factor = 1 / total if total > 1 else 1.0
        return InsightPercents({i: self._direction(i) * value(i) * factor for i in insights})
