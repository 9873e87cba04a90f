from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import InvalidSetting, RetrainSchedule
from regime_framework.service.clock import micros


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "last_fit", "now", "due"),
    [
        ("never", "2020-01-01T21:00", "2030-01-01T21:00", False),
        ("monthly", "2020-01-02T21:00", "2020-01-31T21:00", False),
        ("monthly", "2020-01-31T21:00", "2020-02-03T21:00", True),
        ("monthly", "2019-12-31T21:00", "2020-12-31T21:00", True),
        ("monthly", "2020-12-31T21:00", "2021-01-04T21:00", True),
        ("monthly", "2020-02-03T21:00", "2020-01-31T21:00", False),
        ("weekly", "2020-01-06T21:00", "2020-01-12T23:59", False),  # Monday to Sunday
        ("weekly", "2020-01-12T23:59", "2020-01-13T00:00", True),
        ("weekly", "2019-12-30T21:00", "2020-01-03T21:00", False),  # one ISO week over New Year
        ("weekly", "1969-12-28T12:00", "1969-12-29T12:00", True),  # before 1970 too
        ("daily", "2020-01-06T00:00", "2020-01-06T23:59", False),
        ("daily", "2020-01-06T23:59", "2020-01-07T00:00", True),
        (timedelta(days=10), "2020-01-06T21:00", "2020-01-16T20:59", False),
        (timedelta(days=10), "2020-01-06T21:00", "2020-01-16T21:00", True),
    ],
)
def test_due(rule: str | timedelta, last_fit: str, now: str, due: bool) -> None:
    assert RetrainSchedule(rule).due(at(last_fit), at(now)) is due  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["never", "monthly", 5, timedelta(hours=1)])
def test_the_first_training_is_always_due(rule: object) -> None:
    assert RetrainSchedule(rule).due(None, at("2020-01-01T00:00"))  # type: ignore[arg-type]


def test_a_number_of_bars_needs_the_bars() -> None:
    schedule = RetrainSchedule(5)
    last, now = at("2020-01-01T00:00"), at("2020-06-01T00:00")
    assert not schedule.due(last, now, bars_since=4)
    assert schedule.due(last, now, bars_since=5)
    with pytest.raises(InvalidSetting, match=r"^bars_since "):
        schedule.due(last, now)


def test_zones_are_converted() -> None:
    evening = datetime(2020, 1, 31, 20, tzinfo=ZoneInfo("America/New_York"))  # 1 February in UTC
    assert RetrainSchedule("monthly").due(at("2020-01-31T21:00"), evening)
    assert not RetrainSchedule("monthly").due(evening, datetime(2020, 2, 3))


@pytest.mark.parametrize("rule", ["yearly", 0, -3, 2.5, timedelta(0), None, True])
def test_other_rules_are_refused(rule: object) -> None:
    with pytest.raises(InvalidSetting, match=r"^retrain "):
        RetrainSchedule(rule)  # type: ignore[arg-type]


moments = st.datetimes(datetime(1930, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@settings(deadline=None, derandomize=True)
@given(st.lists(moments, min_size=1, max_size=5), moments, st.sampled_from(["monthly", "weekly", "daily"]))
def test_many_at_once_agree_with_the_calendar(fits: list[datetime], now: datetime, rule: str) -> None:
    period = {
        "monthly": lambda t: (t.year, t.month),
        "weekly": lambda t: t.isocalendar()[:2],
        "daily": lambda t: t.date(),
    }[rule]
    schedule = RetrainSchedule(rule)  # type: ignore[arg-type]
    found = schedule.due_many(np.array([micros(fit) for fit in fits]), micros(now))
    assert found.tolist() == [period(now) > period(fit) for fit in fits]
    assert found.tolist() == [schedule.due(fit, now) for fit in fits]
