"""Volume-weighted average price since the day's start (Indicators/IntradayVwap.cs)."""

from __future__ import annotations

from datetime import date
from typing import Any

from lean_stubs.indicators.base import IndicatorBase

__all__ = ["IntradayVwap"]


class IntradayVwap(IndicatorBase, clr="QuantConnect.Indicators"):
    """Mean of high, low and close, weighed by volume; without any volume the price. Filled-forward bars do not count."""

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
