from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import (
    BatchRegimeUpdater,
    DirectoryModelStore,
    InvalidSetting,
    PriceBar,
    RegimeConfig,
    RegimeEstimate,
    RegimeModelCache,
    RegimeService,
)
from regime_framework._typing import FloatArray
from regime_framework.models import MarketModel, train_many, train_market
from tests.service.data import SMALL, START, bars, closes, days, names

OFTEN = RegimeConfig(lookback=50, min_bars=30, retrain=9)


def universe(config: RegimeConfig, prices: FloatArray, n_history: int, **kwargs: Any) -> RegimeService:
    service = RegimeService(config, market="universe", **kwargs)
    for place in range(prices.shape[1]):
        service.add(names(99)[place], prices[:n_history, place], days(n_history))
    return service


def run(service: RegimeService, prices: FloatArray, bar_from: int, bar_to: int) -> list[RegimeEstimate | None]:
    found = []
    for bar in range(bar_from, bar_to):
        service.update(days(bar + 1)[-1], dict(zip(names(99), prices[bar].tolist(), strict=False)))
        found.append(service.market)
    return found


def correlated(n_bars: int, n_symbols: int, seed: int = 3) -> FloatArray:
    """Closes whose volatility changes every 25 bars, with one common factor: pooling them pays."""
    rng = np.random.default_rng(seed)
    volatility = np.where((np.arange(n_bars) // 25) % 2, 0.02, 0.007)
    returns = (rng.normal(size=(n_bars, 1)) + rng.normal(size=(n_bars, n_symbols))) * volatility[:, None] / 2**0.5
    prices: FloatArray = 100.0 * np.exp(np.cumsum(returns, axis=0))
    return prices


def trained(returns: FloatArray, config: RegimeConfig, variances: FloatArray | None = None) -> MarketModel:
    model = train_market(returns, config, variances=variances)
    assert isinstance(model, MarketModel)
    return model


def test_the_cross_section_is_pooled_over_the_windows_before_the_bar_of_the_training() -> None:
    prices, ends = correlated(90, 5), days(90)
    service = universe(SMALL, prices, 50)
    assert service.market is None
    first = run(service, prices, 50, 51)[0]
    assert first is not None
    assert (first.trained_at, first.bars) == (ends[50], 51)
    run(service, prices, 51, 90)
    market = service.market
    assert market is not None
    assert (market.symbol, market.as_of, market.bars) == ("universe", ends[-1], 90)
    returns = np.log(prices[1:] / prices[:-1]).T  # bar i brings return i - 1
    last = ends.index(market.trained_at) - 1
    window = np.ascontiguousarray(returns[:, :last][:, -59:])
    model = trained(window, SMALL)
    assert model.source == "pooled"
    path = model.model.filter_window(*(np.asarray(values) for values in model.observe(window)))
    belief = path[-1]
    for day in returns[:, last:].T:
        belief = model.model.step(belief, *(float(value) for value in model.observe(day)))
    assert market.probabilities.tobytes() == belief.tobytes()
    assert market.volatility == model.model.volatilities_[market.state]


def test_whole_bars_bring_their_ranges() -> None:
    series = [bars(80, seed=seed) for seed in (1, 2, 3)]
    service = RegimeService(OFTEN, market="universe")
    for name, own in zip(names(3), series, strict=True):
        service.add(name, own[:40], days(40))
    service.update(days(41)[-1], {name: own[40] for name, own in zip(names(3), series, strict=True)})
    closing = RegimeService(OFTEN, market="universe")
    for name, own in zip(names(3), series, strict=True):
        closing.add(name, [bar.close for bar in own[:40]], days(40))
    closing.update(days(41)[-1], {name: own[40].close for name, own in zip(names(3), series, strict=True)})
    assert service.market is not None
    assert closing.market is not None
    assert service.market.fingerprint != closing.market.fingerprint


@pytest.mark.parametrize("n_symbols", [1, 2])
def test_without_two_members_it_is_the_index_of_those_that_have_a_bar(n_symbols: int) -> None:
    prices, ends = closes(90, n_symbols), days(90)
    service = RegimeService(SMALL, market="universe")
    for place, name in enumerate(names(n_symbols)):
        own = [bar for bar in range(50) if bar % n_symbols == place]  # never two bars at one time
        service.add(name, prices[own, place], [ends[bar] for bar in own])
    service.update(ends[50], dict(zip(names(n_symbols), prices[50], strict=True)))
    # With n symbols in turn, the return at a bar is that since n bars ago.
    window = np.log(
        np.array([prices[bar, bar % n_symbols] / prices[bar - n_symbols, bar % n_symbols] for bar in range(n_symbols, 50)])
    )
    market = service.market
    assert market is not None
    [model] = train_many(window[None], SMALL)
    belief = model.filter_window(window)[-1]
    since = [max(bar for bar in range(50) if bar % n_symbols == place) for place in range(n_symbols)]
    value = math.fsum(np.log(prices[50, place] / prices[bar, place]) for place, bar in enumerate(since)) / n_symbols
    assert market.volatility == model.volatilities_[market.state]
    assert market.probabilities.tobytes() == model.step(belief, value).tobytes()


def test_it_is_no_symbol_of_the_users() -> None:
    service = RegimeService(SMALL, market="universe")
    service.add("S", closes(50)[:, 0], days(50))
    found = service.update(days(51)[-1], {"S": 100.0, "universe": 5.0})
    assert list(found) == ["S"]
    assert service.symbols == ("S",)
    assert list(service.estimates) == ["S"]
    assert service.changes == ("S",)
    assert service.statistics.bars_seen == 51
    assert service.statistics.bars_rejected == {"unknown symbol": 1}
    with pytest.raises(InvalidSetting, match=r"^symbol "):
        service.add("universe")
    before = service.market
    service.remove("universe")
    assert service.market is before is not None
    assert RegimeService(SMALL).add("universe") is None


def test_members_without_a_bar_are_left_out_of_it() -> None:
    prices, ends = correlated(90, 3), days(90)
    service, two = universe(SMALL, prices, 50), universe(SMALL, prices, 50)
    for bar in range(50, 80):
        service.update(ends[bar], {"S00": prices[bar, 0], "S01": prices[bar, 1], "S02": float("nan")})
        two.update(ends[bar], {"S00": prices[bar, 0], "S01": prices[bar, 1]})
    assert service.market == two.market
    assert service.market is not None
    before = service.market
    service.update(ends[80], {"S02": float("nan")})
    assert service.market is before


def test_it_starts_empty_when_there_is_no_history() -> None:
    prices = closes(45, 2)
    found = run(universe(SMALL, prices, 0), prices, 0, 45)
    assert [market is not None for market in found] == [place >= 40 for place in range(45)]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 39), st.floats(0.2, 5.0), st.sampled_from([9, "weekly", "daily"]), st.integers(0, 4), st.integers(0, 3))
