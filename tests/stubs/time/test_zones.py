from __future__ import annotations

from datetime import UTC as UTC_ZONE
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from lean_stubs.time.zones import NEW_YORK, UTC, TimeZones, time_zone

INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2049, 12, 31))


@given(INSTANTS, st.sampled_from(["America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Sydney"]))
def test_conversion_agrees_with_zoneinfo(utc: datetime, name: str) -> None:
    expected = utc.replace(tzinfo=UTC_ZONE).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    assert time_zone(name).from_utc(utc) == expected


@given(INSTANTS)
def test_there_and_back_except_in_the_hour_that_occurs_twice(utc: datetime) -> None:
    back = NEW_YORK.to_utc(NEW_YORK.from_utc(utc))
    assert utc - back in (timedelta(0), timedelta(hours=1))


def test_a_change_takes_place_within_its_hour() -> None:
    for change in (datetime(2019, 3, 10, 7), datetime(2019, 11, 3, 6)):
        before, after = (NEW_YORK.offset_at(change + step) for step in (timedelta(microseconds=-1), timedelta(0)))
        assert abs(after - before) == timedelta(hours=1)


def test_a_clock_reading_that_is_skipped_moves_on() -> None:
    assert NEW_YORK.from_utc(NEW_YORK.to_utc(datetime(2019, 3, 10, 2, 30))) == datetime(2019, 3, 10, 3, 30)


def test_names() -> None:
    assert str(TimeZones.NEW_YORK) == NEW_YORK.id == "America/New_York"
    assert TimeZones.NewYork == NEW_YORK != UTC
