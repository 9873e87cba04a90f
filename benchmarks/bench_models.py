"""Speed of the estimators and of the filter, without the service: run by `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.detectors import HmmlearnDefaults
from benchmarks.tables import Table
from benchmarks.timing import blas_on_one_thread, milliseconds, ratio, seconds
from benchmarks.universes import simulate_universe
from benchmarks.worlds import Floats, world
from regime_framework.config import EstimatorName, RegimeConfig
from regime_framework.models import FilterBank, GridRegimeModel, RegimeModel, train_many

_ASSETS, _DAYS, _LOOKBACK = 6, 1006, 252
_CADENCES: Final = {"daily": 1, "weekly": 5, "monthly": 21, "never": _DAYS}
_SAMPLED_DAYS: Final = 8
_GROWN: Final = 40
_OURS: Final[tuple[EstimatorName, ...]] = ("em", "grid")
_ALL: Final[tuple[EstimatorName, ...]] = ("hmmlearn", *_OURS)


def _config(estimator: EstimatorName, n_states: int = 2) -> RegimeConfig:
    return RegimeConfig(n_states, estimator=estimator)


def _windows(n_series: int, n_days: int, name: str = "hardy3") -> Floats:
    return np.ascontiguousarray(world(name).simulate(n_series, n_days, 17).returns)


def _fit_seconds(windows: Floats, estimator: EstimatorName, n_states: int, variances: Floats | None = None) -> float:
    """Seconds a fit on one thread."""
    train = partial(train_many, windows, _config(estimator, n_states), variances=variances, max_workers=1)
    return seconds(train, most=20) / len(windows)


def bench_em_against_hmmlearn() -> str:
    """EM in our kernels against hmmlearn itself, same start, same priors, same stop rule, one thread each."""
    table = Table("", ["K", "T", "hmmlearn, a fit", "em, a fit", "ratio", "grid, a fit", "ratio"])
    for n_states in (2, 3):
        for days in (252, 504, 1000):
            windows = _windows(6, days)
            slow, em, grid = (_fit_seconds(windows, estimator, n_states) for estimator in _ALL)
            cells = [milliseconds(slow), milliseconds(em), ratio(slow, em), milliseconds(grid), ratio(slow, grid)]
            table.add(n_states, days, *cells)
    return table.text()


def _guide_workload(returns: Floats, estimator: EstimatorName, every: int) -> tuple[float, int]:
    """Seconds and trainings of one backtest: a filter step every bar, a training of all assets when due."""
    config = _config(estimator, 3)
    bank = FilterBank(_ASSETS)
    ready = np.zeros(_ASSETS, dtype=bool)
    trainings = 0
    began = time.perf_counter()
    for day in range(_DAYS):
        seen = returns[:, day : day + _LOOKBACK]
        rows = np.flatnonzero(ready)
        bank.step(rows, np.ascontiguousarray(seen[rows, -1]))
        if day % every == 0:
            for row, model in enumerate(train_many(seen, config)):
                if isinstance(model, RegimeModel):  # else the last good model goes on
                    bank.assign(row, model, model.filter_window(seen[row])[-1])
                    ready[row] = True
            trainings += _ASSETS
    return time.perf_counter() - began, trainings


def _sampled_windows(returns: Floats) -> list[Floats]:
    """Windows of all assets at days evenly spread over the backtest, each (S, T): what the slow columns are scaled up from."""
    days = np.linspace(0, _DAYS - 1, _SAMPLED_DAYS).astype(int)
    return [np.ascontiguousarray(returns[:, day : day + _LOOKBACK]) for day in days]


def _notebook_workload(returns: Floats) -> tuple[float, float]:
    """Seconds a training and seconds a bar of plain hmmlearn: fit a window, predict the window, take its last state."""
    detector = HmmlearnDefaults(3)
    fitted, predicted = 0.0, 0.0
    for windows in _sampled_windows(returns):
        for window in windows:
            began = time.perf_counter()
            (model,) = detector.train(window[None], None)
            between = time.perf_counter()
            if model is not None:
                model.full_sample(window, None)
            fitted += between - began
            predicted += time.perf_counter() - between
    count = _SAMPLED_DAYS * _ASSETS
    return fitted / count, predicted / count


def _seconds_a_training(returns: Floats, estimator: EstimatorName) -> float:
    """Of the same sampled windows, as they come day by day."""
    began = time.perf_counter()
    for windows in _sampled_windows(returns):
        train_many(windows, _config(estimator, 3))
    return (time.perf_counter() - began) / (_SAMPLED_DAYS * _ASSETS)


def bench_guide_workload() -> str:
    """The guide's six assets over 1,006 days, three states, 252 bars: seconds of regime work of one backtest."""
    returns = np.ascontiguousarray(simulate_universe(world("hardy3"), _ASSETS, _DAYS + _LOOKBACK, 5).returns)  # type: ignore[arg-type]
    for estimator in _OURS:
        _guide_workload(returns, estimator, _DAYS)
    with blas_on_one_thread():
        fit, predict = _notebook_workload(returns)
        reference = _seconds_a_training(returns, "hmmlearn")
    sampled = {estimator: _seconds_a_training(returns, estimator) for estimator in _OURS}
    columns = ["retraining", "trainings", "plain hmmlearn", "hmmlearn estimator", "em", "against plain", "against estimator"]
    table = Table("", [*columns, "grid", "against plain", "against estimator"])
    for name, every in _CADENCES.items():
        took = {estimator: _guide_workload(returns, estimator, every) for estimator in _OURS}
        trainings = took["em"][1]
        plain = trainings * fit + _DAYS * _ASSETS * predict
        slow = trainings * reference + (took["em"][0] if every == _DAYS else 0.0)
        cells = [text for estimator in _OURS for text in _against(took[estimator][0], plain, slow)]
        table.add(name, trainings, f"{plain:.1f} s", f"{slow:.2f} s", *cells)
    faster = " and ".join(f"{estimator} {ratio(reference, sampled[estimator])}" for estimator in _OURS)
    sample = f"{_SAMPLED_DAYS * _ASSETS} fits, of all {_ASSETS} assets at {_SAMPLED_DAYS} days evenly spread over the backtest"
    table.notes = [
        f"The hmmlearn columns are scaled up from {sample}; all else ran in full. BLAS on one thread.",
        f"On these windows alone, without the filter: {faster} against the hmmlearn estimator.",
    ]
    return table.text()


