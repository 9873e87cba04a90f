"""Securities of the algorithm (LEAN: SecurityManager)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr.dictionary import ExtendedDictionary
from lean_stubs.clr.exceptions import InvalidOperationException, KeyNotFoundException
from lean_stubs.clr.instants import aware_utc
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.clr.pairs import KeyValuePair
from lean_stubs.common import Symbol, to_symbol
from lean_stubs.securities.account import Account
from lean_stubs.securities.security import Security

__all__ = ["SecurityManager"]


class SecurityManager(ExtendedDictionary[Security], clr="QuantConnect.Securities"):
    """Removed securities stay reachable by index; keys, values and length show the present ones."""

    _value_name = "Security"

    def __init__(self, _state: Account) -> None:
        self._state = _state
        self._current: dict[Symbol, Security] = {}
        self._removed: dict[Symbol, Security] = {}

    def _find(self, symbol: Symbol) -> Security | None:
        found = self._current.get(symbol)
        return self._removed.get(symbol) if found is None else found

    def _any(self, symbol: Symbol) -> Security:
        found = self._find(symbol)
        if found is None:
            raise self._missing(symbol)
        return found

    def _entries(self) -> Iterable[tuple[Symbol, Security]]:
        return self._current.items()

    def __len__(self) -> int:
        return len(self._current)

    def _missing(self, symbol: Symbol) -> Exception:
        return KeyNotFoundException(
            f"This asset symbol ({symbol}) was not found in your security list. Please add this security before using it. To "
            "prevent the exception, use self.securities.get(symbol) or check self.securities.contains_key(symbol)."
        )

    def _store(self, symbol: Symbol, value: Security) -> None:
        existing = self._find(symbol)
        if existing is not None and existing is not value:
            raise InvalidOperationException(f"Unable to over write existing Security: {symbol}")
        self.add(symbol, value)

    def _remove(self, symbol: Symbol) -> bool:
        security = self._current.pop(symbol, None)
        if security is None:
            return False
        self._removed[symbol] = security
        self._state.portfolio._invalidate()
        return True

    @property
    def is_read_only(self) -> bool:
        return False

    @property
    def utc_time(self) -> datetime:
        return aware_utc(self._state.utc)

    @property
    def total(self) -> list[Security]:
        """Present and removed ones."""
        return [*self._current.values(), *self._removed.values()]

    @overload
    def add(self, symbol: Symbol | str, security: Security) -> None: ...
    @overload
    def add(self, security: Security) -> None: ...
    @overload
    def add(self, pair: KeyValuePair[Symbol, Security]) -> None: ...
    def add(self, *arguments: Any, **named: Any) -> None:
        given = bound(SecurityManager.add, arguments, named)
        pair = given.get("pair")
        security = given["security"] if pair is None else pair.value
        symbol = to_symbol(given.get("symbol", security.symbol) if pair is None else pair.key)
        if symbol not in self._current:
            self._removed.pop(symbol, None)
            self._current[symbol] = security
            self._state.portfolio._invalidate()

    @overload
    def contains_key(self, symbol: Symbol | str) -> bool: ...
    @overload
    def contains_key(self, key: Any) -> bool: ...
    def contains_key(self, *arguments: Any, **named: Any) -> bool:
        key = argument(SecurityManager.contains_key, arguments, named)
        return key is not None and self._has(to_symbol(key))

    @overload
    def try_get_value(self, symbol: Symbol | str, security: Any) -> tuple[bool, Security | None]: ...
    @overload
    def try_get_value(self, key: Any, value: Any) -> tuple[bool, Security | None]: ...
    def try_get_value(self, *arguments: Any, **named: Any) -> tuple[bool, Security | None]:
        key, _ = bound(SecurityManager.try_get_value, arguments, named).values()
        found = None if key is None else self._find(to_symbol(key))
        return found is not None, found

    @overload
    def remove(self, pair: KeyValuePair[Symbol, Security]) -> bool: ...
    @overload
    def remove(self, symbol: Symbol | str) -> bool: ...
    @overload
    def remove(self, key: Any) -> bool: ...
    def remove(self, *arguments: Any, **named: Any) -> bool:
        return self._remove_given(argument(SecurityManager.remove, arguments, named))

    def clear(self) -> None:
        self._removed.update(self._current)
        self._current.clear()
