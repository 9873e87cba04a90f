"""Models for LEAN's algorithm framework; importable inside LEAN or beside the stand-in for it."""

from __future__ import annotations

from regime_framework.lean.alpha import RegimeAlphaModel
from regime_framework.lean.classic import HiddenRegimeAlgorithm, HiddenRegimeAlgorithmOptimized
from regime_framework.lean.feed import DailyBarFeed
from regime_framework.lean.indicator import RegimeIndicator
from regime_framework.lean.object_store import ObjectModelStore
from regime_framework.lean.portfolio import RegimePortfolioConstructionModel
from regime_framework.lean.risk import RegimeRiskManagementModel
from regime_framework.lean.tags import RegimeTag
from regime_framework.lean.universe import RegimeUniverseSelectionModel

__all__ = [
    "DailyBarFeed",
    "HiddenRegimeAlgorithm",
    "HiddenRegimeAlgorithmOptimized",
    "ObjectModelStore",
    "RegimeAlphaModel",
    "RegimeIndicator",
    "RegimePortfolioConstructionModel",
    "RegimeRiskManagementModel",
    "RegimeTag",
    "RegimeUniverseSelectionModel",
]