def test_later_bars_change_nothing_before(after: int, factor: float, retrain: Any, seed: int, n_changed: int) -> None:
    config = RegimeConfig(lookback=50, min_bars=30, retrain=retrain)
    prices = correlated(80, 4, seed)
    changed = prices.copy()
    changed[41 + after :, : 1 + n_changed] *= factor
    first, second = (run(universe(config, path, 40), path, 40, 80) for path in (prices, changed))
    assert first[: after + 1] == second[: after + 1]
    assert first[after] is not None


def pieces(order: Sequence[int], cuts: Sequence[int]) -> list[list[int]]:
    edges = [0, *sorted(set(cuts)), len(order)]
    return [list(order[low:high]) for low, high in pairwise(edges)]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.data(), st.sampled_from([OFTEN, RegimeConfig(3, lookback=50, min_bars=30, retrain="weekly", switch_probability=0.6)]))
def test_a_bar_in_pieces_is_one_bar(data: st.DataObject, config: RegimeConfig) -> None:
    prices = correlated(85, 5)
    if data.draw(st.booleans(), "far"):
        prices = closes(85, 5)
    whole, cut = universe(config, prices, 40), universe(config, prices, 40)
    for bar in range(40, 85):
        end = START + timedelta(days=bar)
        whole.update(end, dict(zip(names(5), prices[bar].tolist(), strict=True)))
        order = data.draw(st.permutations(range(5)))
        for piece in pieces(order, data.draw(st.lists(st.integers(0, 5), max_size=3))):
            cut.update(end, {names(5)[place]: prices[bar, place] for place in piece})
            cut.update(end, {names(5)[place]: prices[bar, place] * 1.5 for place in piece})  # repeated: not taken
        assert whole.market == cut.market
        assert whole.market is not None
    assert whole.statistics.trainings == cut.statistics.trainings


