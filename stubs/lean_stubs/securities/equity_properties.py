"""Currency, price step and lot of a security (LEAN: SymbolPropertiesDatabase.GetSymbolProperties)."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market
from lean_stubs.securities.symbol_properties import SymbolProperties

__all__ = ["equity_properties"]

_EVERY = "[*]"
#: What LEAN's own file says of equities; a source's rows go first.
_BUILT_IN = {(Market.USA, _EVERY): ("", "USD", 1.0, 0.01, 1.0, "")}
_READ: WeakKeyDictionary[Any, dict[tuple[str, str], tuple[Any, ...]]] = WeakKeyDictionary()


def _table(source: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    known = _READ.get(source)
    if known is None:
        known = _READ[source] = dict(_BUILT_IN)
        for market, ticker, kind, description, currency, multiplier, step, lot, *rest in source.symbol_properties():
            if kind == "equity":
                numbers = (float(multiplier), float(step), float(lot))
                known[market.lower(), ticker.upper()] = (description, currency, *numbers, rest[0] if rest else "")
    return known


def equity_properties(source: Any, symbol: Any, account_currency: str) -> SymbolProperties:
    """Those of the ticker, else of its market; a security that no row tells of is in the account's currency."""
    market = symbol.id.market
    if symbol.security_type == SecurityType.EQUITY:
        table = _BUILT_IN if source is None else _table(source)
        for ticker in (symbol.value, _EVERY):
            found = table.get((market, ticker))
            if found is not None:
                return SymbolProperties(*found)
    return SymbolProperties("", account_currency, 1.0, 0.01, 1.0, "")
