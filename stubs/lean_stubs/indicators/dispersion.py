"""Indicators of spread around the mean (LEAN's classes of the same names)."""

from __future__ import annotations

from math import fsum, sqrt
from typing import Any, overload

from lean_stubs.indicators.base import WindowIndicator, named
from lean_stubs.indicators.rolling_window import RollingWindow

__all__ = ["StandardDeviation", "Variance"]


class Variance(WindowIndicator, clr="QuantConnect.Indicators"):
    """Population variance of the window."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("VAR({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        n = len(values._items)
        if n < 2:
            return 0.0
        mean = fsum(values._items) / n
        return fsum((v - mean) ** 2 for v in values._items) / n


class StandardDeviation(Variance, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("STD({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        return sqrt(super()._next(values, value))