def test_batches_and_executors_change_no_bit() -> None:
    prices = correlated(90, 6)
    batches = (BatchRegimeUpdater(1), BatchRegimeUpdater(3), BatchRegimeUpdater(use_parallel=False))
    found = [run(universe(OFTEN, prices, 40, batch=batch), prices, 40, 90) for batch in batches]
    assert found[0] == found[1] == found[2]


def test_members_change_at_the_next_training() -> None:
    prices, ends = correlated(80, 4), days(80)
    plain, joined, left = (universe(OFTEN, prices[:, :3], 40) for _ in range(3))
    for service in (plain, joined, left):
        run(service, prices[:, :3], 40, 42)
    joined.add("S03", prices[:42, 3], ends[:42])
    left.remove("S02")
    left.add("A", prices[:42, 3], ends[:42])  # may get the row that was given up
    for bar in range(42, 49):
        day = dict(zip(names(4), prices[bar].tolist(), strict=True))
        plain.update(ends[bar], {name: day[name] for name in names(2)})
        left.update(ends[bar], {"S00": day["S00"], "S01": day["S01"], "A": day["S03"]})
        assert left.market == plain.market
    plain = universe(OFTEN, prices[:, :3], 40)
    run(plain, prices[:, :3], 40, 42)
    for bar in range(42, 49):
        day = dict(zip(names(4), prices[bar].tolist(), strict=True))
        plain.update(ends[bar], {name: day[name] for name in names(3)})
        joined.update(ends[bar], day)
        assert joined.market == plain.market
    for service in (plain, joined, left):
        service.update(ends[49], dict(zip([*names(3), "S03", "A"], [*prices[49], prices[49, 3]], strict=True)))
    markets = [service.market for service in (plain, joined, left)]
    assert all(market is not None and market.trained_at == ends[49] for market in markets)
    assert len({market.fingerprint for market in markets if market is not None}) == 3


def test_a_symbol_with_a_hole_in_its_window_is_no_member() -> None:
    prices, ends = correlated(60, 4), days(60)
    three, four = universe(OFTEN, prices[:, :3], 40), universe(OFTEN, prices[:, :3], 40)
    kept = [bar for bar in range(40) if bar != 20]
    four.add("S03", prices[kept, 3], [ends[bar] for bar in kept])
    for bar in range(40, 49):
        day = dict(zip(names(4), prices[bar].tolist(), strict=True))
        three.update(ends[bar], {name: day[name] for name in names(3)})
        four.update(ends[bar], day)
        assert four.market == three.market
        assert four.market is not None


def test_what_was_reported_carries_over_a_training() -> None:
    config = RegimeConfig(lookback=50, min_bars=30, retrain=1, switch_probability=0.999999)
    prices = correlated(90, 4)
    found = [market for market in run(universe(config, prices, 40), prices, 40, 90) if market is not None]
    assert len({market.fingerprint for market in found}) == 50
    for before, market in pairwise(found):
        likeliest = int(market.probabilities.argmax())
        sure = market.probabilities[likeliest] > config.switch_probability
        assert market.state == (likeliest if sure else before.state)
        assert market.changed == (market.state != before.state)
    assert any(market.state != int(market.probabilities.argmax()) for market in found)


