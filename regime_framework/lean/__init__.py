"""Models for LEAN's algorithm framework; importable inside LEAN or beside the stand-in for it."""

from __future__ import annotations

from regime_framework.lean.alpha import RegimeAlphaModel
from regime_framework.lean.feed import DailyBarFeed
from regime_framework.lean.portfolio import RegimePortfolioConstructionModel
from regime_framework.lean.tags import RegimeTag

__all__ = ["DailyBarFeed", "RegimeAlphaModel", "RegimePortfolioConstructionModel", "RegimeTag"]
