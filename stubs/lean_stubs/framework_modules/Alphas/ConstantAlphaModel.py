"""ConstantAlphaModel as a Python class."""

from __future__ import annotations

from datetime import timedelta

from AlgorithmImports import ConstantAlphaModel as Compiled
from AlgorithmImports import InsightDirection, InsightType

__all__ = ["ConstantAlphaModel"]


class ConstantAlphaModel(Compiled):
    """The compiled model's rule; its name writes the enumerations as Python does."""

    def __init__(
        self,
        type: InsightType,
        direction: InsightDirection,
        period: timedelta,
        magnitude: float | None = None,
        confidence: float | None = None,
        weight: float | None = None,
    ) -> None:
        super().__init__(type, direction, period, magnitude, confidence, weight)
        clock = f"{period.days}.{period.seconds // 3600:02d}:{period.seconds // 60 % 60:02d}:{period.seconds % 60:02d}"
        numbers = "".join(f",{x}" for x in (magnitude, confidence) if x is not None)
        self.name = f"ConstantAlphaModel({type},{direction},{clock}{numbers})"
