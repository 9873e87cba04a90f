"""Enumerations as .NET values in Python: neither ints nor enum.Enum, though they compare and multiply like numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from lean_stubs.clr import names
from lean_stubs.clr.border import ClrMeta, ClrObject
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import INTEGRAL, REAL, cannot
from lean_stubs.clr.exceptions import NotOffered

__all__ = ["ClrEnum", "ClrEnumMeta", "members", "to_enum", "value"]


class _Value(int):
    """Marks a member in the body of an enumeration."""


def value(number: int) -> Any:
    """One member of an enumeration."""
    return _Value(number)


class ClrEnumMeta(ClrMeta):
    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, clr: str | None = None, **options: Any
    ) -> ClrMeta:
        if bases and bases[0] is not ClrObject and getattr(bases[0], "_by_value", None):
            raise TypeError("delegates, enums and array types cannot be subclassed")
        found = {key: int(v) for key, v in namespace.items() if isinstance(v, _Value)}
        cls: Any = super().__new__(mcls, name, bases, namespace, clr=clr, **options)
        by_value: dict[int, Any] = {}
        for key, number in found.items():
            member = by_value.get(number) or object.__new__(cls)
            if number not in by_value:
                member._value, member._name = number, key
                by_value[number] = member
            type.__setattr__(cls, key, member)
            type.__setattr__(cls, to_pascal(key), member)
        type.__setattr__(cls, "_by_value", by_value)
        type.__setattr__(
            cls, "_by_text", {text.casefold(): by_value[n] for key, n in found.items() for text in (key, key.replace("_", ""))}
        )
        return cls  # type: ignore[no-any-return]

    # Enumerations have no instance properties to guard, and their members are read often.
    __getattribute__ = type.__getattribute__

    def __call__(self, *arguments: Any) -> Any:
        if len(arguments) == 1 and isinstance(arguments[0], INTEGRAL):
            number = int(arguments[0])
            kind: Any = self
            found = kind._by_value.get(number)
            if found is None:
                found = object.__new__(kind)
                found._value, found._name = number, str(number)
            return found
        raise TypeError(f"No method matches given arguments for .ctor: ({', '.join(repr(type(a)) for a in arguments)})")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name[:1].isupper() and "_" not in name:
                # Spellings that capitalising does not give (HitBTC, NYSELIFFE).
                found = type.__getattribute__(self, "_by_text").get(name.casefold())
                if found is not None:
                    return found
            owner = None if name.startswith("_") else names.owner(self, name)
            if owner is not None:
                raise NotOffered(f"{owner}.{name}")
            near = f" Did you mean: '{name.upper()}'?" if name.upper() in self.__dict__ else ""
            raise AttributeError(f"type object '{self.__name__}' has no attribute '{name}'{near}")


def _number(other: object) -> Any:
    """The other side of a comparison as a number, or None."""
    if isinstance(other, ClrEnum):
        return other._value
    return other if isinstance(other, REAL) else None


class ClrEnum(ClrObject, metaclass=ClrEnumMeta):
    """Base of LEAN's enumerations."""

    _value: int
    _name: str

    if TYPE_CHECKING:
        # The metaclass makes members of numbers.
        def __init__(self, value: int) -> None: ...

    def __int__(self) -> int:
        return self._value

    def __str__(self) -> str:
        return self._name

    def __hash__(self) -> int:
        return hash(self._value)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, str):
            return other.casefold() in (self._name.casefold(), self._name.replace("_", "").casefold())
        number = _number(other)
        return number is not None and bool(self._value == number)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else bool(self._value < number)

    def __le__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else bool(self._value <= number)

    def __gt__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else bool(self._value > number)

    def __ge__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else bool(self._value >= number)

    def __mul__(self, other: Any) -> float:
        return float(self._value * other) if isinstance(other, REAL) else NotImplemented

    def __rmul__(self, other: Any) -> float:
        return float(other * self._value) if isinstance(other, REAL) else NotImplemented

    def __add__(self, other: Any) -> float:
        return float(self._value + other) if isinstance(other, REAL) else NotImplemented

    def __radd__(self, other: Any) -> float:
        return float(other + self._value) if isinstance(other, REAL) else NotImplemented

    def __sub__(self, other: Any) -> float:
        return float(self._value - other) if isinstance(other, REAL) else NotImplemented

    def __rsub__(self, other: Any) -> float:
        return float(other - self._value) if isinstance(other, REAL) else NotImplemented

    def __truediv__(self, other: Any) -> float:
        return float(self._value / other) if isinstance(other, REAL) else NotImplemented

    def __rtruediv__(self, other: Any) -> float:
        return float(other / self._value) if isinstance(other, REAL) else NotImplemented

    def __copy__(self) -> NoReturn:
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")


def members(kind: Any) -> Iterator[Any]:
    """All members of an enumeration, by value."""
    yield from kind._by_value.values()


def to_enum(kind: Any, given: Any) -> Any:
    """An argument as a member of the enumeration: a member itself, or its number."""
    if isinstance(given, kind):
        return given
    if isinstance(given, INTEGRAL) and not isinstance(given, bool):
        return kind(int(given))
    raise cannot(given, f"{kind.__module__}.{kind.__name__}")
