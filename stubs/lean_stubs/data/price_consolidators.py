"""Consolidators that look at prices or volumes, not at the clock.

Rules: Common/Data/Consolidators/{BaseTimelessConsolidator,RenkoConsolidator,ClassicRenkoConsolidator,RangeConsolidator,
ClassicRangeConsolidator,VolumeRenkoConsolidator}.cs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any

from lean_stubs.clr.exceptions import ArgumentException, ArgumentOutOfRangeException
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.consolidator_base import DataConsolidator
from lean_stubs.data.price_bars import PriceBar, RangeBar, RenkoBar, VolumeRenkoBar
from lean_stubs.securities.decimals import exact_price, to_decimal

__all__ = [
    "BaseTimelessConsolidator",
    "ClassicRangeConsolidator",
    "ClassicRenkoConsolidator",
    "DollarVolumeRenkoConsolidator",
    "RangeConsolidator",
    "RenkoConsolidator",
    "VolumeRenkoConsolidator",
    "WickedRenkoConsolidator",
]

_ZERO = Decimal(0)
_EPSILON = Decimal("1e-28")
#: Of US equities (LEAN: SymbolPropertiesDatabase).
_MINIMUM_PRICE_VARIATION = Decimal("0.01")


def _value(data: Any) -> Decimal:
    return exact_price(data, "close") if isinstance(data, TradeBar) else to_decimal(data.value)


def _volume(data: Any) -> Decimal:
    return to_decimal(data.volume) if isinstance(data, TradeBar) else to_decimal(getattr(data, "quantity", 0))


class BaseTimelessConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Value and volume of the data by two functions; subclasses say how a bar grows and begins."""

    def __init__(self, selector: Callable[[Any], Any] | None = None, volume_selector: Callable[[Any], Any] | None = None) -> None:
        super().__init__()
        self._value_of: Callable[[Any], Decimal] = _value if selector is None else lambda data: to_decimal(selector(data))
        self._volume_of: Callable[[Any], Decimal] = (
            _volume if volume_selector is None else lambda data: to_decimal(volume_selector(data))
        )
        self._bar: Any = None

    @property
    def working_data(self) -> Any:
        return None if self._bar is None else self._bar.clone()

    @property
    def output_type(self) -> Any:
        return PriceBar

    def update(self, data: Any) -> None:
        value, volume = self._value_of(data), self._volume_of(data)
        if self._bar is not None:
            self._grow(data.time, value, volume)
        # The bar may just have closed: the same data then begin the next one.
        if self._bar is None:
            self._begin(data, value, volume)

    def _grow(self, at: datetime, value: Decimal, volume: Decimal) -> None:
        self._bar._take(at, value, volume)
        if self._bar.is_closed:
            closed = self._bar
            self._closed(closed)
            self._emit(closed)
            self._bar = None

    def _closed(self, bar: Any) -> None:
        """Told of a closed bar before its handlers are."""

    def _begin(self, data: Any, value: Decimal, volume: Decimal) -> None:
        raise NotImplementedError

    def reset(self) -> None:
        super().reset()
        self._bar = None


class ClassicRenkoConsolidator(BaseTimelessConsolidator, clr="QuantConnect.Data.Consolidators"):
    """ClassicRenkoConsolidator(size[, selector[, volume_selector]][, even_bars]): bricks without wicks."""

    def __init__(self, bar_size: Any, *arguments: Any, **named: Any) -> None:
        functions = [item for item in arguments if callable(item)]
        flags = [item for item in arguments if isinstance(item, bool)]
        super().__init__(
            named.get("selector", functions[0] if functions else None),
            named.get("volume_selector", functions[1] if len(functions) > 1 else None),
        )
        self._size = to_decimal(bar_size)
        if self._size < _EPSILON:
            raise ArgumentOutOfRangeException("RenkoConsolidator bar size must be positve and greater than 1e-28", "barSize")
        self._even = named.get("even_bars", flags[0] if flags else True)
        self._last: Decimal | None = None

    @property
    def output_type(self) -> Any:
        return RenkoBar

    def _closed(self, bar: Any) -> None:
        self._last = bar._close

    def _begin(self, data: Any, value: Decimal, volume: Decimal) -> None:
        opening = value if self._last is None else self._last
        if self._even and self._last is None:
            opening = (opening / self._size).to_integral_value(ROUND_CEILING) * self._size
        self._bar = RenkoBar(data.symbol, data.time, data.time, self._size, (opening,) * 4, volume)

    def reset(self) -> None:
        super().reset()
        self._last = None


class RenkoConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Wicked bricks: a turn needs two bricks' way, and each brick keeps the extreme that it saw."""

    def __init__(self, bar_size: Any) -> None:
        super().__init__()
        self._size = to_decimal(bar_size)
        if self._size <= 0:
            raise ArgumentException("Renko consolidator BarSize must be strictly greater than zero")
        self._clear()

    def _clear(self) -> None:
        self._first = True
        self._brick: RenkoBar | None = None

    @property
    def output_type(self) -> Any:
        return RenkoBar

    @property
    def working_data(self) -> Any:
        return None if self._brick is None else self._brick.clone()

    @staticmethod
    def get_closest_multiple(price: Any, bar_size: Any) -> float:
        size = to_decimal(bar_size)
        if size <= 0:
            raise ArgumentException("BarSize must be strictly greater than zero")
        return float(_closest_multiple(to_decimal(price), size))

    def update(self, data: Any) -> None:
        rate = _value(data)
        if self._first:
            self._first = False
            rate = _closest_multiple(rate, self._size)
            self._began: datetime = data.time
            self._open = self._high = self._low = rate
            return
        self._high, self._low = max(self._high, rate), min(self._low, rate)
        if rate > self._open:
            self._move(data, rate, 1)
        elif rate < self._open:
            self._move(data, rate, -1)

    def _move(self, data: Any, rate: Decimal, way: int) -> None:
        last = self._brick
        if last is not None and (last._close - last._open) * way < 0:
            # A turn: from the last brick's open, one brick on.
            limit = last._open + way * self._size
            if (rate - limit) * way <= 0:
                return
            self._lay(data, last._open, limit, way)
        while (rate - (limit := self._open + way * self._size)) * way > 0:
            self._lay(data, self._open, limit, way)

    def _lay(self, data: Any, opening: Decimal, limit: Decimal, way: int) -> None:
        prices = (opening, limit, self._low, limit) if way > 0 else (opening, self._high, limit, limit)
        brick = RenkoBar(data.symbol, self._began, data.time, self._size, prices)
        object.__setattr__(brick, "_wicked", True)
        self._brick = brick
        self._emit(brick)
        self._began, self._open = data.time, limit
        if way > 0:
            self._low = limit
        else:
            self._high = limit

    def reset(self) -> None:
        super().reset()
        self._clear()


def _closest_multiple(price: Decimal, size: Decimal) -> Decimal:
    whole = (price / size).to_integral_value(ROUND_FLOOR)
    return size * (whole + ((price - size * whole) / size).to_integral_value(ROUND_HALF_EVEN))


class WickedRenkoConsolidator(RenkoConsolidator, clr="QuantConnect.Data.Consolidators"):
    """The same under its other name."""


class RangeConsolidator(BaseTimelessConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Bars of `range` cents; a jump fills the way with bars that have no volume."""

    def __init__(
        self,
        range: int,
        selector: Callable[[Any], Any] | None = None,
        volume_selector: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(selector, volume_selector)
        self._range, self._size = range, _ZERO

    @property
    def range(self) -> int:
        return self._range

    @property
    def range_size(self) -> float:
        return float(self._size)

    @property
    def output_type(self) -> Any:
        return RangeBar

    def _grow(self, at: datetime, value: Decimal, volume: Decimal) -> None:
        rising = value > self._bar._high
        self._bar._take(at, value, volume)
        while self._bar.is_closed:
            done = self._bar
            self._emit(done)
            opening = done._high + _MINIMUM_PRICE_VARIATION if rising else done._low - _MINIMUM_PRICE_VARIATION
            end = done._state.end_time
            self._bar = RangeBar(done._state.symbol, end, end, self._size, (opening,) * 4)
            self._bar._take(at, value, _ZERO if abs(opening - value) > self._size else volume)

    def _begin(self, data: Any, value: Decimal, volume: Decimal) -> None:
        opening = value
        if not self._size:
            self._size = _MINIMUM_PRICE_VARIATION * self._range
            opening = (opening / self._size).to_integral_value(ROUND_CEILING) * self._size
        self._bar = RangeBar(data.symbol, data.time, data.time, self._size, (opening,) * 4, volume)

    def reset(self) -> None:
        super().reset()
        self._size = _ZERO


class ClassicRangeConsolidator(RangeConsolidator, clr="QuantConnect.Data.Consolidators"):
    """A jump ends one bar, and the next begins at the new price."""

    def _grow(self, at: datetime, value: Decimal, volume: Decimal) -> None:
        BaseTimelessConsolidator._grow(self, at, value, volume)


class VolumeRenkoConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Bars of equal volume."""

    def __init__(self, bar_size: Any) -> None:
        super().__init__()
        self._size = to_decimal(bar_size)
        self._bar: VolumeRenkoBar | None = None

    @property
    def output_type(self) -> Any:
        return VolumeRenkoBar

    @property
    def working_data(self) -> Any:
        return self._bar

    def _adjusted(self, volume: Decimal, price: Decimal) -> Decimal:
        return volume

    def update(self, data: Any) -> None:
        if not isinstance(data, TradeBar):
            raise ArgumentException(f"{type(self).__name__} must be used with TradeBar or Tick data.")
        opening, high, low, close = (exact_price(data, name) for name in ("open", "high", "low", "close"))
        if self._bar is None:
            self._bar = VolumeRenkoBar(data.symbol, data.time, data.end_time, self._size, (opening, high, low, close))
        rest = self._bar._take(data.end_time, (high, low, close), self._adjusted(to_decimal(data.volume), close))
        while rest >= 0:
            self._emit(self._bar)
            self._bar = self._bar._next()
            rest = self._bar._take(data.end_time, (high, low, close), rest)

    def reset(self) -> None:
        super().reset()
        self._bar = None


class DollarVolumeRenkoConsolidator(VolumeRenkoConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Bars of equal dollar volume."""

    def _adjusted(self, volume: Decimal, price: Decimal) -> Decimal:
        return volume * price
