"""History of universes and of companies (LEAN: QCAlgorithm.History.cs, QCAlgorithm.Python.cs)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.data_dictionary import DataDictionary
from lean_stubs.data.enumerables import enumerable_of
from lean_stubs.data.etf_constituent import ETFConstituentUniverse
from lean_stubs.data.fundamental import CoarseFundamental, Fundamental
from lean_stubs.data.universe_history import (
    Collection,
    collections_frame,
    collections_of,
    collections_series,
    companies_frame,
)
from lean_stubs.engine.current import hours_of
from lean_stubs.time.trading_days import ONE_DAY, start_of_bars
from lean_stubs.universe.constituents import ConstituentsUniverseData
from lean_stubs.universe.fundamental import FundamentalUniverse, company_on
from lean_stubs.universe.universe import Universe

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["COMPANY_KINDS", "UNIVERSE_KINDS", "history_of_companies", "history_of_universes", "universes_of"]

#: Types whose history is that of universes, and that of single companies.
UNIVERSE_KINDS = (FundamentalUniverse, ETFConstituentUniverse, ConstituentsUniverseData)
COMPANY_KINDS = (CoarseFundamental,)


def universes_of(state: AlgorithmState, given: Any) -> list[Universe]:
    """The universes of the algorithm that a universe, its symbol or a list of symbols means."""
    wanted = given if isinstance(given, (list, tuple)) else [given]
    found = []
    for item in wanted:
        universe = item if isinstance(item, Universe) else state.universe_manager._find(to_symbol(item))
        if not hasattr(universe, "_known_of_day"):
            raise NotOffered("history of universes", "of companies, funds and constituents it is")
        found.append(universe)
    return found


def _bounds(state: AlgorithmState, symbol: Symbol, span: Any) -> tuple[datetime, datetime]:
    """Start and end in the exchange's clock."""
    hours = hours_of(symbol)
    now = hours._to_local(state.utc)
    if isinstance(span, int):
        return (start_of_bars(hours, now, ONE_DAY, span, False) if span > 0 else now), now
    if isinstance(span, timedelta):
        return now - span, now
    start, end = span
    return start, min(now, end or now)


def history_of_universes(state: AlgorithmState, universes: list[Universe], span: Any, framed: bool, flatten: bool) -> Any:
    """A frame or a series, or without `framed` the days, each with the items by universe."""
    found: list[Collection] = []
    for universe in universes:
        found += collections_of(universe, *_bounds(state, universe.symbol, span))
    if framed:
        return collections_frame(found) if flatten else collections_series(found)
    days: dict[datetime, DataDictionary[Any]] = {}
    for symbol, at, items in found:
        days.setdefault(at, DataDictionary(at))._put(symbol, items)
    return enumerable_of("DataDictionary", [days[at] for at in sorted(days)])


def history_of_companies(state: AlgorithmState, symbols: list[Symbol], span: Any, framed: bool) -> Any:
    """Fundamental data of each trading day."""
    found: list[Fundamental] = []
    for symbol in symbols:
        start, end = _bounds(state, symbol, span)
        hours, day = hours_of(symbol), datetime.combine(start.date(), time())
        while day + ONE_DAY <= end:
            if day + ONE_DAY > start and hours.is_date_open(day):
                found.append(company_on(symbol, day + ONE_DAY))
            day += ONE_DAY
    return companies_frame(found) if framed else enumerable_of("Fundamental", found)
