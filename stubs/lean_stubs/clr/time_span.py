"""System.TimeSpan's factories; a span itself is a datetime.timedelta on this side."""

from __future__ import annotations

from datetime import timedelta

from lean_stubs.clr.border import ClrObject

__all__ = ["TimeSpan"]


class TimeSpan(ClrObject, clr="System"):
    """``TimeSpan.from_minutes(20)`` gives a timedelta, as the runtime converts it."""

    zero = timedelta(0)
    Zero = ZERO = zero

    def __new__(cls, *parts: int) -> timedelta:  # type: ignore[misc]
        # (ticks), (hours, minutes, seconds), (days, hours, minutes, seconds[, milliseconds])
        if len(parts) == 1:
            return timedelta(microseconds=parts[0] / 10)
        days, rest = (0, parts) if len(parts) == 3 else (parts[0], parts[1:])
        hours, minutes, seconds, milliseconds = (*rest, 0)[:4]
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds)

    @staticmethod
    def from_days(value: float) -> timedelta:
        return timedelta(days=value)

    @staticmethod
    def from_hours(value: float) -> timedelta:
        return timedelta(hours=value)

    @staticmethod
    def from_minutes(value: float) -> timedelta:
        return timedelta(minutes=value)

    @staticmethod
    def from_seconds(value: float) -> timedelta:
        return timedelta(seconds=value)

    @staticmethod
    def from_milliseconds(value: float) -> timedelta:
        return timedelta(milliseconds=value)

    @staticmethod
    def from_ticks(value: int) -> timedelta:
        return timedelta(microseconds=value / 10)
