"""Indicators that swing about a middle (LEAN's classes of the same names)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator, WindowIndicator, named
from lean_stubs.indicators.composed import ComposedBarIndicator
from lean_stubs.indicators.dispersion import MeanAbsoluteDeviation
from lean_stubs.indicators.momentum import MovingAverageConvergenceDivergence
from lean_stubs.indicators.moving_averages import moving_average
from lean_stubs.indicators.ranges import TrueRange
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.windows import Identity, Maximum, Minimum, Sum
from lean_stubs.orders.responses import clr_name

__all__ = [
    "AbsolutePriceOscillator",
    "AroonOscillator",
    "AwesomeOscillator",
    "BalanceOfPower",
    "ChandeMomentumOscillator",
    "CommodityChannelIndex",
    "PercentagePriceOscillator",
    "UltimateOscillator",
    "WilliamsPercentR",
]

_SIMPLE = MovingAverageType.SIMPLE


class WilliamsPercentR(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """Where the close lies in the range of the period: 0 at its high, -100 at its low."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("WILR({})", arguments, keywords)
        super().__init__(name)
        self._highest, self._lowest = Maximum(name + "_Max", period), Minimum(name + "_Min", period)
        self._parts = (self._highest, self._lowest)
        self._warm_up_period = int(period)

    @property
    def maximum(self) -> Maximum:
        return self._highest

    @property
    def minimum(self) -> Minimum:
        return self._lowest

    @property
    def is_ready(self) -> bool:
        return self._highest.is_ready and self._lowest.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._lowest.update(input.end_time, input.low)
        self._highest.update(input.end_time, input.high)
        high, low = self._highest._current._value, self._lowest._current._value
        return -100 * (high - input.close) / (high - low) if self.is_ready and high != low else 0.0


