"""The tables of docs/performance-guide.md: six assets over four years, unless a table says otherwise."""

from __future__ import annotations

import logging
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

import numpy as np

from benchmarks.services import Row, apart, trading_days
from benchmarks.tables import Table
from benchmarks.timing import milliseconds, ratio, seconds
from benchmarks.universes import simulate_universe
from benchmarks.worlds import Floats, world
from regime_framework import BatchRegimeUpdater, DirectoryModelStore, RegimeConfig, RegimeModelCache, RegimeService
from regime_framework.config import EstimatorName, RetrainRule
from regime_framework.models import train_many
from regime_framework.service.updater import TrainingRequest

_ASSETS: Final = ("SPY", "QQQ", "IWM", "TLT", "GLD", "SHY")
_DAYS, _LOOKBACK, _STATES = 1006, 252, 3
_CONFIGURATIONS: Final = ("no optimisation", "caching only", "batch only", "caching and batch")
_ESTIMATORS: Final[tuple[EstimatorName, ...]] = ("grid", "em", "hmmlearn")
_RULES: Final[tuple[RetrainRule, ...]] = ("daily", "weekly", "monthly", "never")


def _closes(n_days: int) -> Floats:
    returns = simulate_universe(world("hardy3"), len(_ASSETS), n_days, 5).returns  # type: ignore[arg-type]
    return 100.0 * np.exp(np.cumsum(returns, axis=1))


def _config(retrain: RetrainRule = "monthly", estimator: EstimatorName = "grid", **fields: Any) -> RegimeConfig:
    settings = {"n_states": _STATES, "lookback": _LOOKBACK, "retrain": retrain, "estimator": estimator, **fields}
    return RegimeConfig(**{"min_bars": min(252, settings["lookback"]), **settings})


