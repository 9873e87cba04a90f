"""KeyValuePair: what iterating one of LEAN's dictionaries yields."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Generic, TypeVar

from lean_stubs.clr.border import ClrMeta, ClrObject

__all__ = ["KeyValuePair", "pair_type"]

K = TypeVar("K")
V = TypeVar("V")


class KeyValuePair(ClrObject, Generic[K, V], clr="System.Collections.Generic"):
    """One entry; has ``key`` and ``value`` and cannot be unpacked."""

    def __init__(self, key: K, value: V) -> None:
        self._key, self._value = key, value

    @property
    def key(self) -> K:
        return self._key

    @property
    def value(self) -> V:
        return self._value

    def __str__(self) -> str:
        return f"[{self._key}, {self._value}]"


@lru_cache(maxsize=64)
def pair_type(key_name: str, value_name: str) -> Any:
    """The pair type shown as ``KeyValuePair[Symbol,TradeBar]``."""
    name = f"KeyValuePair[{key_name},{value_name}]"
    return ClrMeta(name, (KeyValuePair,), {"__module__": __name__, "__qualname__": name}, clr="System.Collections.Generic")
