"""TrailingStopRiskManagementModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import TrailingStopRiskManagementModel as Compiled

__all__ = ["TrailingStopRiskManagementModel"]


class TrailingStopRiskManagementModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
