"""All data of one moment (LEAN: Common/Data/Slice.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.dictionary import ExtendedDictionary
from lean_stubs.clr.exceptions import NotSupportedException
from lean_stubs.clr.instants import aware_utc, shown
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.corporate import CorporateAction, Delisting, Dividend, Split, SymbolChangedEvent
from lean_stubs.data.data_dictionary import (
    DataDictionary,
    Delistings,
    Dividends,
    QuoteBars,
    Splits,
    SymbolChangedEvents,
    Ticks,
    TradeBars,
)
from lean_stubs.data.quote_bar import QuoteBar, wrap_point
from lean_stubs.data.quote_state import QuoteState
from lean_stubs.data.slice_entries import add_tick, each_point, shown_entry
from lean_stubs.data.tick import Tick
from lean_stubs.data.tick_state import TickState

__all__ = ["Slice"]


_BY_TYPE = {
    "TradeBar": "bars",
    "QuoteBar": "quote_bars",
    "Split": "splits",
    "Dividend": "dividends",
    "Delisting": "delistings",
    "SymbolChangedEvent": "symbol_changed_events",
}


_COLLECTIONS = ("_bars", "_quotes", "_ticks", "_splits", "_dividends", "_delistings", "_renames")
_PARTS = ("_points", "_keys", "_told", *_COLLECTIONS)


class Slice(ExtendedDictionary[Any], clr="QuantConnect.Data"):
    """Read-only. A symbol that has only auxiliary data is a key whose value is None."""

    _value_name = "BaseData"

    #: What a constructor said of having data.
    _told: bool | None = None

    @overload
    def __init__(self, time: datetime, data: Iterable[Any], utc_time: datetime) -> None: ...
    @overload
    def __init__(self, slice: Slice) -> None: ...
    @overload
    def __init__(
        self,
        time: datetime,
        data: Iterable[Any],
        trade_bars: TradeBars | None,
        quote_bars: QuoteBars | None,
        ticks: Ticks | None,
        option_chains: Any,
        futures_chains: Any,
        splits: Splits | None,
        dividends: Dividends | None,
        delistings: Delistings | None,
        symbol_changes: SymbolChangedEvents | None,
        margin_interest_rates: Any,
        utc_time: datetime,
        has_data: bool | None = None,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(Slice.__init__, arguments, named)
        if "slice" in given:
            self._copy(given["slice"])
            return
        self._begin(to_date_time(given["time"]), to_date_time(given["utc_time"]))
        for point in given["data"]:
            self._put(point)
        if "has_data" in given or "splits" in given:
            self._take(given)

    @classmethod
    def _at(cls, time: datetime, utc: datetime) -> Slice:
        """The engine's way to make one."""
        made = object.__new__(cls)
        made._begin(time, utc)
        return made

    def _copy(self, other: Slice) -> None:
        self._begin(other._time, other._utc)
        for name in _PARTS:
            setattr(self, name, getattr(other, name))

    def _take(self, given: dict[str, Any]) -> None:
        """Collections as they are given; None leaves what the data say."""
        names = ("trade_bars", "quote_bars", "ticks", "splits", "dividends", "delistings", "symbol_changes")
        for part, name in zip(_COLLECTIONS, names, strict=True):
            if given[name] is not None:
                setattr(self, part, given[name])
        for symbol, state in (self._bars._data if self._bars is not None else {}).items():
            self._keys[symbol] = state
        self._told = given.get("has_data")

    def _begin(self, time: datetime, utc: datetime) -> None:
        self._time, self._utc = time, utc
        self._told = None
        self._points: list[Any] = []
        self._keys: dict[Symbol, Any] = {}
        self._bars: TradeBars | None = None
        self._quotes: QuoteBars | None = None
        self._ticks: Ticks | None = None
        self._splits: Splits | None = None
        self._dividends: Dividends | None = None
        self._delistings: Delistings | None = None
        self._renames: SymbolChangedEvents | None = None

    def _put(self, point: Any) -> None:
        """Add a point (the engine's own door)."""
        self._points.append(point)
        if type(point) is BarState:
            if self._bars is None:
                self._bars = TradeBars._at(self._time)
            known = self._bars._data.get(point.symbol)
            # Of two resolutions of one symbol the finer bar is shown.
            if known is None or known.period > point.period:
                self._bars._put(point.symbol, point)
            self._keys[point.symbol] = self._bars._data[point.symbol]
        elif type(point) is QuoteState:
            self._put_quote(point)
        elif type(point) is TickState:
            if self._ticks is None:
                self._ticks = Ticks._at(self._time)
            self._ticks._append(point)
            add_tick(self._keys, point)
        elif isinstance(point, CorporateAction):
            self._keys.setdefault(point.symbol, None)
            self._put_action(point)
        elif isinstance(point, (TradeBar, QuoteBar, Tick)):
            self._put(point._state)
            self._points.pop(-2)
        else:
            self._keys[point.symbol] = point

    def _put_quote(self, point: QuoteState) -> None:
        if self._quotes is None:
            self._quotes = QuoteBars._at(self._time)
        known = self._quotes._data.get(point.symbol)
        if known is None or known.period > point.period:
            self._quotes._put(point.symbol, point)
        # A symbol's own entry is that of trades; quotes do not even make it a key (Slice.CreateDynamicDataDictionary).

    def _put_action_only(self, point: CorporateAction) -> None:
        """An internal feed's delisting: in the collection, but not among the slice's data."""
        self._put_action(point)

    def _put_action(self, point: CorporateAction) -> None:
        if isinstance(point, Split):
            self._splits = self._splits or Splits(self._time)
            self._splits._put(point.symbol, point)
        elif isinstance(point, Dividend):
            self._dividends = self._dividends or Dividends(self._time)
            self._dividends._put(point.symbol, point)
        elif isinstance(point, Delisting):
            self._delistings = self._delistings or Delistings(self._time)
            self._delistings._put(point.symbol, point)
        elif isinstance(point, SymbolChangedEvent):
            self._renames = self._renames or SymbolChangedEvents(self._time)
            self._renames._put(point.symbol, point)

    @property
    def time(self) -> datetime:
        return shown(self._time)

    @property
    def utc_time(self) -> datetime:
        return aware_utc(self._utc)

    @property
    def has_data(self) -> bool:
        return bool(self._points) if self._told is None else self._told

    @property
    def all_data(self) -> list[Any]:
        return [wrap_point(p) for p in self._points]

    def _collection(self, name: str, kind: type[DataDictionary[Any]]) -> Any:
        found = getattr(self, name)
        if found is None:
            found = kind._at(self._time)
            object.__setattr__(self, name, found)
        return found

    @property
    def bars(self) -> TradeBars:
        found: TradeBars = self._collection("_bars", TradeBars)
        return found

    @property
    def quote_bars(self) -> QuoteBars:
        found: QuoteBars = self._collection("_quotes", QuoteBars)
        return found

    @property
    def ticks(self) -> Ticks:
        found: Ticks = self._collection("_ticks", Ticks)
        return found

    @property
    def splits(self) -> Splits:
        found: Splits = self._collection("_splits", Splits)
        return found

    @property
    def dividends(self) -> Dividends:
        found: Dividends = self._collection("_dividends", Dividends)
        return found

    @property
    def delistings(self) -> Delistings:
        found: Delistings = self._collection("_delistings", Delistings)
        return found

    @property
    def symbol_changed_events(self) -> SymbolChangedEvents:
        found: SymbolChangedEvents = self._collection("_renames", SymbolChangedEvents)
        return found

    def _has(self, symbol: Symbol) -> bool:
        return symbol in self._keys

    def _find(self, symbol: Symbol) -> Any:
        return shown_entry(self._keys.get(symbol))

    def _entries(self) -> Iterable[tuple[Symbol, Any]]:
        if self._ticks is not None:
            return each_point(self._keys)
        return [(k, wrap_point(v)) for k, v in self._keys.items() if v is not None]

    def _store(self, symbol: Symbol, value: Any) -> None:
        raise NotSupportedException("The Slice object is read-only. You cannot set data in the slice.")

    def keys(self) -> list[Symbol]:
        return list(self._keys)

    def get_values(self) -> list[Any]:
        """The accessor of .NET's property Values, which Python sees under this name as well."""
        return self.values()

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def get(self, key: Symbol | str, default_value: Any = None) -> Any: ...
    @overload
    def get(self, type: Any, symbol: Symbol | str) -> Any: ...
    @overload
    def get(self, type: Any) -> Any: ...
    def get(self, *arguments: Any, **named: Any) -> Any:
        """A symbol's data, all of a kind, or a symbol's of a kind."""
        given = bound(Slice.get, arguments, named) if named else {}
        key, *rest = given.values() if named else arguments
        if isinstance(key, type):
            found = getattr(self, _BY_TYPE[key.__name__]) if key.__name__ in _BY_TYPE else DataDictionary._at(self._time)
            if key is Tick:
                found = self.ticks._last_of_each()
            return found[rest[0]] if rest else found
        return super().get(key, *rest)

    @overload
    def contains_key(self, symbol: Symbol | str) -> bool: ...
    @overload
    def contains_key(self, key: Any) -> bool: ...
    def contains_key(self, *arguments: Any, **named: Any) -> bool:
        key = argument(Slice.contains_key, arguments, named)
        return key is not None and self._has(to_symbol(key))

    @overload
    def try_get_value(self, symbol: Symbol | str, data: Any) -> tuple[bool, Any]: ...
    @overload
    def try_get_value(self, key: Any, value: Any) -> tuple[bool, Any]: ...
    def try_get_value(self, *arguments: Any, **named: Any) -> tuple[bool, Any]:
        key, _ = bound(Slice.try_get_value, arguments, named).values()
        symbol = to_symbol(key)
        return self._has(symbol), self._find(symbol)
