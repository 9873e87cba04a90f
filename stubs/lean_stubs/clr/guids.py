"""System.Guid."""

from __future__ import annotations

import uuid

from lean_stubs.clr.border import ClrObject

__all__ = ["Guid"]


class Guid(ClrObject, clr="System"):
    """A random id, new in every run; compares by value."""

    def __init__(self, value: uuid.UUID | str | None = None) -> None:
        self._value = uuid.uuid4() if value is None else uuid.UUID(str(value))

    @staticmethod
    def new_guid() -> Guid:
        return Guid()

    @staticmethod
    def parse(text: str) -> Guid:
        return Guid(text)

    def to_string(self, format: str = "D") -> str:
        return self._value.hex if format.upper() == "N" else str(self._value)

    def __str__(self) -> str:
        return str(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Guid) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)
