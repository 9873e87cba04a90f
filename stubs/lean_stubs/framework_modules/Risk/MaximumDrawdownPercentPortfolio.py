"""MaximumDrawdownPercentPortfolio as a Python class."""

from __future__ import annotations

from AlgorithmImports import MaximumDrawdownPercentPortfolio as Compiled

__all__ = ["MaximumDrawdownPercentPortfolio"]


class MaximumDrawdownPercentPortfolio(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
