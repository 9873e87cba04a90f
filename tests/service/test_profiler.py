from __future__ import annotations

import threading

import pytest

from regime_framework import PerformanceProfiler, RegimeConfig, RegimeService
from regime_framework.service import profiler as module
from tests.service.data import closes, days


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that is set by hand, in seconds."""
    time = [100.0]
    monkeypatch.setattr(module, "perf_counter_ns", lambda: round(time[0] * 1e9))
    return time


def spend(profiler: PerformanceProfiler, now: list[float], name: str, seconds: float) -> None:
    with profiler.measure(name):
        now[0] += seconds


def test_counts_calls_and_seconds(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    for seconds in (1.0, 2.0, 6.0):
        spend(profiler, now, "part", seconds)
    part = profiler.statistics["part"]
    assert (part.calls, part.total, part.mean, part.min, part.max, part.own) == (3, 9.0, 3.0, 1.0, 6.0, 9.0)


def test_percentiles_are_exact_to_five_percent(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    for i in range(1, 1001):
        spend(profiler, now, "part", i * 1e-4)
    part = profiler.statistics["part"]
    assert part.p50 == pytest.approx(0.05, rel=0.05)
    assert part.p99 == pytest.approx(0.099, rel=0.05)


def test_summary_has_the_guides_layout(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    spend(profiler, now, "data_collection", 0.25)
    spend(profiler, now, "regime_update", 1.5)
    spend(profiler, now, "regime_update", 0.5)
    assert profiler.summary() == "\n".join(
        [
            "Performance Profile:",
            "=" * 60,
            "",
            "regime_update:",
            "  Calls: 2",
            "  Total: 2.000s",
            "  Mean:  1.000s",
            "  Min:   0.500s",
            "  Max:   1.500s",
            "",
            "data_collection:",
            "  Calls: 1",
            "  Total: 0.250s",
            "  Mean:  0.250s",
            "  Min:   0.250s",
            "  Max:   0.250s",
            "",
            "=" * 60,
        ]
    )


def test_nested_parts_count_in_both_and_own_time_once(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    with profiler.measure("outer"):
        now[0] += 1.0
        with profiler.measure("inner"):
            now[0] += 2.0
            spend(profiler, now, "innermost", 4.0)
        spend(profiler, now, "inner", 8.0)
    found = profiler.statistics
    assert {name: (part.total, part.own) for name, part in found.items()} == {
        "outer": (15.0, 1.0),
        "inner": (14.0, 10.0),
        "innermost": (4.0, 4.0),
    }


def test_decorates_functions_recursive_ones_too(now: list[float]) -> None:
    profiler = PerformanceProfiler()

    @profiler.measure("descend")
    def descend(depth: int) -> int:
        """Go down."""
        now[0] += 1.0
        return depth if depth == 0 else descend(depth - 1)

    assert descend(2) == 0
    assert descend.__name__ == "descend"
    part = profiler.statistics["descend"]
    assert (part.calls, part.own, part.max) == (3, 3.0, 3.0)


def test_an_error_passes_through_and_is_measured(now: list[float]) -> None:
    profiler = PerformanceProfiler()

    @profiler.measure("part")
    def fail() -> None:
        now[0] += 1.0
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert profiler.statistics["part"].total == 1.0


def test_disabled_it_measures_nothing_and_keeps_what_it_has(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    spend(profiler, now, "part", 1.0)
    profiler.disable()
    spend(profiler, now, "part", 1.0)
    assert not profiler.enabled
    assert profiler.statistics["part"].calls == 1
    profiler.enable()
    spend(profiler, now, "part", 1.0)
    assert profiler.statistics["part"].calls == 2
    profiler.reset()
    assert profiler.statistics == {}


def test_memory_is_bounded(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    for i in range(1000):
        spend(profiler, now, f"part {i}", 1.0)
    assert len(profiler.statistics) == 257
    assert profiler.statistics["(other)"].calls == 1000 - 256
    for _ in range(10_000):
        spend(profiler, now, "part 0", 1e-6)
    notebooks = profiler._notebooks
    assert sum(len(notes) for book in notebooks for notes in book.notes.values()) < 1024
    assert len(profiler._parts) == len(profiler._names) == 257


def test_percentiles_hold_from_nanoseconds_to_years(monkeypatch: pytest.MonkeyPatch) -> None:
    profiler, clock = PerformanceProfiler(), iter([time for power in range(60) for time in (0, 2**power)])
    monkeypatch.setattr(module, "perf_counter_ns", lambda: next(clock))
    for _ in range(60):
        with profiler.measure("part"):
            pass
    part = profiler.statistics["part"]
    assert (part.min, part.max) == (1e-9, 2**59 / 1e9)
    assert part.p50 == pytest.approx(2**29 / 1e9, rel=0.05)
    assert part.p99 == pytest.approx(2**59 / 1e9, rel=0.05)


def test_a_thread_that_has_ended_leaves_its_calls_and_nothing_else(now: list[float]) -> None:
    profiler = PerformanceProfiler()

    def work() -> None:
        with profiler.measure("outer"):
            now[0] += 1.0
            spend(profiler, now, "inner", 2.0)

    for _ in range(50):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert len(profiler._notebooks) <= 2
    found = profiler.statistics
    assert (found["outer"].calls, found["outer"].total, found["outer"].own) == (50, 150.0, 50.0)
    assert (found["inner"].calls, found["inner"].own) == (50, 100.0)


def noted(profiler: PerformanceProfiler, watch: module.Watch, now: list[float]) -> None:
    """A second, two of the part inside, and then four of a part that is measured in there."""
    clock = profiler.clock
    begun = clock()
    now[0] += 1.0
    collecting = clock()
    now[0] += 2.0
    collected = clock()
    with watch:
        spend(profiler, now, "training", 4.0)
    if begun:
        watch.notes.append((collecting, collected, begun, clock()))
        watch.look(clock() - begun)


def test_a_watch_counts_like_nested_parts(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    watch = profiler.watch("bar", "inside")
    for _ in range(3000):
        with profiler.measure("outer"):
            now[0] += 8.0
            noted(profiler, watch, now)
    assert len(watch.notes) < 1024
    noted(profiler, watch, now)
    profiler.disable()
    noted(profiler, watch, now)
    del watch
    assert {name: (part.calls, part.total, part.own) for name, part in profiler.statistics.items()} == {
        "outer": (3000, 45_000.0, 24_000.0),
        "bar": (3001, 21_007.0, 3001.0),
        "inside": (3001, 6002.0, 6002.0),
        "training": (3001, 12_004.0, 12_004.0),
    }
    assert profiler.busy == set()


def test_watches_of_services_that_are_gone_leave_their_calls_and_nothing_else(now: list[float]) -> None:
    profiler = PerformanceProfiler()
    for _ in range(50):
        noted(profiler, profiler.watch("bar", "inside"), now)
    assert len(profiler._watches) <= 2
    assert profiler.statistics["bar"].calls == profiler.statistics["inside"].calls == 50


def test_a_service_names_its_parts() -> None:
    profiler, prices = PerformanceProfiler(), closes(60)[:, 0]
    service = RegimeService(RegimeConfig(lookback=60, min_bars=40, retrain=5), profiler=profiler)
    service.add("S", prices[:50], days(50))
    with profiler.measure("on_data"):
        for end, close in zip(days(60)[50:], prices[50:], strict=True):
            service.update(end, {"S": close})
    found = profiler.statistics
    assert {name: part.calls for name, part in found.items()} == {
        "on_data": 1, "regime_update": 10, "data_collection": 10, "history": 1, "training": 3,
    }  # fmt: skip
    assert found["on_data"].own == pytest.approx(found["on_data"].total - found["regime_update"].total)
    assert found["regime_update"].own < found["regime_update"].total - found["data_collection"].total
    inside = found["history"].total + found["training"].total - (found["history"].total - found["history"].own)
    assert found["regime_update"].own == pytest.approx(found["regime_update"].total - found["data_collection"].total - inside)


@pytest.mark.parametrize("switch", ["enable", "disable", "reset"])
def test_what_is_open_when_it_is_switched_is_not_measured(now: list[float], switch: str) -> None:
    profiler = PerformanceProfiler(enabled=switch != "enable")
    part = profiler.measure("outer")
    with part:
        now[0] += 1.0
        getattr(profiler, switch)()
        spend(profiler, now, "inner", 2.0)
    assert set(profiler.statistics) == (set() if switch == "disable" else {"inner"})
    profiler.enable()
    spend(profiler, now, "outer", 4.0)
    assert (profiler.statistics["outer"].calls, profiler.statistics["outer"].own) == (1, 4.0)


def test_one_measurement_may_be_entered_again_and_kept(now: list[float]) -> None:
    profiler = PerformanceProfiler(enabled=False)
    part = profiler.measure("part")
    with part, part:
        now[0] += 1.0
    assert profiler.statistics == {}
    profiler.enable()
    with part:
        now[0] += 1.0
        with part:
            now[0] += 2.0
    assert (profiler.statistics["part"].calls, profiler.statistics["part"].own) == (2, 3.0)


def test_threads_lose_no_call_while_others_read() -> None:
    profiler, barrier, done = PerformanceProfiler(), threading.Barrier(17), threading.Event()

    def work(place: int) -> None:
        barrier.wait()
        for turn in range(3000):
            with profiler.measure("outer"), profiler.measure(f"inner {(place + turn) % 5}"):
                pass

    def read() -> None:
        barrier.wait()
        seen = 0
        while not done.is_set():
            calls = sum(part.calls for part in profiler.statistics.values())
            assert calls >= seen
            seen = calls

    threads = [threading.Thread(target=work, args=(place,)) for place in range(16)]
    reader = threading.Thread(target=read)
    for thread in [*threads, reader]:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    found = profiler.statistics
    assert found["outer"].calls == sum(found[f"inner {i}"].calls for i in range(5)) == 48_000
    assert found["outer"].own == pytest.approx(found["outer"].total - sum(found[f"inner {i}"].total for i in range(5)))
