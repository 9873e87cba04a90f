"""NullPortfolioConstructionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import NullPortfolioConstructionModel as Compiled

__all__ = ["NullPortfolioConstructionModel"]


class NullPortfolioConstructionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
