"""History of splits, dividends, delistings and renames (LEAN: QCAlgorithm.History.cs)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lean_stubs.data.corporate import Delisting, Dividend, Split, SymbolChangedEvent
from lean_stubs.data.data_dictionary import DataDictionary
from lean_stubs.data.enumerables import enumerable_of
from lean_stubs.data.frames import events_frame
from lean_stubs.data.history_provider import HistoryRequest

__all__ = ["history_of_events"]

_FIELDS: dict[type, tuple[str, ...]] = {
    Split: ("price", "reference_price", "split_factor", "type", "value"),
    Dividend: ("distribution", "price", "reference_price", "value"),
    Delisting: ("price", "ticket", "type", "value"),
    SymbolChangedEvent: ("new_symbol", "old_symbol"),
}


def history_of_events(provider: Any, requests: list[HistoryRequest], kind: Any, framed: bool) -> Any:
    """A frame, or events one by one; of several symbols those of a time together."""
    found = [point for request in requests for point in provider.events(request, kind)]
    if framed:
        return events_frame(found, _FIELDS[kind])
    if len(requests) == 1:
        return enumerable_of(kind.__name__, found)
    by_time: dict[datetime, DataDictionary[Any]] = {}
    for point in found:
        by_time.setdefault(point.end_time, DataDictionary._at(point.end_time))._put(point.symbol, point)
    return enumerable_of(f"DataDictionary[{kind.__name__}]", [by_time[at] for at in sorted(by_time)])
