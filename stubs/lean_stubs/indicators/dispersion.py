"""Indicators of spread around the mean (LEAN's classes of the same names)."""

from __future__ import annotations

from math import fsum, sqrt
from typing import Any, overload

from lean_stubs.indicators.base import IndicatorBase, WindowIndicator, named
from lean_stubs.indicators.moving_averages import SimpleMovingAverage
from lean_stubs.indicators.rolling_window import RollingWindow

__all__ = ["MeanAbsoluteDeviation", "StandardDeviation", "Variance"]


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


class MeanAbsoluteDeviation(WindowIndicator, clr="QuantConnect.Indicators"):
    """Mean distance from the window's mean."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("MAD({})", arguments, keywords)
        super().__init__(name, *rest)
        self._mean = SimpleMovingAverage(name + "_Mean", self.period)

    @property
    def mean(self) -> IndicatorBase:
        return self._mean

    def _validate(self, data: Any) -> float | None:
        self._mean.update(data)
        return super()._validate(data)

    def _next(self, values: RollingWindow, value: float) -> float:
        mean = self._mean._current._value
        return fsum(abs(v - mean) for v in values._items) / len(values._items)

    def reset(self) -> None:
        self._mean.reset()
        super().reset()
