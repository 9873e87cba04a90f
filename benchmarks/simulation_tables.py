"""Accuracy where the truth is known: the published simulations and those made to hurt."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.daily_bars import simulate_bars
from benchmarks.detectors import Detector, GridVariant, HmmlearnDefaults, RegimeDetector, oracle_filter
from benchmarks.online import REFIT_DAYS, TEST_DAYS, WARM_UP_DAYS, lookback, run_full_sample, run_online
from benchmarks.scoring import balanced_accuracy, false_switches_a_year, reported_states, switches_a_year
from benchmarks.tables import Table
from benchmarks.worlds import Chain, Floats, States, break_at, world
from regime_framework.config import RegimeConfig
from regime_framework.models import observe_bars

__all__ = [
    "JUMPMODELS",
    "Size",
    "bar_tables",
    "break_table",
    "full_sample_table",
    "no_regime_table",
    "online_tables",
    "prior_table",
    "refits",
    "units_table",
]

JUMPMODELS: Final = importlib.util.find_spec("jumpmodels") is not None
SWITCH_PROBABILITY: Final = 0.8
_DAYS: Final = WARM_UP_DAYS + TEST_DAYS
_REFITS: Final = -(-TEST_DAYS // REFIT_DAYS)
_COLUMNS: Final = (
    *("detector", "window", "series", "argmax: accuracy", "switches/yr", "false/yr"),
    *(f"p > {SWITCH_PROBABILITY}: accuracy", "switches/yr", "false/yr"),
)
# Noise of the daily volatility, share of days with a false high or low, and how the table says so.
_BAR_SETTINGS: Final = (
    (0.0, 0.0, ""),
    (0.25, 0.0, ", daily volatility times lognormal(0.25)"),
    (0.0, 0.004, ", a false high or low on one day of 250"),
)
_FULL_SAMPLE_NOTES: Final = (
    "Balanced accuracy (standard error), switches a year. All look at the whole sample and both ways here, as in the publications.",
    "Labels are each detector's own, never permuted to fit the truth, as the published ones (T = 1000) are:",
    "hardy2: discrete jump model .919 at its best penalty. hardy3: true model .843, HMM .553,",
    "jump models .737 to .753 at penalties picked knowing the truth (Yizhan-Oliver-Shu/continuous-jump-model, notebooks 4 and 9).",
    "cbs2: true model .877, HMM .747, jump model .878 (Kingmir96/thesis_vri_vp).",
)

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How many series each kind of run takes."""

    series: int
    full_sample: int
    hmmlearn: int
    jump: int
    universes: int


def detectors(n_states: int, size: Size, window: int | None = None) -> Iterator[tuple[Detector, int]]:
    """Each detector with its number of series: the slow ones see the first few only."""
    yield RegimeDetector(RegimeConfig(n_states, estimator="grid", lookback=lookback(window))), size.series
    yield RegimeDetector(RegimeConfig(n_states, estimator="em", lookback=lookback(window))), size.series
    yield HmmlearnDefaults(n_states), size.hmmlearn
    if JUMPMODELS and size.jump:
        from benchmarks.jump_models import JumpDetector

        yield JumpDetector(n_states), size.jump


def full_sample_table(names: Sequence[str], size: Size, seed: int, tick: Tick, days: int = 1000) -> Table:
    table = Table(f"Published simulations, full sample, T = {days}", ["detector", "series", *names], notes=list(_FULL_SAMPLE_NOTES))
    rows: dict[str, list[str]] = {}
    for name in names:
        chain = world(name)
        paths = chain.simulate(size.full_sample, days, seed)
        for detector, count in detectors(chain.n_states, Size(size.full_sample, size.full_sample, 4 * size.hmmlearn, 8, 0), days):
            count = min(count, size.full_sample)
            labels = run_full_sample(detector, paths.returns[:count], chain.n_states).argmax(axis=2)
            accuracy = balanced_accuracy(labels, paths.states[:count], chain.n_states)
            cells = rows.setdefault(detector.name, [detector.name, str(count)])
            cells.append(f"{accuracy.text()} {switches_a_year(labels).value:.1f}")
            tick()
    table.rows = list(rows.values())
    return table


def online_tables(names: Sequence[str], windows: Sequence[int | None], size: Size, seed: int, tick: Tick) -> Iterator[Table]:
    """One table a world: each detector day by day, all detectors on the same series."""
    for name in names:
        chain = world(name)
        assert isinstance(chain, Chain)
        paths = chain.simulate(size.series, _DAYS, seed)
        table = Table(f"Online, closes: {name}", _COLUMNS)
        tested = paths.states[:, WARM_UP_DAYS:]
        oracle = oracle_filter(chain, paths.returns)[:, WARM_UP_DAYS:]
        table.add(*_cells("filter with the true parameters", None, oracle, tested))
        for window in windows:
            for detector, count in detectors(chain.n_states, size, window):
                seen = run_online(detector, paths.returns[:count], chain.n_states, window=window, on_refit=tick)
                table.add(*_cells(detector.name, window, seen, tested[:count]))
        yield table


