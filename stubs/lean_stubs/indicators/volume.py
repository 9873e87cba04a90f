"""Indicators of volume (LEAN's classes of the same names)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator, named
from lean_stubs.indicators.composed import ComposedBarIndicator
from lean_stubs.indicators.windows import Sum

__all__ = ["AccumulationDistribution", "ChaikinMoneyFlow", "MoneyFlowIndex", "OnBalanceVolume"]


def _flow(bar: Any) -> float:
    """Volume by where the close lies in the bar: all of it at the high, none in the middle, less than nothing below."""
    span = bar.high - bar.low
    return float(((bar.close - bar.low) - (bar.high - bar.close)) / span * bar.volume) if span > 0 else 0.0


class OnBalanceVolume(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Volume of bars that close higher, less that of bars that close lower; the first counts."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    def __init__(self, name: str = "OBV") -> None:
        super().__init__(name)
        self._last: float | None = None
        self._warm_up_period = 1

    @property
    def is_ready(self) -> bool:
        return self._last is not None

    def compute_next_value(self, input: Any) -> float:
        before, self._last = self._last, float(input.value)
        if before is None or self._last > before:
            return self._current._value + float(input.volume)
        return self._current._value - (float(input.volume) if self._last < before else 0.0)

    def reset(self) -> None:
        self._last = None
        super().reset()


class AccumulationDistribution(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Sum of the flow of all bars."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    def __init__(self, name: str = "AD") -> None:
        super().__init__(name)
        self._warm_up_period = 1

    def compute_next_value(self, input: Any) -> float:
        return self._current._value + _flow(input)


class ChaikinMoneyFlow(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """Flow of the period by its volume."""

    @overload
    def __init__(self, name: str, period: int) -> None: ...
    @overload
    def __init__(self, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("CMF({})", arguments, keywords)
        super().__init__(name)
        self._flows, self._volumes = Sum(period), Sum(period)
        self._parts = (self._flows, self._volumes)
        self._warm_up_period = int(period)

    @property
    def is_ready(self) -> bool:
        return self._flows.is_ready

    def compute_next_value(self, input: Any) -> float:
        self._flows.update(input.end_time, _flow(input))
        self._volumes.update(input.end_time, float(input.volume))
        volume = self._volumes._current._value
        return self._flows._current._value / volume if self.is_ready and volume else 0.0


class MoneyFlowIndex(ComposedBarIndicator, clr="QuantConnect.Indicators"):
    """Money of bars whose typical price rose, in percent of that of all bars whose price moved."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, (period,) = named("MFI({})", arguments, keywords)
        super().__init__(name)
        self._rising, self._falling = Sum(name + "_PositiveMoneyFlow", period), Sum(name + "_NegativeMoneyFlow", period)
        self._parts = (self._rising, self._falling)
        self._price = 0.0
        self._warm_up_period = int(period)

    @property
    def positive_money_flow(self) -> IndicatorBase:
        return self._rising

    @property
    def negative_money_flow(self) -> IndicatorBase:
        return self._falling

    @property
    def previous_typical_price(self) -> float:
        return self._price

    @property
    def is_ready(self) -> bool:
        return self._rising.is_ready and self._falling.is_ready

    def compute_next_value(self, input: Any) -> float:
        before, self._price = self._price, (input.high + input.low + input.close) / 3
        money = self._price * float(input.volume)
        self._rising.update(input.end_time, money if self._price > before else 0.0)
        self._falling.update(input.end_time, money if self._price < before else 0.0)
        total = self._rising._current._value + self._falling._current._value
        return 100 * self._rising._current._value / total if total else 100.0

    def reset(self) -> None:
        self._price = 0.0
        super().reset()
