"""Exchanges by name and letter (LEAN: Common/Exchange.cs; Exchanges.GetPrimaryExchange in Common/Global.cs)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market

__all__ = ["Exchange", "primary_exchange"]


class Exchange(ClrObject, clr="QuantConnect"):
    """Where something is traded."""

    _pascal: ClassVar[dict[str, str]] = {
        "NASDAQ_SC": "NASDAQ_SC",
        "NASDAQ_BX": "NASDAQ_BX",
        "NASDAQ_PSX": "NASDAQ_PSX",
        "NASDAQ_OPTIONS": "NASDAQ_Options",
        "ARCA_OPTIONS": "ARCA_Options",
        "AMEX_OPTIONS": "AMEX_Options",
        "BATS_Y": "BATS_Y",
        "MIAX_PEARL": "MIAX_PEARL",
        "MIAX_EMERALD": "MIAX_EMERALD",
        "MIAX_SAPPHIRE": "MIAX_SAPPHIRE",
        "ISE_GEMINI": "ISE_GEMINI",
        "ISE_MERCURY": "ISE_MERCURY",
    }

    UNKNOWN: ClassVar[Exchange]
    MEMX: ClassVar[Exchange]
    LTSE: ClassVar[Exchange]
    NASDAQ: ClassVar[Exchange]
    NASDAQ_SC: ClassVar[Exchange]
    NASDAQ_OPTIONS: ClassVar[Exchange]
    BATS: ClassVar[Exchange]
    ARCA: ClassVar[Exchange]
    ARCA_OPTIONS: ClassVar[Exchange]
    NYSE: ClassVar[Exchange]
    SMART: ClassVar[Exchange]
    OTCX: ClassVar[Exchange]
    IEX: ClassVar[Exchange]
    NSX: ClassVar[Exchange]
    FINRA: ClassVar[Exchange]
    ISE: ClassVar[Exchange]
    CSE: ClassVar[Exchange]
    CBOE: ClassVar[Exchange]
    C_2: ClassVar[Exchange]
    NASDAQ_BX: ClassVar[Exchange]
    SIAC: ClassVar[Exchange]
    EDGA: ClassVar[Exchange]
    EDGX: ClassVar[Exchange]
    EDGO: ClassVar[Exchange]
    NASDAQ_PSX: ClassVar[Exchange]
    BATS_Y: ClassVar[Exchange]
    BOSTON: ClassVar[Exchange]
    BOX: ClassVar[Exchange]
    AMEX: ClassVar[Exchange]
    BSE: ClassVar[Exchange]
    NSE: ClassVar[Exchange]
    AMEX_OPTIONS: ClassVar[Exchange]
    OPRA: ClassVar[Exchange]
    MIAX: ClassVar[Exchange]
    MIAX_PEARL: ClassVar[Exchange]
    MIAX_EMERALD: ClassVar[Exchange]
    MIAX_SAPPHIRE: ClassVar[Exchange]
    ISE_GEMINI: ClassVar[Exchange]
    ISE_MERCURY: ClassVar[Exchange]
    CME: ClassVar[Exchange]
    EUREX: ClassVar[Exchange]
    CBOT: ClassVar[Exchange]
    CFE: ClassVar[Exchange]
    COMEX: ClassVar[Exchange]
    ICE: ClassVar[Exchange]
    NYMEX: ClassVar[Exchange]
    NYSELIFFE: ClassVar[Exchange]
    CSFB: ClassVar[Exchange]
    PHLX: ClassVar[Exchange]

    def __init__(self, name: str, code: str, description: str, market: str, *security_types: Any) -> None:
        self._name, self._code, self._description, self._market = name, code or name, description, market
        self._types = list(security_types)

    @property
    def name(self) -> str:
        return self._name

    @property
    def code(self) -> str:
        """The letter in data files; the name where there is none."""
        return self._code

    @property
    def description(self) -> str:
        return self._description

    @property
    def market(self) -> str:
        return self._market

    @property
    def security_types(self) -> Sequence[SecurityType]:
        return self._types

    def _key(self) -> tuple[Any, ...]:
        return self._code, self._market, frozenset(int(kind) for kind in self._types)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exchange) and other._key() == self._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return self._name


_EQUITY, _OPTION, _INDEX_OPTION = SecurityType.EQUITY, SecurityType.OPTION, SecurityType.INDEX_OPTION
_FUTURES = (SecurityType.FUTURE, SecurityType.FUTURE_OPTION)

#: Constant: name, code, description, market and what is traded.
_ALL: dict[str, tuple[Any, ...]] = {
    "UNKNOWN": ("", "", "UNKNOWN", ""),
    "MEMX": ("MEMX", "MM", "Members Exchange", Market.USA, _EQUITY),
    "LTSE": ("LTSE", "L", "Long-Term Stock Exchange", Market.USA, _EQUITY),
    "NASDAQ": ("NASDAQ", "Q", "Nasdaq", Market.USA, _EQUITY),
    "NASDAQ_SC": ("NASDAQ_SC", "S", "Nasdaq Small Cap", Market.USA, _EQUITY),
    "NASDAQ_OPTIONS": ("XNDQ", "XNDQ", "Nasdaq Options", Market.USA, _OPTION, _INDEX_OPTION),
    "BATS": ("BATS", "Z", "Cboe BZX", Market.USA, _EQUITY),
    "ARCA": ("ARCA", "P", "NYSE Arca", Market.USA, _EQUITY),
    "ARCA_OPTIONS": ("ARCX", "ARCX", "NYSE Arca Options", Market.USA, _OPTION),
    "NYSE": ("NYSE", "N", "New York Stock Exchange", Market.USA, _EQUITY),
    "SMART": ("SMART", "SMART", "Smart routing", Market.USA, _EQUITY),
    "OTCX": ("OTCX", "OTCX", "Over the counter", Market.USA, _EQUITY),
    "IEX": ("IEX", "IEX", "Investors Exchange", Market.USA, _EQUITY),
    "NSX": ("NSE", "C", "National Stock Exchange", Market.USA, _EQUITY),
    "FINRA": ("FINRA", "D", "FINRA", Market.USA, _EQUITY),
    "ISE": ("ISE", "I", "International Securities Exchange", Market.USA, _EQUITY),
    "CSE": ("CSE", "M", "Chicago Stock Exchange", Market.USA, _EQUITY),
    "CBOE": ("CBOE", "W", "Cboe", Market.USA, _EQUITY, _OPTION, _INDEX_OPTION),
    "C_2": ("C2", "W", "Cboe C2 Options", Market.USA, _OPTION),
    "NASDAQ_BX": ("NASDAQ_BX", "B", "Nasdaq BX", Market.USA, _EQUITY),
    "SIAC": ("SIAC", "SIAC", "Securities Industry Automation Corporation", Market.USA, _EQUITY),
    "EDGA": ("EDGA", "J", "Cboe EDGA", Market.USA, _EQUITY),
    "EDGX": ("EDGX", "K", "Cboe EDGX", Market.USA, _EQUITY),
    "EDGO": ("EDGO", "EDGO", "Cboe EDGX Options", Market.USA, _OPTION, _INDEX_OPTION),
    "NASDAQ_PSX": ("NASDAQ_PSX", "X", "Nasdaq PSX", Market.USA, _EQUITY),
    "BATS_Y": ("BATS_Y", "Y", "Cboe BYX", Market.USA, _EQUITY),
    "BOSTON": ("BOSTON", "BB", "Boston Stock Exchange", Market.USA, _EQUITY),
    "BOX": ("BOX", "B", "Boston Options Exchange", Market.USA, _OPTION, _INDEX_OPTION),
    "AMEX": ("AMEX", "A", "NYSE American", Market.USA, _EQUITY),
    "BSE": ("BSE", "BSE", "Bombay Stock Exchange", Market.INDIA, _EQUITY),
    "NSE": ("NSE", "NSE", "National Stock Exchange of India", Market.INDIA, _EQUITY),
    "AMEX_OPTIONS": ("AMEX", "A", "NYSE American Options", Market.USA, _OPTION),
    "OPRA": ("OPRA", "O", "Options Price Reporting Authority", Market.USA, _OPTION),
    "MIAX": ("MIAX", "M", "Miami International Securities Exchange", Market.USA, _OPTION),
    "MIAX_PEARL": ("MIAX_PEARL", "MP", "MIAX Pearl", Market.USA, _OPTION, _EQUITY),
    "MIAX_EMERALD": ("MIAX_EMERALD", "ME", "MIAX Emerald", Market.USA, _OPTION),
    "MIAX_SAPPHIRE": ("MIAX_SAPPHIRE", "SPHR", "MIAX Sapphire", Market.USA, _OPTION, _INDEX_OPTION),
    "ISE_GEMINI": ("ISE_GEMINI", "H", "Nasdaq GEMX", Market.USA, _OPTION),
    "ISE_MERCURY": ("ISE_MERCURY", "J", "Nasdaq MRX", Market.USA, _OPTION),
    "CME": ("CME", "CME", "Chicago Mercantile Exchange", Market.CME, *_FUTURES),
    "EUREX": ("EUREX", "EUREX", "Eurex", Market.EUREX, SecurityType.FUTURE, SecurityType.INDEX),
    "CBOT": ("CBOT", "CBOT", "Chicago Board of Trade", Market.CBOT, *_FUTURES),
    "CFE": ("CFE", "CFE", "Cboe Futures Exchange", Market.CFE, SecurityType.FUTURE),
    "COMEX": ("COMEX", "COMEX", "Commodity Exchange", Market.COMEX, SecurityType.FUTURE),
    "ICE": ("ICE", "ICE", "Intercontinental Exchange", Market.ICE, SecurityType.FUTURE),
    "NYMEX": ("NYMEX", "NYMEX", "New York Mercantile Exchange", Market.NYMEX, SecurityType.FUTURE),
    "NYSELIFFE": ("NYSELIFFE", "NYSELIFFE", "NYSE Liffe", "nyseliffe", SecurityType.FUTURE),
    "CSFB": ("CSFB", "CSFB", "Credit Suisse First Boston", Market.USA, _EQUITY),
    "PHLX": ("PHLX", "X", "Nasdaq PHLX", Market.USA, _OPTION, _INDEX_OPTION),
}

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


def _add_constants() -> None:
    for constant, given in _ALL.items():
        exchange = Exchange(*given)
        type.__setattr__(Exchange, constant, exchange)
        type.__setattr__(Exchange, Exchange._pascal.get(constant, constant), exchange)


_add_constants()
_BY_NAME: dict[str, Exchange] = {
    text: getattr(Exchange, name) for name, others in _EQUITY_NAMES.items() for text in (name, *others)
}
_NATIONAL = {Market.USA: Exchange.NSX, Market.INDIA: Exchange.NSE}


@lru_cache(maxsize=1024)
def primary_exchange(text: str, market: str = Market.USA) -> Exchange:
    """The equity exchange that a letter or name in a file means."""
    name = text.upper()
    if name in ("C", "NSX", "NSE"):
        return _NATIONAL.get(market, Exchange.UNKNOWN)
    return _BY_NAME.get(name, Exchange.UNKNOWN)
