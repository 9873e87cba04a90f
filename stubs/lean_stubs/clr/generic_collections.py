"""Names of System.Collections.Generic, for annotations and as containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from lean_stubs.clr.pairs import KeyValuePair

__all__ = ["MEMBERS", "Dictionary"]

K = TypeVar("K")
V = TypeVar("V")


class Dictionary(dict[K, V], Generic[K, V]):
    """A dict with .NET's methods beside Python's; iteration gives pairs, as in .NET."""

    __module__ = "System.Collections.Generic"

    def __iter__(self) -> Iterator[Any]:
        return iter([KeyValuePair(key, value) for key, value in self.items()])

    def add(self, key: K, value: V) -> None:
        self[key] = value

    def contains_key(self, key: K) -> bool:
        return key in self

    @property
    def count(self) -> int:
        return len(self)

    Add, ContainsKey, Count = add, contains_key, count


class List(list[V], Generic[V]):
    """A list with .NET's methods beside Python's."""

    __module__ = "System.Collections.Generic"

    def add(self, item: V) -> None:
        self.append(item)

    def contains(self, item: V) -> bool:
        return item in self

    Add, Contains = add, contains


MEMBERS: dict[str, Any] = {"Dictionary": Dictionary, "List": List}
