"""EmaCrossAlphaModel as a Python class."""

from __future__ import annotations

from AlgorithmImports import EmaCrossAlphaModel as Compiled
from AlgorithmImports import Resolution

__all__ = ["EmaCrossAlphaModel"]


class EmaCrossAlphaModel(Compiled):
    """The compiled model's rule; its name writes the resolution as Python does."""

    def __init__(self, fast_period: int = 12, slow_period: int = 26, resolution: Resolution = Resolution.DAILY) -> None:
        super().__init__(fast_period, slow_period, resolution)
        self.name = f"EmaCrossAlphaModel({fast_period},{slow_period},{resolution})"
