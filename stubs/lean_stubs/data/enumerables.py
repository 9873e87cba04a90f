""".NET enumerables: can be iterated, have no length and no columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from lean_stubs.clr import ClrMeta, ClrObject

__all__ = ["Enumerable", "enumerable_of"]

T = TypeVar("T")


class Enumerable(ClrObject, Generic[T], clr="QuantConnect.Util"):
    """What history without a frame returns."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = list(items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)


@lru_cache(maxsize=32)
def _kind(element: str) -> Any:
    name = f"MemoizingEnumerable[{element}]"
    return ClrMeta(name, (Enumerable,), {"__module__": __name__, "__qualname__": name}, clr="QuantConnect.Util")


def enumerable_of(element: str, items: Iterable[T]) -> Enumerable[T]:
    """An enumerable whose type shows as ``MemoizingEnumerable[TradeBar]``."""
    made: Enumerable[T] = _kind(element)(items)
    return made
