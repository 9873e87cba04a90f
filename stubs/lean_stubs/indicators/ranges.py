"""Indicators of the range of bars (LEAN's classes of the same names)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator, named
from lean_stubs.indicators.moving_averages import SimpleMovingAverage, moving_average
from lean_stubs.indicators.types import MovingAverageType
from lean_stubs.indicators.windows import Identity, Maximum, Minimum

__all__ = ["AverageTrueRange", "Stochastic", "TrueRange"]


class TrueRange(TradeBarIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    def __init__(self, name: str = "TR") -> None:
        super().__init__(name)
        self._close: float | None = None
        self._warm_up_period = 2

    @property
    def is_ready(self) -> bool:
        return self._samples > 1

    def compute_next_value(self, input: Any) -> float:
        high, low, close = input.high, input.low, self._close
        self._close = input.close
        if close is None:
            return float(high - low)
        return float(max(high - low, abs(close - high), abs(close - low)))

    def reset(self) -> None:
        self._close = None
        super().reset()


class AverageTrueRange(TradeBarIndicator, clr="QuantConnect.Indicators"):
    @overload
    def __init__(self, name: str, period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    @overload
    def __init__(self, period: int, moving_average_type: MovingAverageType = ...) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("ATR({})", arguments, keywords, ("period", "moving_average_type"))
        super().__init__(name)
        period = int(rest[0])
        kind = rest[1] if len(rest) > 1 else MovingAverageType.WILDERS
        self._range = TrueRange(name)
        self._smoother = moving_average(kind, f"{name}_{kind}", period)
        self._warm_up_period = period

    @property
    def true_range(self) -> TrueRange:
        return self._range

    @property
    def is_ready(self) -> bool:
        return self._smoother.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._range.update(input)
        self._smoother.update(self._range._current)
        return float(self._smoother._current._value)

    def reset(self) -> None:
        self._range.reset()
        self._smoother.reset()
        super().reset()


class Stochastic(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """``Stochastic([name, ]period[, k_period, d_period])``."""

    @overload
    def __init__(self, name: str, period: int, k_period: int, d_period: int) -> None: ...
    @overload
    def __init__(self, period: int, k_period: int, d_period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("STO({})", arguments, keywords, ("period", "k_period", "d_period"))
        super().__init__(name)
        period, k, d = int(rest[0]), int(rest[1] if len(rest) > 1 else 3), int(rest[2] if len(rest) > 2 else 3)
        self._high, self._low = Maximum(name + "_maximum", period), Minimum(name + "_minimum", period)
        self._fast = Identity(name + "_FastStoch")
        self._k, self._d = SimpleMovingAverage(name + "_StochK", k), SimpleMovingAverage(name + "_StochD", d)
        self._period = period
        self._warm_up_period = period + k + d - 2

    @property
    def fast_stoch(self) -> IndicatorBase:
        return self._fast

    @property
    def stoch_k(self) -> IndicatorBase:
        return self._k

    @property
    def stoch_d(self) -> IndicatorBase:
        return self._d

    @property
    def is_ready(self) -> bool:
        return self._d.is_ready

    def compute_next_value(self, input: Any) -> float:
        at = input.end_time
        self._high.update(at, input.high)
        self._low.update(at, input.low)
        if self._high.samples < self._period:
            return 0.0
        low, high = self._low._current._value, self._high._current._value
        value = 100 * (input.close - low) / (high - low) if high != low else 0.0
        self._fast.update(at, value)
        self._k.update(at, value)
        if self._k.is_ready:
            self._d.update(at, self._k._current._value)
        return float(value)

    def reset(self) -> None:
        for part in (self._high, self._low, self._fast, self._k, self._d):
            part.reset()
        super().reset()
