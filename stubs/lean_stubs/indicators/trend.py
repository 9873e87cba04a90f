"""Indicators of trend and swing (LEAN's classes of the same names)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator, named
from lean_stubs.indicators.moving_averages import ExponentialMovingAverage, WilderMovingAverage
from lean_stubs.indicators.windows import Identity, Sum

__all__ = ["AverageDirectionalIndex", "MassIndex", "WilderAccumulativeSwingIndex", "WilderSwingIndex"]


class AverageDirectionalIndex(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """How strong a trend is, whichever way it goes (AverageDirectionalIndex.cs)."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("ADX({})", arguments, keywords)
        super().__init__(name)
        self._period = int(rest[0])
        self._plus, self._minus = Identity(name + "_PositiveDirectionalIndex"), Identity(name + "_NegativeDirectionalIndex")
        self._average = WilderMovingAverage(name + "_Average", self._period)
        self._warm_up_period = 2 * self._period
        self._clear()

    def _clear(self) -> None:
        self._last: Any = None
        #: Smoothed true range, upward and downward movement.
        self._sums = (0.0, 0.0, 0.0)

    @property
    def positive_directional_index(self) -> IndicatorBase:
        return self._plus

    @property
    def negative_directional_index(self) -> IndicatorBase:
        return self._minus

    @property
    def is_ready(self) -> bool:
        return self._average.is_ready

    def compute_next_value(self, input: Any) -> float:
        last, self._last = self._last, input
        true_range = up = down = 0.0
        if last is not None:
            true_range = max(input.high - input.low, abs(input.high - last.close), abs(input.low - last.close))
            rise, fall = input.high - last.high, last.low - input.low
            up = rise if rise > 0 and rise >= fall else 0.0
            down = fall if fall > 0 and fall > rise else 0.0
        # The first `period` movements are summed, later ones are smoothed.
        keep = 1 - 1 / self._period if self._samples > self._period + 1 else 1.0
        total, plus, minus = (s * keep + new for s, new in zip(self._sums, (true_range, up, down), strict=True))
        self._sums = (total, plus, minus)
        ready = total != 0 and self._samples > self._period
        self._plus.update(input.end_time, 100 * plus / total if ready else 0.0)
        self._minus.update(input.end_time, 100 * minus / total if ready else 0.0)
        above, below = self._plus._current._value, self._minus._current._value
        if not above + below:
            return 50.0
        self._average.update(input.end_time, 100 * abs(above - below) / (above + below))
        return float(self._average._current._value)

    def reset(self) -> None:
        self._clear()
        for part in (self._plus, self._minus, self._average):
            part.reset()
        super().reset()


class MassIndex(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Sum of the ratio of a bar range's average to the average of that average (MassIndex.cs)."""

    @overload
    def __init__(self, name: str, ema_period: int, sum_period: int) -> None: ...
    @overload
    def __init__(self, ema_period: int = 9, sum_period: int = 25) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        if not any(isinstance(item, str) for item in (*arguments, keywords.get("name"))):
            defaults = {"ema_period": 9, "sum_period": 25}
            keywords = dict(list(defaults.items())[len(arguments) :]) | keywords
        name, rest = named("MASS({},{})", arguments, keywords, ("ema_period", "sum_period"))
        super().__init__(name)
        ema_period, sum_period = int(rest[0]), int(rest[1])
        self._once = ExponentialMovingAverage(name + "_EMA1", ema_period)
        self._twice = ExponentialMovingAverage(name + "_EMA2", ema_period)
        self._sum = Sum(name + "_Sum", sum_period)
        self._warm_up_period = 2 * (ema_period - 1) + sum_period

    @property
    def is_ready(self) -> bool:
        return self._sum.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._once.update(input.end_time, input.high - input.low)
        if self._once.is_ready:
            self._twice.update(self._once._current)
        if self._twice.is_ready:
            once, twice = self._once._current._value, self._twice._current._value
            # LEAN's SafeDivision gives 0 where it cannot divide.
            self._sum.update(input.end_time, once / twice if twice else 0.0)
        return float(self._sum._current._value if self._sum.is_ready else self._sum.period)

    def reset(self) -> None:
        for part in (self._once, self._twice, self._sum):
            part.reset()
        super().reset()


class WilderSwingIndex(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """A swing between -100 and 100 out of two bars and the price limit of a day (WilderSwingIndex.cs)."""

    @overload
    def __init__(self, name: str, limit_move: float) -> None: ...
    @overload
    def __init__(self, limit_move: float) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("SI", arguments, keywords, ("limit_move",))
        super().__init__(name)
        self._limit = abs(float(rest[0]))
        self._last: Any = None
        self._warm_up_period = 2

    @property
    def is_ready(self) -> bool:
        return self._samples > 1

    def compute_next_value(self, input: Any) -> float:
        last, self._last = self._last, input
        if not self.is_ready or last is None:
            return 0.0
        up, down, span = abs(input.high - last.close), abs(input.low - last.close), abs(input.high - input.low)
        body = last.close - last.open
        move = (input.close - last.close) + 0.5 * (input.close - input.open) + 0.25 * body
        # The largest of the three ranges says how they are weighed; of equals the first.
        if up >= down and up >= span:
            weighed = up - 0.5 * down + 0.25 * abs(body)
        elif down >= span:
            weighed = down - 0.5 * up + 0.25 * abs(body)
        else:
            weighed = span + 0.25 * abs(body)
        if not weighed or not self._limit:
            return 0.0
        return float(50 * (move / weighed) * (max(up, down) / self._limit))


class WilderAccumulativeSwingIndex(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Sum of the swing index (WilderAccumulativeSwingIndex.cs)."""

    @overload
    def __init__(self, limit_move: float) -> None: ...
    @overload
    def __init__(self, name: str, limit_move: float) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("ASI", arguments, keywords, ("limit_move",))
        super().__init__(name)
        self._swing = WilderSwingIndex(float(rest[0]))
        self._warm_up_period = 2

    @property
    def is_ready(self) -> bool:
        return self._samples > 1

    def compute_next_value(self, input: Any) -> float:
        if not self._swing.update(input):
            return 0.0
        swing = float(self._swing._current._value)
        return self._current._value + swing if self.is_ready else swing

    def reset(self) -> None:
        self._swing.reset()
        super().reset()
