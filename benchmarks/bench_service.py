"""Speed and memory of the service, without LEAN: run by `make bench`.

Each `*_rows` function measures and gives a list of records; each `bench_*` function makes a table of them.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.tables import Table
from benchmarks.timing import milliseconds, ratio, seconds
from benchmarks.universes import simulate_universe
from benchmarks.worlds import Floats, world
from regime_framework import (
    BatchRegimeUpdater,
    DirectoryModelStore,
    PerformanceProfiler,
    PriceBar,
    RegimeConfig,
    RegimeModelCache,
    RegimeService,
)
from regime_framework.config import RetrainRule
from regime_framework.models import FitFailure, RegimeModel, load_model
from regime_framework.service.updater import TrainingRequest

Row = dict[str, Any]
Prices = Mapping[str, float | PriceBar]

_START: Final = datetime(2020, 1, 1, 21, tzinfo=UTC)
_QUIET: Final = RegimeConfig(lookback=60, min_bars=60, retrain="never")
_ASSETS: Final = ("SPY", "QQQ", "IWM", "TLT", "GLD", "SHY")
_DAYS: Final = 1006
_MEMORY_SYMBOLS, _MEMORY_BARS = 10_000, 504


def _days(count: int, first: int = 0) -> list[datetime]:
    return [_START + timedelta(days=day) for day in range(first, first + count)]


def _closes(n_symbols: int, n_days: int) -> Floats:
    rng = np.random.default_rng(5)
    closes: Floats = 100.0 * np.exp(np.cumsum(rng.normal(size=(n_days, n_symbols)) * 0.01, axis=0))
    return closes


def _live(n_symbols: int, n_days: int, whole: bool) -> tuple[RegimeService, list[Prices], list[datetime]]:
    """A warm service and the bars to come."""
    closes, names = _closes(n_symbols, 70 + n_days), [f"S{i:05d}" for i in range(n_symbols)]
    service = RegimeService(_QUIET)
    for i, name in enumerate(names):
        history = closes[:70, i]
        service.add(name, np.column_stack([history, history * 1.01, history * 0.99, history]) if whole else history, _days(70))
    bars: list[Prices] = [
        {
            name: PriceBar(close, close * 1.01, close * 0.99, close) if whole else close
            for name, close in zip(names, row, strict=True)
        }
        for row in closes[70:].tolist()
    ]
    service.update(_days(1, 70)[0], bars[0])
    return service, bars[1:], _days(n_days - 1, 71)


def update_rows(counts: tuple[int, ...] = (1, 10, 100, 500, 1000), n_days: int = 300) -> list[Row]:
    """Seconds of one `update` with no training due, of the same bar asked again, and of reading every estimate."""
    rows = []
    for whole in (False, True):
        for count in counts:
            service, bars, ends = _live(count, n_days, whole)
            took = []
            for end, bar in zip(ends, bars, strict=True):
                began = time.perf_counter()
                service.update(end, bar)
                took.append(time.perf_counter() - began)
            began = time.perf_counter()
            list(service.estimates.values())
            read = time.perf_counter() - began
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


def bench_update() -> str:
    """One update of the service, no training due."""
    table = Table("", ["symbols", "bars", "update, median", "update, best", "same bar again", "all estimates read"])
    for row in update_rows():
        table.add(row["symbols"], row["bars"], *(milliseconds(row[name]) for name in ("median", "best", "again", "read")))
    return table.text()


def profiler_rows(n_days: int = 300) -> list[Row]:
    """Seconds of a measurement, and its share of a bar's work with and without monthly trainings."""
    profiler = PerformanceProfiler()

    def measured(count: int = 1000) -> None:
        for _ in range(count):
            with profiler.measure("part"):
                pass

    on = seconds(measured) / 1000
    profiler.disable()
    off = seconds(measured) / 1000
    rows = []
    for count in (1, 100, 500):
        service, bars, ends = _live(count, n_days, False)
        before = sum(part.calls for part in service.profiler.statistics.values())
        began = time.perf_counter()
        for end, bar in zip(ends, bars, strict=True):
            service.update(end, bar)
        took = (time.perf_counter() - began) / len(ends)
        calls = (sum(part.calls for part in service.profiler.statistics.values()) - before) / len(ends)
        # What a month's training adds to a bar: default config, one twenty-first of it.
        trained = _training_seconds(count) / 21
        rows.append(
            {
                "symbols": count,
                "measurement": on,
                "disabled": off,
                "per_bar": calls,
                "share_quiet": calls * on / took,
                "share_monthly": calls * on / (took + trained),
            }
        )
    return rows


def _training_seconds(n_symbols: int) -> float:
    closes = _closes(n_symbols, 504)
    service = RegimeService()
    for i in range(n_symbols):
        service.add(f"S{i:05d}", closes[:, i], _days(504))
    began = time.perf_counter()
    service.is_ready("S00000")
    return time.perf_counter() - began


def bench_profiler() -> str:
    """The profiler's own cost."""
    columns = ["symbols", "a measurement", "disabled", "measurements a bar", "share of a quiet bar", "share with monthly trainings"]
    table = Table("", columns)
    for row in profiler_rows():
        table.add(
            row["symbols"],
            f"{1e6 * row['measurement']:.2f} us",
            f"{1e6 * row['disabled']:.2f} us",
            f"{row['per_bar']:.1f}",
            f"{row['share_quiet']:.2%}",
            f"{row['share_monthly']:.2%}",
        )
    return table.text()


