"""Time zones: LEAN's names, and a conversion fast enough for every bar (LEAN: Common/TimeZones.cs, TimeZoneOffsetProvider)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import cannot

__all__ = ["NEW_YORK", "UTC", "TimeZone", "TimeZones", "time_zone"]

_STEP = timedelta(hours=1)
_FIRST_YEAR, _LAST_YEAR = 1970, 2051


class TimeZone(ClrObject, clr="NodaTime"):
    """A zone by its tz database name. Offsets are looked up in a table of their changes, built once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._starts: list[datetime] = []
        self._offsets: list[timedelta] = []
        self._local_starts: list[datetime] = []
        self._fixed = timedelta(0) if name == "UTC" else None
        if self._fixed is None:
            self._build(ZoneInfo(name))

    def _build(self, zone: ZoneInfo) -> None:
        def offset(utc: datetime) -> timedelta:
            return zone.fromutc(utc.replace(tzinfo=zone)).replace(tzinfo=None) - utc

        at = datetime(_FIRST_YEAR, 1, 1)
        current = offset(at)
        self._starts, self._offsets = [datetime.min], [current]
        end = datetime(_LAST_YEAR, 1, 1)
        while at < end:
            following = at + timedelta(days=7)
            if offset(following) != current:
                before, at = at, following
                while at - before > _STEP:
                    middle = before + (at - before) // _STEP // 2 * _STEP
                    before, at = (middle, at) if offset(middle) == current else (before, middle)
                current = offset(at)
                self._starts.append(at)
                self._offsets.append(current)
            else:
                at = following
        # A clock reading that occurs twice is the earlier instant; one that is skipped moves on (NodaTime's lenient rule).
        self._local_starts = [datetime.min] + [
            start + max(before, after)
            for start, before, after in zip(self._starts[1:], self._offsets, self._offsets[1:], strict=False)
        ]

    @property
    def id(self) -> str:
        return self._name

    def offset_at(self, utc: datetime) -> timedelta:
        if self._fixed is not None:
            return self._fixed
        return self._offsets[bisect_right(self._starts, utc) - 1]

    def from_utc(self, utc: datetime) -> datetime:
        """Local clock (naive) of a naive UTC instant."""
        if self._fixed is not None:
            return utc
        return utc + self._offsets[bisect_right(self._starts, utc) - 1]

    def to_utc(self, local: datetime) -> datetime:
        """Naive UTC instant of a naive local clock."""
        if self._fixed is not None:
            return local
        return local - self._offsets[bisect_right(self._local_starts, local) - 1]

    def __str__(self) -> str:
        return self._name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TimeZone) and other._name == self._name

    def __hash__(self) -> int:
        return hash(self._name)


@cache
def _zone(name: str) -> TimeZone:
    return TimeZone(name)


def time_zone(given: Any) -> TimeZone:
    """A zone, or the tz database name of one."""
    if isinstance(given, TimeZone):
        return given
    if isinstance(given, str):
        return _zone(given)
    raise cannot(given, "NodaTime.DateTimeZone")


NEW_YORK = _zone("America/New_York")
UTC = _zone("UTC")

_NAMES = {
    "AMSTERDAM": "Europe/Amsterdam",
    "ANCHORAGE": "America/Anchorage",
    "ATHENS": "Europe/Athens",
    "AUCKLAND": "Pacific/Auckland",
    "BERLIN": "Europe/Berlin",
    "BRISBANE": "Australia/Brisbane",
    "BUCHAREST": "Europe/Bucharest",
    "BUENOS_AIRES": "America/Argentina/Buenos_Aires",
    "CAIRO": "Africa/Cairo",
    "CHICAGO": "America/Chicago",
    "DENVER": "America/Denver",
    "DETROIT": "America/Detroit",
    "DUBLIN": "Europe/Dublin",
    "EASTERN_STANDARD": "EST",
    "HELSINKI": "Europe/Helsinki",
    "HONG_KONG": "Asia/Hong_Kong",
    "HONOLULU": "Pacific/Honolulu",
    "ISTANBUL": "Europe/Istanbul",
    "JERUSALEM": "Asia/Jerusalem",
    "JOHANNESBURG": "Africa/Johannesburg",
    "KOLKATA": "Asia/Kolkata",
    "LONDON": "Europe/London",
    "LOS_ANGELES": "America/Los_Angeles",
    "MADRID": "Europe/Madrid",
    "MELBOURNE": "Australia/Melbourne",
    "MEXICO_CITY": "America/Mexico_City",
    "MINSK": "Europe/Minsk",
    "MOSCOW": "Europe/Moscow",
    "NEW_YORK": "America/New_York",
    "PARIS": "Europe/Paris",
    "PHOENIX": "America/Phoenix",
    "ROME": "Europe/Rome",
    "SAO_PAULO": "America/Sao_Paulo",
    "SHANGHAI": "Asia/Shanghai",
    "SYDNEY": "Australia/Sydney",
    "TOKYO": "Asia/Tokyo",
    "TORONTO": "America/Toronto",
    "UTC": "UTC",
    "VANCOUVER": "America/Vancouver",
    "ZURICH": "Europe/Zurich",
}


class _Named:
    """A zone that is built at first use: building reads 80 years of changes."""

    def __init__(self, name: str) -> None:
        self._zone_name = name

    def __get__(self, instance: object, owner: type) -> TimeZone:
        return _zone(self._zone_name)


class TimeZones(ClrObject, clr="QuantConnect"):
    """Zones under LEAN's names."""


for _constant, _tz in _NAMES.items():
    type.__setattr__(TimeZones, _constant, _Named(_tz))
