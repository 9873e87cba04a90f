"""TrailingStopRiskManagementModel as a Python class."""

from __future__ import annotations

import AlgorithmImports as lean

__all__ = ["TrailingStopRiskManagementModel"]


class TrailingStopRiskManagementModel(lean.TrailingStopRiskManagementModel):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
