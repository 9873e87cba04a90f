"""Accuracy on real markets, where the truth is unknown: what the probabilities foretell and what a plain rule earns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.detectors import Detector, Fitted, HmmlearnDefaults, RegimeDetector
from benchmarks.markets import Market
from benchmarks.online import REFIT_DAYS, lookback, run_online
from benchmarks.scoring import block_bootstrap, maximum_drawdown, reported_states, sharpe_ratio, switches_a_year
from benchmarks.simulation_tables import SWITCH_PROBABILITY, Tick
from benchmarks.tables import Table
from benchmarks.worlds import DAYS_A_YEAR, Floats, States
from regime_framework.config import RegimeConfig
from regime_framework.models import observe_bars

__all__ = ["market_tables", "real_refits", "rule_returns"]

WARM_UP_DAYS: Final = 503
_COST: Final = 5e-4
_WINDOWS: Final = (504, 1000, None)
_COLUMNS: Final = (
    *("detector", "states", "window", "log density vs em", "explained", "switches/yr"),
    *("CAGR", "Sharpe", "Sharpe - held", "max. drawdown"),
)
_NOTES: Final = (
    f"switches/yr: of the reported state, p > {SWITCH_PROBABILITY}. In brackets: standard errors, stationary bootstrap.",
    "log density vs em: mean predictive log density of the next day's return less that of `em`, 1/1000 nats a day.",
    "explained: squared correlation of the predicted log volatility with the next day's log |return|.",
    "Rule: long, but cash (no interest) while the riskiest state is reported, traded one day late, 5 bp a switch.",
    "One path a market: a Sharpe difference inside two standard errors of zero says nothing.",
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one detector said of each tested day, known the day before except for the states."""

    detector: str
    n_states: int
    window: int | None
    states: States
    log_density: Floats
    log_volatility: Floats


def _detectors(n_states: int, window: int | None, hmmlearn: bool) -> Iterator[tuple[Detector, bool]]:
    grid = RegimeConfig(n_states, lookback=lookback(window))
    yield RegimeDetector(replace(grid, estimator="em"), "em, closes"), False
    yield RegimeDetector(grid, "grid, closes"), False
    yield RegimeDetector(grid, "grid, bars"), True
    if hmmlearn:
        yield HmmlearnDefaults(n_states), False


def market_tables(markets: Iterable[Market], states: Sequence[int], tick: Tick, *, hmmlearn: bool = True) -> Iterator[Table]:
    """One table a market."""
    for market in markets:
        returns, variances = observe_bars(market.bars)
        simple = np.expm1(returns[WARM_UP_DAYS:])
        table = Table(f"Real data: {market.label}, {len(simple)} days tested", _COLUMNS, notes=list(_NOTES))
        held = block_bootstrap(sharpe_ratio, simple)
        table.add("buy and hold", "", "", "", "", "", f"{_growth(simple):.1%}", held.text(2), "", f"{maximum_drawdown(simple):.0%}")
        for n_states in states:
            for window in _WINDOWS:
                base = None
                # Notebooks retrain hmmlearn on a rolling window; its own growing window would take minutes a market.
                for detector, ranged in _detectors(n_states, window, hmmlearn and window == _WINDOWS[0]):
                    run = _run(detector, returns, variances if ranged else None, n_states, window, tick)
                    base = base or run
                    table.add(*_cells(run, base, returns[WARM_UP_DAYS:], simple))
        yield table


def _run(detector: Detector, returns: Floats, variances: Floats | None, n_states: int, window: int | None, tick: Tick) -> _Run:
    n_days = len(returns) - WARM_UP_DAYS
    log_density, log_volatility = np.zeros(n_days), np.zeros(n_days)

    def keep(_: int, day: int, model: Fitted, seen: Floats) -> None:
        mixture = model.mixture
        if mixture is not None:
            days = slice(day - WARM_UP_DAYS, day - WARM_UP_DAYS + len(seen) - 1)
            log_density[days], log_volatility[days] = mixture.next_day(seen[:-1], returns[day : day + len(seen) - 1])

    probabilities = run_online(
        detector,
        returns[None],
        n_states,
        variances=None if variances is None else variances[None],
        window=window,
        warm_up=WARM_UP_DAYS,
        on_refit=tick,
        on_days=keep,
    )
    states = reported_states(probabilities[0], SWITCH_PROBABILITY)
    return _Run(detector.name, n_states, window, states, log_density, log_volatility)


def rule_returns(simple: Floats, states: States, riskiest: int) -> Floats:
    """Daily returns of holding the market except after days that report the riskiest state, costs taken off.

    A state reported at a close is traded at the next close, so it earns the return of the day after that.
    """
    held = np.ones(len(simple))
    held[2:] = states[:-2] != riskiest
    return np.asarray(held * simple - _COST * np.abs(np.diff(held, prepend=1.0)))


def _cells(run: _Run, base: _Run, returns: Floats, simple: Floats) -> list[str]:
    gain = run.log_density - base.log_density
    gained = "0" if run is base else block_bootstrap(lambda days: 1e3 * float(days.mean()), gain).text(1, signed=True)
    explained = block_bootstrap(_explained, np.column_stack([run.log_volatility, np.abs(returns)]))
    ruled = rule_returns(simple, run.states, run.n_states - 1)
    pair = np.column_stack([ruled, simple])
    difference = block_bootstrap(lambda days: sharpe_ratio(days[:, 0]) - sharpe_ratio(days[:, 1]), pair)
    return [
        run.detector,
        str(run.n_states),
        "expanding" if run.window is None else str(run.window),
        gained,
        explained.text(),
        f"{switches_a_year(run.states).value:.1f}",
        f"{_growth(ruled):.1%}",
        f"{sharpe_ratio(ruled):.2f}",
        difference.text(2, signed=True),
        f"{maximum_drawdown(ruled):.0%}",
    ]


def _explained(days: Floats) -> float:
    moved = days[:, 1] > 0.0
    return float(np.corrcoef(days[moved, 0], np.log(days[moved, 1]))[0, 1] ** 2)


def _growth(simple: Floats) -> float:
    return float(np.prod(1.0 + simple) ** (DAYS_A_YEAR / len(simple)) - 1.0)


def real_refits(markets: Sequence[Market], states: Sequence[int], *, hmmlearn: bool = True) -> int:
    """Ticks of `market_tables`."""
    runs = len(states) * (3 * len(_WINDOWS) + hmmlearn)
    return sum(runs * math.ceil((len(market.bars) - 1 - WARM_UP_DAYS) / REFIT_DAYS) for market in markets)
