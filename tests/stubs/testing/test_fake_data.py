"""FakeData's builders, at the door through which the engine reads them."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from lean_stubs.common import Resolution
from lean_stubs.common.enums import DataNormalizationMode
from lean_stubs.data.source import DataProblem
from lean_stubs.testing import FakeData

FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)


def market():
    return FakeData("2019-01-01", "2019-12-31")


def daily(data, ticker="SPY"):
    return data.raw_bars(ticker, "usa", Resolution.DAILY, FIRST, LAST)


def closes(data, ticker="SPY"):
    bars = daily(data, ticker)
    return dict(zip((s.date() for s in bars.starts), np.array(bars.closes) / 10_000, strict=True))


def test_days_are_those_of_the_exchange():
    days = market().days
    assert (len(days), days[0], days[-1]) == (252, date(2019, 1, 2), LAST)
    assert date(2019, 7, 4) not in days


def test_regimes_depend_on_seed_and_ticker_alone():
    once, again, other = market().regimes("SPY", seed=1), market().regimes("SPY", seed=1), market().regimes("SPY", seed=2)
    assert daily(once).closes == daily(again).closes != daily(other).closes
    both = market().regimes("SPY", "QQQ")
    assert daily(both, "SPY").closes != daily(both, "QQQ").closes


def test_stormy_days_move_more():
    data = FakeData("2010-01-01", "2019-12-31").regimes("SPY", seed=3, volatilities=(0.005, 0.03), stay=0.99)
    bars = data.raw_bars("SPY", "usa", Resolution.DAILY, date(2010, 1, 1), LAST)
    moves, states = np.abs(np.diff(np.log(bars.closes))), np.array(data.states("SPY"))[1:]
    assert set(states) == {0, 1}
    assert moves[states == 1].mean() > 3 * moves[states == 0].mean()
    assert all(
        low <= min(o, c) and max(o, c) <= h for o, h, low, c in zip(bars.opens, bars.highs, bars.lows, bars.closes, strict=True)
    )


def test_bars_are_taken_as_they_are_and_the_last_close_is_held():
    rows = [(10, 12, 9, 11), (11.5, 13, 11, 12.25)]
    bars = daily(market().bars("SPY", rows))
    found = list(zip(bars.opens, bars.highs, bars.lows, bars.closes, strict=True))
    assert found[:2] == [tuple(round(price * 10_000) for price in row) for row in rows]
    assert set(found[2:]) == {(122_500,) * 4}


@pytest.mark.parametrize("rows", [[], [1.0, 2.0], [(1, 2, 1)]])
def test_bars_need_four_prices_a_row(rows):
    with pytest.raises(DataProblem, match="rows of open"):
        market().bars("SPY", rows)


def test_crash_and_recovery():
    data = market().flat("SPY").crash("SPY", "2019-06-03", fall=0.4, days=5, recovery=10)
    price = closes(data)
    assert price[date(2019, 5, 31)] == 100.0
    assert price[date(2019, 6, 7)] == pytest.approx(60.0, abs=1e-3)
    assert price[date(2019, 6, 21)] == pytest.approx(100.0, abs=1e-3)


def test_gap_opens_away_from_the_last_close():
    bars = daily(market().flat("SPY").gap("SPY", "2019-06-03", -0.1))
    row = [s.date() for s in bars.starts].index(date(2019, 6, 3))
    assert (bars.closes[row - 1], bars.opens[row], bars.closes[row]) == (1_000_000, 900_000, 900_000)


def test_missing_days_and_bad_bars():
    data = market().flat("SPY").missing("SPY", "2019-06-03").bar("SPY", "2019-06-04", close=0.0)
    price = closes(data)
    assert date(2019, 6, 3) not in price
    assert price[date(2019, 6, 4)] == 0.0


def test_split_shows_in_raw_prices_and_not_in_adjusted_ones():
    data = market().flat("SPY").split("SPY", "2019-06-03", 4)
    price, factors = closes(data), data.factor_file("SPY", "usa")
    assert (price[date(2019, 5, 31)], price[date(2019, 6, 3)]) == (400.0, 100.0)
    assert factors.split_after(date(2019, 5, 31)) == (Decimal("0.25"), Decimal(400))
    assert factors.factor(date(2019, 5, 31), DataNormalizationMode.ADJUSTED) == Decimal("0.25")


def test_dividend_is_told_by_its_factor():
    factors = market().flat("SPY").dividend("SPY", "2019-06-03", 2.0).factor_file("SPY", "usa")
    assert factors.dividend_after(date(2019, 5, 31)) == (Decimal("0.98"), Decimal(100))


def test_delisting_and_renaming():
    data = market().flat("NEW").rename("OLD", "NEW", "2019-03-01").delist("NEW", "2019-10-01")
    file = data.map_file("NEW", "usa")
    assert [(r.day, r.ticker) for r in file.rows] == [
        (date(2019, 1, 2), "OLD"),
        (date(2019, 3, 1), "OLD"),
        (date(2019, 10, 1), "NEW"),
    ]
    assert max(closes(data, "NEW")) == date(2019, 10, 1)
    assert data.knows("OLD", "usa")


@pytest.mark.parametrize(("resolution", "count"), [(Resolution.MINUTE, 210), (Resolution.HOUR, 4)])
def test_intraday_bars_lead_from_the_open_to_the_close_of_an_early_closing_day(resolution, count):
    data = market().trend("SPY", daily=0.01)
    bars = data.raw_bars("SPY", "usa", resolution, date(2019, 7, 3), date(2019, 7, 3))
    whole = data.raw_bars("SPY", "usa", Resolution.DAILY, date(2019, 7, 3), date(2019, 7, 3))
    assert len(bars) == count
    assert (bars.opens[0], bars.closes[-1]) == (whole.opens[0], whole.closes[0])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: FakeData("2019-01-05", "2019-01-06"),
        lambda: market().crash("SPY", "2019-06-03"),
        lambda: market().flat("SPY").split("SPY", "2019-06-02", 2),
        lambda: market().flat("SPY").bar("SPY", "2019-06-03", price=1),
        lambda: market().closes("SPY", []),
    ],
)
def test_what_cannot_be_built_is_told(wrong):
    with pytest.raises(DataProblem, match="FakeData"):
        wrong()
