"""Bars that end when the price has moved, not the clock (LEAN: Common/Data/Market/RenkoBar.cs, RangeBar.cs, VolumeRenkoBar.cs)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr.enums import ClrEnum, value
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar

__all__ = ["BarDirection", "BaseRenkoBar", "PriceBar", "RangeBar", "RenkoBar", "RenkoType", "VolumeRenkoBar"]

_ZERO = Decimal(0)


class BarDirection(ClrEnum, clr="QuantConnect.Data.Market"):
    RISING = value(0)
    NO_DELTA = value(1)
    FALLING = value(2)


class RenkoType(ClrEnum, clr="QuantConnect.Data.Market"):
    CLASSIC = value(0)
    WICKED = value(1)


class PriceBar(TradeBar, clr="QuantConnect.Data.Market"):
    """Prices and volume as decimals while the bar grows; Python sees floats."""

    def __init__(
        self,
        symbol: Symbol,
        start: datetime,
        end: datetime,
        size: Decimal,
        prices: tuple[Decimal, Decimal, Decimal, Decimal],
        volume: Decimal = _ZERO,
    ) -> None:
        self._size, self._volume = size, volume
        self._open, self._high, self._low, self._close = prices
        self._closed = False
        self._state = BarState(symbol, start, end, 0.0, 0.0, 0.0, 0.0, 0.0)
        self._show()

    def _show(self) -> None:
        state = self._state
        state.open, state.high, state.low, state.close = (float(p) for p in (self._open, self._high, self._low, self._close))
        state.volume = float(self._volume)

    def _copy(self) -> PriceBar:
        prices = (self._open, self._high, self._low, self._close)
        made = type(self)(self._state.symbol, self._state.time, self._state.end_time, self._size, prices, self._volume)
        made._closed = self._closed
        return made

    @property
    def is_closed(self) -> bool:
        return self._closed

    def clone(self, fill_forward: bool = False) -> Any:
        return self._copy()


class BaseRenkoBar(PriceBar, clr="QuantConnect.Data.Market"):
    @property
    def start(self) -> datetime:
        return self._state.time

    @property
    def brick_size(self) -> float:
        return float(self._size)

    @property
    def type(self) -> Any:
        return RenkoType.CLASSIC


class RenkoBar(BaseRenkoBar, clr="QuantConnect.Data.Market"):
    """One brick; a classic one grows by ``_take``, a wicked one is made whole."""

    _wicked = False

    @property
    def type(self) -> Any:
        return RenkoType.WICKED if self._wicked else RenkoType.CLASSIC

    @property
    def direction(self) -> Any:
        if self._open == self._close:
            return BarDirection.NO_DELTA
        return BarDirection.RISING if self._open < self._close else BarDirection.FALLING

    @property
    def spread(self) -> float:
        return float(abs(self._close - self._open))

    def _copy(self) -> PriceBar:
        made = super()._copy()
        object.__setattr__(made, "_wicked", self._wicked)
        return made

    def _take(self, at: datetime, rate: Decimal, volume: Decimal) -> None:
        """Classic: closed one brick above or below its open."""
        self._state.end_time = at
        low, high = self._open - self._size, self._open + self._size
        self._close = min(high, max(low, rate))
        self._volume += volume
        self._closed = rate <= low or rate >= high
        self._high, self._low = max(self._high, self._close), min(self._low, self._close)
        self._show()


class RangeBar(PriceBar, clr="QuantConnect.Data.Market"):
    """Closed when high and low would be further apart than the range."""

    @property
    def range_size(self) -> float:
        return float(self._size)

    def _take(self, at: datetime, rate: Decimal, volume: Decimal) -> None:
        self._state.end_time = at
        if rate < self._low:
            self._closed = self._high - rate > self._size
            self._low = self._high - self._size if self._closed else rate
            self._close = self._low if self._closed else self._close
        elif rate > self._high:
            self._closed = rate - self._low > self._size
            self._high = self._low + self._size if self._closed else rate
            self._close = self._high if self._closed else self._close
        if not self._closed:
            self._volume += volume
        self._show()


class VolumeRenkoBar(BaseRenkoBar, clr="QuantConnect.Data.Market"):
    """Closed when its volume is the brick's."""

    @property
    def is_closed(self) -> bool:
        return self._volume >= self._size

    def _take(self, at: datetime, prices: tuple[Decimal, Decimal, Decimal], volume: Decimal) -> Decimal:
        """High, low and close of the data; what of the volume does not fit, negative while there is room."""
        if self.is_closed:
            return _ZERO
        self._state.end_time = at
        rest = self._volume + volume - self._size
        self._volume = self._size if rest > 0 else self._volume + volume
        high, low, self._close = prices
        self._high, self._low = max(self._high, high), min(self._low, low)
        self._show()
        return rest

    def _next(self) -> VolumeRenkoBar:
        """An empty bar that begins where this one ends."""
        prices = (self._close,) * 4
        return VolumeRenkoBar(self._state.symbol, self._state.end_time, self._state.end_time, self._size, prices)
