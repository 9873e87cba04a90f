"""A call means the overload that takes its arguments."""

from __future__ import annotations

import pytest
from lean_stubs.common import Resolution
from lean_stubs.data.trade_bar_consolidator import TradeBarConsolidator
from lean_stubs.indicators import IndicatorExtensions, SimpleMovingAverage
from lean_stubs.portfolio_construction import EqualWeightingPortfolioConstructionModel


def test_places_and_names_mean_the_same():
    one, two = SimpleMovingAverage("left", 2), SimpleMovingAverage("right", 2)
    by_place = IndicatorExtensions.plus(one, 3.0)
    by_name = IndicatorExtensions.plus(left=one, constant=3.0)
    assert by_place.name == by_name.name == "left_PLUS_3.0"
    assert IndicatorExtensions.plus(left=one, right=two, name="both").name == "both"


def test_what_no_overload_takes_is_refused_in_the_runtimes_words():
    with pytest.raises(TypeError, match="No method matches given arguments"):
        TradeBarConsolidator(1, 2, 3, 4)
    with pytest.raises(TypeError, match="No method matches given arguments"):
        EqualWeightingPortfolioConstructionModel(resolution=Resolution.DAILY, no_such=1)
