"""Averages of averages, and averages that adapt (LEAN's classes of the same names)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, overload

from lean_stubs.indicators.base import WindowIndicator, named
from lean_stubs.indicators.composed import ComposedIndicator
from lean_stubs.indicators.momentum import RateOfChangePercent
from lean_stubs.indicators.moving_averages import KINDS, ExponentialMovingAverage, SimpleMovingAverage
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.indicators.types import MovingAverageType

__all__ = [
    "KaufmanAdaptiveMovingAverage",
    "KaufmanEfficiencyRatio",
    "TriangularMovingAverage",
    "TripleExponentialMovingAverage",
    "Trix",
]


class _Threefold(ComposedIndicator, clr="QuantConnect.Indicators"):
    """Three exponential averages, each of the one before once that is ready."""

    def _layers(self, name: str, period: int) -> None:
        self._period = int(period)
        self._averages = tuple(ExponentialMovingAverage(f"{name}_{i}", self._period) for i in (1, 2, 3))
        self._parts = self._averages

    def _pass_down(self, data: Any) -> bool:
        """Whether the last of them has a value."""
        for average in self._averages:
            average.update(data)
            if not average.is_ready:
                return False
            data = average._current
        return True


class TripleExponentialMovingAverage(_Threefold, clr="QuantConnect.Indicators"):
    """Three times the first less three times the second, and the third."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("TEMA({})", arguments, keywords)
        super().__init__(name)
        self._layers(name, period)
        self._warm_up_period = 3 * (self._period - 1) + 1

    @property
    def is_ready(self) -> bool:
        return self._averages[2].is_ready

    def compute_next_value(self, input: Any) -> float:
        if not self._pass_down(input):
            return 0.0
        first, second, third = (average._current._value for average in self._averages)
        return 3 * first - 3 * second + third


class Trix(_Threefold, clr="QuantConnect.Indicators"):
    """Percent that the third of them changes by."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("TRIX({})", arguments, keywords)
        super().__init__(name)
        self._layers(name, period)
        self._change = RateOfChangePercent(name + "_ROCP1", 1)
        self._parts = (*self._parts, self._change)
        self._warm_up_period = 3 * (self._period - 1) + 2

    @property
    def is_ready(self) -> bool:
        return self._change.is_ready

    def compute_next_value(self, input: Any) -> float:
        if self._pass_down(input):
            self._change.update(self._averages[2]._current)
        return self._change._current._value


class TriangularMovingAverage(ComposedIndicator, clr="QuantConnect.Indicators"):
    """Simple average of a simple average, each of half the period."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("TRIMA({})", arguments, keywords)
        super().__init__(name)
        self._period = self._warm_up_period = int(period)
        self._inner = SimpleMovingAverage(name + "_1", (self._period + 1) // 2)
        self._outer = SimpleMovingAverage(name + "_2", self._period // 2 + 1)
        self._parts = (self._inner, self._outer)

    @property
    def is_ready(self) -> bool:
        return self._samples >= self._period

    def compute_next_value(self, input: Any) -> float:
        self._inner.update(input)
        self._outer.update(self._inner._current)
        return self._outer._current._value


class KaufmanEfficiencyRatio(WindowIndicator, clr="QuantConnect.Indicators"):
    """How far prices went over the period by how far they walked."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("KER({})", arguments, keywords)
        super().__init__(name, int(period) + 1)

    def _next(self, values: RollingWindow, value: float) -> float:
        return self._efficiency(values) if self._samples >= self.period else value

    def _efficiency(self, values: RollingWindow) -> float:
        path = list(values._items)
        gone = path[0] - path[-1]
        walked = sum(abs(a - b) for a, b in pairwise(path))
        # Rounding must not make a straight way longer than its ends are apart.
        return 1.0 if not walked or walked <= gone * (1 + 1e-14) else abs(gone / walked)


class KaufmanAdaptiveMovingAverage(KaufmanEfficiencyRatio, clr="QuantConnect.Indicators"):
    """An exponential average, the faster the more efficient prices are."""

    @overload
    def __init__(self, name: str, period: int, fast_ema_period: int = 2, slow_ema_period: int = 30) -> None: ...
    @overload
    def __init__(self, period: int, fast_ema_period: int = 2, slow_ema_period: int = 30) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("", arguments, keywords, ("period", "fast_ema_period", "slow_ema_period"))
        period, fast, slow = rest[0], rest[1] if len(rest) > 1 else 2, rest[2] if len(rest) > 2 else 30
        super().__init__(name or f"KAMA({period},{fast},{slow})", period)
        self._slow = 2 / (slow + 1)
        self._span = 2 / (fast + 1) - self._slow
        self._average = 0.0

    def _next(self, values: RollingWindow, value: float) -> float:
        if self._samples < self.period:
            return value
        if self._samples == self.period:
            self._average = values._items[1]
        factor = (self._efficiency(values) * self._span + self._slow) ** 2
        self._average += (value - self._average) * factor
        return self._average

    def reset(self) -> None:
        self._average = 0.0
        super().reset()


KINDS |= {
    MovingAverageType.TRIPLE_EXPONENTIAL: TripleExponentialMovingAverage,
    MovingAverageType.TRIANGULAR: TriangularMovingAverage,
    MovingAverageType.KAMA: KaufmanAdaptiveMovingAverage,
}
