from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from lean_stubs.common import SecurityType
from lean_stubs.time.day_sessions import Segment
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.market_hours_database import MarketHoursDatabase
from lean_stubs.time.nyse_calendar import nyse_hours
from lean_stubs.time.trading_days import ONE_DAY, ONE_HOUR, start_of_bars
from lean_stubs.time.zones import UTC

HOURS = nyse_hours()
DATABASE = Path(__file__).resolve().parents[3].parent / "shared" / "lean-data" / "market-hours" / "market-hours-database.json"


@pytest.mark.skipif(not DATABASE.exists(), reason="needs LEAN's market hours in ../shared")
def test_the_rules_give_the_sessions_of_lean_database() -> None:
    lean = MarketHoursDatabase._read(DATABASE).get_exchange_hours("usa", "SPY", SecurityType.EQUITY)
    days = [date(1999, 1, 1) + timedelta(days=i) for i in range(365 * 26)]
    assert [day for day in days if lean._session(day) != HOURS._session(day)] == []


def test_the_closing_minute_is_closed() -> None:
    assert HOURS.is_open(datetime(2019, 7, 2, 15, 59, 59), False)
    assert not HOURS.is_open(datetime(2019, 7, 2, 16), False)
    assert HOURS.is_open(datetime(2019, 7, 2, 16), True)
    assert HOURS.is_open(datetime(2019, 7, 2, 9, 30), False)


def test_an_early_close_ends_extended_hours_too() -> None:
    assert HOURS.get_next_market_close(datetime(2019, 7, 3, 10), False) == datetime(2019, 7, 3, 13)
    assert HOURS.get_next_market_close(datetime(2019, 7, 3, 10), True) == datetime(2019, 7, 3, 13)
    assert HOURS.get_next_market_open(datetime(2019, 7, 3, 13), False) == datetime(2019, 7, 5, 9, 30)


def test_daily_calendar_is_that_of_the_session_that_began_last() -> None:
    assert HOURS._daily_calendar(datetime(2019, 7, 4, 12)) == (datetime(2019, 7, 3, 9, 30), datetime(2019, 7, 3, 13))


@pytest.mark.parametrize(
    ("end", "span", "count", "expected"),
    [
        # Before the close today's bar does not count, after it it does.
        (datetime(2019, 1, 4, 15), ONE_DAY, 1, datetime(2019, 1, 3)),
        (datetime(2019, 1, 4, 16), ONE_DAY, 1, datetime(2019, 1, 3, 16)),
        (datetime(2019, 1, 6, 12), ONE_DAY, 2, datetime(2019, 1, 3)),
        (datetime(2019, 1, 4, 10, 20), ONE_HOUR, 1, datetime(2019, 1, 4, 9)),
    ],
)
def test_start_of_bars(end: datetime, span: timedelta, count: int, expected: datetime) -> None:
    assert start_of_bars(HOURS, end, span, count, False, precise=span == ONE_DAY) == expected


def test_always_open() -> None:
    always = SecurityExchangeHours.always_open(HOURS.time_zone)
    assert always.is_market_always_open
    assert not HOURS.is_market_always_open
    assert HOURS.regular_market_duration == timedelta(hours=6.5)


def test_a_time_or_a_stretch_is_asked_for_by_leans_names():
    at = datetime(2019, 7, 3, 12, 30)
    assert HOURS.is_open(local_date_time=at, extended_market_hours=False)
    assert HOURS.is_open(start_local_date_time=at, end_local_date_time=at + timedelta(days=2), extended_market_hours=False)
    with pytest.raises(TypeError, match="No method matches"):
        HOURS.is_open(at, extended=False)


def test_a_break_in_the_day_has_a_close_before_the_last_one():
    midday = [Segment(timedelta(hours=9), timedelta(hours=12)), Segment(timedelta(hours=13), timedelta(hours=16))]
    hours = SecurityExchangeHours(UTC, frozenset(), [tuple(midday)] * 7)
    morning = datetime(2020, 1, 6, 10)
    assert hours.get_next_market_close(morning, False) == datetime(2020, 1, 6, 12)
    assert hours.get_next_market_close(morning, False, True) == datetime(2020, 1, 6, 16)
    assert SecurityExchangeHours.always_open(UTC).is_open(morning, False)
