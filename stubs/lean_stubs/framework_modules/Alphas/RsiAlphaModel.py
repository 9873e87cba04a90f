"""RsiAlphaModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import Resolution
from AlgorithmImports import RsiAlphaModel as Compiled

__all__ = ["RsiAlphaModel"]


class RsiAlphaModel(Compiled):
    """The compiled model's rule; its name writes the resolution as Python does."""

    def __init__(self, period: int = 14, resolution: Resolution = Resolution.DAILY) -> None:
        super().__init__(period, resolution)
        self.name = f"RsiAlphaModel({period},{resolution})"
