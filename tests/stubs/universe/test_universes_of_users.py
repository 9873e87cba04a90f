"""Universes, their settings and changes, as an algorithm makes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from AlgorithmImports import (
    FundamentalUniverseSelectionModel,
    QuoteBar,
    Resolution,
    SecurityChanges,
    Symbol,
    TickType,
    TimeZones,
    TradeBar,
    UniverseSettings,
)
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.data.config import SubscriptionDataConfig

SPY, QQQ = (Symbol.create(ticker, 1, "usa") for ticker in ("SPY", "QQQ"))
MONDAY = datetime(2020, 1, 6)


def test_settings_are_copied_and_may_carry_dates() -> None:
    rule = SimpleNamespace(get_dates=lambda start, end: iter([start]))
    first = UniverseSettings(Resolution.HOUR, 2.0, True, False, timedelta(days=3), selection_date_rule=rule)
    copy = UniverseSettings(first)
    first.resolution = Resolution.DAILY
    assert (copy.resolution, copy.minimum_time_in_universe, copy.leverage) == (Resolution.HOUR, timedelta(days=3), 2.0)
    assert list(first.schedule.get(MONDAY, MONDAY)) == [MONDAY]


def test_no_change_is_one_object() -> None:
    assert SecurityChanges.create([], [], [], []) is SecurityChanges.NONE
    spy: Any = SimpleNamespace(symbol=SPY)
    changes = SecurityChanges.create([spy], [], [], [])
    copy = SecurityChanges(changes)
    assert (copy.added_securities, copy.count, copy.filter_internal_securities) == ([spy], 1, False)


def test_a_subscription_is_made_anew_or_like_another() -> None:
    zone = TimeZones.NEW_YORK
    trades = SubscriptionDataConfig(TradeBar, SPY, Resolution.MINUTE, zone, zone, True, False, False)
    quotes = SubscriptionDataConfig(trades, object_type=QuoteBar, symbol=QQQ, extended_hours=True)
    assert (trades.tick_type, quotes.tick_type, quotes.symbol, quotes.resolution) == (
        TickType.TRADE,
        TickType.QUOTE,
        QQQ,
        Resolution.MINUTE,
    )
    assert (trades.extended_market_hours, quotes.extended_market_hours, quotes.fill_data_forward) == (False, True, True)
    with pytest.raises(NotOffered, match="custom data"):
        SubscriptionDataConfig(trades, is_custom=True)


def test_a_selection_model_takes_market_function_and_settings_in_leans_orders() -> None:
    settings = UniverseSettings(Resolution.HOUR, 2.0, True, False, timedelta(days=1))
    algorithm: Any = SimpleNamespace(universe_settings=settings)

    def nothing(companies: Any) -> list[Symbol]:
        return []

    for arguments in ((nothing,), ("usa", nothing), ("usa", nothing, settings), (nothing, settings)):
        (universe,) = FundamentalUniverseSelectionModel(*arguments).create_universes(algorithm)
        assert (universe.market, universe.universe_settings) == ("usa", settings)
    with pytest.raises(TypeError, match="No method matches"):
        FundamentalUniverseSelectionModel(nothing, "usa")  # type: ignore[call-overload]
