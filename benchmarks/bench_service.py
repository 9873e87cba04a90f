"""Speed and memory of the service, without LEAN: run by `make bench`.

Each `*_rows` function measures and gives a list of records; each `bench_*` function makes a table of them.
"""

from __future__ import annotations

import gc
import logging
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from benchmarks.services import Prices, Row, apart, closes, days, live, resident
from benchmarks.tables import Table
from benchmarks.timing import milliseconds, seconds
from regime_framework import BatchRegimeUpdater, PerformanceProfiler, RegimeConfig, RegimeService
from regime_framework.models import RegimeModel, load_model
from regime_framework.service.profiler import MANY
from regime_framework.service.updater import Result, TrainingRequest

_MEMORY_SYMBOLS, _MEMORY_BARS = 10_000, 504
_READ: Final = 10  # bars after which all estimates are read


def update_rows(counts: tuple[int, ...] = (1, 10, 100, 500, 1000), n_days: int = 300) -> list[Row]:
    """Seconds of one `update` with no training due, of the same bar asked again, and of reading every estimate."""
    rows = []
    for whole in (False, True):
        for count in counts:
            service, bars, ends = live(count, n_days, whole)
            took = []
            for end, bar in zip(ends[:-_READ], bars[:-_READ], strict=True):
                began = time.perf_counter()
                service.update(end, bar)
                took.append(time.perf_counter() - began)
            read = min(_reading(service, end, bar) for end, bar in zip(ends[-_READ:], bars[-_READ:], strict=True))
            again = seconds(lambda service=service, end=ends[-1], bar=bars[-1]: service.update(end, bar), most=50)  # type: ignore[misc]
            rows.append(
                {
                    "symbols": count,
                    "bars": "open, high, low, close" if whole else "close",
                    "median": statistics.median(took),
                    "best": min(took),
                    "again": again,
                    "read": read,
                }
            )
    return rows


def _reading(service: RegimeService, end: datetime, bar: Prices) -> float:
    service.update(end, bar)
    gc.collect()  # or the bars to come are gone through by Python's collector in the middle of it
    began = time.perf_counter()
    list(service.estimates.values())
    return time.perf_counter() - began


def bench_update() -> str:
    """One update of the service, no training due."""
    table = Table("", ["symbols", "bars", "update, median", "update, best", "same bar again", "all estimates read"])
    for row in update_rows():
        table.add(row["symbols"], row["bars"], *(milliseconds(row[name]) for name in ("median", "best", "again", "read")))
    return table.text()


