"""Checks on what users' methods return to the engine (Common/Python/BasePythonWrapper.cs, PythonRuntimeChecker)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from lean_stubs.clr.arrays import ClrArray
from lean_stubs.clr.convert import is_number
from lean_stubs.clr.exceptions import InvalidCastException

__all__ = ["as_bool", "as_items", "as_list", "as_percents"]

T = TypeVar("T")


def _bad_type(method: str, expected: str, got: object) -> InvalidCastException:
    return InvalidCastException(
        f"Invalid return type from method '{method}'. Expected a type convertible to '{expected}' but was '{type(got).__name__}'"
    )


def _not_iterable(method: str, kind: type, got: object) -> InvalidCastException:
    return InvalidCastException(
        f"Invalid return type from method '{method}'. Expected an iterable type of '{kind.__name__}' items but was "
        f"'{type(got).__name__}'"
    )


def as_items(result: Any, method: str, kind: type[T]) -> Iterator[T | None]:
    """Items of any iterable, one by one; None passes as .NET's null.

    Raises
    ------
    InvalidCastException
        The result is not iterable, or an item is of another type.
    """
    try:
        iterator = iter(result)
    except TypeError:
        raise _not_iterable(method, kind, result) from None
    for item in iterator:
        if item is not None and not isinstance(item, kind):
            raise InvalidCastException(
                f"Invalid return type from method '{method}'. Expected all the items in the iterator to be of type "
                f"'{kind.__name__}' but found one of type '{type(item).__name__}'"
            )
        yield item


def as_bool(result: Any, method: str) -> bool:
    """A Python bool and nothing else: numpy.bool_, 1 and None are refused."""
    if isinstance(result, bool):
        return result
    raise _bad_type(method, "Boolean", result)


def as_list(result: Any, method: str, kind: type[T]) -> list[T]:
    """A list (or .NET array); tuples and generators are refused."""
    if isinstance(result, (list, ClrArray)) and all(isinstance(item, kind) for item in result):
        return list(result)
    raise _bad_type(method, "List`1", result)


def as_percents(result: Any, method: str, kind: type[T]) -> dict[T, float]:
    """A mapping from insights to finite or infinite numbers."""
    keys: Iterable[Any]
    try:
        keys = iter(result)
    except TypeError:
        raise _not_iterable(method, kind, result) from None
    out: dict[T, float] = {}
    for key in keys:
        if not isinstance(key, kind):
            raise InvalidCastException(
                f"Invalid value type from method or property '{method}'. Expected all the keys in the dictionary to be of type "
                f"'{kind.__name__}' but found one of type '{type(key).__name__}'"
            )
        number = result[key]
        if not is_number(number):
            raise InvalidCastException(
                f"Invalid value type from method or property '{method}'. Expected all the values in the dictionary to be of type "
                f"'Double' but found one of type '{type(number).__name__}'"
            )
        out[key] = float(number)
    return out