class CommodityChannelIndex(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """How far the typical price is from its average, by 0.015 of its mean deviation."""

    @overload
    def __init__(self, period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, name: str, period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("CCI({})", arguments, keywords, ("period", "moving_average_type"))
        super().__init__(name)
        period, self._kind = int(rest[0]), rest[1] if len(rest) > 1 else _SIMPLE
        self._average = moving_average(self._kind, name + "_TypicalPriceAvg", period)
        self._deviation = MeanAbsoluteDeviation(name + "_TypicalPriceMAD", period)
        self._parts = (self._average, self._deviation)
        self._warm_up_period = period

    @property
    def moving_average_type(self) -> Any:
        return self._kind

    @property
    def typical_price_average(self) -> IndicatorBase:
        return self._average

    @property
    def typical_price_mean_deviation(self) -> IndicatorBase:
        return self._deviation

    @property
    def is_ready(self) -> bool:
        return self._average.is_ready and self._deviation.is_ready

    def compute_next_value(self, input: Any) -> float:
        price = (input.high + input.low + input.close) / 3
        self._average.update(input.end_time, price)
        self._deviation.update(input.end_time, price)
        weighted = 0.015 * self._deviation._current._value
        return (price - self._average._current._value) / weighted if weighted else 0.0


class ChandeMomentumOscillator(WindowIndicator, clr="QuantConnect.Indicators"):
    """Gains less losses by their sum, in percent, both smoothed as Wilder does."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("CMO({})", arguments, keywords)
        super().__init__(name, *rest)
        self._last = self._gain = self._loss = 0.0
        self._warm_up_period = 1 + self.period

    @property
    def is_ready(self) -> bool:
        return self._samples > self.period

    def _next(self, values: RollingWindow, value: float) -> float:
        change, self._last = value - self._last, value
        if self._samples == 1:
            return 0.0
        period = self.period
        if self._samples > period + 1:
            self._loss *= period - 1
            self._gain *= period - 1
        if change < 0:
            self._loss -= change
        else:
            self._gain += change
        if not self.is_ready:
            return 0.0
        self._loss /= period
        self._gain /= period
        total = self._gain + self._loss
        return 100 * (self._gain - self._loss) / total if total else 0.0

    def reset(self) -> None:
        self._last = self._gain = self._loss = 0.0
        super().reset()


class AbsolutePriceOscillator(MovingAverageConvergenceDivergence, clr="QuantConnect.Indicators"):
    """A fast average less a slow one."""

    _label = "APO"

    @overload
    def __init__(self, name: str, fast_period: int, slow_period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, fast_period: int, slow_period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        fields = ("fast_period", "slow_period", "moving_average_type")
        name, rest = named(self._label + "({},{})", arguments, keywords, fields)
        super().__init__(name, rest[0], rest[1], rest[1], rest[2] if len(rest) > 2 else _SIMPLE)


class PercentagePriceOscillator(AbsolutePriceOscillator, clr="QuantConnect.Indicators"):
    """The same in percent of the slow average."""

    _label = "PPO"

    def compute_next_value(self, input: Any) -> float:
        value, slow = super().compute_next_value(input), self._slow._current._value
        return 100 * value / slow if slow else 0.0


class AwesomeOscillator(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """A fast average of the bars' middles less a slow one."""

    @overload
    def __init__(self, fast_period: int, slow_period: int, type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, name: str, fast_period: int, slow_period: int, type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("", arguments, keywords, ("fast_period", "slow_period", "type"))
        fast, slow, kind = int(rest[0]), int(rest[1]), rest[2] if len(rest) > 2 else _SIMPLE
        super().__init__(name or f"AO({fast},{slow},{clr_name(kind)})")
        self._fast, self._slow = moving_average(kind, "fast", fast), moving_average(kind, "slow", slow)
        self._parts = (self._fast, self._slow)
        self._warm_up_period = max(fast, slow)

    @property
    def fast_ao(self) -> IndicatorBase:
        return self._fast

    @property
    def slow_ao(self) -> IndicatorBase:
        return self._slow

    @property
    def is_ready(self) -> bool:
        return self._slow.is_ready and self._fast.is_ready

    def compute_next_value(self, input: Any) -> float:
        middle = (input.high + input.low) / 2
        self._slow.update(input.end_time, middle)
        self._fast.update(input.end_time, middle)
        return self._fast._current._value - self._slow._current._value if self.is_ready else 0.0


class UltimateOscillator(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """Buying pressure by true range over three periods, the shortest with the greatest weight."""

    @overload
    def __init__(self, period_1: int, period_2: int, period_3: int) -> None: ...
    @overload
    def __init__(self, name: str, period_1: int, period_2: int, period_3: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, periods = named("ULTOSC({},{},{})", arguments, keywords, ("period_1", "period_2", "period_3"))
        super().__init__(name)
        self._range, self._close = TrueRange(name + "_TR"), 0.0
        self._pressures = [Sum(f"{name}_BP{i}", period) for i, period in enumerate(periods, 1)]
        self._ranges = [Sum(f"{name}_TR{i}", period) for i, period in enumerate(periods, 1)]
        self._parts = (self._range, *self._pressures, *self._ranges)
        self._period = max(int(period) for period in periods)
        self._warm_up_period = self._period + 1

    @property
    def is_ready(self) -> bool:
        return self._samples > self._period

    def compute_next_value(self, input: Any) -> float:
        self._range.update(input)
        before, self._close = self._close, input.close
        if self._samples == 1:
            return 50.0
        for pressure, span in zip(self._pressures, self._ranges, strict=True):
            pressure.update(input.end_time, input.close - min(input.low, before))
            span.update(input.end_time, self._range._current._value)
        if not self.is_ready:
            return 50.0
        if not all(span._current._value for span in self._ranges):
            return self._current._value
        parts = [p._current._value / s._current._value for p, s in zip(self._pressures, self._ranges, strict=True)]
        return float(100 * (4 * parts[0] + 2 * parts[1] + parts[2]) / 7)


class AroonOscillator(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """How recent the high of a period is, less how recent the low is, each in percent of its period."""

    @overload
    def __init__(self, up_period: int, down_period: int) -> None: ...
    @overload
    def __init__(self, name: str, up_period: int, down_period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, periods = named("AROON({},{})", arguments, keywords, ("up_period", "down_period"))
        super().__init__(name)
        self._periods = int(periods[0]), int(periods[1])
        self._highest, self._lowest = Maximum(name + "_Max", periods[0] + 1), Minimum(name + "_Min", periods[1] + 1)
        self._up, self._down = Identity(name + "_AroonUp"), Identity(name + "_AroonDown")
        self._parts = (self._highest, self._lowest, self._up, self._down)
        self._warm_up_period = 1 + max(self._periods)

    @property
    def aroon_up(self) -> IndicatorBase:
        return self._up

    @property
    def aroon_down(self) -> IndicatorBase:
        return self._down

    @property
    def is_ready(self) -> bool:
        return self._highest.is_ready and self._lowest.is_ready

    def compute_next_value(self, input: Any) -> float:
        up, down = self._periods
        self._highest.update(input.end_time, input.high)
        self._lowest.update(input.end_time, input.low)
        self._up.update(input.end_time, 100 * (up - self._highest.periods_since_maximum) / up)
        self._down.update(input.end_time, 100 * (down - self._lowest.periods_since_minimum) / down)
        return self._up._current._value - self._down._current._value


class BalanceOfPower(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Close less open by the bar's range."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    def __init__(self, name: str = "BOP") -> None:
        super().__init__(name)
        self._warm_up_period = 1

    def compute_next_value(self, input: Any) -> float:
        span = input.high - input.low
        return float((input.close - input.open) / span) if span > 0 else 0.0
