"""VolumeWeightedAveragePriceExecutionModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import VolumeWeightedAveragePriceExecutionModel as Compiled

__all__ = ["VolumeWeightedAveragePriceExecutionModel"]


class VolumeWeightedAveragePriceExecutionModel(Compiled):
    """The rule of LEAN's compiled model of that name, held by the engine as a Python model is."""
