from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import pytest
from AlgorithmImports import QCAlgorithm, Resolution
from lean_stubs.clr.exceptions import ArgumentOutOfRangeException
from lean_stubs.engine.current import RunContext, active
from lean_stubs.testing import FakeData

START, END = datetime(2019, 5, 1), datetime(2019, 12, 31)


@pytest.fixture
def algorithm() -> Iterator[Any]:
    with active(RunContext(FakeData("2019-01-02", "2019-12-31").flat("SPY"))):
        made = QCAlgorithm()
        made.set_start_date(2019, 5, 1)
        made.spy = made.add_equity("SPY", Resolution.DAILY).symbol
        yield made


def days(rule: Any, count: int = 3) -> list[str]:
    return [f"{day:%m-%d}" for day in islice(rule.get_dates(START, END), count)]


def test_without_a_symbol_every_day_is_open(algorithm: Any) -> None:
    rules = algorithm.date_rules
    assert days(rules.month_start()) == ["05-01", "06-01", "07-01"]
    assert days(rules.month_end()) == ["05-31", "06-30", "07-31"]
    assert days(rules.week_start()) == ["05-06", "05-13", "05-20"]
    assert days(rules.week_end()) == ["05-03", "05-10", "05-17"]


def test_with_a_symbol_closed_days_are_passed_over(algorithm: Any) -> None:
    rules, spy = algorithm.date_rules, algorithm.spy
    assert days(rules.month_start(spy)) == ["05-01", "06-03", "07-01"]
    assert days(rules.month_end(spy), 2) == ["05-31", "06-28"]
    # Memorial Day: the week starts on Tuesday.
    assert "05-28" in days(rules.week_start(spy), 5)
    assert days(rules.month_start(spy, 2), 2) == ["05-03", "06-05"]
    assert days(rules.every_day("SPY"), 4) == ["05-01", "05-02", "05-03", "05-06"]


def test_quarters_and_years(algorithm: Any) -> None:
    rules = algorithm.date_rules
    assert days(rules.quarter_start(), 2) == ["07-01", "10-01"]
    assert days(rules.quarter_end(algorithm.spy), 2) == ["06-28", "09-30"]
    assert days(rules.year_end(), 1) == ["12-31"]


def test_an_offset_out_of_range_is_refused(algorithm: Any) -> None:
    with pytest.raises(ArgumentOutOfRangeException, match="between 0 and 30"):
        algorithm.date_rules.month_start(algorithm.spy, 31)


def test_times_of_a_day(algorithm: Any) -> None:
    rules, spy = algorithm.time_rules, algorithm.spy
    early_close = [datetime(2019, 7, 3)]
    assert list(rules.before_market_close(spy, 10).create_utc_event_times(early_close)) == [datetime(2019, 7, 3, 16, 50)]
    assert list(rules.after_market_open("SPY", 30).create_utc_event_times(early_close)) == [datetime(2019, 7, 3, 14)]
    assert list(rules.at(9, 31).create_utc_event_times(early_close)) == [datetime(2019, 7, 3, 13, 31)]
    assert list(rules.after_market_open(spy).create_utc_event_times([datetime(2019, 7, 4)])) == []
