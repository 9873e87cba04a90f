"""Bricks: bars of one size (LEAN: Common/Data/Market/BaseRenkoBar.cs, RenkoBar.cs, VolumeRenkoBar.cs)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.enums import ClrEnum, value
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.price_bars import PriceBar
from lean_stubs.securities.decimals import to_decimal

__all__ = ["BarDirection", "BaseRenkoBar", "RenkoBar", "RenkoType", "VolumeRenkoBar"]

_ZERO = Decimal(0)


class BarDirection(ClrEnum, clr="QuantConnect.Data.Market"):
    RISING = value(0)
    NO_DELTA = value(1)
    FALLING = value(2)


class RenkoType(ClrEnum, clr="QuantConnect.Data.Market"):
    CLASSIC = value(0)
    WICKED = value(1)


class BaseRenkoBar(PriceBar, clr="QuantConnect.Data.Market"):
    _kind = RenkoType.CLASSIC

    @property
    def start(self) -> datetime:
        return self._state.time

    @start.setter
    def start(self, value: datetime) -> None:
        self._state.time = to_date_time(value)

    @property
    def brick_size(self) -> float:
        return float(self._size)

    @brick_size.setter
    def brick_size(self, value: float) -> None:
        self._size = to_decimal(value)

    @property
    def type(self) -> Any:
        return self._kind

    @type.setter
    def type(self, value: Any) -> None:
        self._kind = value

    @property
    def is_closed(self) -> bool:
        return self._closed

    @is_closed.setter
    def is_closed(self, value: bool) -> None:
        self._closed = value


class RenkoBar(BaseRenkoBar, clr="QuantConnect.Data.Market"):
    """One brick; a classic one grows by updates, a wicked one is made whole."""

    @overload
    def __init__(self, symbol: Symbol | str, time: datetime, brick_size: float, open: float, volume: float) -> None: ...
    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        start: datetime,
        end_time: datetime,
        brick_size: float,
        open: float,
        high: float,
        low: float,
        close: float,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(RenkoBar.__init__, arguments, named)
        if not given:
            self._begin_empty()
            return
        self._begin_given(given, "brick_size", given.get("start", given.get("time")))
        self._kind = RenkoType.WICKED if "start" in given else RenkoType.CLASSIC

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
        object.__setattr__(made, "_kind", self._kind)
        return made

    @overload
    def update(self, time: datetime, current_value: float, volume_since_last_update: float) -> bool: ...
    @overload
    def update(
        self, last_trade: float, bid_price: float, ask_price: float, volume: float, bid_size: float, ask_size: float
    ) -> None: ...
    def update(self, *arguments: Any, **named: Any) -> bool | None:
        """Take in a value and volume; whether the brick is closed then."""
        given = bound(RenkoBar.update, arguments, named)
        if "time" not in given:
            self._trade(*given.values())
            return None
        if self._kind == RenkoType.WICKED:
            raise InvalidOperationException('A "Wicked" RenkoBar cannot be updated!')
        if not self._closed:
            if self._state.time == NEVER_SET:
                self._state.time = to_date_time(given["time"])
            self._take(
                to_date_time(given["time"]), to_decimal(given["current_value"]), to_decimal(given["volume_since_last_update"])
            )
        return self._closed

    def _take(self, at: datetime, rate: Decimal, volume: Decimal) -> None:
        """Classic: closed one brick above or below its open."""
        self._state.end_time = at
        low, high = self._open - self._size, self._open + self._size
        self._close = min(high, max(low, rate))
        self._volume += volume
        self._closed = rate <= low or rate >= high
        self._high, self._low = max(self._high, self._close), min(self._low, self._close)
        self._show()


class VolumeRenkoBar(BaseRenkoBar, clr="QuantConnect.Data.Market"):
    """Closed when its volume is the brick's."""

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        start: datetime,
        end_time: datetime,
        brick_size: float,
        open: float,
        high: float,
        low: float,
        close: float,
        volume: float,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(VolumeRenkoBar.__init__, arguments, named)
        if given:
            self._begin_given(given, "brick_size", given["start"])
        else:
            self._begin_empty()

    @property  # type: ignore[misc]  # LEAN overrides the getter only
    def is_closed(self) -> bool:
        return self._volume >= self._size

    @overload
    def update(self, time: datetime, high: float, low: float, close: float, volume: float) -> float: ...
    @overload
    def update(
        self, last_trade: float, bid_price: float, ask_price: float, volume: float, bid_size: float, ask_size: float
    ) -> None: ...
    def update(self, *arguments: Any, **named: Any) -> float | None:
        """Take in a bar's prices and volume; what of the volume does not fit, negative while there is room."""
        given = bound(VolumeRenkoBar.update, arguments, named)
        if "time" not in given:
            self._trade(*given.values())
            return None
        time, high, low, close, volume = given.values()
        prices = (to_decimal(high), to_decimal(low), to_decimal(close))
        return float(self._take(to_date_time(time), prices, to_decimal(volume)))

    def rollover(self) -> VolumeRenkoBar:
        """An empty bar that begins where this one ends."""
        prices = (self._close,) * 4
        return VolumeRenkoBar._make(self._state.symbol, self._state.end_time, self._state.end_time, self._size, prices)

    def _take(self, at: datetime, prices: tuple[Decimal, Decimal, Decimal], volume: Decimal) -> Decimal:
        if self.is_closed:
            return _ZERO
        self._state.end_time = at
        rest = self._volume + volume - self._size
        self._volume = self._size if rest > 0 else self._volume + volume
        high, low, self._close = prices
        self._high, self._low = max(self._high, high), min(self._low, low)
        self._show()
        return rest
