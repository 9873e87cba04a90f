"""Moving averages (LEAN's classes of the same names)."""

from __future__ import annotations

from math import fsum, sqrt
from typing import Any, overload

from lean_stubs.clr import NotOffered, to_enum
from lean_stubs.indicators.base import Indicator, IndicatorBase, WindowIndicator, named
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.windows import Sum

__all__ = [
    "KINDS",
    "DoubleExponentialMovingAverage",
    "ExponentialMovingAverage",
    "HullMovingAverage",
    "LinearWeightedMovingAverage",
    "SimpleMovingAverage",
    "WilderMovingAverage",
    "moving_average",
]


class SimpleMovingAverage(WindowIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("SMA({})", arguments, keywords)
        super().__init__(name, *rest)
        self._rolling_sum = Sum(name + "_Sum", self.period)

    @property
    def rolling_sum(self) -> Sum:
        return self._rolling_sum

    def _next(self, values: RollingWindow, value: float) -> float:
        self._rolling_sum._samples += 1
        return fsum(values._items) / len(values._items)


class _Smoothed(Indicator, clr="QuantConnect.Indicators"):
    """An average that keeps a part of itself and takes in a part of the new value; it starts from a simple average."""

    def __init__(self, name: str, period: int, factor: float) -> None:
        super().__init__(name)
        self._period, self._factor = int(period), factor
        self._start = SimpleMovingAverage(name + "_SMA", period)
        self._warm_up_period = self._period

    @property
    def is_ready(self) -> bool:
        return self._samples >= self._period

    def _smooth(self, value: float) -> float:
        return value * self._factor + self._current._value * (1 - self._factor)

    def reset(self) -> None:
        super().reset()
        self._start.reset()


class ExponentialMovingAverage(_Smoothed, clr="QuantConnect.Indicators"):
    """Zero until there are `period` values, then their mean, then smoothed by 2 / (1 + period) or the given factor."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int, smoothing_factor: float) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, period: int, smoothing_factor: float) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        values = len(arguments) + len(keywords) - ("name" in keywords or isinstance(arguments[0] if arguments else None, str))
        name, rest = named("EMA({},{})" if values == 2 else "EMA({})", arguments, keywords, ("period", "smoothing_factor"))
        period = rest[0]
        super().__init__(name, period, float(rest[1]) if len(rest) > 1 else 2 / (1 + period))

    @staticmethod
    def smoothing_factor_default(period: int) -> float:
        return 2 / (1 + period)

    def compute_next_value(self, input: Any) -> float:
        if self._samples <= self._period:
            self._start.update(input)
        if self._samples < self._period:
            return 0.0
        return self._start._current._value if self._samples == self._period else self._smooth(input._value)


class WilderMovingAverage(_Smoothed, clr="QuantConnect.Indicators"):
    """Mean of what there is until `period` values have come, then smoothed by 1 / period."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("WWMA{}", arguments, keywords)
        super().__init__(name, rest[0], 1 / rest[0])

    def compute_next_value(self, input: Any) -> float:
        if self._samples < self._period:
            self._start.update(input)
            return self._start._current._value
        return self._smooth(input._value)


class LinearWeightedMovingAverage(WindowIndicator, clr="QuantConnect.Indicators"):
    """Weights fall linearly from the newest to the oldest."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("LWMA({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        n = len(values._items)
        return fsum(v * (n - i) for i, v in enumerate(values._items)) / (n * (n + 1) / 2)


class DoubleExponentialMovingAverage(Indicator, clr="QuantConnect.Indicators"):
    """Twice the exponential average less the average of it."""

    @overload
    def __init__(self, name: str, period: int, volume_factor: float = 1) -> None: ...
    @overload
    def __init__(self, period: int, volume_factor: float = 1) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("DEMA({})", arguments, keywords, ("period", "volume_factor"))
        super().__init__(name)
        self._period = int(rest[0])
        factor = float(rest[1]) if len(rest) > 1 else 1.0
        self._volume_factor = factor
        self._first = ExponentialMovingAverage(name + "_1", self._period)
        self._second = ExponentialMovingAverage(name + "_2", self._period)
        self._warm_up_period = 1 + 2 * (self._period - 1)

    @property
    def is_ready(self) -> bool:
        return self._second.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._first.update(input)
        if not self._first.is_ready:
            return float(self._first._current._value)
        self._second.update(self._first._current)
        first, factor = self._first._current._value, self._volume_factor
        return (factor + 1) * first - factor * self._second._current._value

    def reset(self) -> None:
        self._first.reset()
        self._second.reset()
        super().reset()


class HullMovingAverage(Indicator, clr="QuantConnect.Indicators"):
    """Linear weighted average of the difference of two such averages."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("HMA({})", arguments, keywords)
        super().__init__(name)
        period = int(rest[0])
        if period < 2:
            from lean_stubs.clr.exceptions import ArgumentException

            raise ArgumentException("The Hull Moving Average period should be greater or equal to 2", "period")
        # C#'s Math.Round takes ties to even.
        self._slow = LinearWeightedMovingAverage(period)
        self._fast = LinearWeightedMovingAverage(round(period / 2))
        self._hull = LinearWeightedMovingAverage(round(sqrt(period)))
        self._warm_up_period = period + self._hull.period - 1

    @property
    def is_ready(self) -> bool:
        return self._hull.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._fast.update(input)
        self._slow.update(input)
        if self._fast.is_ready and self._slow.is_ready:
            self._hull.update(input.end_time, 2 * self._fast._current._value - self._slow._current._value)
        return float(self._hull._current._value)

    def reset(self) -> None:
        for part in (self._slow, self._fast, self._hull):
            part.reset()
        super().reset()


#: Averages by type; other files add theirs.
KINDS: dict[Any, Any] = {
    MovingAverageType.SIMPLE: SimpleMovingAverage,
    MovingAverageType.EXPONENTIAL: ExponentialMovingAverage,
    MovingAverageType.WILDERS: WilderMovingAverage,
    MovingAverageType.LINEAR_WEIGHTED_MOVING_AVERAGE: LinearWeightedMovingAverage,
    MovingAverageType.DOUBLE_EXPONENTIAL: DoubleExponentialMovingAverage,
    MovingAverageType.HULL: HullMovingAverage,
}


def moving_average(kind: Any, name: str, period: int) -> IndicatorBase:
    """The average of a type (LEAN: MovingAverageTypeExtensions.AsIndicator)."""
    kind = to_enum(MovingAverageType, kind)
    if kind not in KINDS:
        raise NotOffered(f"MovingAverageType.{kind}")
    made: IndicatorBase = KINDS[kind](name, period)
    return made
