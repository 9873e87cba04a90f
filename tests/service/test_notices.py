from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import cachetools
import pytest

from regime_framework import BatchRegimeUpdater, RegimeConfig, RegimeModelCache, RegimeService
from regime_framework.service import notices as module
from tests.service.data import closes, days, names

LONG = RegimeConfig(lookback=252, min_bars=40)


def run(config: RegimeConfig = LONG, n_symbols: int = 1, n_bars: int = 50, **kwargs: Any) -> RegimeService:
    service = RegimeService(config, **kwargs)
    prices, ends = closes(n_bars, n_symbols), days(n_bars)
    for place, name in enumerate(names(n_symbols)):
        service.add(name, prices[:45, place], ends[:45])
    for bar in range(45, n_bars):
        service.update(ends[bar], dict(zip(names(n_symbols), prices[bar], strict=True)))
    return service


def test_ordinary_settings_say_nothing() -> None:
    assert RegimeService().warnings == ()
    assert run(n_bars=100).warnings == ()
    assert run(cache=RegimeModelCache(ttl=timedelta(days=400)), batch=BatchRegimeUpdater("auto")).warnings == ()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (RegimeConfig(lookback=251), True),
        (RegimeConfig(lookback=252), False),
        (RegimeConfig(3), True),
        (RegimeConfig(3, lookback=756), False),
        (RegimeConfig(4, lookback=1007), True),
        (RegimeConfig(3, lookback=None), False),
    ],
)
def test_a_lookback_too_short_for_the_states(config: RegimeConfig, said: bool) -> None:
    found = [text for text in RegimeService(config, configs={"S": config}).warnings if "is short for" in text]
    assert len(found) == said
    assert all(f"lookback={config.lookback}" in text and f"{config.n_states} states" in text for text in found)


@pytest.mark.parametrize(
    ("cache", "retrain", "said"),
    [
        (RegimeModelCache(ttl=timedelta(days=7)), "monthly", True),
        (RegimeModelCache(ttl=timedelta(days=40)), "monthly", False),
        (RegimeModelCache(ttl=timedelta(days=4)), 5, True),
        (RegimeModelCache(ttl=timedelta(days=4)), "never", False),
        (RegimeModelCache(retrain="monthly"), "daily", True),
        (RegimeModelCache(retrain="monthly"), "monthly", False),
    ],
)
def test_frequencies_of_cache_and_detection(cache: RegimeModelCache, retrain: Any, said: bool) -> None:
    found = RegimeService(RegimeConfig(retrain=retrain), cache=cache).warnings
    assert len(found) == said
    assert all("frequencies do not match" in text and f"retrain={retrain!r}" in text for text in found)


def test_workers_that_cannot_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "cpu_count", lambda: 4)
    assert "use_parallel" in RegimeService(batch=BatchRegimeUpdater(3, use_parallel=False)).warnings[0]
    assert "4 cores" in RegimeService(batch=BatchRegimeUpdater(8)).warnings[0]
    assert RegimeService(batch=BatchRegimeUpdater(4)).warnings == ()
    assert "one symbol" in run(batch=BatchRegimeUpdater(2)).warnings[0]
    assert run(n_symbols=2, batch=BatchRegimeUpdater(2)).warnings == ()


@pytest.mark.parametrize(
    ("retrain", "size", "n_symbols", "cause"),
    [
        ("daily", 500, 1, "the frequency is too high"),
        (2, 500, 2, "the data change"),
        (2, 3, 4, "the cache is too small: 4 symbols"),
    ],
)
def test_a_low_hit_rate_and_its_probable_cause(
    retrain: Any, size: int, n_symbols: int, cause: str, caplog: pytest.LogCaptureFixture
) -> None:
    config = RegimeConfig(lookback=252, min_bars=40, retrain=retrain, estimator="em")
    with caplog.at_level(logging.WARNING, "regime_framework"):
        service = run(config, n_symbols, 175, cache=RegimeModelCache(size))
    [text] = [text for text in service.warnings if "hit rate" in text]
    assert cause in text
    assert "0%" in text
    assert [record.getMessage() for record in caplog.records].count(text) == 1


def test_a_good_hit_rate_says_nothing() -> None:
    config = RegimeConfig(lookback=252, min_bars=40, retrain="daily")
    cache = RegimeModelCache(500)
    run(config, 1, 140, cache=cache)
    second = run(config, 1, 175, cache=cache)
    assert second.statistics.hit_rate > 0.5
    assert second.warnings == ()


@pytest.mark.parametrize(
    ("cache", "cause"),
    [
        (cachetools.LRUCache(3), "the cache is too small: 4 symbols need as many models at once, it keeps 3"),
        (cachetools.LRUCache(300), "the data change"),
        ({}, "the data change"),
    ],
)
def test_a_cache_of_the_users_is_watched_as_well(cache: Any, cause: str) -> None:
    config = RegimeConfig(lookback=252, min_bars=40, retrain=2, estimator="em")
    [text] = [text for text in run(config, 4, 175, cache=cache).warnings if "hit rate" in text]
    assert cause in text
