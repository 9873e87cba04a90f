from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import cachetools
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from regime_framework import InvalidSetting, RegimeConfig, RegimeModelCache, RegimeService
from regime_framework.service.desk import TrainingDesk
from tests.service.data import SMALL, START, closes, days, names


def test_counts_hits_and_misses_of_reads_only() -> None:
    cache = RegimeModelCache(2)
    cache["a"] = 1
    assert cache.get("a") == 1
    assert cache.get("b") is None
    assert "a" in cache
    assert list(cache) == ["a"]
    with pytest.raises(KeyError):
        cache["b"]
    assert cache.get_stats() == {
        "hit_rate": 1 / 3, "hit_count": 1, "miss_count": 2, "size": 1, "max_size": 2, "evictions": 0, "expired": 0,
    }  # fmt: skip


def test_the_least_recently_used_goes_first() -> None:
    cache = RegimeModelCache(2)
    cache["a"], cache["b"] = 1, 2
    assert cache["a"] == 1
    cache["c"] = 3
    assert set(cache) == {"a", "c"}
    assert cache.get_stats()["evictions"] == 1


@pytest.mark.parametrize("ttl", [timedelta(days=3), 3 * 86400.0])
def test_models_live_on_the_algorithms_clock(ttl: timedelta | float) -> None:
    cache = RegimeModelCache(ttl=ttl)
    cache.advance(START)
    cache["a"] = 1
    cache.advance(START + timedelta(days=1))
    cache["b"] = 2
    cache.advance(START + timedelta(days=3) - timedelta(microseconds=1))
    assert set(cache) == {"a", "b"}
    cache.advance(START + timedelta(days=3))
    assert set(cache) == {"b"}
    cache.advance(START)  # it never goes back
    assert "a" not in cache
    assert len(cache) == 1
    assert cache.get_stats()["expired"] == 1


def test_without_a_ttl_nothing_expires() -> None:
    cache = RegimeModelCache()
    cache["a"] = 1
    cache.advance(datetime(9000, 1, 1))
    assert cache["a"] == 1


@pytest.mark.parametrize("size", [0, -1, 2.5, True, "200"])
def test_size_is_checked(size: object) -> None:
    with pytest.raises(InvalidSetting, match=r"^max_cache_size "):
        RegimeModelCache(size)  # type: ignore[arg-type]


@pytest.mark.parametrize("ttl", [0, -1.0, timedelta(0), float("inf"), float("nan"), "1d", True])
def test_ttl_is_checked(ttl: object) -> None:
    with pytest.raises(InvalidSetting, match=r"^ttl "):
        RegimeModelCache(ttl=ttl)  # type: ignore[arg-type]


class AgainstDict(RuleBasedStateMachine):
    """The cache against an ordered dict with times of expiry."""

    def __init__(self) -> None:
        super().__init__()
        self.cache = RegimeModelCache(3, ttl=timedelta(days=5))
        self.now = START
        self.cache.advance(self.now)
        self.model: OrderedDict[int, tuple[int, datetime]] = OrderedDict()
        self.evictions = self.expired = 0

    def expire(self) -> None:
        for key in [key for key, (_, end) in self.model.items() if end <= self.now]:
            del self.model[key]
            self.expired += 1

    @rule(key=st.integers(0, 5), value=st.integers())
    def put(self, key: int, value: int) -> None:
        self.expire()
        if key not in self.model and len(self.model) == 3:
            self.model.popitem(last=False)
            self.evictions += 1
        self.model.pop(key, None)
        self.model[key] = (value, self.now + timedelta(days=5))
        self.cache[key] = value

    @rule(key=st.integers(0, 5))
    def read(self, key: int) -> None:
        self.expire()
        if key in self.model:
            self.model.move_to_end(key)
        assert self.cache.get(key) == self.model.get(key, (None, None))[0]

    @rule(days_=st.integers(0, 4))
    def wait(self, days_: int) -> None:
        self.now += timedelta(days=days_)
        self.cache.advance(self.now)

    @invariant()
    def agree(self) -> None:
        self.expire()
        stats = self.cache.get_stats()
        assert set(self.cache) == set(self.model)
        assert (stats["size"], stats["evictions"], stats["expired"]) == (len(self.model), self.evictions, self.expired)


