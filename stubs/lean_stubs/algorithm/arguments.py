"""Arguments of the set-up methods in the forms that LEAN takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.exceptions import ArgumentException

__all__ = ["initializer", "midnight", "yesterday"]


def initializer(given: Any) -> Callable[[Any], Any]:
    found = getattr(given, "initialize", None)
    call = found if callable(found) else given
    if not callable(call):
        raise ArgumentException("Please use a function, or an object with a method initialize(security).")
    return call  # type: ignore[no-any-return]


def midnight(*date: Any) -> datetime:
    if len(date) == 3:
        return datetime(int(date[0]), int(date[1]), int(date[2]))
    if len(date) != 1:
        raise ArgumentException("a date is a datetime, or year, month and day")
    at = to_date_time(date[0])
    return datetime(at.year, at.month, at.day)


def yesterday() -> datetime:
    now = datetime.now()
    return datetime(now.year, now.month, now.day) - timedelta(days=1)