def _against(took: float, plain: float, reference: float) -> tuple[str, str, str]:
    return f"{took:.2f} s", ratio(plain, took), ratio(reference, took)


def _one_by_one(windows: Floats, config: RegimeConfig) -> None:
    for row in windows:
        train_many(row[None], config)


def bench_batches() -> str:
    """A batch of symbols in one call against one call a symbol (K=2, T=504)."""
    table = Table("", ["symbols", *(f"{e}, {how}" for e in _OURS for how in ("one by one", "batch", "ratio"))])
    for count in (2, 4, 8, 16, 100, 500):
        windows = _windows(count, 504, "hardy2")
        cells: list[str] = []
        for estimator in _OURS:
            config = _config(estimator)
            single = seconds(partial(_one_by_one, windows, config), most=3)
            batch = seconds(partial(train_many, windows, config), most=5)
            cells += [milliseconds(single), milliseconds(batch), ratio(single, batch)]
        table.add(count, *cells)
    return table.text()


def bench_threads() -> str:
    """One and two threads (200 symbols, K=2, T=504)."""
    table = Table("", ["estimator", "1 thread", "2 threads", "ratio"])
    windows = _windows(200, 504, "hardy2")
    for estimator in _OURS:
        train = partial(train_many, windows, _config(estimator))
        one, two = seconds(partial(train, max_workers=1), most=4), seconds(partial(train, max_workers=2), most=4)
        table.add(estimator, milliseconds(one), milliseconds(two), ratio(one, two))
    return table.text()


def bench_growth() -> str:
    """A fit's time as T, K and the observation grow (one thread)."""
    table = Table("", ["T", *(f"{e}, K={k}" for e in _OURS for k in (2, 3, 4, 5)), "grid on bars, K=2", "K=3"])
    for days in (252, 504, 1000, 2000):
        windows = _windows(3, days)
        ranges = windows**2 * np.random.default_rng(1).chisquare(4.0, windows.shape) / 4.0 + 1e-8
        took = [_fit_seconds(windows, estimator, n_states) for estimator in _OURS for n_states in (2, 3, 4, 5)]
        took += [_fit_seconds(windows, "grid", n_states, ranges) for n_states in (2, 3)]
        table.add(days, *(milliseconds(duration) for duration in took))
    return table.text()


