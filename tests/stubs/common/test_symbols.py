"""Symbols, ids and the ticker cache."""

from __future__ import annotations

from datetime import datetime

import pytest
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.common import Market, SecurityIdentifier, SecurityType, Symbol, SymbolCache, set_first_ticker


@pytest.fixture(autouse=True)
def _map_files():
    set_first_ticker(
        lambda ticker, market, at: (ticker, datetime(1998, 1, 2)) if ticker in {"SPY", "AAPL"} else (ticker, datetime(1899, 12, 30))
    )
    SymbolCache.clear()
    yield
    SymbolCache.clear()
    set_first_ticker(None)


def equity(ticker):
    return Symbol.create(ticker, SecurityType.EQUITY, Market.USA)


def test_id_text_is_leans():
    # Both texts stand in the recorded answers of ApiProbe.
    assert str(equity("SPY").id) == "SPY R735QTJ8XC9X"
    assert str(equity("ZZZZ").id) == "ZZZZ 2T"


def test_id_parts_survive_parsing():
    sid = SecurityIdentifier.parse("SPY R735QTJ8XC9X")
    assert (sid.symbol, sid.date, sid.market, sid.security_type) == ("SPY", datetime(1998, 1, 2), "usa", SecurityType.EQUITY)
    assert sid == equity("spy").id


def test_text_is_the_cached_ticker_else_the_id():
    spy = equity("SPY")
    assert str(spy) == "SPY R735QTJ8XC9X"
    SymbolCache.set("SPY", spy)
    assert (str(spy), str(equity("SPY")), spy.value) == ("SPY", "SPY", "SPY")


def test_equal_to_tickers_but_hashed_by_id():
    spy = equity("SPY")
    SymbolCache.set("SPY", spy)
    assert spy == "spy"
    assert spy != "QQQ"
    assert "SPY" in [spy]
    assert "SPY" not in {spy}
    assert {spy: 1}[equity("SPY")] == 1
    with pytest.raises(KeyError):
        _ = {spy: 1}["SPY"]


def test_sorted_by_ticker():
    assert [s.value for s in sorted([equity("SPY"), equity("AAPL"), equity("IWM")])] == ["AAPL", "IWM", "SPY"]
    assert (equity("SPY") < "QQQ", equity("SPY") > "QQQ") == (False, True)


def test_unknown_ticker_raises_and_the_miss_is_forgotten_when_it_comes():
    with pytest.raises(InvalidOperationException, match="ZZZZ"):
        SymbolCache.get_symbol("ZZZZ")
    SymbolCache.set("ZZZZ", equity("ZZZZ"))
    assert SymbolCache.get_symbol("zzzz") == equity("ZZZZ")
