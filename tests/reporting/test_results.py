from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from regime_framework.reporting.results import Curve, parse_time, session_days


def test_points_are_sorted_and_gaps_left_out() -> None:
    points = {datetime(2020, 1, 3): 3.0, datetime(2020, 1, 1): 1.0, datetime(2020, 1, 2): float("nan")}
    curve = Curve.of(points)
    assert curve.values.tolist() == [1.0, 3.0]
    assert curve.times.tolist() == [datetime(2020, 1, 1), datetime(2020, 1, 3)]


def test_daily_keeps_the_last_value_of_a_day() -> None:
    points = {datetime(2020, 1, 1, hour): float(hour) for hour in (9, 12, 16)} | {datetime(2020, 1, 2, 9): 99.0}
    assert Curve.of(points).daily().values.tolist() == [16.0, 99.0]


@pytest.mark.parametrize(
    ("sampled", "day"),
    [
        ("2020-01-03T21:00", "2020-01-03"),  # New York's close in winter
        ("2020-01-04T05:00", "2020-01-03"),  # its next midnight, at which LEAN samples the day
        ("2020-07-02T20:00", "2020-07-02"),
        ("2020-07-03T04:00", "2020-07-02"),
        ("2020-01-04T00:00", "2020-01-03"),  # a market that never closes, by UTC
    ],
)
def test_a_sample_at_midnight_belongs_to_the_day_that_ended(sampled: str, day: str) -> None:
    assert str(session_days(np.array([sampled], dtype="datetime64[s]"))[0]) == day


def test_a_value_is_known_from_its_time_on_and_not_before() -> None:
    curve = Curve.of({datetime(2020, 1, 2): 2.0, datetime(2020, 1, 4): 4.0})
    asked = np.array(["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-05"], dtype="datetime64[s]")
    np.testing.assert_array_equal(curve.at(asked), [np.nan, 2.0, 2.0, 4.0])


def test_an_empty_curve_knows_nothing() -> None:
    curve = Curve.of({})
    assert len(curve.daily()) == 0
    assert np.isnan(curve.at(np.array(["2020-01-01"], dtype="datetime64[s]"))).all()


def test_times_that_do_not_rise_are_refused() -> None:
    times = np.array(["2020-01-02", "2020-01-02"], dtype="datetime64[s]")
    with pytest.raises(ValueError, match="times must rise"):
        Curve(times, np.array([1.0, 2.0]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2008-09-15T20:00:00Z", datetime(2008, 9, 15, 20)),
        ("2008-09-15T16:00:00-04:00", datetime(2008, 9, 15, 20)),
        ("2008-09-15", datetime(2008, 9, 15)),
    ],
)
def test_times_are_utc(text: str, expected: datetime) -> None:
    assert parse_time(text) == expected
