"""Times of daily bars: the sessions of their dates (LEAN: LeanData.SetStrictEndTimes)."""

from __future__ import annotations

from datetime import date, datetime

from lean_stubs.time.exchange_hours import SecurityExchangeHours

__all__ = ["daily_sessions"]

_Columns = tuple[list[int], list[datetime], list[datetime]]

#: The last answers, each with the objects that were asked about: securities of one market often share their list of dates.
_last: dict[tuple[int, int, date, date], tuple[SecurityExchangeHours, list[datetime], _Columns]] = {}
_KEPT = 4


def daily_sessions(hours: SecurityExchangeHours, stamps: list[datetime], first: date, last: date, seen: datetime) -> _Columns:
    """Rows of the dates from first to last that are open and end after `seen`, with open and close of each."""
    if seen != datetime.min:
        return _columns(hours, stamps, first, last, seen)
    key = (id(hours), id(stamps), first, last)
    known = _last.get(key)
    if known is not None and known[0] is hours and known[1] is stamps and len(known[1]) == len(stamps):
        return known[2]
    found = _columns(hours, stamps, first, last, seen)
    _last[key] = (hours, stamps, found)
    if len(_last) > _KEPT:
        del _last[next(iter(_last))]
    return found


def _columns(hours: SecurityExchangeHours, stamps: list[datetime], first: date, last: date, seen: datetime) -> _Columns:
    rows: list[int] = []
    starts: list[datetime] = []
    ends: list[datetime] = []
    for row, stamp in enumerate(stamps):
        day = stamp.date()
        if day < first or day > last:
            continue
        session = hours._session(day)
        if session is None or session[1] <= seen:
            continue
        seen = session[1]
        rows.append(row)
        starts.append(session[0])
        ends.append(seen)
    return rows, starts, ends
