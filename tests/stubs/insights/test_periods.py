"""Close times, with the figures that the real engine gave (lean-semantics 2.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from lean_stubs.clr.exceptions import ArgumentOutOfRangeException
from lean_stubs.common import Resolution, SecurityType
from lean_stubs.insights.periods import BarCount, CloseTime, ExpiryFunction, Never, Span
from lean_stubs.time.nyse_calendar import nyse_database

HOURS = nyse_database().get_exchange_hours("usa", None, SecurityType.EQUITY)


def local_close(rule, generated):
    close, period = rule.close(HOURS, HOURS._to_utc(generated))
    return HOURS._from_utc(close), period


FRIDAY, THURSDAY, MONDAY = datetime(2019, 6, 14, 16), datetime(2019, 6, 13, 16), datetime(2019, 6, 10, 16)


@pytest.mark.parametrize(
    ("generated", "period", "expected"),
    [
        (FRIDAY, timedelta(1), datetime(2019, 6, 17, 16)),
        (THURSDAY, timedelta(days=1.5), datetime(2019, 6, 17, 12, 45)),
        (THURSDAY, timedelta(hours=25), datetime(2019, 6, 17, 9, 46)),
        (MONDAY, timedelta(hours=12), datetime(2019, 6, 12, 15)),
        (MONDAY, timedelta(hours=3), datetime(2019, 6, 11, 12, 30)),
        (MONDAY, timedelta(hours=6.5), datetime(2019, 6, 11, 16)),
        (MONDAY, timedelta(seconds=30), datetime(2019, 6, 11, 9, 30, 30)),
        (MONDAY, timedelta(seconds=90.5), datetime(2019, 6, 11, 9, 31)),
        (datetime(2019, 6, 27, 16), timedelta(hours=23), datetime(2019, 7, 3, 13)),
    ],
)
def test_spans_count_trading_time(generated, period, expected):
    assert local_close(Span(period), generated) == (expected, period)


def test_a_closed_close_time_moves_to_the_next_open():
    assert local_close(CloseTime(datetime(2019, 6, 11, 16)), MONDAY)[0] == datetime(2019, 6, 12, 9, 30)
    assert local_close(CloseTime(datetime(2019, 7, 4)), MONDAY)[0] == datetime(2019, 7, 5, 9, 30)
    assert local_close(CloseTime(datetime(2019, 6, 11, 12)), MONDAY)[0] == datetime(2019, 6, 11, 12)


def test_a_close_time_in_the_past_raises_and_a_functions_does_not():
    with pytest.raises(ArgumentOutOfRangeException, match="past"):
        local_close(CloseTime(datetime(2019, 6, 3, 12)), MONDAY)
    close, period = local_close(ExpiryFunction(lambda local: local - timedelta(days=7, hours=4)), MONDAY)
    assert (close, period) == (datetime(2019, 6, 3, 12), timedelta(days=-7, hours=-4))


def test_bar_counts_and_no_end():
    assert local_close(BarCount(Resolution.DAILY, 2), FRIDAY)[0] == datetime(2019, 6, 18, 16)
    assert local_close(BarCount(Resolution.HOUR, 1), FRIDAY)[0] == datetime(2019, 6, 17, 10, 30)
    assert Never().close(HOURS, MONDAY)[0] == datetime(2050, 12, 31)
