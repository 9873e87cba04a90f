"""A queue that starts again after its last item (LEAN: Common/Util/CircularQueue.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.events import ClrEvent

__all__ = ["CircularQueue"]


class CircularQueue(ClrObject, clr="QuantConnect.Util"):
    """``CircularQueue[type](items)``; the event comes whenever the first item is taken."""

    @overload
    def __init__(self, *items: Any) -> None: ...
    @overload
    def __init__(self, items: list[Any]) -> None: ...
    def __init__(self, *arguments: Any, items: Any = None) -> None:
        items = arguments if items is None else (items,)
        given: Iterable[Any] = items[0] if len(items) == 1 and isinstance(items[0], (list, tuple)) else items
        self._items = list(given)
        self._next = 0
        self._event = ClrEvent()

    def __class_getitem__(cls, kind: Any) -> type[CircularQueue]:
        return cls

    @property
    def circle_completed(self) -> ClrEvent:
        return self._event

    @circle_completed.setter
    def circle_completed(self, value: Any) -> None:
        """Takes the result of ``+=``."""

    def dequeue(self) -> Any:
        item = self._items[self._next]
        self._next = (self._next + 1) % len(self._items)
        if item == self._items[0]:
            self._event(self, None)
        return item