def profiler_rows(counts: tuple[int, ...] = (1, 10, 100, 500), n_bars: int = 2000) -> list[Row]:
    """How much longer a bar takes with the profiler on, nothing being trained: the dearest case.

    Two services get each bar one after the other, one of them measuring; the median over bars of the ratio of their times
    is taken, since another process may get in the way of any single bar. Which one goes first alternates, and half-way
    they change places, so that neither matters. The summing up that comes once in many bars is added from its own time.
    """
    summing = _summing_seconds()
    rows = []
    for count in counts:
        pair = [live(count, n_bars + 1, False, PerformanceProfiler(enabled=place == 0)) for place in (0, 1)]
        ratios, bar = [], 0.0
        for half in (0, 1):
            on, off = pair[half][0], pair[1 - half][0]
            on.profiler.enable()
            off.profiler.disable()
            which = slice(half * n_bars // 2, (half + 1) * n_bars // 2)
            took = np.array([_both(on, off, end, bars, place) for place, (bars, end) in enumerate(_bars(pair[0], which))])
            shares = took[:, 0] / took[:, 1]
            ratios += [float(np.median(shares[first::2])) for first in (0, 1)]
            bar = float(np.median(took[:, 1]))
        overhead = float(np.prod(ratios)) ** 0.25 - 1.0 + summing / bar
        rows.append({"symbols": count, "bar": bar, "overhead": overhead})
    return rows


def _bars(live_service: tuple[RegimeService, list[Prices], list[datetime]], which: slice) -> Iterator[tuple[Prices, datetime]]:
    return zip(live_service[1][which], live_service[2][which], strict=True)


def _both(on: RegimeService, off: RegimeService, end: datetime, bars: Prices, place: int) -> tuple[float, float]:
    """Seconds of one bar with and without profiler; each goes first every other time."""
    took = [0.0, 0.0]
    for which in (place % 2, 1 - place % 2):
        update = (on, off)[which].update
        began = time.perf_counter()
        update(end, bars)
        took[which] = time.perf_counter() - began
    return took[0], took[1]


def _summing_seconds() -> float:
    """Seconds a bar of turning the notes of its two parts into sums."""
    took = []
    for _ in range(200):
        profiler = PerformanceProfiler()
        watch = profiler.watch("bar", "inside")
        watch.notes += [(1000 + place, 2000, 0, 3000) for place in range(MANY)]
        began = time.perf_counter()
        watch.look(0)
        took.append(time.perf_counter() - began)
    return min(took) / MANY


def part_seconds() -> Row:
    """Seconds of one measured part, alone: on, off, and of what a bar notes."""
    profiler = PerformanceProfiler()
    watch = profiler.watch("bar", "inside")

    def measured() -> None:
        for _ in range(MANY):
            with profiler.measure("part"):
                pass

    def watched() -> None:
        clock = profiler.clock
        for _ in range(MANY):
            begun = clock()
            watch.notes.append((begun, clock(), begun, clock()))
        watch.look(0)

    row: Row = {"on": seconds(measured) / MANY, "watch": seconds(watched) / MANY}
    profiler.disable()
    row["off"] = seconds(measured) / MANY
    return row


def _training_seconds(n_symbols: int) -> float:
    walks = closes(n_symbols, 504)
    service = RegimeService()
    for i in range(n_symbols):
        service.add(f"S{i:05d}", walks[:, i], days(504))
    began = time.perf_counter()
    service.is_ready("S00000")
    return time.perf_counter() - began


def bench_profiler() -> str:
    """What the profiler adds to a bar that trains nothing."""
    table = Table("", ["symbols", "a bar without profiler", "added by the profiler"])
    for row in profiler_rows():
        table.add(row["symbols"], milliseconds(row["bar"]), f"{row['overhead']:.2%}")
    part = part_seconds()
    on, off, watch = (f"{1e6 * part[name]:.2f} us" for name in ("on", "off", "watch"))
    table.notes = [
        f"In a loop of its own a part costs {on}, {off} while switched off; the two that a bar notes cost {watch} together.",
        "Two services in turn on the same bars, changing places half-way; medians over bars.",
    ]
    return table.text()


def memory_rows() -> list[Row]:
    """Growth of a fresh process that follows many symbols, models trained and estimates read."""
    return [apart(__name__, "_memory", whole) for whole in (False, True)]


class _Copies(BatchRegimeUpdater):
    """Trains one symbol and hands out copies: memory is the same, and it takes seconds instead of minutes."""

    _first: bytes | None = None

    def train(self, requests: Sequence[TrainingRequest]) -> list[Result]:
        if self._first is None:
            [model] = super().train(requests[:1])
            if not isinstance(model, RegimeModel):
                raise RuntimeError(f"no model to copy: {model}")
            self._first = model.to_bytes()
        return [load_model(self._first) for _ in requests]


def _memory(whole: bool) -> Row:
    logging.disable()
    # Imports and compiled kernels are no part of the service's memory.
    warm, bars, ends = live(1, 2, whole)
    warm.update(ends[0], bars[0])
    _training_seconds(1)
    gc.collect()
    before = resident()
    service = RegimeService(RegimeConfig(retrain="never"), batch=_Copies())
    # Made one symbol at a time: the bars themselves are no part of it either.
    for i in range(_MEMORY_SYMBOLS):
        rng = np.random.default_rng(i)
        close = 100.0 * np.exp(np.cumsum(rng.normal(size=_MEMORY_BARS) * 0.01))
        history = np.column_stack([close, close * 1.01, close * 0.99, close]) if whole else close
        service.add(f"S{i:05d}", history, _MEMORY_ENDS)
        if i % 500 == 499:
            service.is_ready("S00000")  # takes the waiting history in
    began = time.perf_counter()
    service.update(days(1, _MEMORY_BARS)[0], dict.fromkeys(service.symbols, 100.0))
    took = time.perf_counter() - began
    list(service.estimates.values())
    gc.collect()
    return {
        "bars": "open, high, low, close" if whole else "close",
        "resident": resident() - before,
        "windows": service._engine.tracks.nbytes,
        "update": took,
        "models": service.statistics.ready,
    }


_MEMORY_ENDS: Final = np.array([end.replace(tzinfo=None) for end in days(_MEMORY_BARS)], "M8[us]")


def bench_memory() -> str:
    """Memory of 10,000 symbols with 504 bars each, all in."""
    table = Table("", ["bars", "resident memory", "of which windows", "models", "next update"])
    for row in memory_rows():
        resident, windows = (f"{row[name] / 1e6:.0f} MB" for name in ("resident", "windows"))
        table.add(row["bars"], resident, windows, row["models"], milliseconds(row["update"]))
    table.notes = [
        "Growth of a fresh process after its imports; models are copies of one trained model; every estimate was read once."
    ]
    return table.text()
