"""Symbol-keyed collections of one slice (LEAN: Common/Data/Market/DataDictionary.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar, overload

from lean_stubs.clr.dictionary import ExtendedDictionary
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.clr.pairs import KeyValuePair
from lean_stubs.common.enums import TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar, wrap
from lean_stubs.data.corporate import Delisting, Dividend, Split, SymbolChangedEvent
from lean_stubs.data.quote_bar import QuoteBar, wrap_quote
from lean_stubs.data.tick import Tick, wrap_tick
from lean_stubs.data.tick_state import TickState

__all__ = ["DataDictionary", "Delistings", "Dividends", "QuoteBars", "Splits", "SymbolChangedEvents", "Ticks", "TradeBars"]

V = TypeVar("V")
D = TypeVar("D", bound="DataDictionary[Any]")


class DataDictionary(ExtendedDictionary[V], clr="QuantConnect.Data.Market"):
    """Iteration goes by symbol; an entry can be taken out, as in LEAN."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, data: list[V], key_selector: Callable[[V], Symbol]) -> None: ...
    @overload
    def __init__(self, time: datetime) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._data: dict[Symbol, Any] = {}
        self._sorted = True
        given = bound(DataDictionary.__init__, arguments, named)
        self._time: datetime = given.get("time", NEVER_SET)
        for item in given.get("data", ()):
            self._store(given["key_selector"](item), item)

    @classmethod
    def _at(cls: type[D], time: datetime) -> D:
        """The engine's way to make one."""
        made = object.__new__(cls)
        made._data, made._sorted, made._time = {}, True, time
        return made

    @property
    def time(self) -> datetime:
        return self._time

    @time.setter
    def time(self, value: datetime) -> None:
        self._time = value

    @property
    def is_read_only(self) -> bool:
        return False

    def _put(self, symbol: Symbol, value: Any) -> None:
        """Store without asking Python's rules (the engine's own door)."""
        self._data[symbol] = value
        self._sorted = len(self._data) < 2

    def _order(self) -> dict[Symbol, Any]:
        if not self._sorted:
            self._data = dict(sorted(self._data.items(), key=lambda item: item[0]._value))
            self._sorted = True
        return self._data

    def _find(self, symbol: Symbol) -> V | None:
        return self._data.get(symbol)

    def _entries(self) -> Iterable[tuple[Symbol, V]]:
        return list(self._order().items())

    def __len__(self) -> int:
        return len(self._data)

    def _store(self, symbol: Symbol, value: V) -> None:
        self._put(symbol, value)

    def _remove(self, symbol: Symbol) -> bool:
        return self._data.pop(symbol, None) is not None

    @overload
    def add(self, key: Any, value: V) -> None: ...
    @overload
    def add(self, item: KeyValuePair[Symbol, V]) -> None: ...
    def add(self, *arguments: Any, **named: Any) -> None:
        given = bound(DataDictionary.add, arguments, named)
        item = given.get("item")
        key, value = (item.key, item.value) if item is not None else (given["key"], given["value"])
        self[key] = value

    @overload
    def remove(self, item: KeyValuePair[Symbol, V]) -> bool: ...
    @overload
    def remove(self, key: Any) -> bool: ...
    def remove(self, *arguments: Any, **named: Any) -> bool:
        return self._remove_given(argument(DataDictionary.remove, arguments, named))

    def clear(self) -> None:
        self._data.clear()

    def get_value(self, key: Any) -> V | None:
        return self.get(key)


class _OfFrontier(DataDictionary[V], clr="QuantConnect.Data.Market"):
    """Made empty, with the time of its slice."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, frontier: datetime) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, *named.values())


class TradeBars(_OfFrontier[TradeBar], clr="QuantConnect.Data.Market"):
    """Bars; every access gives a new wrapper of the bar."""

    _value_name = "TradeBar"

    def _find(self, symbol: Symbol) -> TradeBar | None:
        state = self._data.get(symbol)
        return None if state is None else wrap(state)

    def _has(self, symbol: Symbol) -> bool:
        return symbol in self._data

    def _entries(self) -> Iterable[tuple[Symbol, TradeBar]]:
        return [(symbol, wrap(state)) for symbol, state in self._order().items()]

    def keys(self) -> list[Symbol]:
        return list(self._order())

    def _store(self, symbol: Symbol, value: TradeBar) -> None:
        self._put(symbol, value._state)

    def _states(self) -> Iterable[BarState]:
        """The engine's own view."""
        return self._order().values()


class QuoteBars(DataDictionary[QuoteBar], clr="QuantConnect.Data.Market"):
    """Quotes; every access gives a new wrapper of the bar."""

    _value_name = "QuoteBar"

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, time: datetime) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, *named.values())

    def _find(self, symbol: Symbol) -> QuoteBar | None:
        state = self._data.get(symbol)
        return None if state is None else wrap_quote(state)

    def _has(self, symbol: Symbol) -> bool:
        return symbol in self._data

    def _entries(self) -> Iterable[tuple[Symbol, QuoteBar]]:
        return [(symbol, wrap_quote(state)) for symbol, state in self._order().items()]

    def keys(self) -> list[Symbol]:
        return list(self._order())

    def _store(self, symbol: Symbol, value: QuoteBar) -> None:
        self._put(symbol, value._state)


class Ticks(_OfFrontier[list[Tick]], clr="QuantConnect.Data.Market"):
    """All ticks of each symbol; every access gives new wrappers of them."""

    _value_name = "List[Tick]"

    def _append(self, tick: TickState) -> None:
        """Add one (the engine's own door)."""
        known = self._data.get(tick.symbol)
        if known is None:
            self._put(tick.symbol, [tick])
        else:
            known.append(tick)

    def _last_of_each(self) -> DataDictionary[Tick]:
        """The last tick of each symbol, open interest aside (LEAN: Slice.Get)."""
        found: DataDictionary[Tick] = DataDictionary._at(self._time)
        for symbol, ticks in self._order().items():
            last = next((tick for tick in reversed(ticks) if tick.tick_type != TickType.OPEN_INTEREST), None)
            if last is not None:
                found._put(symbol, wrap_tick(last))
        return found

    def _find(self, symbol: Symbol) -> list[Tick] | None:
        states = self._data.get(symbol)
        return None if states is None else [wrap_tick(state) for state in states]

    def _has(self, symbol: Symbol) -> bool:
        return symbol in self._data

    def _entries(self) -> Iterable[tuple[Symbol, list[Tick]]]:
        return [(symbol, [wrap_tick(state) for state in states]) for symbol, states in self._order().items()]

    def keys(self) -> list[Symbol]:
        return list(self._order())

    def _store(self, symbol: Symbol, value: list[Tick]) -> None:
        self._put(symbol, [tick._state for tick in value])


class Splits(_OfFrontier[Split], clr="QuantConnect.Data.Market"):
    _value_name = "Split"


class Dividends(_OfFrontier[Dividend], clr="QuantConnect.Data.Market"):
    _value_name = "Dividend"


class Delistings(_OfFrontier[Delisting], clr="QuantConnect.Data.Market"):
    _value_name = "Delisting"


class SymbolChangedEvents(_OfFrontier[SymbolChangedEvent], clr="QuantConnect.Data.Market"):
    _value_name = "SymbolChangedEvent"
