"""LEAN's symbol-keyed dictionaries as Python sees them (Common/ExtendedDictionary.cs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from lean_stubs.clr.border import ClrObject
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import InvalidOperationException, KeyNotFoundException, NotSupportedException
from lean_stubs.clr.pairs import KeyValuePair, pair_type
from lean_stubs.common.symbol import Symbol, is_implicit, to_symbol

__all__ = ["ExtendedDictionary"]

V = TypeVar("V")


class ExtendedDictionary(ClrObject, Generic[V], clr="QuantConnect"):
    """Mapping from Symbol; tickers that the symbol cache knows are keys too.

    A subclass gives storage by ``_find`` (None if absent) and ``_entries`` (what keys, values, items and len show), and names the
    type of its values in ``_value_name``. What differs in LEAN from one dictionary to another (errors, writing) it overrides.
    """

    _value_name = "Object"

    def _find(self, symbol: Symbol) -> V | None:
        raise NotImplementedError

    def _entries(self) -> Iterable[tuple[Symbol, V]]:
        raise NotImplementedError

    def _has(self, symbol: Symbol) -> bool:
        return self._find(symbol) is not None

    def _missing(self, symbol: Symbol) -> Exception:
        """Error for an index that is not there."""
        return KeyNotFoundException(
            f"'{symbol}' wasn't found in the {type(self).__name__} object, likely because there was no-data at this moment in "
            "time and it wasn't possible to fillforward historical data. To prevent this exception, check the data exists before "
            f"accessing it with data.contains_key('{symbol}')."
        )

    def _read_only(self, call: str) -> InvalidOperationException:
        return InvalidOperationException(f"{call} call is an invalid operation: the {type(self).__name__} collection is read-only.")

    def _remove(self, symbol: Symbol) -> bool:
        raise self._read_only("Remove/pop/del")

    def _store(self, symbol: Symbol, value: V) -> None:
        raise NotSupportedException(f"The {type(self).__name__} object is read-only.")

    @staticmethod
    def _check_ticker(symbol: Symbol) -> None:
        if is_implicit(symbol):
            raise KeyNotFoundException(
                f"The ticker {symbol.id.symbol} was not found in the SymbolCache. Use the Symbol object as key instead. Accessing "
                "the securities collection/slice object by string ticker is only available for securities added with the "
                "add_security-family methods. For more details, please check out the documentation."
            )

    def __getitem__(self, key: Any) -> V:
        symbol = to_symbol(key)
        self._check_ticker(symbol)
        if not self._has(symbol):
            raise self._missing(symbol)
        return self._find(symbol)  # type: ignore[return-value]

    def get_item(self, key: Any) -> V:
        return self[key]

    def __setitem__(self, key: Any, value: V) -> None:
        self._store(to_symbol(key), value)

    def set_item(self, key: Any, value: V) -> None:
        self[key] = value

    def __delitem__(self, key: Any) -> None:
        self._remove(to_symbol(key))

    def remove(self, key: Any) -> bool:
        return self._remove(to_symbol(key))

    def _remove_given(self, given: Any) -> bool:
        """Remove by a key, or by an entry of the dictionary."""
        return self._remove(to_symbol(given.key if isinstance(given, KeyValuePair) else given))

    def __contains__(self, key: object) -> bool:
        return self.contains_key(key)

    def contains_key(self, key: Any) -> bool:
        return key is not None and self._has(to_symbol(key))

    def __len__(self) -> int:
        return sum(1 for _ in self._entries())

    @property
    def count(self) -> int:
        return len(self)

    def __iter__(self) -> Iterator[KeyValuePair[Symbol, V]]:
        pair = pair_type("Symbol", self._value_name)
        return iter([pair(k, v) for k, v in self._entries()])

    def keys(self) -> list[Symbol]:
        return [k for k, _ in self._entries()]

    def values(self) -> list[V]:
        return [v for _, v in self._entries()]

    def items(self) -> list[tuple[Symbol, V]]:
        return list(self._entries())

    def _accepts(self, value: object) -> bool:
        """Whether the value fits the dictionary's value type (for the overload with a default)."""
        return value is None or type(value).__name__ == self._value_name or isinstance(value, ClrObject)

    def get(self, key: Any, default_value: Any = None) -> V | None:
        if not self._accepts(default_value):
            raise no_match("get", key, default_value)
        if key is None:
            return default_value  # type: ignore[no-any-return]
        found = self._find(to_symbol(key))
        return default_value if found is None else found

    def try_get_value(self, key: Any, value: Any) -> tuple[bool, V | None]:
        found = None if key is None else self._find(to_symbol(key))
        return found is not None, found

    def setdefault(self, key: Any, default_value: Any = None) -> V | None:
        symbol = to_symbol(key)
        found = self._find(symbol)
        if found is not None:
            return found
        if self.is_read_only:
            raise self._missing(symbol)
        self._store(symbol, default_value)
        return default_value  # type: ignore[no-any-return]

    def pop(self, key: Any, default_value: Any = None) -> V | None:
        if key is None:
            if default_value is None:
                raise KeyNotFoundException("None is not a valid key.")
            return default_value  # type: ignore[no-any-return]
        symbol = to_symbol(key)
        found = self._find(symbol)
        if found is None:
            return default_value  # type: ignore[no-any-return]
        self._remove(symbol)
        return found

    def popitem(self) -> tuple[Symbol, V]:
        raise NotSupportedException(f"popitem method is not supported for {type(self).__name__}.")

    def update(self, other: Any) -> None:
        if self.is_read_only:
            raise InvalidOperationException(
                f"Update call is an invalid operation because the {type(self).__name__} collection is read-only."
            )
        for key, value in other.items():
            self._store(to_symbol(key), value)

    def copy(self) -> dict[Symbol, V]:
        return dict(self._entries())

    def fromkeys(self, sequence: Iterable[Any], value: Any = None) -> dict[Symbol, V | None]:
        return {to_symbol(key): self.get(key, value) for key in sequence if key is not None}

    def clear(self) -> None:
        raise InvalidOperationException(
            f"Clear/clear call is an invalid operation because the {type(self).__name__} collection is read-only."
        )

    @property
    def is_read_only(self) -> bool:
        return True
