"""The run that is going on: what a new algorithm object is built from. One run at a time, as in LEAN's process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from lean_stubs.clr.convert import to_date_time
from lean_stubs.common.security_identifier import DEFAULT_DATE, set_first_ticker
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.data.pandas_symbols import install
from lean_stubs.data.source import DataSource
from lean_stubs.time.exchange_hours import SecurityExchangeHours

__all__ = ["RunContext", "active", "context", "data_of_run", "hours_of"]


@dataclass
class RunContext:
    """Data, parameters and folders of a run; `log_sink(kind, time, text)` hears every message."""

    data: DataSource
    parameters: dict[str, str] = field(default_factory=dict)
    object_store: Path | None = None
    log_sink: Any = None


_current: RunContext | None = None


def context() -> RunContext:
    """The running one.

    Raises
    ------
    RuntimeError
        An algorithm object was made outside a run.
    """
    if _current is None:
        raise RuntimeError(
            "a QCAlgorithm works only inside a run: use `python -m lean_stubs run FILE.py`, or run_algorithm(...) in a test"
        )
    return _current


def data_of_run() -> DataSource | None:
    """Data of the running one; None outside a run."""
    return None if _current is None else _current.data


@contextmanager
def active(run: RunContext) -> Iterator[RunContext]:
    """Make a run the current one: its map files name symbols, and the ticker cache starts empty."""
    global _current
    before = _current
    _current = run
    SymbolCache.clear()
    install()

    def first_ticker(ticker: str, market: str, at: Any) -> Any:
        found = run.data.map_file_on(ticker, market, None if at is None else to_date_time(at).date())
        if found is None:
            return ticker, DEFAULT_DATE
        return found.first_ticker, datetime.combine(found.first_day, time())

    set_first_ticker(first_ticker)
    try:
        yield run
    finally:
        _current = before
        set_first_ticker(None)


def hours_of(symbol: Any) -> SecurityExchangeHours:
    """Market hours of a symbol in the running data."""
    return context().data.hours().get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
