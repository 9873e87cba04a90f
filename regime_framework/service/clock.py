"""Times at the door of the service: aware UTC inside, whole microseconds in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from regime_framework._typing import Indices
from regime_framework.errors import InvalidSetting

__all__ = ["NEVER", "micros", "micros_of", "moment", "to_utc"]

NEVER: Final = int(np.iinfo(np.int64).min)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_utc(parameter: str, value: object) -> datetime:
    """An aware UTC datetime; a naive one is taken as UTC, a date as its midnight.

    Raises
    ------
    InvalidSetting
        If `value` is not a time.
    """
    if type(value) is datetime and value.tzinfo is UTC:
        return value
    if isinstance(value, np.datetime64):
        value = None if np.isnat(value) else value.astype("M8[us]").item()
    if isinstance(value, datetime) and value == value:  # pandas' NaT is a datetime unequal to itself
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    raise InvalidSetting(parameter, "must be a datetime", value)


def micros(value: datetime) -> int:
    """Microseconds since 1970 of an aware time."""
    return (value - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The aware UTC time of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=int(value))


def micros_of(parameter: str, times: Sequence[object]) -> Indices:
    """Microseconds since 1970 of many times, shape (T,).

    Raises
    ------
    InvalidSetting
        If one of them is not a time.
    """
    dtype = getattr(times, "dtype", None)
    if isinstance(dtype, np.dtype) and dtype.kind == "M":
        stamps = np.asarray(times)
        if np.isnat(stamps).any():
            raise InvalidSetting(parameter, "must be datetimes", "NaT")
        return stamps.astype("M8[us]").astype(np.int64)
    if all(type(value) is datetime and value.tzinfo is None for value in times):
        return np.array(times, "M8[us]").astype(np.int64)
    return np.fromiter((micros(to_utc(parameter, value)) for value in times), np.int64, len(times))
