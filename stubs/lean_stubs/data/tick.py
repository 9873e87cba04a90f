"""Tick as Python sees it (LEAN: Common/Data/Market/Tick.cs)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.convert import to_bool, to_date_time, to_double, to_int, to_string
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import MarketDataType, SecurityType, TickType
from lean_stubs.common.exchange import Exchange
from lean_stubs.common.primary_exchange import primary_exchange
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import BaseData
from lean_stubs.data.tick_arguments import tick_of_line, tick_of_values
from lean_stubs.data.tick_state import TickState, quote_value
from lean_stubs.securities.decimals import normalize_text, to_decimal

__all__ = ["Tick", "wrap_tick"]


class Tick(BaseData, clr="QuantConnect.Data.Market"):
    """A trade or a quote at one time. A wrapper: two of one tick are equal, not identical."""

    _state: TickState

    @overload
    def __init__(self, time: datetime, symbol: Symbol | str, bid: float, ask: float) -> None: ...
    @overload
    def __init__(self, time: datetime, symbol: Symbol | str, open_interest: float) -> None: ...
    @overload
    def __init__(self, time: datetime, symbol: Symbol | str, last: float, bid: float, ask: float) -> None: ...
    @overload
    def __init__(
        self, time: datetime, symbol: Symbol | str, sale_condition: str, exchange: str, quantity: float, price: float
    ) -> None: ...
    @overload
    def __init__(
        self, time: datetime, symbol: Symbol | str, sale_condition: str, exchange: Exchange, quantity: float, price: float
    ) -> None: ...
    @overload
    def __init__(
        self,
        time: datetime,
        symbol: Symbol | str,
        sale_condition: str,
        exchange: str,
        bid_size: float,
        bid_price: float,
        ask_size: float,
        ask_price: float,
    ) -> None: ...
    @overload
    def __init__(
        self, time: datetime, symbol: Symbol | str, bid_size: float, bid_price: float, ask_size: float, ask_price: float
    ) -> None: ...
    @overload
    def __init__(
        self,
        time: datetime,
        symbol: Symbol | str,
        sale_condition: str,
        exchange: Exchange,
        bid_size: float,
        bid_price: float,
        ask_size: float,
        ask_price: float,
    ) -> None: ...
    @overload
    def __init__(self, symbol: Symbol | str, line: str) -> None: ...
    @overload
    def __init__(self, symbol: Symbol | str, line: str, base_date: datetime) -> None: ...
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, original: Tick) -> None: ...
    @overload
    def __init__(self, config: Any, reader: Any, date: datetime) -> None: ...
    @overload
    def __init__(self, config: Any, line: str, date: datetime) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(Tick.__init__, arguments, named)
        if "original" in given:
            self._state = given["original"]._state.clone()
        elif "reader" in given or ("line" in given and len(given) == 2):
            raise NotOffered("Tick of a stream or of a line of FXCM", "of a line of an equity's file it is")
        elif "line" in given:
            self._state = tick_of_line(given)
        else:
            self._state = tick_of_values(given)

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
        self._state.time = to_date_time(value)

    @property
    def end_time(self) -> datetime:
        return self._state.time

    @end_time.setter
    def end_time(self, value: Any) -> None:
        self._state.time = to_date_time(value)

    @property
    def value(self) -> float:
        return self._state.value

    @value.setter
    def value(self, value: Any) -> None:
        self._state.exact_value = to_decimal(value)

    @property
    def price(self) -> float:
        return self._state.value

    @property
    def last_price(self) -> float:
        return self._state.value

    @property
    def tick_type(self) -> TickType:
        return self._state.tick_type

    @tick_type.setter
    def tick_type(self, value: TickType) -> None:
        self._state.tick_type = value

    @property
    def quantity(self) -> float:
        return self._state.quantity

    @quantity.setter
    def quantity(self, value: Any) -> None:
        self._state.quantity = to_double(value)

    def _exchange(self) -> Exchange:
        return primary_exchange(self._state.exchange, self._state.symbol.id.market)

    @property
    def exchange(self) -> str:
        """Name of the exchange; empty where it is not known."""
        return self._exchange().name

    @exchange.setter
    def exchange(self, value: Any) -> None:
        self._state.exchange = to_string(value)

    @property
    def exchange_code(self) -> str:
        """Its letter."""
        return self._exchange().code

    @exchange_code.setter
    def exchange_code(self, value: Any) -> None:
        self._state.exchange = to_string(value)

    @property
    def sale_condition(self) -> str:
        return self._state.sale_condition

    @sale_condition.setter
    def sale_condition(self, value: Any) -> None:
        self._state.sale_condition = to_string(value)

    @property
    def parsed_sale_condition(self) -> int:
        """The sale condition as a number of flags."""
        return self._state.flags

    @parsed_sale_condition.setter
    def parsed_sale_condition(self, value: Any) -> None:
        self._state.sale_condition = f"{to_int(value):x}"

    @property
    def suspicious(self) -> bool:
        return self._state.suspicious

    @suspicious.setter
    def suspicious(self, value: Any) -> None:
        self._state.suspicious = to_bool(value)

    @property
    def bid_price(self) -> float:
        return float(self._state.bid)

    @bid_price.setter
    def bid_price(self, value: Any) -> None:
        self._state.bid = to_decimal(value)

    @property
    def ask_price(self) -> float:
        return float(self._state.ask)

    @ask_price.setter
    def ask_price(self, value: Any) -> None:
        self._state.ask = to_decimal(value)

    @property
    def bid_size(self) -> float:
        return self._state.bid_size

    @bid_size.setter
    def bid_size(self, value: Any) -> None:
        self._state.bid_size = to_double(value)

    @property
    def ask_size(self) -> float:
        return self._state.ask_size

    @ask_size.setter
    def ask_size(self, value: Any) -> None:
        self._state.ask_size = to_double(value)

    @property
    def is_fill_forward(self) -> bool:
        return self._state.is_fill_forward

    @property
    def data_type(self) -> MarketDataType:
        return getattr(self, "_data_type", MarketDataType.TICK)

    @data_type.setter
    def data_type(self, value: MarketDataType) -> None:
        self._data_type = value

    def set_value(self) -> None:
        """Set the value from bid and ask."""
        self._state.exact_value = quote_value(self._state.bid, self._state.ask)

    def is_valid(self) -> bool:
        """Whether there is a trade with a price and quantity, or a side with a price and size."""
        s = self._state
        if s.tick_type == TickType.TRADE:
            return s.exact_value > 0 and (s.quantity > 0 or s.symbol.security_type == SecurityType.INDEX)
        if s.tick_type == TickType.QUOTE:
            return bool((s.ask > 0 and s.ask_size > 0) or (s.bid > 0 and s.bid_size > 0))
        return s.exact_value > 0

    def update(self, last_trade: Any, bid_price: Any, ask_price: Any, volume: Any, bid_size: Any, ask_size: Any) -> None:
        """Set all prices and sizes."""
        s = self._state
        s.exact_value, s.bid, s.ask = to_decimal(last_trade), to_decimal(bid_price), to_decimal(ask_price)
        s.quantity, s.bid_size, s.ask_size = to_double(volume), to_double(bid_size), to_double(ask_size)

    def clone(self, fill_forward: bool = False) -> Tick:
        return wrap_tick(self._state.clone(fill_forward))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tick) and other._state is self._state

    def __hash__(self) -> int:
        return hash(id(self._state))

    def __str__(self) -> str:
        s = self._state
        if s.tick_type == TickType.TRADE:
            return f"{s.symbol}: Price: {_text(s.exact_value)} Quantity: {_text(s.quantity)}"
        if s.tick_type == TickType.QUOTE:
            return f"{s.symbol}: Bid: {_text(s.bid_size)}@{_text(s.bid)} Ask: {_text(s.ask_size)}@{_text(s.ask)}"
        return f"{s.symbol}: OpenInterest: {_text(s.exact_value)}"


def _text(number: Decimal | float) -> str:
    return normalize_text(to_decimal(number))


def wrap_tick(state: TickState) -> Tick:
    """A new wrapper of a tick."""
    tick = object.__new__(Tick)
    tick._state = state
    return tick
