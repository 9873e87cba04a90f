"""Bar and QuoteBar as Python sees them (LEAN: Common/Data/Market/Bar.cs, QuoteBar.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import to_date_time, to_double, to_time_span
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import MarketDataType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import BaseData, TradeBar, wrap
from lean_stubs.data.quote_state import QuoteState, Side
from lean_stubs.data.tick import wrap_tick
from lean_stubs.data.tick_state import TickState
from lean_stubs.securities.decimals import smart_text, to_decimal

__all__ = ["Bar", "QuoteBar", "wrap_point", "wrap_quote"]

_MINUTE = timedelta(minutes=1)
_NEVER = datetime(1, 1, 1)
_ZERO = Decimal(0)
_EMPTY = Side(_ZERO, _ZERO, _ZERO, _ZERO)


class Bar(ClrObject, clr="QuantConnect.Data.Market"):
    """Open, high, low and close of one side."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, open: float, high: float, low: float, close: float) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(Bar.__init__, arguments, named)
        self._side = Side(*(to_decimal(price) for price in given.values())) if given else _EMPTY

    def _change(self, **values: Any) -> None:
        self._side = self._side._replace(**{name: to_decimal(value) for name, value in values.items()})

    @property
    def open(self) -> float:
        return float(self._side.open)

    @open.setter
    def open(self, value: Any) -> None:
        self._change(open=value)

    @property
    def high(self) -> float:
        return float(self._side.high)

    @high.setter
    def high(self, value: Any) -> None:
        self._change(high=value)

    @property
    def low(self) -> float:
        return float(self._side.low)

    @low.setter
    def low(self, value: Any) -> None:
        self._change(low=value)

    @property
    def close(self) -> float:
        return float(self._side.close)

    @close.setter
    def close(self, value: Any) -> None:
        self._change(close=value)

    def update(self, value: Any) -> None:
        """Take in one price; zero is none."""
        price, side = to_decimal(value), self._side
        if price:
            first = not side.open
            self._side = Side(
                price if first else side.open,
                price if first else max(side.high, price),
                price if first else min(side.low, price),
                price,
            )

    def clone(self) -> Bar:
        return _bar(self._side)

    def __str__(self) -> str:
        return " ".join(f"{letter}: {smart_text(price)}" for letter, price in zip("OHLC", self._side, strict=True))


def _bar(side: Side) -> Bar:
    made = object.__new__(Bar)
    made._side = side
    return made


class QuoteBar(BaseData, clr="QuantConnect.Data.Market"):
    """Bid and ask over a span of time. A wrapper: two of one bar are equal, not identical."""

    _state: QuoteState

    @overload
    def __init__(
        self,
        time: datetime,
        symbol: Symbol | str,
        bid: Bar | None,
        last_bid_size: float,
        ask: Bar | None,
        last_ask_size: float,
        period: timedelta | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, empty: bool) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Without arguments it has both sides, at zero; an empty one has none."""
        given = bound(QuoteBar.__init__, arguments, named)
        if "time" not in given:
            side = None if given.get("empty", False) else _EMPTY
            end = _NEVER if side is None else _NEVER + _MINUTE
            self._state = QuoteState(Symbol.EMPTY, _NEVER, end, side, 0.0, side, 0.0)
            return
        start, period = to_date_time(given["time"]), given.get("period")
        bid, ask = (None if given[name] is None else given[name]._side for name in ("bid", "ask"))
        self._state = QuoteState(
            to_symbol(given["symbol"]),
            start,
            start + (_MINUTE if period is None else to_time_span(period)),
            bid,
            0.0 if bid is None else to_double(given["last_bid_size"]),
            ask,
            0.0 if ask is None else to_double(given["last_ask_size"]),
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
        return self._state.period

    @period.setter
    def period(self, value: Any) -> None:
        self._state.end_time = self._state.time + to_time_span(value)

    @property
    def bid(self) -> Bar | None:
        return None if self._state.bid is None else _bar(self._state.bid)

    @bid.setter
    def bid(self, value: Bar | None) -> None:
        self._state.set_sides(None if value is None else value._side, self._state.ask)

    @property
    def ask(self) -> Bar | None:
        return None if self._state.ask is None else _bar(self._state.ask)

    @ask.setter
    def ask(self, value: Bar | None) -> None:
        self._state.set_sides(self._state.bid, None if value is None else value._side)

    @property
    def last_bid_size(self) -> float:
        return self._state.bid_size

    @last_bid_size.setter
    def last_bid_size(self, value: Any) -> None:
        self._state.bid_size = to_double(value)

    @property
    def last_ask_size(self) -> float:
        return self._state.ask_size

    @last_ask_size.setter
    def last_ask_size(self, value: Any) -> None:
        self._state.ask_size = to_double(value)

    @property
    def open(self) -> float:
        return self._state.open

    @property
    def high(self) -> float:
        return self._state.high

    @property
    def low(self) -> float:
        return self._state.low

    @property
    def close(self) -> float:
        return self._state.close

    @property
    def value(self) -> float:
        assigned = self._state.assigned
        return self._state.close if assigned is None else float(assigned)

    @value.setter
    def value(self, value: Any) -> None:
        self._state.assigned = to_decimal(value)

    @property
    def price(self) -> float:
        return self.value

    @property
    def is_fill_forward(self) -> bool:
        return self._state.is_fill_forward

    @property
    def data_type(self) -> MarketDataType:
        return getattr(self, "_data_type", MarketDataType.QUOTE_BAR)

    @data_type.setter
    def data_type(self, value: MarketDataType) -> None:
        self._data_type = value

    def update(self, last_trade: Any, bid_price: Any, ask_price: Any, volume: Any, bid_size: Any, ask_size: Any) -> None:
        """Take in one price of each side; zero is none."""
        prices = [to_decimal(price) for price in (last_trade, bid_price, ask_price)]
        self._state.update(prices[0], prices[1], prices[2], float(bid_size), float(ask_size))

    def collapse(self) -> TradeBar:
        """A trade bar half way between bid and ask, without volume."""
        s = self._state
        return wrap(BarState(s.symbol, s.time, s.end_time, s.open, s.high, s.low, s.close, 0.0))

    def clone(self, fill_forward: bool = False) -> QuoteBar:
        return wrap_quote(self._state.clone(fill_forward))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuoteBar) and other._state is self._state

    def __hash__(self) -> int:
        return hash(id(self._state))

    def __str__(self) -> str:
        state = self._state
        text = f"{state.symbol}: "
        for name, side in (("Bid", state.bid), ("Ask", state.ask)):
            prices = [""] * 4 if side is None else [smart_text(price) for price in side]
            text += "".join(f"{name}: {letter}: {price} " for letter, price in zip("OHLC", prices, strict=True))
        return text


def wrap_quote(state: QuoteState) -> QuoteBar:
    """A new wrapper of a quote bar."""
    bar = object.__new__(QuoteBar)
    bar._state = state
    return bar


def wrap_point(point: Any) -> Any:
    """A new wrapper of a bar of either kind or of a tick; other points as they are."""
    kind = type(point)
    if kind is BarState:
        return wrap(point)
    if kind is QuoteState:
        return wrap_quote(point)
    return wrap_tick(point) if kind is TickState else point
