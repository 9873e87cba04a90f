"""A mapping that iterates as .NET's Dictionary does."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Generic, TypeVar

__all__ = ["SlotDict"]

K = TypeVar("K")
V = TypeVar("V")


class SlotDict(MutableMapping[K, V], Generic[K, V]):
    """Iterates by slot: in order of insertion until something is removed; then freed slots are filled last-freed-first.

    LEAN's recorded order of targets and insights depends on it (System.Collections.Generic.Dictionary).
    """

    def __init__(self) -> None:
        self._slots: list[tuple[K, V] | None] = []
        self._index: dict[K, int] = {}
        self._free: list[int] = []

    def __getitem__(self, key: K) -> V:
        entry = self._slots[self._index[key]]
        assert entry is not None
        return entry[1]

    def __setitem__(self, key: K, value: V) -> None:
        slot = self._index.get(key)
        if slot is not None:
            self._slots[slot] = (key, value)
            return
        if self._free:
            slot = self._free.pop()
            self._slots[slot] = (key, value)
        else:
            slot = len(self._slots)
            self._slots.append((key, value))
        self._index[key] = slot

    def __delitem__(self, key: K) -> None:
        slot = self._index.pop(key)
        self._slots[slot] = None
        self._free.append(slot)

    def __iter__(self) -> Iterator[K]:
        for entry in self._slots:
            if entry is not None:
                yield entry[0]

    # The views of MutableMapping would look every key up again.
    def values(self) -> list[V]:  # type: ignore[override]
        return [entry[1] for entry in self._slots if entry is not None]

    def items(self) -> list[tuple[K, V]]:  # type: ignore[override]
        return [entry for entry in self._slots if entry is not None]

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, key: object) -> bool:
        return key in self._index

    def clear(self) -> None:
        """All slots are new again."""
        self._slots.clear()
        self._index.clear()
        self._free.clear()
