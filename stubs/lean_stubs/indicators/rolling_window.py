"""The last n items, newest first (LEAN: RollingWindow)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import no_match, to_int
from lean_stubs.clr.exceptions import ArgumentException, ArgumentOutOfRangeException, InvalidOperationException

__all__ = ["RollingWindow"]


class RollingWindow(ClrObject, clr="QuantConnect.Indicators"):
    """``RollingWindow[float](n)`` or ``RollingWindow(n)``; asking past its size makes it larger, as in LEAN."""

    def __init__(self, size: int) -> None:
        try:
            size = to_int(size)
        except TypeError:
            raise no_match(".ctor", size) from None
        if size < 0:
            raise ArgumentException("RollingWindow must have size of at least 0.", "size")
        self._items: deque[Any] = deque()
        self._size, self._samples = size, 0
        self._removed: Any = None

    @classmethod
    def __class_getitem__(cls, item: Any) -> type[RollingWindow]:
        return cls

    @property
    def size(self) -> int:
        return self._size

    @size.setter
    def size(self, value: int) -> None:
        self._resize(to_int(value))

    def _resize(self, size: int) -> None:
        self._size = size
        while len(self._items) > self._size:
            self._items.pop()

    @property
    def count(self) -> int:
        return len(self._items)

    @property
    def samples(self) -> int:
        return self._samples

    @property
    def is_ready(self) -> bool:
        return self._samples >= self._size

    @property
    def most_recently_removed(self) -> Any:
        if self._samples <= self._size:
            raise InvalidOperationException("No items have been removed yet!")
        return self._removed

    def add(self, item: Any) -> None:
        self._samples += 1
        self._items.appendleft(item)
        if len(self._items) > self._size:
            self._removed = self._items.pop()

    def reset(self) -> None:
        self._samples = 0
        self._items.clear()

    def _place(self, index: int) -> int:
        if index < 0:
            if self._size + index < 0:
                raise ArgumentOutOfRangeException("Index must be a non-negative integer below the size of the window.", "i")
            index += len(self._items)
        return index

    def __getitem__(self, index: Any) -> Any:
        place = self._place(to_int(index))
        if 0 <= place < len(self._items):
            return self._items[place]
        if place > self._size - 1:
            self._size = place + 1
        return None

    get_item = __getitem__

    def __setitem__(self, index: Any, value: Any) -> None:
        place = to_int(index)
        if place < 0:
            place = self._size + place
        if place < 0:
            raise ArgumentOutOfRangeException("Index must be a non-negative integer below the size of the window.", "i")
        if place > self._size - 1:
            self._size = place + 1
        while len(self._items) <= place:
            # The gap is filled with empty items, older than what is there.
            self._samples += 1
            self._items.appendleft(None)
        self._items[place] = value

    set_item = __setitem__

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._items))

    def __len__(self) -> int:
        return len(self._items)
