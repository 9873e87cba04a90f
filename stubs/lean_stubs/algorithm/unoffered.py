"""QCAlgorithm's properties that the stubs lack: a user's attribute of that name fails here as it does in LEAN."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.members import UnofferedProperty

__all__ = ["UnofferedMembers"]


class UnofferedMembers:
    """Names that a user must not take for his own attributes."""

    candlestick_patterns: Any = UnofferedProperty()
    future_chain_provider: Any = UnofferedProperty()
    option_chain_provider: Any = UnofferedProperty()
    pandas_converter: Any = UnofferedProperty()
    symbol_properties_database: Any = UnofferedProperty()
    time_keeper: Any = UnofferedProperty()
    trading_calendar: Any = UnofferedProperty()
