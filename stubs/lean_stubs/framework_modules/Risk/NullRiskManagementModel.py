"""NullRiskManagementModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import NullRiskManagementModel as Compiled

__all__ = ["NullRiskManagementModel"]


class NullRiskManagementModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
