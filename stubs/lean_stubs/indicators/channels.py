"""Indicators of bands around prices (LEAN's classes of the same names)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import Indicator, IndicatorBase, TradeBarIndicator, named
from lean_stubs.indicators.dispersion import StandardDeviation
from lean_stubs.indicators.moving_averages import moving_average
from lean_stubs.indicators.ranges import AverageTrueRange
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.windows import Identity, Maximum, Minimum

__all__ = ["BollingerBands", "DonchianChannel", "KeltnerChannels"]


class BollingerBands(Indicator, clr="QuantConnect.Indicators"):
    """``BollingerBands([name, ]period, k[, moving_average_type])``."""

    @overload
    def __init__(self, period: int, k: float, moving_average_type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, name: str, period: int, k: float, moving_average_type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("BB({},{})", arguments, keywords, ("period", "k", "moving_average_type"))
        super().__init__(name)
        period, k = int(rest[0]), float(rest[1])
        kind = rest[2] if len(rest) > 2 else MovingAverageType.SIMPLE
        self._kind = kind
        self._deviation = StandardDeviation(name + "_StandardDeviation", period)
        self._middle = moving_average(kind, name + "_MiddleBand", period)
        self._lower, self._upper = Identity(name + "_LowerBand"), Identity(name + "_UpperBand")
        self._width, self._percent, self._price = Identity(name + "_BandWidth"), Identity(name + "_%B"), Identity(name + "_Close")
        self._k = k
        self._warm_up_period = period

    @property
    def moving_average_type(self) -> Any:
        return self._kind

    @property
    def standard_deviation(self) -> IndicatorBase:
        return self._deviation

    @property
    def middle_band(self) -> IndicatorBase:
        return self._middle

    @property
    def upper_band(self) -> IndicatorBase:
        return self._upper

    @property
    def lower_band(self) -> IndicatorBase:
        return self._lower

    @property
    def band_width(self) -> IndicatorBase:
        return self._width

    @property
    def percent_b(self) -> IndicatorBase:
        return self._percent

    @property
    def price(self) -> IndicatorBase:
        return self._price

    @property
    def is_ready(self) -> bool:
        return self._middle.is_ready and self._width.is_ready and self._percent.is_ready

    def _validate(self, data: Any) -> float | None:
        self._deviation.update(data)
        self._middle.update(data)
        self._price.update(data)
        at, middle, spread = data.end_time, self._middle._current._value, self._k * self._deviation._current._value
        lower, upper = middle - spread, middle + spread
        self._lower.update(at, lower)
        self._upper.update(at, upper)
        if middle:
            self._width.update(at, (upper - lower) / middle * 100)
        if upper != lower:
            self._percent.update(at, (data._value - lower) / (upper - lower))
        if self.is_ready and not self._deviation._current._value:
            # %B would be stale: LEAN gives no value.
            return None
        return float(data._value)

    def reset(self) -> None:
        for part in (self._deviation, self._middle, self._lower, self._upper, self._width, self._percent, self._price):
            part.reset()
        super().reset()


class DonchianChannel(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Highest high and lowest low of the bars before this one, until the first bar itself."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, upper_period: int, lower_period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, name: str, upper_period: int, lower_period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named(
            "DCH({})", arguments, keywords, ("period",) if "period" in keywords else ("upper_period", "lower_period")
        )
        super().__init__(name)
        upper, lower = int(rest[0]), int(rest[1] if len(rest) > 1 else rest[0])
        self._upper, self._lower = Maximum(name + "_UpperBand", upper), Minimum(name + "_LowerBand", lower)
        self._last: Any = None
        self._warm_up_period = 1 + max(upper, lower)

    @property
    def upper_band(self) -> IndicatorBase:
        return self._upper

    @property
    def lower_band(self) -> IndicatorBase:
        return self._lower

    @property
    def is_ready(self) -> bool:
        return self._upper.is_ready and self._lower.is_ready

    def compute_next_value(self, input: Any) -> float:
        if self._last is not None:
            self._upper.update(self._last.end_time, self._last.high)
            self._lower.update(self._last.end_time, self._last.low)
        self._last = input
        return (self._upper._current._value + self._lower._current._value) / 2

    def reset(self) -> None:
        self._last = None
        self._upper.reset()
        self._lower.reset()
        super().reset()


class KeltnerChannels(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """A moving average of closes with bands of k average true ranges."""

    @overload
    def __init__(self, period: int, k: float, moving_average_type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, name: str, period: int, k: float, moving_average_type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("KC({},{})", arguments, keywords, ("period", "k", "moving_average_type"))
        super().__init__(name)
        period, k = int(rest[0]), float(rest[1])
        kind = rest[2] if len(rest) > 2 else MovingAverageType.SIMPLE
        self._k = k
        self._range = AverageTrueRange(name + "_AverageTrueRange", period, MovingAverageType.SIMPLE)
        self._middle = moving_average(kind, name + "_MiddleBand", period)
        self._lower, self._upper = Identity(name + "_LowerBand"), Identity(name + "_UpperBand")
        self._warm_up_period = period

    @property
    def middle_band(self) -> IndicatorBase:
        return self._middle

    @property
    def upper_band(self) -> IndicatorBase:
        return self._upper

    @property
    def lower_band(self) -> IndicatorBase:
        return self._lower

    @property
    def average_true_range(self) -> IndicatorBase:
        return self._range

    @property
    def is_ready(self) -> bool:
        return self._middle.is_ready and self._range.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._range.update(input)
        self._middle.update(input.end_time, (input.high + input.low + input.close) / 3)
        spread, middle = self._k * self._range._current._value, self._middle._current._value
        self._lower.update(input.end_time, middle - spread)
        self._upper.update(input.end_time, middle + spread)
        return float(middle)

    def reset(self) -> None:
        for part in (self._range, self._middle, self._lower, self._upper):
            part.reset()
        super().reset()
