"""Indicators of change (LEAN's classes of the same names)."""

from __future__ import annotations

from math import log
from typing import Any, overload

from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.indicators.base import Indicator, IndicatorBase, WindowIndicator, named
from lean_stubs.indicators.moving_averages import moving_average
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.windows import Identity

__all__ = [
    "LogReturn",
    "Momentum",
    "MomentumPercent",
    "MovingAverageConvergenceDivergence",
    "RateOfChange",
    "RateOfChangePercent",
    "RateOfChangeRatio",
    "RelativeStrengthIndex",
]


class _Change(WindowIndicator, clr="QuantConnect.Indicators"):
    """Compares with the value `period` samples ago; until then with the first."""

    _label = ""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named(self._label + "({})", arguments, keywords)
        super().__init__(name, *rest)
        self._warm_up_period = self.period + 1

    @property
    def is_ready(self) -> bool:
        return self._samples > self.period


class Momentum(_Change, clr="QuantConnect.Indicators"):
    _label = "MOM"

    def _next(self, values: RollingWindow, value: float) -> float:
        return value - self._oldest()


class RateOfChange(_Change, clr="QuantConnect.Indicators"):
    _label = "ROC"

    def _next(self, values: RollingWindow, value: float) -> float:
        before = self._oldest()
        return (value - before) / before if before else 0.0


class RateOfChangePercent(RateOfChange, clr="QuantConnect.Indicators"):
    _label = "ROCP"

    def _next(self, values: RollingWindow, value: float) -> float:
        return 100 * super()._next(values, value)


class MomentumPercent(RateOfChangePercent, clr="QuantConnect.Indicators"):
    _label = "MOMP"


class RateOfChangeRatio(_Change, clr="QuantConnect.Indicators"):
    _label = "ROCR"

    def _next(self, values: RollingWindow, value: float) -> float:
        before = self._oldest()
        return value / before if before else 0.0


class LogReturn(WindowIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("LOGR({})", arguments, keywords)
        super().__init__(name, *rest)

    def _next(self, values: RollingWindow, value: float) -> float:
        before = self._oldest()
        ratio = value / before if before else 0.0
        return log(ratio) if ratio > 0 else 0.0


class RelativeStrengthIndex(Indicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, name: str, period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("RSI({})", arguments, keywords, ("period", "moving_average_type"))
        super().__init__(name)
        period = int(rest[0])
        kind = rest[1] if len(rest) > 1 else MovingAverageType.WILDERS
        self._kind = kind
        self._gain, self._loss = moving_average(kind, name + "Up", period), moving_average(kind, name + "Down", period)
        self._last: float | None = None
        self._warm_up_period = period + 1

    @property
    def moving_average_type(self) -> Any:
        return self._kind

    @property
    def average_gain(self) -> IndicatorBase:
        return self._gain

    @property
    def average_loss(self) -> IndicatorBase:
        return self._loss

    @property
    def is_ready(self) -> bool:
        return self._gain.is_ready and self._loss.is_ready

    def compute_next_value(self, input: Any) -> float:
        value = input._value
        if self._last is not None:
            change = value - self._last
            self._gain.update(input.end_time, max(change, 0.0))
            self._loss.update(input.end_time, max(-change, 0.0))
        self._last = value
        loss, gain = max(self._loss._current._value, 0.0), max(self._gain._current._value, 0.0)
        if round(loss, 10) == 0:
            return 100.0
        return 100 - 100 / (1 + gain / loss)

    def reset(self) -> None:
        self._last = None
        self._gain.reset()
        self._loss.reset()
        super().reset()


class MovingAverageConvergenceDivergence(Indicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, fast_period: int, slow_period: int, signal_period: int, type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(
        self, name: str, fast_period: int, slow_period: int, signal_period: int, type: MovingAverageType = ...
    ) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        fields = ("fast_period", "slow_period", "signal_period", "type")
        name, rest = named("MACD({},{},{})", arguments, keywords, fields)
        super().__init__(name)
        fast, slow, signal = (int(p) for p in rest[:3])
        kind = rest[3] if len(rest) > 3 else MovingAverageType.EXPONENTIAL
        if fast >= slow:
            raise ArgumentException(
                "MovingAverageConvergenceDivergence: fastPeriod must be less than slowPeriod", "fastPeriod, slowPeriod"
            )
        self._fast, self._slow = moving_average(kind, name + "_Fast", fast), moving_average(kind, name + "_Slow", slow)
        self._signal, self._histogram = moving_average(kind, name + "_Signal", signal), Identity(name + "_Histogram")
        self._warm_up_period = slow + signal - 1

    @property
    def fast(self) -> IndicatorBase:
        return self._fast

    @property
    def slow(self) -> IndicatorBase:
        return self._slow

    @property
    def signal(self) -> IndicatorBase:
        return self._signal

    @property
    def histogram(self) -> IndicatorBase:
        return self._histogram

    @property
    def is_ready(self) -> bool:
        return self._signal.is_ready

    def compute_next_value(self, input: Any) -> float:
        fast_ready, slow_ready = self._fast.update(input), self._slow.update(input)
        value = self._fast._current._value - self._slow._current._value
        if fast_ready and slow_ready and self._signal.update(input.end_time, value):
            self._histogram.update(input.end_time, value - self._signal._current._value)
        return value

    def reset(self) -> None:
        for part in (self._fast, self._slow, self._signal, self._histogram):
            part.reset()
        super().reset()
