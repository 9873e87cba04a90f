"""Volume-weighted average prices (Indicators/IntradayVwap.cs, VolumeWeightedAveragePriceIndicator.cs)."""

from __future__ import annotations

from collections import deque
from datetime import date
from math import fsum
from typing import Any, overload

from lean_stubs.indicators.base import IndicatorBase, TradeBarIndicator, named

__all__ = ["IntradayVwap", "VolumeWeightedAveragePriceIndicator"]


class IntradayVwap(IndicatorBase, clr="QuantConnect.Indicators"):
    """Since the day's start: mean of high, low and close, weighed by volume; without any volume the price.

    Filled-forward bars do not count.
    """

    def __init__(self, name: str = "VWAP") -> None:
        super().__init__(name)
        self._clear()

    def _clear(self) -> None:
        self._day: date | None = None
        self._volume = self._worth = 0.0

    def _accepts(self, data: Any) -> Any:
        return data

    def _validate(self, data: Any) -> float | None:
        if getattr(data, "is_fill_forward", True):
            return None
        if self._day != data.end_time.date():
            self._clear()
            self._day = data.end_time.date()
        self._volume += data.volume
        self._worth += data.volume * (data.high + data.low + data.close) / 3
        return float(self._worth / self._volume if self._volume else data.value)

    @property
    def is_ready(self) -> bool:
        return self._volume > 0

    def reset(self) -> None:
        self._clear()
        super().reset()


class VolumeWeightedAveragePriceIndicator(TradeBarIndicator, clr="QuantConnect.Indicators"):
    """Mean of open, high, low and close of `period` bars, weighed by volume (VolumeWeightedAveragePriceIndicator.cs)."""

    @overload
    def __init__(self, period: int) -> None: ...
    @overload
    def __init__(self, name: str, period: int) -> None: ...
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        name, rest = named("VWAP({})", arguments, keywords)
        super().__init__(name)
        self._warm_up_period = int(rest[0])
        self._bars: deque[tuple[float, float]] = deque(maxlen=self._warm_up_period)
        self._last = 0.0

    @property
    def is_ready(self) -> bool:
        return len(self._bars) == self._warm_up_period

    def get_time_weighted_average_price(self, input: Any) -> float:
        return float((input.open + input.high + input.low + input.value) / 4)

    def compute_next_value(self, input: Any) -> float:
        self._bars.append((self.get_time_weighted_average_price(input), float(input.volume)))
        volume = fsum(weight for _, weight in self._bars)
        # A composite of LEAN's keeps its value where it cannot divide.
        if volume:
            self._last = fsum(price * weight for price, weight in self._bars) / volume
        return self._last

    def reset(self) -> None:
        self._bars.clear()
        self._last = 0.0
        super().reset()
