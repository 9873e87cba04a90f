from __future__ import annotations

import gc
import itertools
import logging
import math
import weakref
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import (
    BatchRegimeUpdater,
    InvalidSetting,
    PerformanceProfiler,
    PriceBar,
    Regime,
    RegimeConfig,
    RegimeEstimate,
    RegimeModelCache,
    RegimeService,
    UnknownSymbol,
)
from regime_framework.models import observe_closes, train_many
from regime_framework.service import updater
from tests.service.data import SMALL, START, bars, closes, days, names


def warmed(n_symbols: int = 1, n_bars: int = 50, config: RegimeConfig = SMALL, **kwargs: object) -> RegimeService:
    service = RegimeService(config, **kwargs)  # type: ignore[arg-type]
    prices = closes(n_bars, n_symbols)
    for place, name in enumerate(names(n_symbols)):
        service.add(name, prices[:, place], days(n_bars))
    return service


def test_is_ready_with_the_bar_that_makes_min_bars() -> None:
    service, prices = RegimeService(SMALL), closes(41)[:, 0]
    service.add("S")
    for end, close in zip(days(39), prices, strict=False):
        assert not service.update(end, {"S": close})
    assert service.estimate("S") is None
    assert not service.is_ready("S")
    found = service.update(days(40)[-1], {"S": prices[39]})
    assert found["S"].bars == 40
    assert service.is_ready("S")


def test_estimate_is_the_filter_of_the_model_trained_on_the_window() -> None:
    prices = closes(50)[:, 0]
    estimate = warmed().estimate("S00")
    [model] = train_many(observe_closes(prices)[None], SMALL)
    belief = model.filter_window(observe_closes(prices))[-1]
    assert estimate is not None
    assert estimate.probabilities.tobytes() == belief.tobytes()
    assert (estimate.as_of, estimate.trained_at, estimate.bars) == (days(50)[-1], days(50)[-1], 50)
    assert estimate.volatility == model.volatilities_[estimate.state]
    assert estimate.regime is model.regimes_[estimate.state]
    assert estimate.confidence == belief[estimate.state]


def test_window_keeps_the_last_lookback_bars() -> None:
    prices = closes(100)[:, 0]
    service = RegimeService(SMALL)
    service.add("S", prices, days(100))
    [model] = train_many(observe_closes(prices[-60:])[None], SMALL)
    estimate = service.estimate("S")
    assert estimate is not None
    assert estimate.probabilities.tobytes() == model.filter_window(observe_closes(prices[-60:]))[-1].tobytes()


def test_probabilities_are_read_only() -> None:
    estimate = warmed().estimate("S00")
    assert estimate is not None
    with pytest.raises(ValueError, match="read-only"):
        estimate.probabilities[0] = 1.0


def test_asking_twice_gives_the_same_objects_and_does_nothing() -> None:
    service = warmed(3)
    bar = dict.fromkeys(names(3), 100.0)
    first = service.update(days(51)[-1], bar)
    before = service.statistics
    again = service.update(days(51)[-1], bar)
    assert all(again[name] is first[name] is service.estimate(name) is service.estimates[name] for name in names(3))
    after = service.statistics
    assert (after.trainings, after.bars_seen, after.cache_misses) == (before.trainings, before.bars_seen, before.cache_misses)
    assert after.bars_repeated == before.bars_repeated + 3
    assert service.changes == ()


def test_a_result_stays_what_it_was_when_later_bars_come() -> None:
    kept, read = warmed(2), warmed(2)
    end = days(51)[-1]
    unread, seen = kept.update(end, {"S00": 90.0, "S01": 95.0}), dict(read.update(end, {"S00": 90.0, "S01": 95.0}))
    kept.update(days(52)[-1], {"S00": 200.0})
    kept.remove("S01")
    kept.add("other", closes(50)[:, 0], days(50))
    assert kept.is_ready("other")
    assert dict(unread) == seen


