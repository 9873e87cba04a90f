"""Indicators of the bars of several symbols (LEAN: MultiSymbolIndicator, Beta, AdvanceDeclineIndicator, ArmsIndex)."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr.convert import to_int
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.indicators.base import TradeBarIndicator

__all__ = ["AdvanceDeclineIndicator", "AdvanceDeclineRatio", "AdvanceDeclineVolumeRatio", "ArmsIndex", "Beta"]

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


class Beta(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Slope of a target's returns on a reference's over `period` steps at which both have bars (Beta.cs)."""

    @overload
    def __init__(self, name: str, target_symbol: Symbol | str, reference_symbol: Symbol | str, period: int) -> None: ...
    @overload
    def __init__(self, target_symbol: Symbol | str, reference_symbol: Symbol | str, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int, target_symbol: Symbol | str, reference_symbol: Symbol | str) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        given = bound(Beta.__init__, arguments, keywords)
        period = int(given["period"])
        super().__init__(given.get("name") or f"B({period})")
        if period < 2:
            raise ArgumentException(f"Period parameter for Beta indicator must be greater than 2 but was {period}.")
        self._target, self._reference = to_symbol(given["target_symbol"]), to_symbol(given["reference_symbol"])
        self._period, self._warm_up_period = period, period + 1
        self._clear()

    def _clear(self) -> None:
        self._value = 0.0
        self._step = timedelta(0)
        self._new: dict[Symbol, Any] = {}
        self._closes: dict[Symbol, float] = {}
        self._returns: deque[tuple[float, float]] = deque(maxlen=self._period)

    @property
    def warm_up_period(self) -> int:
        return self._warm_up_period

    @warm_up_period.setter
    def warm_up_period(self, value: int) -> None:
        self._warm_up_period = to_int(value)

    @property
    def is_ready(self) -> bool:
        return len(self._returns) == self._period

    def _rounded(self, at: datetime) -> datetime:
        """End times are the same if they are so to the resolution of the first bar."""
        if self._step > _HOUR:
            return at.replace(hour=0, minute=0, second=0, microsecond=0)
        if self._step == _HOUR:
            return at.replace(minute=0, second=0, microsecond=0)
        return at.replace(second=0, microsecond=0) if self._step >= _MINUTE else at

    def compute_next_value(self, input: Any) -> float:
        if input.symbol not in (self._target, self._reference):
            raise ArgumentException(
                f"Input symbol {input.symbol} does not correspond to any of the symbols this indicator works on "
                f"({self._target}, {self._reference})"
            )
        if self._samples == 1:
            self._step = input.end_time - input.time
        self._new[input.symbol] = input
        if len(self._new) == 2 and len({self._rounded(bar.end_time) for bar in self._new.values()}) == 1:
            closes = {symbol: float(bar.close) for symbol, bar in self._new.items()}
            if self._closes:
                moves = [closes[s] / self._closes[s] - 1 if self._closes[s] else -1.0 for s in (self._target, self._reference)]
                self._returns.append((moves[0], moves[1]))
            self._closes, self._value = closes, self._slope()
        return self._value if self._samples > 1 else 0.0

    def _slope(self) -> float:
        """Covariance over variance of what returns there are; no variance counts as one."""
        count = len(self._returns)
        if count < 2:
            return 0.0
        target, reference = (sum(column) / count for column in zip(*self._returns, strict=True))
        covariance = sum((a - target) * (b - reference) for a, b in self._returns) / (count - 1)
        variance = sum((b - reference) ** 2 for _, b in self._returns) / (count - 1)
        return float(covariance / (variance or 1.0))

    def reset(self) -> None:
        self._clear()
        super().reset()


