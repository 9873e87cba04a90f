"""UTC instants as Python sees them: aware, with the runtime's own GMT tzinfo."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

__all__ = ["GMT", "NEVER_SET", "TICK", "aware_utc", "naive", "shown", "utc_or_unset"]

#: .NET's DateTime.MinValue.
NEVER_SET = datetime(1, 1, 1)

#: "Just after": .NET's tick is a tenth of it, so Python, which counts microseconds, does not see LEAN's.
TICK = timedelta(microseconds=1)

_ZERO = timedelta(0)


class GMT(tzinfo):
    """The runtime's tzinfo. Its pickle can be written and not be loaded, because its constructor takes arguments."""

    def __init__(self, hours: int, minutes: int) -> None:
        self.offset = timedelta(hours=hours, minutes=minutes)

    def __repr__(self) -> str:
        return f"<custom_tzinfo.GMT object at {hex(id(self))}>"

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return self.offset

    def tzname(self, dt: datetime | None) -> str:
        return "GMT"

    def dst(self, dt: datetime | None) -> timedelta:
        return _ZERO


_UTC = GMT(0, 0)


def shown(at: datetime) -> datetime:
    """A time as Python gets it, without a tick."""
    return at - TICK if at.microsecond == 1 else at


def aware_utc(naive: datetime) -> datetime:
    """The aware form of an internal (naive UTC) instant."""
    return shown(naive).replace(tzinfo=_UTC)


def naive(at: datetime) -> datetime:
    """The clock digits alone."""
    return at if at.tzinfo is None else at.replace(tzinfo=None)


def utc_or_unset(naive: datetime) -> datetime:
    """Aware, but DateTime.MinValue stays naive: LEAN gives it without a kind before it is set."""
    return naive if naive is NEVER_SET or naive == NEVER_SET else aware_utc(naive)
