"""History requests in all their forms (LEAN: QCAlgorithm.History.cs, QCAlgorithm.Python.cs)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from lean_stubs.algorithm.event_history import history_of_events
from lean_stubs.algorithm.history_call import HistoryCall
from lean_stubs.algorithm.tick_history import (
    asked_resolution,
    check_periods,
    kinds_of,
    last_ticks,
    tick_frames,
    tick_mode,
    ticks_of,
    wants_ticks,
)
from lean_stubs.algorithm.universe_history import (
    COMPANY_KINDS,
    UNIVERSE_KINDS,
    history_of_companies,
    history_of_universes,
    universes_of,
)
from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import INTEGRAL, REAL, no_match, to_date_time
from lean_stubs.clr.exceptions import ArgumentException, NotOffered
from lean_stubs.clr.members import CallableMember
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DataNormalizationMode, Resolution, TickType
from lean_stubs.common.symbol import Symbol, is_implicit, to_symbol
from lean_stubs.data.base_data import TradeBar, wrap
from lean_stubs.data.corporate import CorporateAction
from lean_stubs.data.data_dictionary import QuoteBars, TradeBars
from lean_stubs.data.enumerables import Enumerable, enumerable_of
from lean_stubs.data.frames import BarColumns, bars_frame, with_quotes
from lean_stubs.data.history_provider import HistoryRequest
from lean_stubs.data.last_known_prices import last_known_prices, last_known_trade
from lean_stubs.data.quote_bar import QuoteBar, wrap_point
from lean_stubs.data.slice import Slice
from lean_stubs.data.tick import Tick
from lean_stubs.universe.universe import Universe

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["History", "HistoryMethods"]

_OPTIONS = (
    "resolution",
    "fill_forward",
    "extended_market_hours",
    "data_mapping_mode",
    "data_normalization_mode",
    "contract_depth_offset",
    "flatten",
)


class HistoryMethods:
    _clr: AlgorithmState

    @CallableMember
    def history(self) -> History:
        """``history(symbols, n | span | start, end, ...)`` gives a frame, ``history[TradeBar](...)`` bars."""
        return History(self._clr)

    @overload
    def get_last_known_price(self, security: Any) -> TradeBar | None: ...
    @overload
    def get_last_known_price(self, symbol: Symbol | str) -> TradeBar | None: ...
    def get_last_known_price(self, *arguments: Any, **named: Any) -> TradeBar | None:
        state = self._clr
        (given,) = bound(HistoryMethods.get_last_known_price, arguments, named).values()
        symbol = getattr(given, "symbol", given)
        last = last_known_trade(state, to_symbol(symbol))
        return None if last is None else wrap(last)

    @overload
    def get_last_known_prices(self, security: Any) -> Any: ...
    @overload
    def get_last_known_prices(self, symbol: Symbol | str) -> Any: ...
    @overload
    def get_last_known_prices(self, securities: list[Any]) -> Any: ...
    @overload
    def get_last_known_prices(self, symbols: list[Any]) -> Any: ...
    def get_last_known_prices(self, *arguments: Any, **named: Any) -> Any:
        """The last points of a symbol in a list; of several symbols such a list by symbol."""
        (given,) = bound(HistoryMethods.get_last_known_prices, arguments, named).values()
        if isinstance(given, (list, tuple)):
            return {getattr(s, "symbol", s): HistoryMethods.get_last_known_prices(self, s) for s in given}
        symbol = getattr(given, "symbol", given)
        return [wrap_point(point) for point in last_known_prices(self._clr, to_symbol(symbol))]


def _is_span(given: Any) -> bool:
    return isinstance(given, (*REAL, timedelta, date, datetime)) and not isinstance(given, bool)


class History(HistoryCall):
    """The method ``history``, which can also be indexed by a type."""

    def __init__(self, state: AlgorithmState, kind: type | None = None) -> None:
        self._state, self._kind = state, kind

    def __getitem__(self, kind: Any) -> History:
        return History(self._state, kind)

    def _answer(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        rest = list(arguments)
        kind = self._kind
        framed = False
        if rest and isinstance(rest[0], type):
            kind, framed = rest.pop(0), True
        elif "type" in named:
            kind, framed = named.pop("type"), True
        given: Any = None
        for name in ("request", "requests"):
            if name in named:
                raise NotOffered(f"QCAlgorithm.history({name}=...)")
        for name in ("symbol", "symbols", "tickers", "universe"):
            if name in named:
                given = named.pop(name)
        if given is None and rest and not _is_span(rest[0]):
            given = rest.pop(0)
        if isinstance(given, Universe) or (kind is not None and issubclass(kind, UNIVERSE_KINDS)):
            span, _ = self._span(rest, named)
            flatten = bool(named.get("flatten"))
            universes = universes_of(self._state, given)
            return history_of_universes(self._state, universes, span, kind is None or framed, flatten)
        if kind is not None and issubclass(kind, COMPANY_KINDS):
            span, _ = self._span(rest, named)
            return history_of_companies(self._state, self._symbols(given), span, framed)
        if kind is not None and kind not in (TradeBar, QuoteBar, Tick) and not issubclass(kind, CorporateAction):
            raise NotOffered(f"history of {kind.__name__}", "bars, ticks, splits, dividends, delistings and renames are")
        single = isinstance(given, (Symbol, str)) or hasattr(given, "symbol")
        symbols = self._symbols(given)
        kinds = [TickType.QUOTE] if kind is QuoteBar else [TickType.TRADE]
        if kind is None and not isinstance(given, str):
            kinds.append(TickType.QUOTE)
        plain = kind is None and isinstance(given, str)
        requests = self._requests(symbols, rest, named, kinds, kind, plain)
        if kind is Tick and not framed:
            return ticks_of(self._state, symbols[0], requests) if single else last_ticks(self._state, requests)
        if kind is not None and kind not in (TradeBar, QuoteBar, Tick):
            return history_of_events(self._provider, requests, kind, framed)
        if given is None:
            return self._slices(requests)
        if wants_ticks(requests):
            bars = [request for request in requests if request.config.type is not Tick]
            return tick_frames(self._state, requests, [bars_frame(self._parts(bars))])
        if plain:
            return enumerable_of("TradeBar", (wrap(bar) for r in requests for bar in self._provider.bars(r)))
        if kind is None or framed:
            return bars_frame(self._parts(requests))
        if single:
            return enumerable_of(kind.__name__, (wrap_point(bar) for r in requests for bar in self._provider.bars(r)))
        return self._dictionaries(requests)

    def _parts(self, requests: list[HistoryRequest]) -> list[BarColumns]:
        """Columns of each symbol, its quotes beside its trades."""
        found: list[BarColumns] = []
        for request in requests:
            part = self._provider.columns(request)
            if request.config._is_quote() and found and found[-1].symbol == request.symbol:
                found[-1] = with_quotes(found[-1], part)
            else:
                found.append(part)
        return found

    @property
    def _provider(self) -> Any:
        return self._state.history_provider

    def _symbols(self, given: Any) -> list[Symbol]:
        if given is None:
            return list(self._state.securities.keys())
        if isinstance(given, (Symbol, str)):
            return [to_symbol(given)]
        if isinstance(given, list):
            return [to_symbol(getattr(item, "symbol", item) if not isinstance(item, (str, Symbol)) else item) for item in given]
        if hasattr(given, "symbol"):
            return [given.symbol]
        raise ArgumentException(f"Argument type should be Symbol or a list of Symbol. Object: {given}. Type: {type(given)}")

    def _requests(
        self,
        symbols: list[Symbol],
        rest: list[Any],
        named: dict[str, Any],
        kinds: list[TickType],
        wanted: Any,
        plain: bool,
    ) -> list[HistoryRequest]:
        span, rest = self._span(rest, named)
        options = dict(zip(_OPTIONS, rest, strict=False))
        for name, value in named.items():
            if name not in _OPTIONS:
                raise no_match("history", name)
            options[name] = value
        resolution = options.get("resolution")
        resolution = None if resolution is None else to_enum(Resolution, resolution)
        mode = options.get("data_normalization_mode")
        mode = None if mode is None else to_enum(DataNormalizationMode, mode)
        bars = plain or wanted in (TradeBar, QuoteBar)
        if isinstance(span, int):
            check_periods(self._state, symbols, resolution, wanted)
        provider = self._provider
        found = []
        for symbol in symbols:
            if is_implicit(symbol):
                continue
            asked = Resolution.TICK if wanted is Tick else asked_resolution(self._state, symbol, resolution, bars)
            for kind in kinds_of(self._state, symbol, resolution, asked, wanted, kinds):
                config = provider.config(
                    symbol,
                    asked,
                    options.get("fill_forward"),
                    options.get("extended_market_hours"),
                    tick_mode(self._state, symbol, kind, mode) if asked == Resolution.TICK else mode,
                    kind,
                )
                # Of hours and days there are trades only.
                if kind == TickType.TRADE or int(config.resolution) < int(Resolution.HOUR):
                    found.append(self._request(config, span))
        return [request for request in found if request.start < request.end]

    def _span(self, rest: list[Any], named: dict[str, Any]) -> tuple[Any, list[Any]]:
        """A bar count, a timedelta or (start, end), and the arguments after it."""
        for name in ("periods", "span"):
            if name in named:
                return self._plain(named.pop(name)), rest
        if "start" in named:
            start = named.pop("start")
            return (start, named.pop("end", None)), rest
        if not rest:
            raise no_match("history")
        first = rest.pop(0)
        if isinstance(first, (date, datetime)):
            end = named.pop("end") if "end" in named else rest.pop(0) if rest and isinstance(rest[0], (date, datetime)) else None
            return (first, end), rest
        return self._plain(first), rest

    @staticmethod
    def _plain(given: Any) -> Any:
        if type(given) is timedelta:
            return given
        if isinstance(given, INTEGRAL) and not isinstance(given, bool):
            return int(given)
        if isinstance(given, (float, np.floating)) and float(given).is_integer():
            return int(given)
        raise no_match("history", given)

    def _request(self, config: Any, span: Any) -> HistoryRequest:
        state = self._state
        zone, now = state.time_zone, state.utc
        if isinstance(span, int):
            if span <= 0:
                return HistoryRequest(config, now, now)
            request: HistoryRequest = self._provider.bar_count_request(config, span)
            return request
        if isinstance(span, timedelta):
            return HistoryRequest(config, zone.to_utc(state.time - span), now)
        start = zone.to_utc(to_date_time(span[0]))
        end = now if span[1] is None else zone.to_utc(to_date_time(span[1]))
        if end > now:
            if not state.extra.get("told_future_history"):
                state.extra["told_future_history"] = True
                state.debug("Request for future history modified to end now.")
            start, end = min(start, end), now
        return HistoryRequest(config, start, end)

    def _slices(self, requests: list[HistoryRequest]) -> Enumerable[Slice]:
        by_time: dict[datetime, Slice] = {}
        for request, bar in self._by_time(requests):
            utc = request.config.exchange_time_zone.to_utc(bar.end_time)
            found = by_time.get(utc)
            if found is None:
                found = by_time[utc] = Slice._at(self._state.time_zone.from_utc(utc), utc)
            found._put(bar)
        return enumerable_of("Slice", [by_time[utc] for utc in sorted(by_time)])

    def _by_time(self, requests: list[HistoryRequest]) -> list[tuple[HistoryRequest, Any]]:
        return [(request, bar) for request in requests for bar in self._provider.bars(request)]

    def _dictionaries(self, requests: list[HistoryRequest]) -> Enumerable[Any]:
        kind: Any = QuoteBars if self._kind is QuoteBar else TradeBars
        by_time: dict[datetime, Any] = {}
        for _, bar in self._by_time(requests):
            by_time.setdefault(bar.end_time, kind._at(bar.end_time))._put(bar.symbol, bar)
        return enumerable_of(kind.__name__, [by_time[at] for at in sorted(by_time)])
