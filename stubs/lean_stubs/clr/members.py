"""Two kinds of members that Python's property does not cover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar, overload

from lean_stubs.clr.exceptions import NotOffered

__all__ = ["CallableMember", "UnofferedProperty"]

T = TypeVar("T")


class CallableMember(Generic[T]):
    """A method of LEAN's that can be indexed too (``history[TradeBar]``); like any method it can be shadowed on an instance."""

    def __init__(self, get: Callable[[Any], T]) -> None:
        self._get, self.__doc__ = get, get.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> CallableMember[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else self._get(instance)


class UnofferedProperty:
    """A typed property of LEAN's that the stubs lack: reading says so, and a user's value does not fit it, as in LEAN."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> NoReturn:
        raise NotOffered(f"QCAlgorithm.{self._name}")

    def __set__(self, instance: object, value: object) -> NoReturn:
        raise TypeError(f"'{type(value).__name__}' value cannot be converted to the type of QCAlgorithm.{self._name}")
