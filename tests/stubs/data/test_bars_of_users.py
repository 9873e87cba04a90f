"""Bars, collections and slices that an algorithm makes itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from AlgorithmImports import (
    Bar,
    BaseDataCollection,
    Dividend,
    IndicatorDataPoint,
    QuoteBar,
    RangeBar,
    RenkoBar,
    RenkoType,
    Slice,
    Split,
    SplitType,
    Symbol,
    TradeBar,
    TradeBars,
    VolumeRenkoBar,
)
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.data.data_dictionary import DataDictionary

SPY, QQQ = (Symbol.create(ticker, 1, "usa") for ticker in ("SPY", "QQQ"))
AT = datetime(2020, 1, 6, 9, 30)
LATER = AT + timedelta(minutes=1)


def bar(symbol: Symbol, close: float) -> TradeBar:
    return TradeBar(AT, symbol, close, close, close, close, 100, timedelta(minutes=1))


def test_a_classic_brick_grows_until_it_is_a_brick_away_and_then_no_more() -> None:
    brick = RenkoBar(SPY, AT, 1.0, 10.0, 5.0)
    assert not brick.update(LATER, 10.5, 5)
    assert brick.update(LATER, 12.0, 5)
    # The close is cut at one brick; a closed one takes nothing more.
    assert (brick.close, brick.high, brick.volume, brick.is_closed) == (11.0, 11.0, 15.0, True)
    assert brick.update(LATER, 20.0, 5)
    assert (brick.close, brick.volume) == (11.0, 15.0)


def test_a_wicked_brick_is_made_whole() -> None:
    brick = RenkoBar(SPY, AT, LATER, 1.0, 10.0, 11.0, 9.5, 11.0)
    assert (brick.type, brick.low, brick.spread) == (RenkoType.WICKED, 9.5, 1.0)
    assert brick.clone().type == RenkoType.WICKED
    with pytest.raises(InvalidOperationException, match="cannot be updated"):
        brick.update(LATER, 12.0, 1)


def test_a_bar_of_a_range_opens_at_all_prices_that_are_not_given() -> None:
    made = RangeBar(SPY, LATER, 1.0, 10.0, low=9.5)
    assert (made.open, made.high, made.low, made.close, made.end_time) == (10.0, 10.0, 9.5, 10.0, LATER)
    made.update(LATER, 10.6, 3)
    assert (made.high, made.is_closed, made.volume) == (10.5, True, 0.0)


def test_a_bar_of_a_volume_gives_back_what_does_not_fit() -> None:
    made = VolumeRenkoBar(SPY, AT, AT, 100.0, 10.0, 10.0, 10.0, 10.0, 80.0)
    assert made.update(LATER, 11.0, 9.0, 10.5, 50.0) == 30.0
    assert (made.volume, made.high, made.low, made.is_closed) == (100.0, 11.0, 9.0, True)
    following = made.rollover()
    assert (following.start, following.open, following.volume) == (LATER, 10.5, 0.0)


def test_an_assigned_price_of_a_brick_is_the_one_it_grows_from() -> None:
    brick = RenkoBar(SPY, AT, 1.0, 10.0, 0.0)
    brick.open = 20.0
    brick.update(LATER, 20.5, 1)
    assert brick.close == 20.5


def test_a_quote_without_arguments_has_sides_and_an_empty_one_has_none() -> None:
    plain, empty = QuoteBar(), QuoteBar(True)
    assert plain.bid is not None
    assert (plain.bid.close, plain.period) == (0.0, timedelta(minutes=1))
    assert (empty.bid, empty.ask) == (None, None)
    empty.ask, empty.bid = Bar(2, 2, 2, 2), Bar(1, 1, 1, 1)
    assert empty.close == 1.5


def test_distributions_are_rounded_to_the_places_asked_for() -> None:
    assert Dividend.compute_distribution(100.0, 0.98765, 2) == 1.24
    assert Dividend.compute_distribution(100.0, 0.98765, 3) == 1.235
    assert Dividend.create(SPY, AT, 100.0, 0.98765, 3).distribution == 1.235


def test_a_dictionary_of_data_takes_a_function_for_its_keys_and_gives_up_entries() -> None:
    made = DataDictionary([bar(QQQ, 2.0), bar(SPY, 1.0)], lambda point: point.symbol)
    first, second = made
    assert (first.key, second.key) == (QQQ, SPY)
    assert made.remove(first)
    assert not made.remove(first)
    assert made.remove(SPY)
    assert len(made) == 0


def test_a_collection_given_one_collection_holds_its_points() -> None:
    inner = BaseDataCollection(AT, SPY, [bar(SPY, 1.0), bar(SPY, 2.0)])
    assert len(list(BaseDataCollection(AT, LATER, SPY, [inner]))) == 2
    assert list(BaseDataCollection()) == []


def test_a_slice_holds_the_data_it_is_made_of() -> None:
    split = Split(QQQ, AT, 10.0, 0.5, SplitType.SPLIT_OCCURRED)
    made = Slice(LATER, [bar(SPY, 1.0), split], LATER)
    assert made.get(TradeBar, SPY).close == made.get(key=SPY).close == 1.0
    assert made.get(Split, QQQ).split_factor == 0.5
    assert made.try_get_value(SPY, None)[0]
    assert not made.contains_key(key="NONE")
    with pytest.raises(TypeError):
        made.try_get_value(SPY)  # type: ignore[call-overload]
    assert Slice(made).bars[SPY].close == 1.0


def test_a_slice_may_be_told_its_collections_and_whether_it_has_data() -> None:
    bars = TradeBars(LATER)
    bars[SPY] = bar(SPY, 3.0)
    made = Slice(LATER, [], bars, None, None, None, None, None, None, None, None, None, LATER)
    assert (made[SPY].close, made.has_data) == (3.0, False)
    assert Slice(LATER, [], bars, None, None, None, None, None, None, None, None, None, LATER, True).has_data


def test_a_clone_may_be_marked_as_filled_forward() -> None:
    point = IndicatorDataPoint(SPY, AT, 1.0)
    assert (point.clone(True).is_fill_forward, point.clone().is_fill_forward) == (True, False)
