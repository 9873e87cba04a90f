""".NET's HashSet as Python sees it: in order of insertion while nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from lean_stubs.clr.border import ClrObject

__all__ = ["HashSet"]

T = TypeVar("T")


class HashSet(ClrObject, Generic[T], clr="System.Collections.Generic"):
    """Unlike a Python set it has ``count`` and ``contains``, and no set arithmetic."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items = dict.fromkeys(items)

    @property
    def count(self) -> int:
        return len(self._items)

    def contains(self, item: T) -> bool:
        return item in self._items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __eq__(self, other: Any) -> bool:
        return self is other or (isinstance(other, (set, frozenset)) and other == set(self._items))

    def __hash__(self) -> int:
        return id(self)
