"""Tickers of a security through time (LEAN: Common/Data/Auxiliary/MapFile.cs)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["STILL_TRADED", "MapFile", "MapRow"]

#: Last date of a security that still trades.
STILL_TRADED = date(2050, 12, 31)


@dataclass(frozen=True)
class MapRow:
    """Last day on which the ticker was in use, and the exchange of its listing where the file has it."""

    day: date
    ticker: str
    exchange: str = ""


class MapFile:
    """Rows in rising order; the first gives the first day and the first ticker.

    The permanent ticker is the file's own name, under which factors are kept; of two companies with one ticker the older
    has a number after it (LEAN: MapFile.Permtick).
    """

    def __init__(self, rows: Iterable[MapRow], permanent_ticker: str | None = None) -> None:
        self._permanent = permanent_ticker
        self.rows = sorted(rows, key=lambda row: row.day)
        self._days = [row.day for row in self.rows]

    @classmethod
    def parse(cls, text: str, permanent_ticker: str | None = None) -> MapFile:
        rows = []
        for line in text.splitlines():
            parts = line.split(",")
            if len(parts) >= 2 and parts[0]:
                rows.append(MapRow(datetime.strptime(parts[0], "%Y%m%d").date(), parts[1].upper(), *parts[2:3]))
        return cls(rows, permanent_ticker)

    @property
    def permanent_ticker(self) -> str:
        return self._permanent or self.rows[-1].ticker

    @property
    def first_day(self) -> date:
        return self.rows[0].day

    @property
    def first_ticker(self) -> str:
        return self.rows[0].ticker

    @property
    def delisting_day(self) -> date:
        return self.rows[-1].day

    def has_data(self, day: date) -> bool:
        """Whether the security was listed on the day."""
        return self._days[0] <= day <= self._days[-1]

    def ticker_on(self, day: date) -> str | None:
        """Ticker in use on a day; None outside the file."""
        at = bisect_left(self._days, day)
        return self.rows[at].ticker if at < len(self.rows) else None

    def segments(self) -> list[tuple[str, date, date]]:
        """(ticker, first day, last day) of each ticker's time, in order."""
        found: list[tuple[str, date, date]] = []
        start = self.rows[0].day
        for row in self.rows[1:] or self.rows:
            if found and found[-1][0] == row.ticker:
                found[-1] = (row.ticker, found[-1][1], row.day)
            else:
                found.append((row.ticker, start, row.day))
            start = date.fromordinal(row.day.toordinal() + 1)
        return found