def test_services_share_a_market_through_the_cache() -> None:
    prices, cache = correlated(90, 4), RegimeModelCache()
    first = universe(OFTEN, prices, 40, cache=cache)
    expected = run(first, prices, 40, 90)
    assert first.statistics.trainings == first.statistics.cache_misses == 5 * 6
    second = universe(OFTEN, prices, 40, cache=cache)
    assert run(second, prices, 40, 90) == expected
    assert (second.statistics.trainings, second.statistics.cache_hits) == (0, 30)
    assert sum(isinstance(model, MarketModel) for model in cache.values()) == 6


@pytest.mark.parametrize("damage", [None, "cut", "flip", "other"])
def test_markets_outlive_a_run(tmp_path: Path, damage: str | None) -> None:
    prices, store = correlated(60, 3), DirectoryModelStore(tmp_path)
    first = universe(OFTEN, prices, 40, store=store)
    expected = run(first, prices, 40, 60)
    n_models = first.save()
    markets = [file for file in sorted(tmp_path.iterdir()) if b'"symbol": "universe"' in file.read_bytes()]
    assert (n_models, len(markets)) == (4 * 3, 3)
    data = markets[0].read_bytes()
    if damage is not None:
        flipped = data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]
        markets[0].write_bytes({"cut": data[:200], "flip": flipped, "other": markets[1].read_bytes()}[damage])
    second = universe(OFTEN, prices, 40, store=store)
    second.load()
    assert run(second, prices, 40, 60) == expected
    n_damaged = int(damage is not None)
    assert (second.statistics.trainings, second.statistics.models_loaded) == (n_damaged, n_models - n_damaged)
    assert any(markets[0].stem in text for text in second.warnings) == (damage is not None)


def test_a_market_that_cannot_be_trained_is_counted_and_the_last_one_stays() -> None:
    prices = np.full((90, 3), 50.0)
    prices[:35] = correlated(35, 3)
    config = RegimeConfig(lookback=30, min_bars=30, retrain=5)
    service = universe(config, prices, 34)
    found = run(service, prices, 34, 90)
    assert found[0] is not None
    assert found[0].bars == 35
    assert found[-1] is not None
    assert found[-1].as_of == days(90)[-1]
    assert "constant series" in service.statistics.failures["universe"]


def test_symbols_of_other_hours_do_not_disturb_the_larger_set() -> None:
    prices, ends = correlated(80, 5), days(80)
    later = timedelta(hours=3)
    alone, mixed = universe(OFTEN, prices[:, :4], 40), universe(OFTEN, prices[:, :4], 40)
    mixed.add("night", prices[:40, 4], [end + later for end in ends[:40]])
    for bar in range(40, 80):
        day = dict(zip(names(4), prices[bar, :4].tolist(), strict=True))
        alone.update(ends[bar], day)
        mixed.update(ends[bar], day)
        before = mixed.market
        mixed.update(ends[bar] + later, {"night": prices[bar, 4]})
        assert before is not None
        assert mixed.market is not None
        assert before.as_of == mixed.market.as_of == ends[bar]
        assert mixed.market.bars - before.bars == 0


def test_bars_of_a_member_may_come_as_closes_or_whole() -> None:
    prices = closes(60, 2)
    service = universe(OFTEN, prices, 40)
    for bar in range(40, 60):
        first, second = prices[bar]
        whole = PriceBar(second, second * 1.01, second * 0.99, second)
        service.update(START + timedelta(days=bar), {"S00": first, "S01": whole if bar % 2 else second})
    market = service.market
    assert market is not None
    assert np.isfinite(market.probabilities).all()


def test_a_bar_that_comes_as_history_is_not_trained_on_before_its_time() -> None:
    prices, ends = correlated(50, 3), days(50)
    plain, early = universe(OFTEN, prices, 40), universe(OFTEN, prices, 41)
    plain.update(ends[40], dict(zip(names(3), prices[40].tolist(), strict=True)))
    early.update(ends[40], {})
    assert plain.market is not None
    assert early.market is not None
    assert early.market.fingerprint == plain.market.fingerprint
    assert early.market.as_of == ends[39]
