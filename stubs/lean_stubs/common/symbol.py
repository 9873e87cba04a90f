"""Symbol: a security id under the ticker of the day (Common/Symbol.cs)."""

from __future__ import annotations

from typing import Any, ClassVar

from lean_stubs.clr import ClrObject, NotOffered, to_enum
from lean_stubs.clr.convert import cannot
from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol_cache import SymbolCache

__all__ = ["Symbol", "to_symbol"]


class Symbol(ClrObject, clr="QuantConnect"):
    """Equality and hash go by the id; a ticker string that the cache knows is equal too, but hashes differently."""

    _pascal: ClassVar[dict[str, str]] = {
        "id": "ID",
        "cusip": "CUSIP",
        "composite_figi": "CompositeFIGI",
        "sedol": "SEDOL",
        "isin": "ISIN",
        "cik": "CIK",
    }
    EMPTY: Symbol
    NONE: Symbol

    def __init__(self, sid: SecurityIdentifier, value: str) -> None:
        self._id, self._value = sid, value.upper()
        self._hash = hash(sid)

    @staticmethod
    def create(ticker: str, security_type: Any, market: str, alias: str | None = None, base_data_type: Any = None) -> Symbol:
        """Symbol of a ticker as it is used today."""
        kind = to_enum(SecurityType, security_type)
        if not isinstance(ticker, str):
            raise cannot(ticker, "System.String")
        if kind == SecurityType.EQUITY:
            sid = SecurityIdentifier.generate_equity(ticker, market)
        elif kind == SecurityType.BASE:
            sid = SecurityIdentifier.generate_base(base_data_type, ticker, market)
        elif kind == SecurityType.INDEX:
            sid = SecurityIdentifier.generate_index(ticker, market)
        else:
            raise NotOffered(f"SecurityType.{kind}", "only equities, indices and custom data have symbols here")
        return Symbol(sid, alias or ticker)

    @staticmethod
    def create_base(base_type: Any, underlying: Symbol, market: str | None = None) -> Symbol:
        return Symbol(
            SecurityIdentifier.generate_base(base_type, underlying.id.symbol, market or Market.USA, date=underlying.id.date),
            underlying.value,
        )

    @property
    def id(self) -> SecurityIdentifier:
        return self._id

    @property
    def value(self) -> str:
        """The ticker of the day, in upper case."""
        return self._value

    @property
    def security_type(self) -> SecurityType:
        return self._id.security_type

    @property
    def has_underlying(self) -> bool:
        return False

    @property
    def underlying(self) -> Symbol | None:
        return None

    @property
    def canonical(self) -> Symbol:
        raise InvalidOperationException("Canonical is only defined for options and futures")

    def is_canonical(self) -> bool:
        return False

    def has_canonical(self) -> bool:
        return False

    def _identifier(self, kind: str) -> Any:
        from lean_stubs.data.security_definitions import identifier_of

        return identifier_of(self, kind)

    @property
    def cusip(self) -> str:
        found: str = self._identifier("cusip")
        return found

    @property
    def composite_figi(self) -> str:
        found: str = self._identifier("composite_figi")
        return found

    @property
    def sedol(self) -> str:
        found: str = self._identifier("sedol")
        return found

    @property
    def isin(self) -> str:
        found: str = self._identifier("isin")
        return found

    @property
    def cik(self) -> int | None:
        found: int | None = self._identifier("cik")
        return found

    def update_mapped_symbol(self, mapped_symbol: str, contract_depth_offset: int = 0) -> Symbol:
        """The same id under another ticker."""
        return Symbol(self._id, mapped_symbol)

    def compare_to(self, obj: Any) -> int:
        text = obj._value if isinstance(obj, Symbol) else obj
        if not isinstance(text, str):
            raise ArgumentException("Object must be of type Symbol or string.")
        mine, theirs = self._value.upper(), text.upper()
        return (mine > theirs) - (mine < theirs)

    def to_lower(self) -> str:
        return self._value.lower()

    def to_upper(self) -> str:
        return self._value.upper()

    def contains(self, value: str) -> bool:
        return value in self._value

    def starts_with(self, value: str) -> bool:
        return self._value.startswith(value)

    def ends_with(self, value: str) -> bool:
        return self._value.endswith(value)

    def __str__(self) -> str:
        return SymbolCache.get_ticker(self)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Symbol):
            return self._id._text == other._id._text
        if isinstance(other, str):
            return self._id._text == to_symbol(other)._id._text
        if isinstance(other, SecurityIdentifier):
            return self._id == other
        return other is None and self._id._text == " 0"

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return self._hash

    def __lt__(self, other: Any) -> bool:
        return self.compare_to(other) < 0

    def __le__(self, other: Any) -> bool:
        return self.compare_to(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self.compare_to(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self.compare_to(other) >= 0


Symbol.EMPTY = Symbol(SecurityIdentifier.EMPTY, "")
Symbol.NONE = Symbol(SecurityIdentifier.NONE, "NONE")


def to_symbol(given: Any) -> Symbol:
    """.NET's implicit conversion: a symbol, or the text of a ticker or id.

    A ticker that the cache does not know gives a symbol with an empty id (``is_implicit``), as in LEAN.
    """
    if isinstance(given, Symbol):
        return given
    if isinstance(given, str):
        found = SymbolCache._find(given)
        return Symbol(SecurityIdentifier(given, 0), given) if found is None else found
    convert = getattr(type(given), "_as_symbol", None)
    if convert is not None:
        return convert(given)  # type: ignore[no-any-return]
    raise cannot(given, "QuantConnect.Symbol")


def is_implicit(symbol: Symbol) -> bool:
    """Whether the symbol came from a ticker that nothing knows."""
    return symbol.id._properties == 0