AgainstDict.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True)
TestAgainstDict = AgainstDict.TestCase


def test_a_service_moves_the_clock() -> None:
    cache = RegimeModelCache(ttl=timedelta(days=10))
    service = RegimeService(replace(SMALL, retrain="never"), cache=cache)
    prices = closes(80)[:, 0]
    service.add("S", prices[:50], days(50))
    service.update(days(51)[-1], {"S": prices[50]})
    assert len(cache) == 1
    service.update(days(58)[-1], {"S": prices[57]})
    assert len(cache) == 1
    service.update(days(62)[-1], {"S": prices[61]})
    assert len(cache) == 0
    assert service.statistics.cache_expired == 1


@pytest.mark.parametrize("cache", [dict, lambda: cachetools.LRUCache(10), lambda: cachetools.TTLCache(10, 1e9)])
def test_any_mapping_will_do(cache: object) -> None:
    own = cache()  # type: ignore[operator]
    for trainings in (1, 0):
        service = RegimeService(SMALL, cache=own)
        service.add("S", closes(50)[:, 0], days(50))
        assert service.is_ready("S")
        assert service.statistics.trainings == trainings
        assert service.statistics.cache_hits == 1 - trainings
    assert len(own) == 1


def test_another_config_symbol_or_bar_is_another_model() -> None:
    cache = RegimeModelCache()
    prices = closes(50)[:, 0]
    nudged = prices.copy()
    nudged[20] *= 1 + 1e-12
    cases = [
        ("S", SMALL, prices),
        ("S", RegimeConfig(lookback=60, min_bars=40, switch_probability=0.7), prices),
        ("T", SMALL, prices),
        ("S", SMALL, nudged),
        ("S", SMALL, prices[1:]),
    ]
    fingerprints = set()
    for symbol, config, history in cases:
        service = RegimeService(config, cache=cache)
        service.add(symbol, history, days(50)[50 - len(history) :])
        estimate = service.estimate(symbol)
        assert estimate is not None
        fingerprints.add(estimate.fingerprint)
        assert service.statistics.trainings == 1
    assert len(fingerprints) == len(cache) == len(cases)


def test_threads_may_share_it() -> None:
    cache, barrier = RegimeModelCache(50), threading.Barrier(32)

    def work(seed: int) -> None:
        barrier.wait()
        for i in range(200):
            cache[(seed * 7 + i) % 90] = i
            cache.get(i % 90)
            len(cache)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stats = cache.get_stats()
    assert stats["size"] == 50
    assert stats["hit_count"] + stats["miss_count"] == 32 * 200


class Broken(dict[object, object]):
    """A user's cache that fails where it is told to."""

    def __init__(self, *where: str) -> None:
        super().__init__()
        self.where = where

    def get(self, key: object, default: object = None) -> object:
        if "get" in self.where:
            raise OSError("no connection")
        return super().get(key, default)

    def __setitem__(self, key: object, value: object) -> None:
        if "put" in self.where:
            raise OSError("no connection")
        super().__setitem__(key, value)


@pytest.mark.parametrize("cache", [Broken("get"), Broken("put"), Broken("get", "put"), cachetools.LRUCache(0)])
def test_a_cache_that_fails_costs_trainings_only(cache: Any, caplog: pytest.LogCaptureFixture) -> None:
    prices, ends, found = closes(70, 3), days(70), []
    for given in (cache, None):
        service = RegimeService(replace(SMALL, retrain=5), cache=given)
        for place, name in enumerate(names(3)):
            service.add(name, prices[:50, place], ends[:50])
        with caplog.at_level(logging.WARNING, "regime_framework"):
            for bar in range(50, 70):
                service.update(ends[bar], dict(zip(names(3), prices[bar], strict=True)))
        found.append((dict(service.estimates), service.statistics.trainings))
    assert found[0] == found[1]
    assert sum("model cache" in record.getMessage() for record in caplog.records) == 1


def test_services_share_a_desk_through_any_cache() -> None:
    own, other = cachetools.LRUCache[object, object](10), cachetools.LRUCache[object, object](10)
    desk = TrainingDesk.of(own)
    assert TrainingDesk.of(own) is desk
    assert TrainingDesk.of(other) is not desk
