"""MaximumDrawdownPercentPerSecurity as a Python class."""

from __future__ import annotations

from AlgorithmImports import MaximumDrawdownPercentPerSecurity as Compiled

__all__ = ["MaximumDrawdownPercentPerSecurity"]


class MaximumDrawdownPercentPerSecurity(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
