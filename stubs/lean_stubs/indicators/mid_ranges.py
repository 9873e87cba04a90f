"""Middles of ranges, and ranges by price (LEAN's classes of the same names)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import named
from lean_stubs.indicators.composed import ComposedBarIndicator, ComposedIndicator
from lean_stubs.indicators.ranges import AverageTrueRange, TrueRange
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.windows import Maximum, Minimum

__all__ = ["MidPoint", "MidPrice", "NormalizedAverageTrueRange"]


class MidPoint(ComposedIndicator, clr="QuantConnect.Indicators"):
    """Middle of the highest and the lowest value."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("MIDPOINT({})", arguments, keywords)
        super().__init__(name)
        self._highest, self._lowest = Maximum(period), Minimum(period)
        self._parts = (self._highest, self._lowest)
        self._warm_up_period = int(period)

    @property
    def is_ready(self) -> bool:
        return self._samples >= self._warm_up_period

    def compute_next_value(self, input: Any) -> float:
        self._highest.update(input)
        self._lowest.update(input)
        return (self._highest._current._value + self._lowest._current._value) / 2


class MidPrice(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """Middle of the highest high and the lowest low."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("MIDPRICE({})", arguments, keywords)
        super().__init__(name)
        self._highest, self._lowest = Maximum(period), Minimum(period)
        self._parts = (self._highest, self._lowest)
        self._warm_up_period = int(period)

    @property
    def is_ready(self) -> bool:
        return self._samples >= self._warm_up_period

    def compute_next_value(self, input: Any) -> float:
        self._highest.update(input.end_time, input.high)
        self._lowest.update(input.end_time, input.low)
        return (self._highest._current._value + self._lowest._current._value) / 2


class NormalizedAverageTrueRange(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """Average true range in percent of the close: a mean over the first period, then smoothed as Wilder does."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("NATR({})", arguments, keywords)
        super().__init__(name)
        self._period = int(period)
        self._range = TrueRange(name + "_TR")
        self._average = AverageTrueRange(name + "_ATR", period, MovingAverageType.SIMPLE)
        self._parts = (self._range, self._average)
        self._smoothed = 0.0
        self._warm_up_period = self._period + 1

    @property
    def is_ready(self) -> bool:
        return self._samples > self._period

    def compute_next_value(self, input: Any) -> float:
        self._range.update(input)
        if self._samples <= self._period + 1:
            self._average.update(input)
            self._smoothed = self._average._current._value
        else:
            self._smoothed = (self._smoothed * (self._period - 1) + self._range._current._value) / self._period
        return self._smoothed / input.close * 100 if input.close else 0.0
