"""Insights and where they are kept."""

from lean_stubs.insights.collection import InsightCollection
from lean_stubs.insights.enums import InsightDirection, InsightScoreType, InsightType
from lean_stubs.insights.generated import GeneratedInsightsCollection
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.manager import InsightManager
from lean_stubs.insights.score import InsightScore

__all__ = [
    "GeneratedInsightsCollection",
    "Insight",
    "InsightCollection",
    "InsightDirection",
    "InsightManager",
    "InsightScore",
    "InsightScoreType",
    "InsightType",
]
