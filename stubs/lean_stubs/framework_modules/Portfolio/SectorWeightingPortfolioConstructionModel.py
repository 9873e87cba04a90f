"""SectorWeightingPortfolioConstructionModel as a Python class."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import SectorWeightingPortfolioConstructionModel as Compiled

__all__ = ["SectorWeightingPortfolioConstructionModel"]


class SectorWeightingPortfolioConstructionModel(Compiled):
    """The rule of LEAN's compiled model of that name; a subclass may say what a security's sector is."""

    def _sector(self, security: Any) -> str:
        return str(self.get_sector_code(security) or "")
