"""MaximumSectorExposureRiskManagementModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import MaximumSectorExposureRiskManagementModel as Compiled

__all__ = ["MaximumSectorExposureRiskManagementModel"]


class MaximumSectorExposureRiskManagementModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
