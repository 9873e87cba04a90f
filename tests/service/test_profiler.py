from __future__ import annotations

import threading

import pytest

from regime_framework import PerformanceProfiler
from regime_framework.service import profiler as module


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that is set by hand."""
    time = [100.0]
    monkeypatch.setattr(module, "perf_counter", lambda: time[0])
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
    for exponent in range(-60, 60):
        spend(profiler, now, "part 0", 2.0**exponent)
    assert len(profiler._parts["part 0"].buckets) <= 50


def test_threads_lose_no_call() -> None:
    profiler, barrier = PerformanceProfiler(), threading.Barrier(16)

    def work() -> None:
        barrier.wait()
        for _ in range(300):
            with profiler.measure("outer"), profiler.measure("inner"):
                pass

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = profiler.statistics
    assert (found["outer"].calls, found["inner"].calls) == (4800, 4800)
    assert found["outer"].own <= found["outer"].total - found["inner"].total + 1e-9