class AdvanceDeclineIndicator(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Bars that closed higher against bars that closed lower than the period before (AdvanceDeclineIndicator.cs)."""

    def __init__(self, name: str, compute_sub: Any, compute_main: Any) -> None:
        super().__init__(name)
        self._compute_sub, self._compute_main = compute_sub, compute_main
        self._bars: dict[Symbol, Any] = {}
        self._before: dict[Symbol, Any] = {}
        self._time: datetime | None = None
        self._warm_up_period = 2

    def add(self, asset: Symbol | str) -> None:
        self._bars.setdefault(to_symbol(asset), None)

    def remove(self, asset: Symbol | str) -> None:
        self._bars.pop(to_symbol(asset), None)

    @property
    def is_ready(self) -> bool:
        return bool(self._before)

    def _validate(self, data: Any) -> float | None:
        self._take(data)
        if not self._before or any(bar is None for bar in self._bars.values()):
            return None
        return self.compute_next_value(data)

    def compute_next_value(self, input: Any) -> float:
        advancing, declining = [], []
        for symbol, bar in self._bars.items():
            before = self._before.get(symbol)
            if before is not None and bar.close > before.close:
                advancing.append(bar)
            elif before is not None and bar.close < before.close:
                declining.append(bar)
        return float(self._compute_main(self._compute_sub(advancing), self._compute_sub(declining)))

    def _take(self, bar: Any) -> None:
        if bar.end_time == self._time:
            self._before[bar.symbol] = bar
            return
        if self._time is not None and bar.time > self._time:
            self._before = dict(self._bars)
            self._bars = dict.fromkeys(self._bars)
            self._time = bar.time
        if bar.symbol in self._bars and (self._time is None or bar.time == self._time):
            self._bars[bar.symbol] = bar
            self._time = bar.time

    def reset(self) -> None:
        self._before.clear()
        self._bars = dict.fromkeys(self._bars)
        self._time = None
        super().reset()


def _ratio(advance: float, decline: float) -> float:
    return advance / decline if decline else advance


class AdvanceDeclineRatio(AdvanceDeclineIndicator, clr="QuantConnect.Indicators"):
    """By number of symbols."""

    def __init__(self, name: str = "A/D Ratio") -> None:
        super().__init__(name, len, _ratio)


class AdvanceDeclineVolumeRatio(AdvanceDeclineIndicator, clr="QuantConnect.Indicators"):
    """By volume."""

    def __init__(self, name: str = "A/D Volume Rate") -> None:
        super().__init__(name, lambda bars: sum(bar.volume for bar in bars), _ratio)


class ArmsIndex(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Ratio of advances to declines by number over that by volume, "TRIN" (ArmsIndex.cs)."""

    def __init__(self, name: str = "TRIN") -> None:
        super().__init__(name)
        self._by_number = AdvanceDeclineRatio(name + "_A/D Ratio")
        self._by_volume = AdvanceDeclineVolumeRatio(name + "_A/D Volume Ratio")
        self._last = 0.0
        self._warm_up_period = 2

    @property
    def ad_ratio(self) -> AdvanceDeclineRatio:
        return self._by_number

    @property
    def adv_ratio(self) -> AdvanceDeclineVolumeRatio:
        return self._by_volume

    @property
    def is_ready(self) -> bool:
        return self._by_number.is_ready and self._by_volume.is_ready

    def add(self, asset: Symbol | str) -> None:
        self._by_number.add(asset)
        self._by_volume.add(asset)

    def remove(self, asset: Symbol | str) -> None:
        self._by_number.remove(asset)
        self._by_volume.remove(asset)

    def compute_next_value(self, input: Any) -> float:
        moved = [part._current for part in (self._by_number, self._by_volume)]
        self._by_number.update(input)
        self._by_volume.update(input)
        number, volume = self._by_number._current, self._by_volume._current
        if not volume._value:
            return 0.0
        if number is not moved[0] and volume is not moved[1]:
            self._last = number._value / volume._value
        return float(self._last)

    def reset(self) -> None:
        self._by_number.reset()
        self._by_volume.reset()
        self._last = 0.0
        super().reset()
