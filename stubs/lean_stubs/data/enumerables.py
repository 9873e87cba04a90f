""".NET enumerables: can be iterated, have no length and no columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from lean_stubs.clr import ClrMeta, ClrObject

__all__ = ["Enumerable", "enumerable_of", "lazy_enumerable_of"]

T = TypeVar("T")


class Enumerable(ClrObject, Generic[T], clr="QuantConnect.Util"):
    """What history without a frame returns."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = items if isinstance(items, _Memoizing) else list(items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)


class _Memoizing(Generic[T]):
    """Reads items when they are looked at, once."""

    def __init__(self, items: Iterable[T]) -> None:
        self._read: list[T] = []
        self._rest = iter(items)

    def __iter__(self) -> Iterator[T]:
        at = 0
        while True:
            if at == len(self._read):
                item = next(self._rest, self)
                if item is self:
                    return
                self._read.append(item)  # type: ignore[arg-type]  # not the mark of the end
            yield self._read[at]
            at += 1


@lru_cache(maxsize=32)
def _kind(element: str) -> Any:
    name = f"MemoizingEnumerable[{element}]"
    return ClrMeta(name, (Enumerable,), {"__module__": __name__, "__qualname__": name}, clr="QuantConnect.Util")


def enumerable_of(element: str, items: Iterable[T]) -> Enumerable[T]:
    """An enumerable whose type shows as ``MemoizingEnumerable[TradeBar]``."""
    made: Enumerable[T] = _kind(element)(items)
    return made


def lazy_enumerable_of(element: str, items: Iterable[T]) -> Enumerable[T]:
    """The same for what is too much to be read at once."""
    return enumerable_of(element, _Memoizing(items))
