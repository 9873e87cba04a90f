"""Days of the week, Sunday first as in .NET."""

from __future__ import annotations

from datetime import date

from lean_stubs.clr import ClrEnum, value

__all__ = ["DayOfWeek", "day_of_week"]


class DayOfWeek(ClrEnum, clr="System"):
    SUNDAY: DayOfWeek = value(0)
    MONDAY: DayOfWeek = value(1)
    TUESDAY: DayOfWeek = value(2)
    WEDNESDAY: DayOfWeek = value(3)
    THURSDAY: DayOfWeek = value(4)
    FRIDAY: DayOfWeek = value(5)
    SATURDAY: DayOfWeek = value(6)


def day_of_week(day: date) -> int:
    """The number of the day, Sunday 0."""
    return (day.weekday() + 1) % 7
