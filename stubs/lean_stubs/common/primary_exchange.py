"""Exchanges by the letters and names of data files (LEAN: Exchanges.GetPrimaryExchange in Common/Global.cs)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lean_stubs.common.exchange import Exchange
from lean_stubs.common.market import Market

__all__ = ["primary_exchange"]

# Constants are made of a table: type checkers do not see them.
_EXCHANGES: Any = Exchange

#: What data and map files write for exchanges of US equities, beside a constant's own name.
_EQUITY_NAMES = {
    "NASDAQ": ("T", "Q", "NASDAQ_OMX"),
    "NASDAQ_SC": ("S",),
    "BATS": ("Z", "BATS Z", "BATS_Z"),
    "ARCA": ("P",),
    "NYSE": ("N",),
    "FINRA": ("D",),
    "ISE": ("I",),
    "CSE": ("M",),
    "CBOE": ("W",),
    "AMEX": ("A",),
    "SIAC": (),
    "EDGA": ("J",),
    "EDGX": ("K",),
    "NASDAQ_BX": ("B", "NASDAQ BX"),
    "NASDAQ_PSX": ("X", "NASDAQ PSX"),
    "BATS_Y": ("Y", "BATS Y", "BYX"),
    "BOSTON": ("BB",),
    "BSE": (),
    "IEX": ("V",),
    "SMART": (),
    "OTCX": (),
    "MIAX_PEARL": ("H", "MP", "MIAX PEARL"),
    "LTSE": ("L",),
    "MEMX": ("U", "MM"),
    "CSFB": (),
}

_BY_NAME: dict[str, Exchange] = {
    text: getattr(_EXCHANGES, name) for name, others in _EQUITY_NAMES.items() for text in (name, *others)
}
_UNKNOWN: Exchange = _EXCHANGES.UNKNOWN
_NATIONAL: dict[str, Exchange] = {Market.USA: _EXCHANGES.NSX, Market.INDIA: _EXCHANGES.NSE}


@lru_cache(maxsize=1024)
def primary_exchange(text: str, market: str = Market.USA) -> Exchange:
    """The equity exchange that a letter or name in a file means."""
    name = text.upper()
    if name in ("C", "NSX", "NSE"):
        return _NATIONAL.get(market, _UNKNOWN)
    return _BY_NAME.get(name, _UNKNOWN)
