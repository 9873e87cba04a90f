"""Volume-weighted average price since the day's start (Indicators/IntradayVwap.cs)."""

from __future__ import annotations

from datetime import date
from typing import Any

from lean_stubs.indicators.base import IndicatorBase

__all__ = ["IntradayVwap"]


class IntradayVwap(IndicatorBase, clr="QuantConnect.Indicators"):
    """Bars weigh by the mean of their four prices; without any volume the value is the price."""

    def __init__(self, name: str = "VWAP") -> None:
        super().__init__(name)
        self._clear()

    def _clear(self) -> None:
        self._day: date | None = None
        self._volume = self._worth = 0.0

    def _accepts(self, data: Any) -> Any:
        return data

    def compute_next_value(self, input: Any) -> float:
        if self._day != input.end_time.date():
            self._clear()
            self._day = input.end_time.date()
        self._volume += input.volume
        self._worth += input.volume * (input.open + input.high + input.low + input.close) / 4
        return float(self._worth / self._volume if self._volume else input.value)

    @property
    def is_ready(self) -> bool:
        return self._volume > 0

    def reset(self) -> None:
        self._clear()
        super().reset()
