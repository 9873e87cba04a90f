"""History of ticks (LEAN: QCAlgorithm.History.cs: GetMatchingSubscriptions, GetDataTypedHistory)."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException, NotOffered
from lean_stubs.common.enums import DataNormalizationMode, Resolution, TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.data_dictionary import DataDictionary
from lean_stubs.data.enumerables import Enumerable, lazy_enumerable_of
from lean_stubs.data.history_provider import HistoryRequest
from lean_stubs.data.quote_bar import QuoteBar
from lean_stubs.data.tick import Tick, wrap_tick
from lean_stubs.data.tick_frames import joined_frames, tick_frame
from lean_stubs.data.tick_state import TickState

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["asked_resolution", "check_periods", "kinds_of", "last_ticks", "tick_frames", "tick_mode", "ticks_of", "wants_ticks"]


def asked_resolution(state: AlgorithmState, symbol: Symbol, given: Resolution | None, bars: bool) -> Resolution:
    """Resolution of a request: the symbol's finest; of bars the universe settings' where that is ticks (GetResolution)."""
    if given is not None:
        return given
    known = state.history_provider.subscriptions(symbol)
    if not known or (bars and known[0].resolution == Resolution.TICK):
        settings: Resolution = state.universe_settings.resolution
        return settings
    finest: Resolution = known[0].resolution
    return finest


def check_periods(state: AlgorithmState, symbols: list[Symbol], given: Resolution | None, wanted: Any) -> None:
    """Refuse to count ticks."""
    bars = wanted in (TradeBar, QuoteBar)
    if any(asked_resolution(state, symbol, given, bars) == Resolution.TICK for symbol in symbols):
        raise InvalidOperationException("History functions that accept a 'periods' parameter can not be used with Resolution.Tick")
    if wanted is Tick:
        raise NotOffered("history of Tick by a number of bars", "by a span or dates it is")


def _check_source(state: AlgorithmState) -> None:
    if not state.data.has_ticks:
        raise NotOffered("history of Tick", f"{state.data.label} has bars only")


def kinds_of(
    state: AlgorithmState, symbol: Symbol, given: Resolution | None, asked: Resolution, wanted: Any, bars: list[TickType]
) -> list[TickType]:
    """What is asked for: of ticks the quotes before the trades; the kinds of bars otherwise.

    Raises
    ------
    InvalidOperationException
        Bars are wanted of ticks.
    """
    if wanted is Tick:
        return _tick_kinds(state, symbol, given)
    if asked != Resolution.TICK or (wanted is not None and wanted not in (TradeBar, QuoteBar)):
        return bars
    _check_source(state)
    if wanted is not None or len(bars) == 1:
        raise InvalidOperationException(
            "Calling History<TradeBar> method with Resolution.Tick will return an empty result. Please use the generic version "
            "with Tick type parameter or provide a list of Symbols to use the Slice history request API."
        )
    return [TickType.QUOTE, TickType.TRADE]


def _tick_kinds(state: AlgorithmState, symbol: Symbol, given: Resolution | None) -> list[TickType]:
    """Quotes and trades, as far as the symbol's subscriptions have them; both at a resolution that is asked for."""
    _check_source(state)
    known = {config.tick_type for config in state.history_provider.subscriptions(symbol)}
    if not known and asked_resolution(state, symbol, given, False) != Resolution.TICK:
        return []
    if given is not None and given != Resolution.TICK:
        return []
    kinds = [TickType.QUOTE, TickType.TRADE]
    return kinds if given is not None or not known else [kind for kind in kinds if kind in known]


def tick_mode(state: AlgorithmState, symbol: Symbol, kind: TickType, mode: Any) -> Any:
    """Quotes that the subscriptions lack are added with the default normalization."""
    known = state.history_provider.subscriptions(symbol)
    added = kind == TickType.QUOTE and known and not any(config.tick_type == kind for config in known)
    return DataNormalizationMode.ADJUSTED if mode is None and added else mode


def wants_ticks(requests: list[HistoryRequest]) -> bool:
    return any(request.config.resolution == Resolution.TICK for request in requests)


def _merged(state: AlgorithmState, requests: list[HistoryRequest]) -> Iterator[TickState]:
    """Ticks of all requests by time; of one time in the order of the requests."""
    streams = [state.history_provider.ticks(request) for request in requests if request.config.resolution == Resolution.TICK]
    return heapq.merge(*streams, key=lambda tick: tick.time)


def ticks_of(state: AlgorithmState, symbol: Symbol, requests: list[HistoryRequest]) -> Enumerable[Tick]:
    """All ticks of a symbol, read when they are looked at."""
    if not requests and not state.history_provider.subscriptions(symbol):
        raise ArgumentException(
            "No history data could be fetched. This could be due to the specified security not being of the requested type. "
            f"Symbol: {symbol} Requested Type: Tick"
        )
    return lazy_enumerable_of("Tick", (wrap_tick(tick) for tick in _merged(state, requests)))


def last_ticks(state: AlgorithmState, requests: list[HistoryRequest]) -> Enumerable[DataDictionary[Tick]]:
    """The last tick of each symbol, time by time."""
    if not state.extra.get("told_last_ticks"):
        state.extra["told_last_ticks"] = True
        state.debug(
            "Warning: Multiple symbols Tick history will return the last tick per timestep. To access all ticks remove the 'Tick' "
            "type to use the History() returning Slice, all ticks can be accessed with Slice.Ticks."
        )
    return lazy_enumerable_of("DataDictionary[Tick]", _dictionaries(state, requests))


def _dictionaries(state: AlgorithmState, requests: list[HistoryRequest]) -> Iterator[DataDictionary[Tick]]:
    for at, ticks in groupby(_merged(state, requests), key=lambda tick: tick.time):
        found: DataDictionary[Tick] = DataDictionary._at(at)
        for tick in ticks:
            found._put(tick.symbol, wrap_tick(tick))
        yield found


def tick_frames(state: AlgorithmState, requests: list[HistoryRequest], bars: list[pd.DataFrame]) -> pd.DataFrame:
    """Ticks of each symbol, and frames of bars beside them."""
    by_symbol: dict[Symbol, list[HistoryRequest]] = {}
    for request in requests:
        if request.config.resolution == Resolution.TICK:
            by_symbol.setdefault(request.symbol, []).append(request)
    frames = [tick_frame(symbol, list(_merged(state, own))) for symbol, own in by_symbol.items()]
    return joined_frames([*frames, *bars])