def _backtest(service: RegimeService, *, together: bool = True, assets: int = len(_ASSETS)) -> Row:
    """One run over four years; not `together` means that each asset is updated in a call of its own."""
    before = 252
    closes, ends = _closes(_DAYS + before)[:assets], trading_days(_DAYS + before)
    began = time.perf_counter()
    for asset, path in zip(_ASSETS, closes, strict=False):
        service.add(asset, path[:before], ends[:before])
    for end, row in zip(ends[before:], closes[:, before:].T.tolist(), strict=True):
        bars = dict(zip(_ASSETS, row, strict=False))
        for piece in [bars] if together else [{asset: close} for asset, close in bars.items()]:
            service.update(end, piece)
    found = service.statistics
    return {
        "seconds": time.perf_counter() - began,
        "trainings": found.trainings,
        "hit_rate": found.hit_rate,
        "loaded": found.models_loaded,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def _warm() -> None:
    # Compiled code comes from the disk at the first call of a process; that is no part of a run.
    logging.disable()
    for estimator in _ESTIMATORS[:2]:
        _backtest(RegimeService(_config("never", estimator)))


def configuration(name: str, retrain: RetrainRule) -> list[Row]:
    """One of the guide's configurations; with both optimisations also second runs, on the kept cache and on the kept store."""
    _warm()
    cached, batched = name in _CONFIGURATIONS[1::2], name in _CONFIGURATIONS[2:]
    batch = BatchRegimeUpdater("auto" if batched else 1, use_parallel=batched)
    config = _config(retrain)
    cache = RegimeModelCache(10_000 if cached else 1)
    if not (cached and batched):
        return [{"name": name, **_backtest(RegimeService(config, cache=cache, batch=batch), together=batched)}]
    with tempfile.TemporaryDirectory() as folder:
        first = RegimeService(config, cache=cache, batch=batch, store=DirectoryModelStore(folder))
        rows = [{"name": name, **_backtest(first)}]
        first.save()
        rows.append({"name": "second run, kept cache", **_backtest(RegimeService(config, cache=cache, batch=batch))})
        restarted = RegimeService(config, batch=batch, store=DirectoryModelStore(folder))
        restarted.load()
        rows.append({"name": "second run, kept store", **_backtest(restarted)})
    return rows


def bench_configurations() -> str:
    """The guide's four configurations, daily and monthly, and a second run of the last one."""
    columns = ["retraining", "configuration", "time", "against none", "trainings", "hit rate", "from store", "peak memory"]
    table = Table("", columns)
    for retrain in ("daily", "monthly"):
        rows = [row for name in _CONFIGURATIONS for row in apart(__name__, "configuration", name, retrain)]
        for row in rows:
            cells = [f"{row['seconds']:.2f} s", ratio(rows[0]["seconds"], row["seconds"]), row["trainings"]]
            cells += [f"{row['hit_rate']:.0%}", row["loaded"], f"{row['peak'] / 1e6:.0f} MB"]
            table.add(retrain, row["name"], *cells)
    table.notes = [
        "Default estimator. Without batches each asset is updated in a call of its own, on one thread. Memory is that of the",
        "whole process, Python and compiled kernels included; a second run has the first one's process.",
    ]
    return table.text()


def bench_cache_sizes() -> str:
    """A cache's size, and what a second run finds in it (monthly)."""
    _warm()
    table = Table("", ["max_cache_size", "first run, hit rate", "evicted", "second run, hit rate", "its trainings", "its time"])
    for size in (6, 50, 100, 200, 300, 400):
        cache = RegimeModelCache(size)
        first = _backtest(RegimeService(_config(), cache=cache))
        evicted = int(cache.get_stats()["evictions"])
        second = _backtest(RegimeService(_config(), cache=cache))
        table.add(
            size,
            f"{first['hit_rate']:.0%}",
            evicted,
            f"{second['hit_rate']:.0%}",
            second["trainings"],
            f"{second['seconds']:.2f} s",
        )
    table.notes = [f"One run makes {first['trainings']} models."]
    return table.text()


def bench_frequencies() -> str:
    """How often models are trained anew: one asset's trainings in a year, and the time of a run of six assets."""
    _warm()
    table = Table(
        "", ["retraining", "trainings a year and asset", *(f"{name}, a run" for name in _ESTIMATORS[:2]), "against daily"]
    )
    rows = [(rule, [_backtest(RegimeService(_config(rule, name))) for name in _ESTIMATORS[:2]]) for rule in _RULES]
    for rule, runs in rows:
        shares = " / ".join(ratio(day["seconds"], run["seconds"]) for day, run in zip(rows[0][1], runs, strict=True))
        a_year = runs[0]["trainings"] / len(_ASSETS) * 252 / _DAYS
        table.add(rule, f"{a_year:.0f}" if a_year >= 1 else "once", *(f"{run['seconds']:.2f} s" for run in runs), shares)
    return table.text()


def _requests(windows: Floats, config: RegimeConfig) -> list[TrainingRequest]:
    return [TrainingRequest(f"S{place:02d}", config, window, None) for place, window in enumerate(windows)]


def _windows(count: int, length: int = _LOOKBACK) -> Floats:
    return np.ascontiguousarray(world("hardy3").simulate(count, length, 17).returns)


def bench_workers() -> str:
    """Trainings that are due together: one by one, in one call of the kernels, and hmmlearn on threads (three states, 252 bars)."""
    columns = ["assets", *(f"{name}, {how}" for name in _ESTIMATORS[:2] for how in ("one by one", "together", "ratio"))]
    table = Table("", [*columns, "hmmlearn", "on 2 threads", "on 4 threads"])
    for count in (2, 4, 8, 16, 100):
        windows, cells = _windows(count), []
        for name in _ESTIMATORS[:2]:
            requests = _requests(windows, _config(estimator=name))
            alone, together = BatchRegimeUpdater(1), BatchRegimeUpdater("auto")
            single = seconds(partial(_one_by_one, alone, requests), most=10)
            batch = seconds(partial(together.train, requests), most=10)
            cells += [milliseconds(single), milliseconds(batch), ratio(single, batch)]
        if count <= 16:
            requests = _requests(windows, _config(estimator="hmmlearn"))
            plain = seconds(partial(BatchRegimeUpdater(1).train, requests), most=3)
            cells.append(milliseconds(plain))
            for workers in (2, 4):
                with ThreadPoolExecutor(workers) as pool:
                    took = seconds(partial(BatchRegimeUpdater(executor=pool).train, requests), most=3)
                cells.append(f"{milliseconds(took)} ({ratio(plain, took)})")
        else:
            cells += ["", "", ""]
        table.add(count, *cells)
    return table.text()


def _one_by_one(batch: BatchRegimeUpdater, requests: list[TrainingRequest]) -> None:
    for request in requests:
        batch.train([request])


def _fits(config: RegimeConfig, length: int) -> float:
    windows = _windows(6, length)
    return seconds(partial(train_many, windows, config, max_workers=1), most=10) / len(windows)


def bench_lookbacks() -> str:
    """A training's time and a window's memory as the lookback grows (three states, one thread)."""
    table = Table("", ["lookback", *(f"{name}, a training" for name in _ESTIMATORS), "a window of closes", "of whole bars"])
    for length in (90, 180, 252, 504, 1000):
        took = [_fits(_config(estimator=name, lookback=length), length) for name in _ESTIMATORS]
        table.add(length, *map(milliseconds, took), f"{16 * length / 1024:.1f} KiB", f"{24 * length / 1024:.1f} KiB")
    return table.text()


def bench_states() -> str:
    """A training's time as the number of states grows (252 and 504 bars, one thread)."""
    heads = [f"{name}, {length} bars" for length in (252, 504) for name in _ESTIMATORS]
    table = Table("", ["n_states", *heads])
    for states in (2, 3, 4, 5):
        table.add(states, *(milliseconds(took) for took in _by_states(states)))
    return table.text()


def _by_states(states: int) -> Iterator[float]:
    for length in (252, 504):
        for name in _ESTIMATORS:
            yield _fits(_config(estimator=name, n_states=states, lookback=length), length)