def memory_rows() -> list[Row]:
    """Growth of a fresh process that follows many symbols, models trained and estimates read."""
    return [_apart("_memory", whole) for whole in (False, True)]


class _Copies(BatchRegimeUpdater):
    """Trains one symbol and hands out copies: memory is the same, and it takes seconds instead of minutes."""

    _first: bytes | None = None

    def train(self, requests: Sequence[TrainingRequest]) -> list[RegimeModel | FitFailure]:
        if self._first is None:
            [model] = super().train(requests[:1])
            if isinstance(model, FitFailure):
                raise RuntimeError(model.message)
            self._first = model.to_bytes()
        return [load_model(self._first) for _ in requests]


def _memory(whole: bool) -> Row:
    logging.disable()
    # Imports and compiled kernels are no part of the service's memory.
    warm, bars, ends = _live(1, 2, whole)
    warm.update(ends[0], bars[0])
    _training_seconds(1)
    gc.collect()
    before = _resident()
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
    service.update(_days(1, _MEMORY_BARS)[0], dict.fromkeys(service.symbols, 100.0))
    took = time.perf_counter() - began
    list(service.estimates.values())
    gc.collect()
    return {
        "bars": "open, high, low, close" if whole else "close",
        "resident": _resident() - before,
        "windows": service._engine.tracks.nbytes,
        "update": took,
        "models": service.statistics.ready,
    }


_MEMORY_ENDS: Final = np.array([end.replace(tzinfo=None) for end in _days(_MEMORY_BARS)], "M8[us]")


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


def guide_rows(every: tuple[RetrainRule, ...] = ("daily", "monthly")) -> list[Row]:
    """The guide's benchmark: six assets, four years, three states, 252 bars, four configurations and two second runs."""
    rows: list[Row] = []
    for retrain in every:
        for name in _CONFIGURATIONS:
            rows += [{"retrain": retrain, **row} for row in _apart("_guide", name, retrain)["rows"]]
    return rows


_CONFIGURATIONS: Final = ("no optimisation", "caching only", "batch only", "caching and batch")


def _guide(name: str, retrain: RetrainRule) -> Row:
    logging.disable()
    _training_seconds(1)
    cached, batched = name in _CONFIGURATIONS[1::2], name in _CONFIGURATIONS[2:]
    batch = BatchRegimeUpdater("auto" if batched else 1, use_parallel=batched)
    config = RegimeConfig(3, lookback=252, retrain=retrain)
    cache = RegimeModelCache(10_000 if cached else 1)
    if not (cached and batched):
        return {"rows": [_backtest(name, RegimeService(config, cache=cache, batch=batch))]}
    with tempfile.TemporaryDirectory() as folder:
        first = RegimeService(config, cache=cache, batch=batch, store=DirectoryModelStore(folder))
        rows = [_backtest(name, first)]
        first.save()
        rows.append(_backtest("both, second run on the kept cache", RegimeService(config, cache=cache, batch=batch)))
        restarted = RegimeService(config, batch=batch, store=DirectoryModelStore(folder))
        restarted.load()
        rows.append(_backtest("both, second run on the kept store", restarted))
    return {"rows": rows}


def _backtest(name: str, service: RegimeService) -> Row:
    returns = simulate_universe(world("hardy3"), len(_ASSETS), _DAYS + 252, 5).returns  # type: ignore[arg-type]
    closes = 100.0 * np.exp(np.cumsum(returns, axis=1))
    began = time.perf_counter()
    for asset, path in zip(_ASSETS, closes, strict=True):
        service.add(asset, path[:252], _days(252))
    for end, row in zip(_days(_DAYS, 252), closes[:, 252:].T.tolist(), strict=True):
        service.update(end, dict(zip(_ASSETS, row, strict=True)))
    found = service.statistics
    return {
        "configuration": name,
        "seconds": time.perf_counter() - began,
        "trainings": found.trainings,
        "hit_rate": found.hit_rate,
        "loaded": found.models_loaded,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def bench_guide() -> str:
    """The guide's table: six assets, 1,006 days, three states, 252 bars."""
    table = Table("", ["retraining", "configuration", "time", "against none", "trainings", "hit rate", "from store", "peak memory"])
    rows = guide_rows()
    for row in rows:
        base = next(other["seconds"] for other in rows if other["retrain"] == row["retrain"])
        table.add(
            row["retrain"],
            row["configuration"],
            f"{row['seconds']:.2f} s",
            ratio(base, row["seconds"]),
            row["trainings"],
            f"{row['hit_rate']:.0%}",
            row["loaded"],
            f"{row['peak'] / 1e6:.0f} MB",
        )
    table.notes = [
        "Memory is the whole process, Python and compiled kernels included. A month has 30 or 31 bars here.",
        "In one pass over rolling windows no window comes twice, so a cache saves nothing there, whatever its size:",
        "the guide's 99 % fewer trainings come from the schedule (daily against monthly). The cache and the store save everything",
        "when the same windows come again: a second run, a sweep over settings that are no part of the model, a restart.",
    ]
    return table.text()


def _apart(function: str, *arguments: object) -> Row:
    """The result of a function of this module in a fresh process."""
    code = (
        "import json, sys; from benchmarks import bench_service as module; "
        "print(json.dumps(getattr(module, sys.argv[1])(*json.loads(sys.argv[2]))))"
    )
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", code, function, json.dumps(arguments)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def _resident() -> int:
    """Resident memory of this process in bytes; the peak where the system tells no more."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
