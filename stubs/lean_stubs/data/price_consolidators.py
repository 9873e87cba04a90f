"""Consolidators that look at prices or volumes, not at the clock.

Rules: Common/Data/Consolidators/{BaseTimelessConsolidator,RenkoConsolidator,ClassicRenkoConsolidator,
VolumeRenkoConsolidator}.cs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, overload

from lean_stubs.clr.exceptions import ArgumentException, ArgumentOutOfRangeException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import TickType
from lean_stubs.data.base_data import BaseData, TradeBar
from lean_stubs.data.consolidator_base import DataConsolidator
from lean_stubs.data.price_bars import PriceBar
from lean_stubs.data.renko_bars import RenkoBar, RenkoType, VolumeRenkoBar
from lean_stubs.data.tick import Tick
from lean_stubs.securities.decimals import exact_price, to_decimal

__all__ = [
    "BaseTimelessConsolidator",
    "ClassicRenkoConsolidator",
    "DollarVolumeRenkoConsolidator",
    "RenkoConsolidator",
    "VolumeRenkoConsolidator",
    "WickedRenkoConsolidator",
]

Selector = Callable[[Any], Any]

_ZERO = Decimal(0)
_EPSILON = Decimal("1e-28")


def _value(data: Any) -> Decimal:
    return exact_price(data, "close") if isinstance(data, (TradeBar, Tick)) else to_decimal(data.value)


def _volume(data: Any) -> Decimal:
    return to_decimal(data.volume) if isinstance(data, TradeBar) else to_decimal(getattr(data, "quantity", 0))


class BaseTimelessConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Value and volume of the data by two functions; subclasses say how a bar grows and begins."""

    @overload
    def __init__(self, value_selector: Selector, volume_selector: Selector | None = None) -> None: ...
    @overload
    def __init__(self, selector: Selector | None = None, volume_selector: Selector | None = None) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        given = bound(BaseTimelessConsolidator.__init__, arguments, named)
        selector, volume_selector = given.get("selector", given.get("value_selector")), given.get("volume_selector")
        self._value_of: Callable[[Any], Decimal] = _value if selector is None else lambda data: to_decimal(selector(data))
        self._volume_of: Callable[[Any], Decimal] = (
            _volume if volume_selector is None else lambda data: to_decimal(volume_selector(data))
        )
        self._bar: Any = None

    @property
    def working_data(self) -> Any:
        return None if self._bar is None else self._bar.clone()

    @property
    def input_type(self) -> Any:
        return BaseData

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
    """Bricks without wicks; even ones begin at a multiple of the size."""

    @overload
    def __init__(
        self, bar_size: float, selector: Selector | None, volume_selector: Selector | None = None, even_bars: bool = True
    ) -> None: ...
    @overload
    def __init__(self, bar_size: float, even_bars: bool = True) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(ClassicRenkoConsolidator.__init__, arguments, named)
        super().__init__(given.get("selector"), given.get("volume_selector"))
        self._size = to_decimal(given["bar_size"])
        if self._size < _EPSILON:
            raise ArgumentOutOfRangeException("RenkoConsolidator bar size must be positve and greater than 1e-28", "barSize")
        self._even = given.get("even_bars", True)
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
        self._bar = RenkoBar._make(data.symbol, data.time, data.time, self._size, (opening,) * 4, volume)

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
    def input_type(self) -> Any:
        return BaseData

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
        brick = RenkoBar._make(data.symbol, self._began, data.time, self._size, prices)
        brick._kind = RenkoType.WICKED
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


class VolumeRenkoConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Bars of equal volume."""

    def __init__(self, bar_size: Any) -> None:
        super().__init__()
        self._size = to_decimal(bar_size)
        self._bar: VolumeRenkoBar | None = None

    @property
    def input_type(self) -> Any:
        return BaseData

    @property
    def output_type(self) -> Any:
        return VolumeRenkoBar

    @property
    def working_data(self) -> Any:
        return self._bar

    def _adjusted(self, volume: Decimal, price: Decimal) -> Decimal:
        return volume

    def update(self, data: Any) -> None:
        if isinstance(data, Tick) and data.tick_type != TickType.TRADE:
            return
        if not isinstance(data, (TradeBar, Tick)):
            raise ArgumentException(f"{type(self).__name__} must be used with TradeBar or Tick data.")
        opening, high, low, close = (exact_price(data, name) for name in ("open", "high", "low", "close"))
        if self._bar is None:
            self._bar = VolumeRenkoBar._make(data.symbol, data.time, data.end_time, self._size, (opening, high, low, close))
        rest = self._bar._take(data.end_time, (high, low, close), self._adjusted(_volume(data), close))
        while rest >= 0:
            self._emit(self._bar)
            self._bar = self._bar.rollover()
            rest = self._bar._take(data.end_time, (high, low, close), rest)

    def reset(self) -> None:
        super().reset()
        self._bar = None


class DollarVolumeRenkoConsolidator(VolumeRenkoConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Bars of equal dollar volume."""

    def _adjusted(self, volume: Decimal, price: Decimal) -> Decimal:
        return volume * price
