"""Stored insights."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.common import Symbol
from lean_stubs.insights import Insight, InsightDirection, InsightManager, InsightType

NOW = datetime(2019, 5, 1)
A, B, C = (Symbol.create(x, 1, "usa") for x in "ABC")


def insight(symbol, days=1):
    return Insight(NOW, symbol, timedelta(days), InsightType.PRICE, InsightDirection.UP)


@pytest.fixture
def manager():
    return InsightManager(SimpleNamespace(utc=NOW))


def test_counts(manager):
    manager.add_range([insight(A), insight(A, 3), insight(B)])
    manager.clear([A])
    assert (manager.count, manager.total_count, len(manager.get_insights())) == (1, 3, 3)
    assert manager.remove_expired_insights(NOW + timedelta(2))[0].symbol == B
    assert (manager.count, manager.total_count) == (0, 3)
    assert manager.get_next_expiry_time() is None


def test_order_of_symbols_is_slot_order(manager):
    manager.add_range([insight(A), insight(B), insight(C)])
    manager.clear([A, B, C])
    manager.add_range([insight(A), insight(B)])
    assert [i.symbol for i in manager] == [B, A]


def test_next_expiry_covers_expired_ones(manager):
    manager.add_range([insight(A, 1), insight(B, 5)])
    assert manager.get_next_expiry_time().replace(tzinfo=None) == NOW + timedelta(1)
    assert [i.symbol for i in manager.get_active_insights(NOW + timedelta(2))] == [B]


def test_cancel_takes_lists_of_symbols_tickers_or_insights(manager):
    first, second = insight(A), insight(B)
    manager.add_range([first, second])
    manager.cancel([A])
    manager.expire([second])
    assert first.close_time_utc.replace(tzinfo=None) == second.close_time_utc.replace(tzinfo=None) == NOW - timedelta(seconds=1)
    manager.cancel(["NOTHING"])
    with pytest.raises(TypeError, match="No method matches given arguments for expire"):
        manager.expire((A,))


def test_missing_symbol(manager):
    with pytest.raises(KeyNotFoundException):
        _ = manager[A]
    assert A not in manager


def test_removal_by_filter_reaches_the_complete_list(manager):
    manager.add_range([insight(A), insight(B)])
    manager.remove_insights(lambda i: i.symbol == A)
    assert [i.symbol for i in manager.get_insights()] == [B]
    assert manager.count == 1
