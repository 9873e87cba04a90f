"""When a consolidator is to be asked for a bar that ended without new data (LEAN: Common/Data/ConsolidatorWrapper.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import is_lean_class, overrides
from lean_stubs.data.consolidator_base import DataConsolidator
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_SECOND

__all__ = ["Feed", "ScanTime"]


class Feed:
    """A consolidator of LEAN's or the user's, with its methods looked up once; `scan` is None where that does nothing."""

    def __init__(self, consolidator: Any) -> None:
        self.consolidator = consolidator
        self.removed = False
        self.update = overrides.find(consolidator, "update")
        scan = overrides.find(consolidator, "scan")
        self.scan = None if getattr(scan, "__func__", None) is DataConsolidator.scan else scan


class ScanTime:
    """Follows the bars of one consolidator; the next scan is one bar after the last one's end."""

    def __init__(self, feed: Feed, increment: timedelta, hours: SecurityExchangeHours, state: Any, number: int = 0) -> None:
        self.feed, self._hours, self._state, self.number = feed, hours, state, number
        self._least = max(increment, ONE_SECOND)
        self._span: timedelta | None = None
        self.utc = datetime.min
        event = getattr(feed.consolidator, "data_consolidated", None)
        if event is not None:
            event += self._on_bar

    def _on_bar(self, sender: Any, bar: Any) -> None:
        end = bar.end_time
        if self._span is None:
            self._span = max(end - bar.time, self._least)
        self.utc = self._hours._to_utc(end) + self._span

    @property
    def is_idle(self) -> bool:
        """Whether scanning would do nothing: one of LEAN's consolidators, between bars."""
        consolidator = self.feed.consolidator
        return is_lean_class(type(consolidator)) and consolidator._is_idle

    def skip_to(self, utc: datetime) -> None:
        """Scan after scan, as far as the time; none of them would find a bar."""
        step = self._least if self._span is None else self._span
        self.utc -= (self.utc - utc) // step * step

    def scan(self) -> None:
        if self.feed.scan is not None:
            self.feed.scan(self._hours._from_utc(self._state.utc))
        self.advance()

    def advance(self) -> None:
        now: datetime = self._state.utc
        if self.utc > now:
            return
        if self._span is not None:
            self.utc = now + self._span
            return
        consolidator = self.feed.consolidator
        working = getattr(consolidator, "working_data", None) if overrides.has(consolidator, "working_data") else None
        end = None if working is None else self._hours._to_utc(working.end_time)
        self.utc = end if end is not None and end > now else now + self._least
