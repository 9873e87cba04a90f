"""Names between .NET (PascalCase) and Python (snake_case), as LEAN's Python runtime makes them."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["to_pascal", "to_snake"]

_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=8192)
def to_snake(name: str) -> str:
    """Snake case of a .NET name: OnEndOfDay -> on_end_of_day, SMA -> sma, ID -> id."""
    return _WORD_START.sub("_", name).lower()


@lru_cache(maxsize=8192)
def to_pascal(name: str) -> str:
    """Usual .NET spelling of a Python name: utc_time -> UtcTime, LONG_SHORT -> LongShort."""
    return "".join(part[:1].upper() + (part[1:].lower() if part.isupper() else part[1:]) for part in name.split("_"))
