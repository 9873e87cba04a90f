"""What .NET accepts from Python: each function returns the plain Python value or raises as LEAN's runtime does."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from lean_stubs.clr.exceptions import ArgumentException, ProcessKilled

__all__ = [
    "INTEGRAL",
    "REAL",
    "cannot",
    "no_match",
    "to_bool",
    "to_date_time",
    "to_decimal",
    "to_double",
    "to_int",
    "to_optional_decimal",
    "to_optional_double",
    "to_optional_string",
    "to_string",
    "to_time_span",
]

#: Not np.integer, of which numpy.timedelta64 is a kind.
INTEGRAL = (int, np.byte, np.short, np.intc, np.int_, np.longlong, np.unsignedinteger)
REAL = (*INTEGRAL, float, np.floating)
_MOST_DAYS = 10675199


def cannot(value: object, target: str) -> TypeError:
    """The error of an assignment or argument that .NET cannot take."""
    return TypeError(f"'{type(value).__name__}' value cannot be converted to {target}")


def no_match(method: str, *arguments: object) -> TypeError:
    """The error of a call that fits no overload."""
    kinds = ", ".join(repr(type(a)) for a in arguments)
    return TypeError(f"No method matches given arguments for {method}: ({kinds}). The following overloads are available:")


def is_number(value: object) -> bool:
    """Whether .NET takes the value as a number (numpy scalars included, numpy.bool_ not)."""
    return isinstance(value, REAL)


def to_double(value: Any, target: str = "System.Double") -> float:
    """A .NET double; NaN and infinities pass."""
    if type(value) is float:
        return value
    if isinstance(value, REAL):
        return float(value)
    raise cannot(value, target)


def to_decimal(value: Any, target: str = "System.Decimal") -> float:
    """A .NET decimal, held as float here.

    Raises
    ------
    ArgumentException
        Value is NaN or infinite (LEAN's ``SafeDecimalCast``).
    """
    number = to_double(value, target)
    if not math.isfinite(number):
        text = "NaN" if math.isnan(number) else ("∞" if number > 0 else "-∞")
        raise ArgumentException(
            f"It is not possible to cast a non-finite floating-point value ({text}) as decimal. "
            "Please review math operations and verify the result is valid.",
            "input",
        )
    return number


def to_optional_double(value: Any) -> float | None:
    return None if value is None else to_double(value, "System.Nullable`1[System.Double]")


def to_optional_decimal(value: Any) -> float | None:
    return None if value is None else to_decimal(value, "System.Nullable`1[System.Decimal]")


def to_int(value: Any, target: str = "System.Int32") -> int:
    """A .NET integer: Python and numpy ints, and floats without a fraction."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, INTEGRAL):
        return int(value)
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return int(value)
    raise cannot(value, target)


def to_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise cannot(value, "System.Boolean")


def to_string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise cannot(value, "System.String")


def to_optional_string(value: Any) -> str | None:
    return None if value is None else to_string(value)


def to_time_span(value: Any) -> timedelta:
    """A .NET TimeSpan: datetime.timedelta itself, no subclass (pandas) and no numpy kind."""
    if type(value) is timedelta:
        if abs(value.days) > _MOST_DAYS:
            raise ProcessKilled("a timedelta beyond .NET's TimeSpan (timedelta.max)")
        return value
    raise cannot(value, "System.TimeSpan")


def to_date_time(value: Any) -> datetime:
    """A .NET DateTime: the clock digits count, a time zone is dropped."""
    if type(value) is datetime and value.tzinfo is None:
        return value
    if isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    raise cannot(value, "System.DateTime")


def optional(convert: Callable[[Any], Any], value: Any) -> Any:
    """None stays None, all else is converted."""
    return None if value is None else convert(value)
