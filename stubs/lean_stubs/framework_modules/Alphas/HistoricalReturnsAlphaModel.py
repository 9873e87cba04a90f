"""HistoricalReturnsAlphaModel as a Python class."""

from __future__ import annotations

import uuid
from typing import Any

from AlgorithmImports import HistoricalReturnsAlphaModel as Compiled
from AlgorithmImports import Resolution

__all__ = ["HistoricalReturnsAlphaModel"]


class HistoricalReturnsAlphaModel(Compiled):
    """The compiled model's rule; LEAN's Python file takes its arguments by name only and sets no name."""

    def __init__(self, *arguments: Any, lookback: int = 1, resolution: Resolution = Resolution.DAILY) -> None:
        super().__init__(lookback, resolution)
        self.name = str(uuid.uuid4())
