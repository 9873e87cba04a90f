"""BaseData and TradeBar as Python sees them (LEAN: Common/Data/BaseData.cs, Common/Data/Market/TradeBar.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import to_date_time, to_decimal, to_time_span
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import MarketDataType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.securities.decimals import normalize_text, smart_text
from lean_stubs.securities.decimals import to_decimal as as_decimal

__all__ = ["BaseData", "TradeBar", "wrap"]

_MINUTE = timedelta(minutes=1)
_NEVER = datetime(1, 1, 1)


class BaseData(ClrObject, clr="QuantConnect.Data"):
    """A data point with a symbol, a time and a value."""

    _filled = False

    def __init__(self) -> None:
        self._symbol: Symbol = Symbol.EMPTY
        self._time = self._end_time = _NEVER
        self._value = 0.0

    @property
    def symbol(self) -> Symbol:
        return self._symbol

    @symbol.setter
    def symbol(self, value: Any) -> None:
        self._symbol = to_symbol(value)

    @property
    def time(self) -> datetime:
        return self._time

    @time.setter
    def time(self, value: Any) -> None:
        self._time = to_date_time(value)

    @property
    def end_time(self) -> datetime:
        return self._end_time

    @end_time.setter
    def end_time(self, value: Any) -> None:
        self._end_time = to_date_time(value)

    @property
    def value(self) -> float:
        return self._value

    @value.setter
    def value(self, value: Any) -> None:
        self._value = to_decimal(value)

    @property
    def price(self) -> float:
        return self.value

    @property
    def data_type(self) -> MarketDataType:
        return getattr(self, "_data_type", MarketDataType.BASE)

    @data_type.setter
    def data_type(self, value: MarketDataType) -> None:
        self._data_type = value

    @property
    def is_fill_forward(self) -> bool:
        return self._filled

    def __str__(self) -> str:
        return f"{self.symbol}: {smart_text(as_decimal(self.value))}"


class TradeBar(BaseData, clr="QuantConnect.Data.Market"):
    """Open, high, low, close and volume of a span of time. A wrapper: two of one bar are equal, not identical."""

    _state: BarState

    @overload
    def __init__(
        self,
        time: datetime,
        symbol: Symbol | str,
        open: float,
        high: float,
        low: float,
        close: float,
        volume: float,
        period: timedelta | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, original: TradeBar) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(TradeBar.__init__, arguments, named)
        if "original" in given:
            self._state = given["original"]._state.clone()
            return
        time, symbol, period = given.get("time"), given.get("symbol"), given.get("period")
        start = _NEVER if time is None else to_date_time(time)
        self._state = BarState(
            Symbol.EMPTY if symbol is None else to_symbol(symbol),
            start,
            start + (_MINUTE if period is None else to_time_span(period)),
            to_decimal(given.get("open", 0)),
            to_decimal(given.get("high", 0)),
            to_decimal(given.get("low", 0)),
            to_decimal(given.get("close", 0)),
            to_decimal(given.get("volume", 0)),
        )

    @property
    def symbol(self) -> Symbol:
        return self._state.symbol

    @symbol.setter
    def symbol(self, value: Any) -> None:
        self._state.symbol = to_symbol(value)

    @property
    def time(self) -> datetime:
        return self._state.time

    @time.setter
    def time(self, value: Any) -> None:
        # LEAN keeps time and period: the end moves along.
        state, at = self._state, to_date_time(value)
        state.end_time += at - state.time
        state.time = at

    @property
    def end_time(self) -> datetime:
        return self._state.end_time

    @end_time.setter
    def end_time(self, value: Any) -> None:
        self._state.end_time = to_date_time(value)

    @property
    def period(self) -> timedelta:
        return self._state.end_time - self._state.time

    @period.setter
    def period(self, value: Any) -> None:
        self._state.end_time = self._state.time + to_time_span(value)

    def _price(self, field: str, value: Any) -> None:
        setattr(self._state, field, to_decimal(value))
        self._state._exact = None

    @property
    def open(self) -> float:
        return self._state.open

    @open.setter
    def open(self, value: Any) -> None:
        self._price("open", value)

    @property
    def high(self) -> float:
        return self._state.high

    @high.setter
    def high(self, value: Any) -> None:
        self._price("high", value)

    @property
    def low(self) -> float:
        return self._state.low

    @low.setter
    def low(self, value: Any) -> None:
        self._price("low", value)

    @property
    def close(self) -> float:
        return self._state.close

    @close.setter
    def close(self, value: Any) -> None:
        self._price("close", value)

    @property
    def value(self) -> float:
        return self._state.close

    @value.setter
    def value(self, value: Any) -> None:
        self._price("close", value)

    @property
    def price(self) -> float:
        return self._state.close

    @property
    def volume(self) -> float:
        return self._state.volume

    @volume.setter
    def volume(self, value: Any) -> None:
        self._state.volume = to_decimal(value)

    @property
    def is_fill_forward(self) -> bool:
        return self._state.is_fill_forward

    @property
    def data_type(self) -> MarketDataType:
        return getattr(self, "_data_type", MarketDataType.TRADE_BAR)

    @data_type.setter
    def data_type(self, value: MarketDataType) -> None:
        self._data_type = value

    def update(self, last_trade: Any, bid_price: Any, ask_price: Any, volume: Any, bid_size: Any, ask_size: Any) -> None:
        """Take in one trade."""
        price, state = to_decimal(last_trade), self._state
        if not state.open:
            state.open = state.high = state.low = price
        state.high, state.low, state.close = max(state.high, price), min(state.low or price, price), price
        state.volume += to_decimal(volume)
        state._exact = None

    def clone(self, fill_forward: bool = False) -> TradeBar:
        return wrap(self._state.clone(fill_forward))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TradeBar) and other._state is self._state

    def __hash__(self) -> int:
        return hash(id(self._state))

    def __str__(self) -> str:
        s = self._state
        prices = " ".join(
            f"{letter}: {smart_text(exact)}"
            for letter, exact in zip("OHLC", (s.exact_open, s.exact_high, s.exact_low, s.exact_close), strict=True)
        )
        return f"{s.symbol}: {prices} V: {normalize_text(as_decimal(s.volume))}"


def wrap(state: BarState) -> TradeBar:
    """A new wrapper of a bar."""
    bar = object.__new__(TradeBar)
    bar._state = state
    return bar
