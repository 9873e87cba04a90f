"""Changing bars after t changes nothing at or before t; order, batches and workers change nothing at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import BatchRegimeUpdater, PriceBar, RegimeConfig, RegimeEstimate, RegimeService
from tests.service.data import SMALL, START, bars, closes, days, names

CONFIGS = [
    RegimeConfig(lookback=50, min_bars=30, retrain="weekly"),
    RegimeConfig(lookback=None, min_bars=30, retrain=7, estimator="em"),
    RegimeConfig(lookback=40, min_bars=30, retrain=timedelta(days=20), switch_probability=0),
]


def run(config: RegimeConfig, history: Any, live: list[Any], **kwargs: Any) -> list[RegimeEstimate | None]:
    service = RegimeService(config, **kwargs)
    service.add("S", history, days(len(history)))
    return [service.update(START + timedelta(days=len(history) + place), {"S": price}).get("S") for place, price in enumerate(live)]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.sampled_from(CONFIGS),
    st.integers(0, 39),
    st.floats(0.2, 5.0),
    st.booleans(),
    st.integers(0, 5),
)
def test_later_bars_change_nothing_before(config: RegimeConfig, after: int, factor: float, whole: bool, seed: int) -> None:
    path: list[Any] = list(bars(80, seed=seed)) if whole else closes(80, seed=seed)[:, 0].tolist()
    changed = [
        price if place <= 40 + after else (PriceBar(*(p * factor for p in price)) if whole else price * factor)
        for place, price in enumerate(path)
    ]
    first, second = (run(config, prices[:40], prices[40:]) for prices in (path, changed))
    assert first[: after + 1] == second[: after + 1]
    assert first[after] is not None


@pytest.mark.parametrize("market", [None, "universe"])
def test_order_of_symbols_changes_no_bit(market: str | None) -> None:
    prices, ends, found = closes(90, 12), days(90), []
    for seed in (None, 1, 2):
        order = np.arange(12) if seed is None else np.random.default_rng(seed).permutation(12)
        service = RegimeService(SMALL, market=market)
        for place in order:
            service.add(names(12)[place], prices[:50, place], ends[:50])
        for bar in range(50, 90):
            order = order[::-1] if seed is None else np.random.default_rng(bar).permutation(12)
            service.update(ends[bar], {names(12)[place]: prices[bar, place] for place in order})
        found.append((dict(service.estimates), service.market if market else None, service.changes))
    assert found[0] == found[1] == found[2]


def test_batches_and_workers_change_no_bit() -> None:
    prices, ends, found = closes(90, 9), days(90), []
    config = RegimeConfig(3, lookback=60, min_bars=40, retrain=9)
    with ThreadPoolExecutor(3) as pool:
        for batch in (
            BatchRegimeUpdater(1),
            BatchRegimeUpdater(5),
            BatchRegimeUpdater("auto", use_parallel=False),
            BatchRegimeUpdater(executor=pool),
        ):
            service = RegimeService(config, batch=batch)
            for place, name in enumerate(names(9)):
                service.add(name, prices[:50, place], ends[:50])
            for bar in range(50, 90):
                service.update(ends[bar], dict(zip(names(9), prices[bar], strict=True)))
            found.append(dict(service.estimates))
    alone = {}
    for place, name in enumerate(names(9)):
        service = RegimeService(config)
        service.add(name, prices[:50, place], ends[:50])
        for bar in range(50, 90):
            service.update(ends[bar], {name: prices[bar, place]})
        alone.update(service.estimates)
    assert all(estimates == alone for estimates in found)


def test_workers_may_change_between_bars() -> None:
    prices, ends = closes(80, 4), days(80)
    service, steady = (RegimeService(RegimeConfig(lookback=60, min_bars=40, retrain="daily")) for _ in range(2))
    for place, name in enumerate(names(4)):
        for one in (service, steady):
            one.add(name, prices[:60, place], ends[:60])
    for bar in range(60, 80):
        service.batch.max_workers = 1 + bar % 3
        if bar == 70:
            service.batch = BatchRegimeUpdater(use_parallel=False)
        found = [dict(one.update(ends[bar], dict(zip(names(4), prices[bar], strict=True)))) for one in (service, steady)]
        assert found[0] == found[1]


def test_a_cache_or_a_store_changes_no_bit() -> None:
    path = closes(90)[:, 0].tolist()
    cache: dict[Any, Any] = {}
    first, second = (run(CONFIGS[0], path[:40], path[40:], cache=cache) for _ in range(2))
    assert first == second == run(CONFIGS[0], path[:40], path[40:])
