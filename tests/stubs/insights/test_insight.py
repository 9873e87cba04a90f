"""Insights: construction, fields, wrappers."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from lean_stubs.clr.exceptions import ArgumentOutOfRangeException, InvalidOperationException, ProcessKilled
from lean_stubs.common import Resolution, Symbol
from lean_stubs.insights import Insight, InsightDirection, InsightType

SPY = Symbol.create("SPY", 1, "usa")
DAY = timedelta(days=1)


def fields(insight):
    return insight.magnitude, insight.confidence, insight.source_model, insight.weight, insight.tag


def test_positions_and_names_of_price():
    given = (0.01, 0.5, "model", 0.25, "tag")
    assert fields(Insight.price(SPY, DAY, InsightDirection.UP, *given)) == given
    named = Insight.price(
        SPY, DAY, InsightDirection.UP, magnitude=0.01, confidence=0.5, source_model="model", weight=0.25, tag="tag"
    )
    assert fields(named) == given
    bars = Insight.price(SPY, Resolution.DAILY, 5, InsightDirection.UP, 0.01, tag="t")
    assert (fields(bars), bars.period) == ((0.01, None, None, None, "t"), timedelta(0))


@pytest.mark.parametrize("direction", [1, np.int64(1), InsightDirection.UP])
def test_direction_may_be_a_number(direction):
    assert Insight.price("SPY", DAY, direction).direction is InsightDirection.UP


@pytest.mark.parametrize("period", [timedelta(0), timedelta(-1), timedelta(microseconds=999_999)])
def test_periods_under_a_second_raise(period):
    with pytest.raises(ArgumentOutOfRangeException, match="1 second"):
        Insight.price(SPY, period, InsightDirection.UP)


@pytest.mark.parametrize("period", [np.timedelta64(1, "D"), pd.Timedelta(days=2), "1d", 5, None])
def test_other_kinds_of_period_fit_no_overload(period):
    with pytest.raises(TypeError, match="No method matches given arguments for price"):
        Insight.price(SPY, period, InsightDirection.UP)


def test_what_kills_the_engine_says_so():
    with pytest.raises(ProcessKilled):
        Insight.price(SPY, timedelta.max, InsightDirection.UP)


def test_constructor_forms():
    assert fields(Insight(SPY, DAY, InsightType.PRICE, InsightDirection.UP, "short")) == (None, None, None, None, "short")
    whole = Insight(SPY, timedelta(0), InsightType.PRICE, InsightDirection.UP, 0.01, 0.5, "m", 0.2, "t")
    assert (fields(whole), whole.period) == ((0.01, 0.5, "m", 0.2, "t"), timedelta(0))
    dated = Insight(datetime(2019, 1, 2, 21), SPY, DAY, InsightType.PRICE, InsightDirection.UP)
    assert (dated.generated_time_utc, dated.close_time_utc) == (datetime(2019, 1, 2, 21), datetime(2019, 1, 3, 21))


def test_wrappers_share_the_insight_but_not_python_attributes():
    insight = Insight.price(SPY, DAY, InsightDirection.UP)
    insight.note = "gone in another wrapper"
    other = Insight._wrap(insight._state)
    assert other is not insight
    assert other == insight
    assert {insight: 1}[other] == 1
    assert not hasattr(other, "note")
    other.weight = 0.5
    assert insight.weight == 0.5


def test_clone_has_the_id_and_is_another():
    insight = Insight.price(SPY, DAY, InsightDirection.UP, tag="t")
    clone = insight.clone()
    assert clone != insight
    assert (clone.id, clone.tag, clone.period) == (insight.id, "t", DAY)


def test_active_at_its_close_and_expired_after():
    insight = Insight(datetime(2019, 5, 1), SPY, DAY, InsightType.PRICE, InsightDirection.UP)
    close = datetime(2019, 5, 2)
    assert (insight.is_active(close), insight.is_expired(close), insight.is_expired(close + timedelta(seconds=1))) == (
        True,
        False,
        True,
    )
    insight.cancel(datetime(2019, 5, 1, 12))
    assert insight.close_time_utc == datetime(2019, 5, 1, 11, 59, 59)


def test_a_group_has_one_id_and_cannot_be_grouped_again():
    pair = [Insight.price(SPY, DAY, InsightDirection.UP), Insight.price("QQQ", DAY, InsightDirection.DOWN)]
    group = Insight.group(pair)
    assert type(group).__name__ == "Insight[]"
    assert pair[0].group_id == pair[1].group_id is not None
    with pytest.raises(InvalidOperationException):
        Insight.group(pair[0])


def test_text():
    text = str(Insight.price(SPY, timedelta(days=3), InsightDirection.UP, 0.01, 0.5, "model", 0.25, "tag"))
    # The wording after the id stands in the recorded answers of ApiProbe.
    assert text.split(": ", 1)[1].endswith("Price Up within 3.00:00:00 by 0.01% with 50% confidence and 25% weight: tag")


def test_the_long_constructor_wants_magnitude_and_confidence():
    short = Insight(SPY, DAY, InsightType.PRICE, InsightDirection.UP, "tag")
    long = Insight(SPY, DAY, InsightType.PRICE, InsightDirection.UP, None, 0.5, weight=0.25)
    assert (short.tag, short.confidence, long.confidence, long.weight) == ("tag", None, 0.5, 0.25)
    for rest in ({"magnitude": 0.1}, {"confidence": 0.1}, {"weight": 0.1}):
        with pytest.raises(TypeError, match="No method matches"):
            Insight(SPY, DAY, InsightType.PRICE, InsightDirection.UP, **rest)