def bench_expanding() -> str:
    """One more bar in a window that only grows: the grid from its first bar, and going on from the fit before (one thread)."""
    table = Table("", ["T", "input", *(f"K={k}: {what}" for k in (2, 3) for what in ("first bar on", "going on", "ratio", "kept"))])
    for days in (500, 1000, 2500, 5000):
        windows = _windows(1, days + _GROWN)
        ranges = windows**2 * np.random.default_rng(1).chisquare(4.0, windows.shape) / 4.0 + 1e-8
        for name, variances in (("closes", None), ("bars", ranges)):
            cells: list[str] = []
            for n_states in (2, 3):
                config = RegimeConfig(n_states, lookback=None)
                fresh, last = _grow(windows, variances, config, days, keep=False)
                further, model = _grow(windows, variances, config, days, keep=True)
                assert model.to_bytes() == last.to_bytes()
                cells += [milliseconds(fresh), milliseconds(further), ratio(fresh, further), f"{model.pass_bytes / 1024:.0f} KiB"]
            table.add(days, name, *cells)
    table.notes = [f"Median of {_GROWN} bars; both ways give the same bytes."]
    return table.text()


def _grow(
    returns: Floats, variances: Floats | None, config: RegimeConfig, days: int, *, keep: bool
) -> tuple[float, GridRegimeModel]:
    """Median seconds of a fit a bar, and the last model."""
    model: GridRegimeModel | None = None
    took = []
    for end in range(days, days + _GROWN):
        ranges = None if variances is None else variances[:, :end]
        began = time.perf_counter()
        (trained,) = train_many(returns[:, :end], config, variances=ranges, max_workers=1, earlier=[model if keep else None])
        took.append(time.perf_counter() - began)
        assert isinstance(trained, GridRegimeModel)
        model = trained
    assert model is not None
    return float(np.median(took)), model


def _step_one_by_one(model: RegimeModel, belief: Floats, returns: Floats) -> None:
    for value in returns:
        model.step(belief, float(value))


def bench_filter() -> str:
    """One bar's filter step for many symbols (K=3), and what they keep in memory."""
    table = Table("", ["symbols", "one bar, all symbols", "one by one", "ratio", "beliefs and parameters"])
    (model,) = train_many(_windows(1, 504), _config("grid", 3))
    assert isinstance(model, RegimeModel)
    belief = np.array(model.startprob_)
    for count in (1, 10, 100, 500, 1000):
        bank = FilterBank(count)
        for row in range(count):
            bank.assign(row, model, belief)
        rows, returns = np.arange(count), _windows(count, 2)[:, 0].copy()
        together = seconds(partial(bank.step, rows, returns))
        apart = seconds(partial(_step_one_by_one, model, belief, returns))
        size = sum(getattr(array, "nbytes", 0) for array in vars(bank).values())
        table.add(count, milliseconds(together), milliseconds(apart), ratio(apart, together), f"{size / 1024:.1f} KiB")
    table.notes = [f"A stored model takes {len(model.to_bytes())} bytes."]
    return table.text()


_FIRST_CALL: Final = """
import time; began = time.perf_counter()
import numpy as np
from regime_framework.config import RegimeConfig
from regime_framework.models import FilterBank, train_many
imported = time.perf_counter()
returns = np.random.default_rng(1).standard_normal((2, 300)) / 100
returns[:, 200:] *= 3.0
for estimator in ("grid", "em"):
    model = train_many(returns, RegimeConfig(2, estimator=estimator))[0]
belief = model.filter_window(returns[0])[-1]
bank = FilterBank(1); bank.assign(0, model, belief); bank.step(np.zeros(1, np.int64), returns[0, :1].copy())
print(imported - began, time.perf_counter() - imported)
"""


def bench_first_call() -> str:
    """The first training after an installation compiles; later processes read the cache."""
    table = Table("", ["process", "import", "first trainings (grid, em) and step"])
    with tempfile.TemporaryDirectory() as folder:
        root = str(Path(__file__).resolve().parents[1])
        environment = {
            **os.environ,
            "NUMBA_CACHE_DIR": folder,
            "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]),
        }
        for name in ("first, empty cache", "second", "third"):
            run = subprocess.run([sys.executable, "-c", _FIRST_CALL], env=environment, capture_output=True, text=True, check=True)
            imported, called = (float(value) for value in run.stdout.split())
            table.add(name, f"{imported:.2f} s", f"{called:.2f} s")
    return table.text()
