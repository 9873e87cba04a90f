""".NET arrays: what the engine hands to create_targets, manage_risk and execute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from lean_stubs.clr.border import ClrMeta, ClrObject
from lean_stubs.clr.exceptions import IndexOutOfRangeException

__all__ = ["ClrArray", "array_of"]

T = TypeVar("T")


class ClrArray(ClrObject, Generic[T], clr="System"):
    """Fixed length; len(), iteration, indexing by int; no list arithmetic."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = list(items)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __getitem__(self, index: int) -> T:
        return self._items[self._position(index)]

    def __setitem__(self, index: int, item: T) -> None:
        self._items[self._position(index)] = item

    def _position(self, index: Any) -> int:
        if not isinstance(index, int):
            raise TypeError("array index has wrong type")
        if not -len(self._items) <= index < len(self._items):
            raise IndexOutOfRangeException("Index was outside the bounds of the array.")
        return index

    @property
    def length(self) -> int:
        return len(self._items)

    def __str__(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"


@lru_cache(maxsize=64)
def _array_type(element: str, clr: str) -> Any:
    name = f"{element}[]"
    return ClrMeta(name, (ClrArray,), {"__module__": __name__, "__qualname__": name}, clr=clr)


def array_of(element: type[T], items: Iterable[T]) -> ClrArray[T]:
    """An array whose type shows as ``Insight[]``."""
    made: ClrArray[T] = _array_type(element.__name__, element.__module__)(items)
    return made
