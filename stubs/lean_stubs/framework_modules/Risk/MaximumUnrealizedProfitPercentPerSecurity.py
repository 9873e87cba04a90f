"""MaximumUnrealizedProfitPercentPerSecurity as a Python class."""

from __future__ import annotations

from AlgorithmImports import MaximumUnrealizedProfitPercentPerSecurity as Compiled

__all__ = ["MaximumUnrealizedProfitPercentPerSecurity"]


class MaximumUnrealizedProfitPercentPerSecurity(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
