"""Bars that end when the price has moved, not the clock (LEAN: Common/Data/Market/RangeBar.cs)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar, overload

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar
from lean_stubs.securities.decimals import to_decimal

__all__ = ["PriceBar", "RangeBar"]

_ZERO = Decimal(0)
_NOTHING = (_ZERO, _ZERO, _ZERO, _ZERO)
_PRICES = ("open", "high", "low", "close")
Prices = tuple[Decimal, Decimal, Decimal, Decimal]
B = TypeVar("B", bound="PriceBar")


class PriceBar(TradeBar, clr="QuantConnect.Data.Market"):
    """Prices and volume as decimals while the bar grows; Python sees floats."""

    def _begin(self, symbol: Symbol, start: datetime, end: datetime, size: Decimal, prices: Prices, volume: Decimal) -> None:
        self._size, self._volume = size, volume
        self._open, self._high, self._low, self._close = prices
        self._closed = False
        self._state = BarState(symbol, start, end, 0.0, 0.0, 0.0, 0.0, 0.0)
        self._show()

    @classmethod
    def _make(
        cls: type[B], symbol: Symbol, start: datetime, end: datetime, size: Decimal, prices: Prices, volume: Decimal = _ZERO
    ) -> B:
        """The engine's way to make one."""
        bar = object.__new__(cls)
        bar._begin(symbol, start, end, size, prices, volume)
        return bar

    def _begin_given(self, given: dict[str, Any], size: str, start: Any) -> None:
        """From the arguments of a constructor; prices that are not given are the open."""
        opening = to_decimal(given["open"])
        prices = [opening if given.get(name) is None else to_decimal(given[name]) for name in _PRICES]
        end = to_date_time(given["time"] if "time" in given else given["end_time"])
        self._begin(
            to_symbol(given["symbol"]),
            to_date_time(start),
            end,
            to_decimal(given[size]),
            (prices[0], prices[1], prices[2], prices[3]),
            to_decimal(given.get("volume", 0)),
        )

    def _begin_empty(self) -> None:
        self._begin(Symbol.EMPTY, NEVER_SET, NEVER_SET, _ZERO, _NOTHING, _ZERO)

    def _show(self) -> None:
        state = self._state
        state.open, state.high, state.low, state.close = (float(p) for p in (self._open, self._high, self._low, self._close))
        state.volume = float(self._volume)

    def _price(self, field: str, value: Any) -> None:
        setattr(self, f"_{field}", to_decimal(value))
        self._show()

    def _trade(self, *arguments: Any) -> None:
        """Take in a trade as any bar does."""
        TradeBar.update(self, *arguments)
        state = self._state
        self._open, self._high, self._low, self._close = (to_decimal(getattr(state, name)) for name in _PRICES)
        self._volume = to_decimal(state.volume)

    def _copy(self) -> PriceBar:
        prices = (self._open, self._high, self._low, self._close)
        made = type(self)._make(self._state.symbol, self._state.time, self._state.end_time, self._size, prices, self._volume)
        made._closed = self._closed
        return made

    def clone(self, fill_forward: bool = False) -> Any:
        return self._copy()


class RangeBar(PriceBar, clr="QuantConnect.Data.Market"):
    """Closed when high and low would be further apart than the range."""

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        end_time: datetime,
        range_size: float,
        open: float,
        high: float | None = None,
        low: float | None = None,
        close: float | None = None,
        volume: float = 0,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(RangeBar.__init__, arguments, named)
        if given:
            self._begin_given(given, "range_size", NEVER_SET)
        else:
            self._begin_empty()

    @property
    def range_size(self) -> float:
        return float(self._size)

    @property
    def is_closed(self) -> bool:
        return self._closed

    @overload
    def update(self, time: datetime, current_value: float, volume_since_last_update: float) -> None: ...
    @overload
    def update(
        self, last_trade: float, bid_price: float, ask_price: float, volume: float, bid_size: float, ask_size: float
    ) -> None: ...
    def update(self, *arguments: Any, **named: Any) -> None:
        """Take in a value and volume."""
        given = bound(RangeBar.update, arguments, named)
        if "time" in given:
            time, rate, volume = given.values()
            self._take(to_date_time(time), to_decimal(rate), to_decimal(volume))
        else:
            self._trade(*given.values())

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
