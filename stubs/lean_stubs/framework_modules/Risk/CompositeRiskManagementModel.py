"""CompositeRiskManagementModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import CompositeRiskManagementModel as Compiled

__all__ = ["CompositeRiskManagementModel"]


class CompositeRiskManagementModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
