"""A straight line through the last values, and a band around it (LEAN: LeastSquaresMovingAverage, RegressionChannel)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import Indicator, IndicatorBase, WindowIndicator, named
from lean_stubs.indicators.dispersion import StandardDeviation
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.indicators.windows import Identity

__all__ = ["LeastSquaresMovingAverage", "RegressionChannel"]


class LeastSquaresMovingAverage(WindowIndicator, clr="QuantConnect.Indicators"):
    """End of the line fitted to the window; until that is full the value itself."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("LSMA({})", arguments, keywords)
        super().__init__(name, *rest)
        self._intercept, self._slope = Identity(name + "_Intercept"), Identity(name + "_Slope")

    @property
    def intercept(self) -> IndicatorBase:
        return self._intercept

    @property
    def slope(self) -> IndicatorBase:
        return self._slope

    def _validate(self, data: Any) -> float | None:
        self._at = data.end_time
        return super()._validate(data)

    def _next(self, values: RollingWindow, value: float) -> float:
        if not values.is_ready:
            return value
        items, count = list(values._items)[::-1], self.period
        mean, middle = sum(items) / count, (count + 1) / 2
        spread = count * (count * count - 1) / 12
        slope = sum((i - middle) * (y - mean) for i, y in enumerate(items, 1)) / spread if spread else 0.0
        intercept = mean - slope * middle
        self._intercept.update(self._at, intercept)
        self._slope.update(self._at, slope)
        return float(intercept + slope * count)

    def reset(self) -> None:
        self._intercept.reset()
        self._slope.reset()
        super().reset()


class RegressionChannel(Indicator, clr="QuantConnect.Indicators"):
    """A least-squares average with bands of k standard deviations of the values."""

    @overload
    def __init__(self, name: str, period: int, k: float) -> None: ...
    @overload
    def __init__(self, period: int, k: float) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("RC({},{})", arguments, keywords, ("period", "k"))
        super().__init__(name)
        period, self._k = int(rest[0]), float(rest[1])
        self._deviation = StandardDeviation(period)
        self._line = LeastSquaresMovingAverage(name + "_LinearRegression", period)
        self._lower, self._upper = Identity(name + "_LowerChannel"), Identity(name + "_UpperChannel")
        self._warm_up_period = period

    @property
    def linear_regression(self) -> LeastSquaresMovingAverage:
        return self._line

    @property
    def upper_channel(self) -> IndicatorBase:
        return self._upper

    @property
    def lower_channel(self) -> IndicatorBase:
        return self._lower

    @property
    def intercept(self) -> IndicatorBase:
        return self._line.intercept

    @property
    def slope(self) -> IndicatorBase:
        return self._line.slope

    @property
    def is_ready(self) -> bool:
        return self._deviation.is_ready and self._line.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._deviation.update(input)
        self._line.update(input)
        line, spread = self._line._current._value, self._k * self._deviation._current._value
        self._lower.update(input.end_time, line - spread)
        self._upper.update(input.end_time, line + spread)
        return float(line)

    def reset(self) -> None:
        for part in (self._deviation, self._line, self._lower, self._upper):
            part.reset()
        super().reset()
