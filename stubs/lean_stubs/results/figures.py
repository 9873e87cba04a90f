"""Properties of statistics classes: kept as the engine counts, shown as Python has them, and free to be set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar, cast, overload

from lean_stubs.clr import ClrProperty
from lean_stubs.clr.convert import to_date_time, to_int
from lean_stubs.clr.instants import utc_or_unset
from lean_stubs.securities.decimals import to_decimal

__all__ = ["count", "instant", "moment", "number", "span"]

T = TypeVar("T")


class _Shown(Generic[T]):
    """What type checkers see of them."""

    @overload
    def __get__(self, instance: None, owner: type) -> _Shown[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        raise NotImplementedError

    def __set__(self, instance: object, value: T) -> None:
        raise NotImplementedError


def _kept(field: str, shown: Callable[[Any], Any], taken: Callable[[Any], Any]) -> Any:
    def get(self: Any) -> Any:
        return shown(getattr(self, field))

    def put(self: Any, value: Any) -> None:
        setattr(self, field, taken(value))

    return ClrProperty(get, put)


def number(field: str) -> _Shown[float]:
    """A decimal."""
    return cast("_Shown[float]", _kept(field, float, to_decimal))


def count(field: str) -> _Shown[int]:
    """A whole number."""
    return cast("_Shown[int]", _kept(field, int, to_int))


def span(field: str) -> _Shown[timedelta]:
    """A length of time."""
    return cast("_Shown[timedelta]", _kept(field, lambda kept: kept, lambda given: given))


def instant(field: str) -> _Shown[datetime]:
    """A time in UTC, which may not be set yet."""
    return cast("_Shown[datetime]", _kept(field, utc_or_unset, to_date_time))


def moment(field: str) -> _Shown[datetime | None]:
    """A time in UTC, or None."""
    return cast(
        "_Shown[datetime | None]",
        _kept(
            field,
            lambda kept: None if kept is None else utc_or_unset(kept),
            lambda given: None if given is None else to_date_time(given),
        ),
    )
