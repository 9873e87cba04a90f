"""Sessions of one date (LEAN: Common/Securities/LocalMarketHours.cs, MarketHoursSegment.cs)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

__all__ = ["DaySessions", "Segment"]

_ZERO = timedelta(0)

#: Open and close of each, from midnight.
Stretches = tuple[tuple[timedelta, timedelta], ...]


@dataclass(frozen=True)
class Segment:
    """One stretch of a day; `state` is "premarket", "market" or "postmarket"."""

    start: timedelta
    end: timedelta
    state: str = "market"


@dataclass(frozen=True)
class DaySessions:
    """The segments of one date."""

    segments: tuple[Segment, ...]

    @property
    def is_closed_all_day(self) -> bool:
        return not self.segments

    @cached_property
    def market_duration(self) -> timedelta:
        return sum((s.end - s.start for s in self.segments if s.state == "market"), _ZERO)

    def stretches(self, extended: bool) -> Stretches:
        """Open stretches, adjoining segments joined."""
        return self._extended if extended else self._regular

    @cached_property
    def _regular(self) -> Stretches:
        return self._joined(False)

    @cached_property
    def _extended(self) -> Stretches:
        return self._joined(True)

    def _joined(self, extended: bool) -> Stretches:
        joined: list[tuple[timedelta, timedelta]] = []
        for segment in self.segments:
            if segment.state != "market" and not extended:
                continue
            if joined and joined[-1][1] == segment.start:
                joined[-1] = (joined[-1][0], segment.end)
            else:
                joined.append((segment.start, segment.end))
        return tuple(joined)
