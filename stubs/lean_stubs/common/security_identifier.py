"""Security ids: a permanent ticker and packed properties, written in base 36 (Common/SecurityIdentifier.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject, NotOffered, to_enum
from lean_stubs.clr.exceptions import ArgumentException, ArgumentOutOfRangeException, FormatException, InvalidOperationException
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market

__all__ = ["DEFAULT_DATE", "FirstTicker", "SecurityIdentifier", "set_first_ticker"]

#: Day zero of OLE dates: the date of an id without a map file.
DEFAULT_DATE = datetime(1899, 12, 30)

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARKET_OFFSET = 100
_DAYS_OFFSET = 10**14
_DAYS_WIDTH = 10**5

#: (ticker, market, date it is meant at or None for today) -> (first ticker, first date).
FirstTicker = Callable[[str, str, "datetime | None"], "tuple[str, datetime]"]


def _unmapped(ticker: str, market: str, at: datetime | None) -> tuple[str, datetime]:
    return ticker, DEFAULT_DATE


_first_ticker: FirstTicker = _unmapped


def set_first_ticker(lookup: FirstTicker | None) -> None:
    """Name the map files that ids are made from; None for none."""
    global _first_ticker
    _first_ticker = lookup or _unmapped


def _encode(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text or "0"


class SecurityIdentifier(ClrObject, clr="QuantConnect"):
    """Identity of a security for all time, whatever its ticker of the day."""

    EMPTY: SecurityIdentifier
    NONE: SecurityIdentifier
    DEFAULT_DATE = DEFAULT_DATE

    def __init__(self, symbol: str, properties: int, underlying: SecurityIdentifier | None = None) -> None:
        if underlying is not None:
            raise NotOffered("SecurityIdentifier.underlying", "options and futures have no ids here")
        if "|" in symbol or " " in symbol:
            raise ArgumentException("symbol must not contain the characters '|' or ' '.", "symbol")
        self._symbol, self._properties = symbol, properties
        self._text = f"{symbol} {_encode(properties)}"
        self._hash = hash(self._text)

    @overload
    @staticmethod
    def generate_equity(
        symbol: str,
        market: str,
        map_symbol: bool = True,
        map_file_provider: Any = None,
        mapping_resolve_date: datetime | None = None,
    ) -> SecurityIdentifier: ...
    @overload
    @staticmethod
    def generate_equity(date: datetime, symbol: str, market: str) -> SecurityIdentifier: ...
    @staticmethod
    def generate_equity(*arguments: Any, **named: Any) -> SecurityIdentifier:
        """Id of an equity; its first ticker and date come from the map files of the run's data, unless the date is given."""
        given = bound(SecurityIdentifier.generate_equity, arguments, named)
        symbol, market = given["symbol"], given["market"]
        if "date" in given:
            day = datetime(given["date"].year, given["date"].month, given["date"].day)
            return SecurityIdentifier._generate(day, symbol, market, SecurityType.EQUITY)
        first, ticker = DEFAULT_DATE, symbol
        if given.get("map_symbol", True):
            ticker, first = _first_ticker(symbol.upper(), market.lower(), given.get("mapping_resolve_date"))
        return SecurityIdentifier._generate(first, ticker, market, SecurityType.EQUITY)

    @staticmethod
    def generate_base(
        data_type: Any, symbol: str, market: str, map_symbol: bool = False, date: datetime | None = None
    ) -> SecurityIdentifier:
        """Id of custom data; its symbol carries the type's name."""
        text = symbol if data_type is None else f"{symbol.upper()}.{data_type.__name__}"
        return SecurityIdentifier._generate(date or DEFAULT_DATE, text, market, SecurityType.BASE, upper=False)

    @staticmethod
    def generate_constituent_identifier(symbol: str, security_type: Any, market: str) -> SecurityIdentifier:
        """Id of a universe of constituents; the case of its name is kept."""
        kind = to_enum(SecurityType, security_type)
        return SecurityIdentifier._generate(DEFAULT_DATE, symbol, market, kind, upper=False)

    @staticmethod
    def generate_index(symbol: str, market: str) -> SecurityIdentifier:
        return SecurityIdentifier._generate(DEFAULT_DATE, symbol, market, SecurityType.INDEX)

    @staticmethod
    def _generate(first: datetime, symbol: str, market: str, kind: SecurityType, upper: bool = True) -> SecurityIdentifier:
        code = Market.encode(market)
        if code is None:
            raise ArgumentOutOfRangeException(
                f"The specified market wasn't found in the markets lookup. Requested: {market}.", "market"
            )
        days = (first - DEFAULT_DATE).days
        return SecurityIdentifier(symbol.upper() if upper else symbol, days * _DAYS_OFFSET + code * _MARKET_OFFSET + int(kind))

    @staticmethod
    def parse(value: str | None) -> SecurityIdentifier:
        """The id of a text such as "SPY R735QTJ8XC9X"."""
        if value is None or not value.strip() or value == " 0":
            return SecurityIdentifier.EMPTY
        parts = value.split()
        if "|" in value or len(parts) != 2:
            raise FormatException("The string must be splittable on space into two parts.")
        try:
            return SecurityIdentifier(parts[0], int(parts[1], 36))
        except ValueError:
            raise FormatException(f"Error parsing SecurityIdentifier: '{value}'") from None

    @property
    def symbol(self) -> str:
        """The first ticker."""
        return self._symbol

    @property
    def date(self) -> datetime:
        """First day of the map file; day zero (1899-12-30) without one."""
        if self.security_type not in (SecurityType.EQUITY, SecurityType.BASE, SecurityType.INDEX):
            raise InvalidOperationException(
                "Date is only defined for SecurityType.Equity, Option, Future, FutureOption, IndexOption and Base"
            )
        return DEFAULT_DATE + timedelta(days=self._properties // _DAYS_OFFSET % _DAYS_WIDTH)

    @property
    def market(self) -> str:
        code = self._properties // _MARKET_OFFSET % 1000
        return Market.decode(code) or str(code)

    @property
    def security_type(self) -> SecurityType:
        kind: SecurityType = to_enum(SecurityType, self._properties % 100)
        return kind

    @property
    def has_underlying(self) -> bool:
        return False

    def __str__(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecurityIdentifier) and self._text == other._text

    def __hash__(self) -> int:
        return self._hash

    def __lt__(self, other: SecurityIdentifier) -> bool:
        return self._text < other._text

    @overload
    def compare_to(self, other: SecurityIdentifier | None) -> int: ...
    @overload
    def compare_to(self, obj: Any) -> int: ...
    def compare_to(self, *arguments: Any, **named: Any) -> int:
        obj = argument(SecurityIdentifier.compare_to, arguments, named)
        text = "" if obj is None else obj._text
        return (self._text > text) - (self._text < text)


SecurityIdentifier.EMPTY = SecurityIdentifier("", 0)
SecurityIdentifier.NONE = SecurityIdentifier("NONE", 0)
