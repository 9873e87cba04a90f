"""Arguments that are refused at the door."""

from __future__ import annotations

import math
from typing import TypeVar

from regime_framework.errors import InvalidSetting

__all__ = ["checked", "checked_factor", "checked_name"]

T = TypeVar("T")


def checked(parameter: str, kind: type, value: T) -> T:
    """The value, if it is of that kind.

    Raises
    ------
    InvalidSetting
        If it is not; so do the others.
    """
    if not isinstance(value, kind):
        raise InvalidSetting(parameter, f"must be a {kind.__name__}", value)
    return value


def checked_name(parameter: str, value: object) -> str:
    """The value, if it can name a symbol."""
    if not isinstance(value, str) or not value:
        raise InvalidSetting(parameter, "must be a symbol's name", value)
    return value


def checked_factor(parameter: str, value: object) -> float:
    """The value, if prices can be multiplied by it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 < value < math.inf:
        raise InvalidSetting(parameter, "must be a positive number", value)
    return float(value)
