"""MacdAlphaModel as a Python class."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import MacdAlphaModel as Compiled
from AlgorithmImports import MovingAverageType, Resolution

__all__ = ["MacdAlphaModel"]


class MacdAlphaModel(Compiled):
    """The compiled model's rule under the argument names of LEAN's Python file."""

    def __init__(
        self,
        fastPeriod: int = 12,  # noqa: N803 - LEAN's Python file has these names
        slowPeriod: int = 26,  # noqa: N803
        signalPeriod: int = 9,  # noqa: N803
        movingAverageType: Any = MovingAverageType.EXPONENTIAL,  # noqa: N803
        resolution: Resolution = Resolution.DAILY,
    ) -> None:
        super().__init__(fastPeriod, slowPeriod, signalPeriod, movingAverageType, resolution)
        self.name = f"MacdAlphaModel({fastPeriod},{slowPeriod},{signalPeriod},{movingAverageType},{resolution})"
