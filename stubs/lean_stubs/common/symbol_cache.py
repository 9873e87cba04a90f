"""Tickers known to the run (Common/SymbolCache.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import InvalidOperationException, SystemException
from lean_stubs.clr.overloads import argument

if TYPE_CHECKING:
    from lean_stubs.common.symbol import Symbol

__all__ = ["SymbolCache"]

# Keys in upper case: LEAN's lookup ignores case. None remembers a miss.
_symbols: dict[str, Symbol | None] = {}
_tickers: dict[Symbol, str] = {}


class SymbolCache(ClrObject, clr="QuantConnect"):
    """Static, as in LEAN; the engine clears it before each run."""

    @staticmethod
    def set(ticker: str, symbol: Symbol) -> None:
        _symbols[ticker.upper()] = symbol
        _tickers[symbol] = ticker
        related = ticker.split(".", 1)[0].upper() if "." in ticker else None
        if related is not None and related in _symbols and _symbols[related] is None:
            del _symbols[related]

    @staticmethod
    def get_symbol(ticker: str) -> Symbol:
        found = SymbolCache._find(ticker)
        if found is None:
            raise InvalidOperationException(f"We were unable to locate the ticker '{ticker}'.")
        return found

    @staticmethod
    def _find(ticker: str) -> Symbol | None:
        """TryGetSymbol: the symbol of a ticker or of an id text, or None."""
        key = ticker.upper()
        if key in _symbols:
            return _symbols[key]

        from lean_stubs.common.security_identifier import SecurityIdentifier
        from lean_stubs.common.symbol import Symbol

        try:
            identifier = SecurityIdentifier.parse(ticker)
        except SystemException:
            prefix = key + "."
            matches = [s for k, s in _symbols.items() if s is not None and k.startswith(prefix)]
            if len(matches) > 1:
                raise InvalidOperationException(f"We located multiple potentially matching tickers for '{ticker}'.") from None
            _symbols[key] = matches[0] if matches else None
            return _symbols[key]
        return Symbol(identifier, identifier.symbol)

    @staticmethod
    def try_get_symbol(ticker: str, symbol: Any) -> tuple[bool, Symbol | None]:
        found = SymbolCache._find(ticker)
        return found is not None, found

    @staticmethod
    def get_ticker(symbol: Symbol) -> str:
        found = _tickers.get(symbol)
        return str(symbol.id) if found is None else found

    @overload
    @staticmethod
    def try_remove(symbol: Symbol) -> bool: ...
    @overload
    @staticmethod
    def try_remove(ticker: str) -> bool: ...
    @staticmethod
    def try_remove(*arguments: Any, **named: Any) -> bool:
        key = argument(SymbolCache.try_remove, arguments, named)
        if isinstance(key, str):
            found = _symbols.pop(key.upper(), None)
            return found is not None and _tickers.pop(found, None) is not None
        text = _tickers.pop(key, None)
        return text is not None and _symbols.pop(text.upper(), None) is not None

    @staticmethod
    def clear() -> None:
        _symbols.clear()
        _tickers.clear()
