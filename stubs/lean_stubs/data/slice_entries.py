"""What a slice has of a symbol: its bar, or the list of its trades at tick resolution (LEAN: Slice.SymbolData)."""

from __future__ import annotations

from typing import Any

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.quote_bar import wrap_point
from lean_stubs.data.tick import wrap_tick
from lean_stubs.data.tick_state import TickState

__all__ = ["add_tick", "each_point", "shown_entry"]


def add_tick(entries: dict[Symbol, Any], tick: TickState) -> None:
    """Add a trade to its symbol's list; quotes are no entry."""
    if not tick.is_trade:
        return
    entry = entries.get(tick.symbol)
    if type(entry) is list:
        entry.append(tick)
    else:
        entries[tick.symbol] = [tick]


def shown_entry(entry: Any) -> Any:
    """A new wrapper of an entry, or a list of them."""
    return [wrap_tick(tick) for tick in entry] if type(entry) is list else wrap_point(entry)


def each_point(entries: dict[Symbol, Any]) -> list[tuple[Symbol, Any]]:
    """Symbol and point, the ticks of a list one by one."""
    found = [(symbol, entry if type(entry) is list else [entry]) for symbol, entry in entries.items() if entry is not None]
    return [(symbol, wrap_point(point)) for symbol, points in found for point in points]
