"""New York Stock Exchange hours by rule, for data that comes without a market-hours database (1990 to 2050).

Sources: NYSE Rule 7.2 and the exchange's lists of special closings; LEAN's database is the check in the tests.
"""

from __future__ import annotations

from datetime import date, timedelta

from lean_stubs.time.day_sessions import Segment
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.market_hours_database import MarketHoursDatabase, MarketHoursEntry
from lean_stubs.time.zones import NEW_YORK

__all__ = ["nyse_database", "nyse_hours"]

_FIRST_YEAR, _LAST_YEAR = 1990, 2050
_ONE = timedelta(days=1)

#: Attacks of 2001, hurricane Sandy, and days of mourning for former presidents.
_SPECIAL_CLOSINGS = (
    date(1994, 4, 27),
    date(2001, 9, 11),
    date(2001, 9, 12),
    date(2001, 9, 13),
    date(2001, 9, 14),
    date(2004, 6, 11),
    date(2007, 1, 2),
    date(2012, 10, 29),
    date(2012, 10, 30),
    date(2018, 12, 5),
    date(2025, 1, 9),
)

#: Early closes outside the yearly rules.
_SPECIAL_EARLY_CLOSES = (date(2002, 7, 5), date(2003, 12, 26))


def _easter(year: int) -> date:
    """Gregorian Easter Sunday (anonymous algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - _ONE
    return last - timedelta(days=last.weekday())


def _observed(day: date) -> date:
    """A Saturday holiday is kept on Friday, a Sunday one on Monday."""
    return day + _ONE * {5: -1, 6: 1}.get(day.weekday(), 0)


def _holidays(year: int) -> set[date]:
    days = {
        _nth_weekday(year, 2, 0, 3),
        _easter(year) - timedelta(days=2),
        _last_monday(year, 5),
        _observed(date(year, 7, 4)),
        _nth_weekday(year, 9, 0, 1),
        _nth_weekday(year, 11, 3, 4),
        _observed(date(year, 12, 25)),
    }
    new_year = date(year, 1, 1)
    if new_year.weekday() != 5:
        # A New Year's Day on Saturday is not made up for: the year's accounts are closed on Friday.
        days.add(_observed(new_year))
    if year >= 1998:
        days.add(_nth_weekday(year, 1, 0, 3))
    if year >= 2022:
        days.add(_observed(date(year, 6, 19)))
    return days


def _early_closes(year: int, holidays: set[date]) -> set[date]:
    days = {_nth_weekday(year, 11, 3, 4) + _ONE}
    for day in (date(year, 7, 3), date(year, 12, 24)):
        if day.weekday() < 5 and day not in holidays:
            days.add(day)
    return days


def nyse_hours() -> SecurityExchangeHours:
    """Hours with pre- and postmarket."""
    holidays: set[date] = set(_SPECIAL_CLOSINGS)
    early: set[date] = set(_SPECIAL_EARLY_CLOSES)
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
        of_year = _holidays(year)
        holidays |= of_year
        early |= _early_closes(year, of_year)
    early.discard(date(2002, 7, 3))
    four, open_, close, eight = (timedelta(hours=h) for h in (4, 9.5, 16, 20))
    day = (Segment(four, open_, "premarket"), Segment(open_, close, "market"), Segment(close, eight, "postmarket"))
    week = [day] * 5 + [()] * 2
    one = timedelta(hours=13)
    return SecurityExchangeHours(NEW_YORK, frozenset(holidays), week, dict.fromkeys(early - holidays, one))


def nyse_database() -> MarketHoursDatabase:
    """A database in which every US equity follows the NYSE."""
    return MarketHoursDatabase({"Equity-usa-[*]": MarketHoursEntry(NEW_YORK, nyse_hours())})
