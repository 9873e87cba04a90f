from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regime_framework import PriceBar
from regime_framework.cli.prices import BadPrices, read_prices


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "spx.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_closes(tmp_path: Path) -> None:
    prices = read_prices(written(tmp_path, "Date,Close\n2020-01-02,100\n2020-01-03,101.5\n\n"))
    assert prices.symbol == "spx"
    assert prices.times == [datetime(2020, 1, 2, 21, tzinfo=UTC), datetime(2020, 1, 3, 21, tzinfo=UTC)]
    assert prices.bar(1) == 101.5


def test_whole_bars_where_they_are(tmp_path: Path) -> None:
    prices = read_prices(written(tmp_path, "time,Low,High,Open,Close,Volume\n20200102,1,4,2,3,9\n"))
    assert prices.bar(0) == PriceBar(open=2.0, high=4.0, low=1.0, close=3.0)
    assert prices.closes.tolist() == [3.0]


def test_a_named_column_and_a_named_date_format(tmp_path: Path) -> None:
    path = written(tmp_path, "Date,Close,Adj Close\n1/3/2020,100,90\n")
    prices = read_prices(path, column="adj close", date_format="%m/%d/%Y")
    assert prices.bar(0) == 90.0
    assert prices.times[0] == datetime(2020, 1, 3, 21, tzinfo=UTC)


def test_a_time_zone_is_converted(tmp_path: Path) -> None:
    prices = read_prices(written(tmp_path, "date,close\n2020-01-02T16:00:00-05:00,100\n"))
    assert prices.times[0] == datetime(2020, 1, 2, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("date,close\n", "has no rows"),
        ("day,close\n2020-01-02,1\n", r"has no column 'date', it has \['day', 'close'\]"),
        ("date,last\n2020-01-02,1\n", r"has no column 'close', it has \['date', 'last'\]"),
        ("date,close\n2.1.2020,1\n", "line 2: date must be ISO 8601.*got '2.1.2020'"),
        ("date,close\n2020-01-03,1\n2020-01-02,1\n", "line 3: date 2020-01-02 comes after a later one"),
        ("date,close\n2020-01-02,1\n2020-01-02,1\n", "line 3: date 2020-01-02 is there twice"),
        ("date,close\n2020-01-02,n/a\n", "line 2: close must be a number, got 'n/a'"),
        ("date,close\n2020-01-02,-3\n", "line 2: close must be positive and finite, got -3"),
        ("date,close\n2020-01-02,0\n", "line 2: close must be positive and finite, got 0"),
        ("date,close\n2020-01-02,nan\n", "line 2: close must be positive and finite, got nan"),
        ("date,close\n2020-01-02\n", "line 2: has 1 cells, the header has 2"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadPrices, match=says):
        read_prices(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadPrices, match=r"none\.csv: No such file"):
        read_prices(tmp_path / "none.csv")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "spx.csv"
    path.write_bytes(b"\xff\xfe\x00date")
    with pytest.raises(BadPrices, match="is no CSV file"):
        read_prices(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(st.sampled_from('date,close\n"20-13. \x00ä'), max_size=60))
def test_no_text_breaks_the_reader(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text("date,close\n" + text, encoding="utf-8")
    try:
        prices = read_prices(path)
    except BadPrices:
        return
    assert (prices.closes > 0.0).all()
    assert prices.times == sorted(set(prices.times))