@pytest.mark.parametrize(
    ("price", "reason"), [(math.nan, "nan"), (math.inf, "infinite"), (0.0, "zero"), (-1.0, "negative"), (None, "nan"), ("x", "nan")]
)
def test_a_bad_price_is_counted_by_reason_and_skipped(price: object, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    service, clean = warmed(2), warmed(2)
    ends = days(60)
    with caplog.at_level(logging.WARNING, "regime_framework"):
        for end in ends[50:]:
            service.update(end, {"S00": price, "S01": 101.0})  # type: ignore[dict-item]
            clean.update(end, {"S01": 101.0})
    assert service.statistics.bars_rejected == {reason: 10}
    assert dict(service.estimates) == dict(clean.estimates)
    assert [record.getMessage() for record in caplog.records if reason in record.getMessage()] != []
    assert sum("bad prices" in record.getMessage() for record in caplog.records) == 1


def test_bad_history_is_skipped_bar_by_bar() -> None:
    prices, ends = closes(50)[:, 0], days(50)
    spoilt = prices.copy()
    spoilt[[3, 20, 49]] = [math.nan, 0.0, -1.0]
    service, clean = RegimeService(SMALL), RegimeService(SMALL)
    service.add("S", spoilt, ends)
    good = [place for place in range(50) if place not in (3, 20, 49)]
    clean.add("S", prices[good], [ends[place] for place in good])
    assert service.estimate("S") == clean.estimate("S")
    assert service.statistics.bars_rejected == {"nan": 1, "zero": 1, "negative": 1}


def test_bars_of_unknown_symbols_are_counted_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    service = warmed()
    with caplog.at_level(logging.WARNING, "regime_framework"):
        for end in days(53)[50:]:
            assert set(service.update(end, {"S00": 100.0, "TYPO": 5.0})) == {"S00"}
    assert service.statistics.bars_rejected == {"unknown symbol": 3}
    assert sum("TYPO" in record.getMessage() for record in caplog.records) == 1


def test_unknown_symbols_raise_where_one_is_asked_for() -> None:
    service = warmed()
    for ask in (service.estimate, lambda name: service.split(name, 2.0)):
        with pytest.raises(UnknownSymbol, match="TYPO"):
            ask("TYPO")
    assert not service.is_ready("TYPO")
    service.remove("TYPO")


def test_times_are_utc_naive_or_converted() -> None:
    new_york = ZoneInfo("America/New_York")
    found = []
    for end in (START.replace(tzinfo=None), START, START.astimezone(new_york)):
        service = RegimeService(SMALL)
        service.add("S", closes(50)[:, 0], [end + timedelta(days=i) for i in range(50)])
        found.append(service.update(end + timedelta(days=50), {"S": 101.0})["S"])
    assert found[0] == found[1] == found[2]
    assert found[0].as_of.tzinfo is UTC


def test_numpy_and_pandas_history() -> None:
    pandas = pytest.importorskip("pandas")
    prices, ends = closes(50)[:, 0], days(50)
    index = pandas.DatetimeIndex(ends)
    expected = warmed().estimate("S00")
    for bars_, times in (
        (pandas.Series(prices, index=index), ()),
        (prices, index),
        (list(prices), np.array([end.replace(tzinfo=None) for end in ends], "M8[ns]")),
    ):
        service = RegimeService(SMALL)
        service.add("S00", bars_, times)
        assert service.estimate("S00") == expected


def test_unsorted_history_is_sorted() -> None:
    prices, ends = closes(50)[:, 0], days(50)
    service = RegimeService(SMALL)
    service.add("S00", prices[::-1], ends[::-1])
    assert service.estimate("S00") == warmed().estimate("S00")


@pytest.mark.parametrize(
    ("history", "times", "parameter"),
    [
        ([1.0, 2.0], days(3), "times"),
        ([1.0, 2.0], (), "times"),
        (np.ones((3, 3)), days(3), "bars"),
        (7.0, days(1), "bars"),
        ([1.0], ["2020-01-01"], "times"),
        ([1.0], np.array(["NaT"], "M8[us]"), "times"),
    ],
)
def test_history_that_does_not_fit_names_the_parameter(history: object, times: object, parameter: str) -> None:
    with pytest.raises(InvalidSetting, match=f"^{parameter} "):
        RegimeService(SMALL).add("S", history, times)


def test_adding_again_adds_newer_bars_only() -> None:
    prices, ends = closes(80)[:, 0], days(80)
    service, once = RegimeService(SMALL), RegimeService(SMALL)
    once.add("S", prices[:60], ends[:60])
    service.add("S", prices[:60], ends[:60])
    service.add("S", prices[:60], ends[:60])
    service.add("S")
    assert service.estimate("S") == once.estimate("S")
    assert service.statistics.bars_seen == 60
    service.add("S", prices[20:80] * 1.0, ends[20:80])
    once.add("S", prices[60:80], ends[60:80])
    assert service.estimate("S") == once.estimate("S")
    assert service.statistics.bars_seen == 80


def test_it_does_not_matter_when_history_is_taken_in() -> None:
    prices, ends = closes(90)[:, 0], days(90)
    read, unread = RegimeService(SMALL), RegimeService(SMALL)
    for piece in (slice(0, 45), slice(45, 70), slice(70, 89)):
        for service in (read, unread):
            service.add("S", prices[piece], ends[piece])
        assert read.is_ready("S")
    found = [service.update(ends[89], {"S": prices[89]})["S"] for service in (read, unread)]
    assert found[0] == found[1]
    # Each piece ends in a month of its own: 19 February, 15 March, 3 April.
    assert read.statistics.trainings == unread.statistics.trainings == 3
    assert found[0].trained_at == ends[88]


def test_history_after_the_clock_waits_for_its_time() -> None:
    prices, ends = closes(80)[:, 0], days(80)
    changed = np.where(np.arange(80) > 60, prices * 3.0, prices)
    found = []
    for history in (prices, changed, prices[:61]):
        service = RegimeService(SMALL)
        service.add("S", history, ends[: len(history)], now=ends[55])
        first = service.estimate("S")
        assert first is not None
        assert first.as_of == ends[55]
        service.update(ends[60], {})
        found.append((first, service.estimate("S")))
    assert found[0] == found[1] == found[2]


def test_later_update_takes_in_history_that_waited() -> None:
    prices, ends = closes(80)[:, 0], days(80)
    service = RegimeService(SMALL)
    service.add("S", prices, ends, now=ends[50])
    assert service.update(ends[70], {"S": 1.0})["S"].as_of == ends[70]
    assert service.statistics.bars_repeated == 1  # the bar of that end was known from history


def test_whole_bars_sharpen_and_insane_ones_fall_back_to_their_close() -> None:
    whole = bars(60)
    ranged, close_only, ignoring = (
        RegimeService(config) for config in (SMALL, SMALL, RegimeConfig(lookback=60, min_bars=40, observation="close"))
    )
    table = np.array(whole)
    for service, history in ((ranged, table), (close_only, table[:, 3]), (ignoring, table)):
        service.add("S", history, days(60))
    first = [service.estimates["S"] for service in (ranged, close_only, ignoring)]
    assert first[0].probabilities.tobytes() != first[1].probabilities.tobytes()
    assert first[1].probabilities.tobytes() == first[2].probabilities.tobytes()
    insane = PriceBar(100.0, 90.0, 80.0, 101.0)
    by_bar, by_close = RegimeService(SMALL), RegimeService(SMALL)
    for service in (by_bar, by_close):
        service.add("S", table, days(60))
    assert by_bar.update(days(61)[-1], {"S": insane})["S"] == by_close.update(days(61)[-1], {"S": 101.0})["S"]
    assert by_bar.statistics.bars_incomplete == 1
    assert by_bar.statistics.bars_fallen_back == {"incomplete": 1}


def test_a_false_low_falls_back_to_its_close_and_is_counted() -> None:
    table = np.array(bars(60))
    by_bar, by_close = RegimeService(SMALL), RegimeService(SMALL)
    for service in (by_bar, by_close):
        service.add("S", table, days(60))
    last = table[-1, 3]
    by_bar.update(days(61)[-1], {"S": PriceBar(last, last * 1.004, last / 10.0, last * 1.003)})
    by_close.update(days(61)[-1], {"S": last * 1.003})
    assert by_bar.estimate("S").probabilities.tolist() == by_close.estimate("S").probabilities.tolist()
    assert by_bar.statistics.bars_fallen_back == {"absurd range": 1}
    assert by_close.statistics.bars_fallen_back == {}


def test_split_changes_neither_window_nor_model() -> None:
    raw, adjusted = warmed(), warmed()
    prices = closes(60)[:, 0]
    raw.split("S00", 0.25)
    for place in range(50, 60):
        raw.update(days(60)[place], {"S00": prices[place] * 0.25})
        adjusted.update(days(60)[place], {"S00": prices[place]})
    found, expected = raw.estimate("S00"), adjusted.estimate("S00")
    assert found is not None
    assert expected is not None
    assert found.fingerprint == expected.fingerprint
    assert np.allclose(found.probabilities, expected.probabilities, rtol=0, atol=1e-12)


@pytest.mark.parametrize("factor", [0, -1.0, math.nan, math.inf, "2", True])
def test_split_needs_a_positive_number(factor: object) -> None:
    with pytest.raises(InvalidSetting, match=r"^factor "):
        warmed().split("S00", factor)  # type: ignore[arg-type]


@pytest.mark.parametrize("keep", [False, True])
def test_a_symbol_that_comes_back_starts_clean_or_from_its_kept_window(keep: bool) -> None:
    service = warmed(2)
    before = service.estimate("S00")
    service.remove("S00", keep=keep)
    assert service.symbols == ("S01",)
    assert set(service.update(days(51)[-1], {"S00": 100.0, "S01": 100.0})) == {"S01"}
    with pytest.raises(UnknownSymbol):
        service.estimate("S00")
    service.add("S00")
    assert service.is_ready("S00") is keep
    assert service.estimate("S00") == (before if keep else None)
    service.update(days(52)[-1], {"S00": 100.0, "S01": 100.0})
    assert service.changes == (("S00",) if keep else ())


def test_never_trains_exactly_once_a_symbol() -> None:
    service = warmed(3, 45, RegimeConfig(lookback=60, min_bars=40, retrain="never"))
    prices = closes(400, 3)
    for place in range(45, 400):
        service.update(days(400)[place], dict(zip(names(3), prices[place], strict=True)))
    assert service.statistics.trainings == 3


def test_single_symbols_have_their_own_frequency() -> None:
    own = RegimeConfig(lookback=60, min_bars=40, retrain=5)
    service = warmed(2, 50, RegimeConfig(lookback=60, min_bars=40, retrain="never"), configs={"S01": own})
    prices = closes(80, 2)
    for place in range(50, 80):
        service.update(days(80)[place], dict(zip(names(2), prices[place], strict=True)))
    assert service.statistics.trainings == 2 + 6
    found = service.estimates
    assert (found["S00"].trained_at, found["S01"].trained_at) == (days(50)[-1], days(80)[-1])


def test_an_alias_stands_for_its_symbol_everywhere() -> None:
    own = RegimeConfig(3, lookback=60, min_bars=40)
    service = RegimeService(SMALL, configs={"SPY": own}, market="SPY")
    service.alias("SPY", "SPY R735QTJ8XC9X")
    assert service.market is None
    service.add("SPY R735QTJ8XC9X", closes(50)[:, 0], days(50))
    service.add("other", closes(50)[:, 0], days(50))
    estimate = service.estimate("SPY")
    assert estimate is not None
    assert estimate.symbol == "SPY R735QTJ8XC9X"
    assert len(estimate.probabilities) == 3
    assert service.market is estimate
    assert service.is_ready("SPY")
    found = service.update(days(51)[-1], {"SPY": 100.0, "SPY R735QTJ8XC9X": 101.0})
    assert list(found) == ["SPY R735QTJ8XC9X"]
    assert service.update(days(52)[-1], {"SPY": 100.0})["SPY"] is service.estimate("SPY R735QTJ8XC9X")
    service.remove("SPY")
    assert service.symbols == ("other",)


def test_market_of_one_symbol_needs_no_name_and_of_several_does() -> None:
    assert RegimeService(SMALL).market is None
    alone = warmed()
    assert alone.market is alone.estimate("S00")
    with pytest.raises(InvalidSetting, match=r"^market "):
        warmed(2).market  # noqa: B018
    named = warmed(2, market="S01")
    assert named.market is named.estimate("S01")


def test_changes_and_subscription_tell_what_became_known_or_changed() -> None:
    service, prices = RegimeService(SMALL), closes(200, 3)
    heard: list[RegimeEstimate] = []
    stop = service.on_change(heard.append)
    for name in names(3)[::-1]:
        service.add(name)
    expected: list[tuple[str, ...]] = []
    before: dict[str, object] = {}
    seen: list[tuple[str, ...]] = []
    for place, end in enumerate(days(200)):
        found = service.update(end, dict(zip(names(3), prices[place], strict=True)))
        expected.append(tuple(name for name in names(3) if name in found and before.get(name) != found[name].regime))
        assert [name for name in names(3) if name in found and name in before and found[name].changed] == [
            name for name in expected[-1] if name in before
        ]
        before = {name: estimate.regime for name, estimate in found.items()}
        seen.append(service.changes)
    assert seen == expected
    assert [estimate.symbol for estimate in heard] == [name for names_ in expected for name in names_]
    assert len(heard) > 6
    stop()
    stop()
    service.add("new", closes(50)[:, 0], days(50))
    service.update(days(201)[-1], {})
    assert service.changes == ("new",)
    assert all(estimate.symbol != "new" for estimate in heard)


def test_a_failed_training_is_reported_and_touches_no_other(caplog: pytest.LogCaptureFixture) -> None:
    service, alone = RegimeService(SMALL), RegimeService(SMALL)
    good = closes(80)[:, 0]
    service.add("flat", np.full(50, 7.0), days(50))
    for one in (service, alone):
        one.add("good", good[:50], days(50))
    with caplog.at_level(logging.WARNING, "regime_framework"):
        for place in range(50, 80):
            service.update(days(80)[place], {"flat": 7.0, "good": good[place]})
            alone.update(days(80)[place], {"good": good[place]})
    assert dict(service.estimates) == dict(alone.estimates)
    assert list(service.statistics.failures) == ["flat"]
    assert service.statistics.failures["flat"] == {"constant series": 31}
    assert sum("flat" in record.getMessage() for record in caplog.records) == 1


def test_the_last_good_model_stays_in_use_when_a_retraining_fails() -> None:
    service = warmed(1, 50, RegimeConfig(lookback=40, min_bars=40, retrain="daily"))
    first = service.estimate("S00")
    assert first is not None
    for end in days(100)[50:]:
        service.update(end, {"S00": 100.0})
    last = service.estimate("S00")
    assert last is not None
    assert last.as_of == days(100)[-1]
    assert last.trained_at < days(95)[-1]
    assert service.statistics.failures["S00"]["constant series"] > 5


def test_a_model_of_fewer_states_carries_the_reported_regime_over(monkeypatch: pytest.MonkeyPatch) -> None:
    config = RegimeConfig(3, lookback=60, min_bars=40, retrain=5)
    prices, ends = closes(240, seed=1)[:, 0], days(240)
    states = [3]
    real = updater.train_many

    def train(returns: object, config: RegimeConfig, **kwargs: object) -> object:
        states.append(5 - states[-1])  # two, three, two, three ...
        return real(returns, replace(config, n_states=states[-1]), **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(updater, "train_many", train)
    service = RegimeService(config)
    service.add("S", prices[:40], ends[:40])
    found = [service.update(ends[bar], {"S": prices[bar]})["S"] for bar in range(40, 240)]
    assert {len(estimate.probabilities) for estimate in found} == {2, 3}
    for before, after in itertools.pairwise(found):
        assert after.changed is (after.regime is not before.regime)
        assert after.regime in Regime.of_states(len(after.probabilities))
    left = [after for before, after in itertools.pairwise(found) if (before.regime, after.state) == (Regime.SIDEWAYS, 0)]
    assert any(len(estimate.probabilities) == 2 for estimate in left)


def test_an_older_time_for_another_symbol_is_fine() -> None:
    service = warmed(2)
    service.update(days(60)[-1], {"S00": 100.0})
    assert service.update(days(55)[-1], {"S01": 100.0})["S01"].as_of == days(55)[-1]


def test_expanding_window_grows_and_says_so() -> None:
    config = RegimeConfig(lookback=None, min_bars=1030, retrain=100)
    service, prices = RegimeService(config), closes(1200)[:, 0]
    service.add("S", prices[:1000], days(1000))
    for place in range(1000, 1200):
        service.update(days(1200)[place], {"S": prices[place]})
    [model] = train_many(observe_closes(prices[:1130])[None], config)
    estimate = service.estimate("S")
    assert estimate is not None
    assert estimate.volatility in model.volatilities_
    assert sum("lookback=None" in text for text in service.warnings) == 1


@pytest.mark.parametrize(
    ("arguments", "parameter"),
    [
        ({"config": "monthly"}, "config"),
        ({"configs": [SMALL]}, "configs"),
        ({"configs": {"S": 3}}, "configs"),
        ({"cache": 200}, "cache"),
        ({"batch": 4}, "batch"),
        ({"profiler": True}, "profiler"),
        ({"store": "models"}, "store"),
        ({"market": 3}, "market"),
        ({"market": ""}, "market"),
    ],
)
def test_arguments_are_checked_at_construction(arguments: dict[str, object], parameter: str) -> None:
    with pytest.raises(InvalidSetting, match=f"^{parameter}"):
        RegimeService(**arguments)  # type: ignore[arg-type]


def test_statistics_tell_what_was_done() -> None:
    cache, profiler = RegimeModelCache(), PerformanceProfiler()
    service = warmed(2, cache=cache, profiler=profiler, batch=BatchRegimeUpdater(1))
    service.update(days(51)[-1], dict.fromkeys(names(2), 100.0))
    found = service.statistics
    assert (found.symbols, found.ready, found.trainings) == (2, 2, 2)
    assert (found.cache_hits, found.cache_misses, found.hit_rate) == (0, 2, 0.0)
    assert service.lookups == 2
    assert found.bars_seen == 102
    assert found.seconds["regime_update"] > 0.0
    assert cache.get_stats()["size"] == 2
    again = warmed(2, cache=cache)
    assert again.estimates
    assert (again.statistics.trainings, again.statistics.cache_hits, again.statistics.hit_rate) == (0, 2, 1.0)


def test_service_can_be_referred_to_weakly_and_is_freed() -> None:
    service = warmed()
    reference = weakref.ref(service)
    del service
    gc.collect()
    assert reference() is None


def test_now_must_be_a_time() -> None:
    with pytest.raises(InvalidSetting, match=r"^now "):
        warmed().update("2020-01-01", {})  # type: ignore[arg-type]
    assert warmed().update(datetime(2021, 1, 1), {}) == {}


def test_a_split_reaches_a_window_that_is_kept() -> None:
    found = []
    prices, ends = closes(60)[:, 0], days(60)
    for factor in (1.0, 0.1):
        service = warmed()
        service.remove("S00", keep=True)
        service.split("S00", factor)
        service.add("S00")
        found.append(service.update(ends[50], {"S00": prices[50] * factor})["S00"])
    assert np.allclose(found[0].probabilities, found[1].probabilities, rtol=0, atol=1e-12)
    service.remove("S00")
    with pytest.raises(UnknownSymbol):
        service.split("S00", 2.0)


@pytest.mark.parametrize("bars_", [[("S00", 1.0)], None, 7.0, "S00"])
def test_bars_must_be_a_mapping(bars_: object) -> None:
    with pytest.raises(InvalidSetting, match=r"^bars "):
        warmed().update(days(51)[-1], bars_)  # type: ignore[arg-type]


def test_stray_keys_are_symbols_that_were_never_added() -> None:
    service = warmed()
    found = service.update(days(51)[-1], {None: 1.0, 7: 2.0, "S00": 100.0, ("S00",): 3.0})  # type: ignore[dict-item]
    assert list(found) == ["S00"]
    assert service.statistics.bars_rejected == {"unknown symbol": 3}


def test_the_hour_that_comes_twice_in_autumn_is_two_hours() -> None:
    zone = ZoneInfo("America/New_York")
    before = [datetime(2021, 11, 7, 1, tzinfo=zone) - timedelta(hours=i) for i in range(60, 0, -1)]
    twice = [datetime(2021, 11, 7, 1, 30, tzinfo=zone, fold=fold) for fold in (0, 1)]
    after = datetime(2021, 11, 7, 2, tzinfo=zone)
    service = RegimeService(SMALL)
    service.add("S", closes(60)[:, 0], before)
    found = [service.update(end, {"S": 100.0 + place})["S"] for place, end in enumerate([*twice, after])]
    assert [estimate.as_of for estimate in found] == [datetime(2021, 11, 7, *at, tzinfo=UTC) for at in ((5, 30), (6, 30), (7, 0))]
    assert [estimate.bars for estimate in found] == [61, 62, 63]
    history = RegimeService(SMALL)
    history.add("S", [*closes(60)[:, 0], 100.0, 101.0, 102.0], [*before, *twice, after])
    other = history.estimate("S")
    assert other is not None
    assert (other.as_of, other.bars) == (found[-1].as_of, 63)


def test_naive_and_aware_times_of_one_moment_are_one_bar() -> None:
    service, end = warmed(), days(51)[-1]
    naive, tokyo = end.replace(tzinfo=None), end.astimezone(ZoneInfo("Asia/Tokyo"))
    first = service.update(naive, {"S00": 100.0})["S00"]
    for again in (end, tokyo, np.datetime64(naive)):
        assert service.update(again, {"S00": 900.0})["S00"] is first  # type: ignore[arg-type]
    assert service.statistics.bars_repeated == 3


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(-5, 12),
            st.dictionaries(
                st.sampled_from(["S00", "S01", "TYPO"]),
                st.one_of(
                    st.floats(),
                    st.integers(-5, 10**30),
                    st.builds(PriceBar, st.floats(), st.floats(), st.floats(), st.floats()),
                    st.sampled_from([None, "", "7", np.float32(3.0), (1, 2), b"x"]),
                ),
            ),
        ),
        max_size=12,
    )
)
def test_whatever_comes_in_an_estimate_is_one(stream: list[tuple[int, dict[str, object]]]) -> None:
    service, day, offered = warmed(2), 50, 0
    assert service.is_ready("S00")  # the history is in
    seen = service.statistics.bars_seen
    for step, values in stream:
        day += step
        found = service.update(START + timedelta(days=day), values)  # type: ignore[arg-type]
        offered += len(values)
        assert set(found) == set(values) - {"TYPO"}
        for estimate in service.estimates.values():
            assert np.isfinite(estimate.probabilities).all()
            assert abs(estimate.probabilities.sum() - 1.0) < 1e-9
            assert estimate.regime in Regime.of_states(2)
    counts = service.statistics
    assert counts.bars_seen - seen + counts.bars_repeated + sum(counts.bars_rejected.values()) == offered


def test_a_listener_that_fails_is_heard_of_and_the_bar_stays_taken() -> None:
    service = RegimeService(SMALL)
    prices, ends = closes(50)[:, 0], days(50)
    service.add("S", prices[:49], ends[:49])

    def fail(estimate: RegimeEstimate) -> None:
        raise ZeroDivisionError(estimate.symbol)

    service.on_change(fail)
    with pytest.raises(ZeroDivisionError, match="S"):
        service.update(ends[49], {"S": prices[49]})
    assert service.estimate("S").as_of == ends[49]  # type: ignore[union-attr]