def prior_table(names: Sequence[str], size: Size, seed: int, tick: Tick) -> Table:
    """What the measured prior of three states gains over the published one, on the same series."""
    table = Table("Three states: the grid's two priors, online, closes, expanding", ("world", *_COLUMNS))
    for name in names:
        chain = world(name)
        paths = chain.simulate(size.series, _DAYS, seed)
        tested = paths.states[:, WARM_UP_DAYS:]
        if isinstance(chain, Chain) and chain.n_states == 3:
            oracle = oracle_filter(chain, paths.returns)[:, WARM_UP_DAYS:]
            table.add(name, *_cells("filter with the true parameters", None, oracle, tested))
        measured = RegimeDetector(RegimeConfig(3, lookback=None), "grid")
        for detector in (measured, GridVariant("grid, published prior", 3, prior="published")):
            table.add(name, *_cells(detector.name, None, run_online(detector, paths.returns, 3, on_refit=tick), tested))
    return table


def units_table(names: Sequence[str], size: Size, seed: int, tick: Tick) -> Table:
    """What it costs an expanding window that its units are held, on the same series."""
    table = Table("Expanding window: units held for a tenth of it, and of the whole window", ("world", "input", *_COLUMNS))
    for name in names:
        chain = world(name)
        assert isinstance(chain, Chain)
        for label, noise in (("closes", None), ("bars", 0.0), ("noisy bars", 0.25)):
            variances = None
            if noise is None:
                paths = chain.simulate(size.series, _DAYS, seed)
                returns, states = paths.returns, paths.states
            else:
                days = simulate_bars(chain, size.series, _DAYS, seed, noise=noise)
                returns, variances = (np.stack(rows) for rows in zip(*map(observe_bars, days.bars), strict=True))
                states = days.states
            for detector in (
                RegimeDetector(RegimeConfig(chain.n_states, lookback=None), "held"),
                GridVariant("whole window's", chain.n_states, expanding=False),
            ):
                seen = run_online(detector, returns, chain.n_states, variances=variances, on_refit=tick)
                table.add(name, label, *_cells(detector.name, None, seen, states[:, WARM_UP_DAYS:]))
    return table


def _cells(name: str, window: int | None, probabilities: Floats, states: States) -> list[str]:
    cells = [name, "expanding" if window is None else str(window), str(len(states))]
    for threshold in (0.0, SWITCH_PROBABILITY):
        labels = reported_states(probabilities, threshold)
        cells += [
            balanced_accuracy(labels, states, probabilities.shape[2]).text(),
            f"{switches_a_year(labels).value:.2f}",
            f"{false_switches_a_year(labels, states).value:.2f}",
        ]
    return cells


def bar_tables(names: Sequence[str], size: Size, seed: int, tick: Tick) -> Iterator[Table]:
    """What whole bars add: the same days seen as bars and as closes."""
    for name in names:
        chain = world(name)
        assert isinstance(chain, Chain)
        for noise, false_ticks, what in _BAR_SETTINGS:
            days = simulate_bars(chain, size.series, _DAYS, seed, noise=noise, false_ticks=false_ticks)
            observed = [observe_bars(bars) for bars in days.bars]
            returns, variances = (np.stack(rows) for rows in zip(*observed, strict=True))
            tested = days.states[:, WARM_UP_DAYS:]
            table = Table(f"Online, bars: {name}{what}", _COLUMNS)
            config = RegimeConfig(chain.n_states, lookback=None)
            for label, proxy in (("grid, bars", variances), ("grid, closes", None)):
                seen = run_online(RegimeDetector(config), returns, chain.n_states, variances=proxy, on_refit=tick)
                table.add(*_cells(label, None, seen, tested))
            yield table


def no_regime_table(names: Sequence[str], size: Size, seed: int, tick: Tick) -> Table:
    """Switches a year reported where no regime exists: every one of them is false."""
    table = Table(
        "No regimes: switches a year, each of them false (two states, expanding)", ["detector", "series", *_headings(names)]
    )
    rows: dict[str, list[str]] = {}
    for name in names:
        paths = world(name).simulate(size.series, _DAYS, seed)
        for detector, count in detectors(2, size):
            seen = run_online(detector, paths.returns[:count], 2, on_refit=tick)
            cells = rows.setdefault(detector.name, [detector.name, str(count)])
            cells += [switches_a_year(reported_states(seen, threshold)).text(2) for threshold in (0.0, SWITCH_PROBABILITY)]
    table.rows = list(rows.values())
    return table


def _headings(names: Sequence[str]) -> list[str]:
    return [f"{name}, {rule}" for name in names for rule in ("argmax", f"p > {SWITCH_PROBABILITY}")]


def break_table(size: Size, seed: int, tick: Tick) -> Table:
    """Both volatilities of hardy2 go up by .6 for good in mid-test: accuracy afterwards, by window."""
    chain = world("hardy2")
    day = WARM_UP_DAYS + TEST_DAYS // 2
    calm = chain.simulate(size.series, _DAYS, seed)
    broken = break_at(calm, day)
    tested = calm.states[:, day:]
    table = Table(
        "Break: hardy2 with all volatilities x 1.6 in mid-test", ["detector", "window", "after the break", "without a break"]
    )
    for window in (None, 1000, 504, 252):
        for estimator in ("grid", "em"):
            detector = RegimeDetector(RegimeConfig(2, estimator=estimator, lookback=lookback(window)))
            results = [run_online(detector, paths.returns, 2, window=window, on_refit=tick) for paths in (broken, calm)]
            labels = [seen.argmax(axis=2)[:, day - WARM_UP_DAYS :] for seen in results]
            accuracies = [balanced_accuracy(label, tested, 2).text() for label in labels]
            table.add(estimator, "expanding" if window is None else window, *accuracies)
    return table


def refits(n_runs: int) -> int:
    """Ticks of that many online runs."""
    return n_runs * _REFITS
