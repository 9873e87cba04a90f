"""NullRiskManagementModel as a Python class."""

from __future__ import annotations

import AlgorithmImports as lean

__all__ = ["NullRiskManagementModel"]


class NullRiskManagementModel(lean.NullRiskManagementModel):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
