"""All figures of a backtest, ready to be printed or drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray, Indices
from regime_framework.reporting.lean_results import find_result, read_json
from regime_framework.reporting.measures import Performance, measure, years
from regime_framework.reporting.regime_path import RegimeShare, Spell, regime_names, regime_shares, spells, states_on
from regime_framework.reporting.results import BacktestResult, Curve, UnreadableResult
from regime_framework.reporting.stub_results import read_folder

__all__ = ["Summary", "read_result", "summarize"]

_PREFIX = "Regime "
_PROBABILITY = "Regime probability"  # of the last bar: a figure of the market, not of the work done


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Figures of one backtest, beside buy and hold of its benchmark.

    Parameters
    ----------
    times, equity, market, exposure : ndarray, shape (T,)
        One row a day; NaN where unknown.
    states : ndarray, shape (T,)
        Reported state, calmest is 0; -1 where none was known yet.
    turnover : float
        Value traded a year, as a multiple of the mean account value.
    switches_per_year : float
        Changes of the reported regime a year.
    work : tuple of (name, text)
        What the regime service said about itself: trainings, hits, seconds.
    """

    result: BacktestResult
    times: NDArray[np.datetime64]
    equity: FloatArray
    market: FloatArray
    exposure: FloatArray
    states: Indices
    names: tuple[str, ...]
    strategy: Performance
    buy_and_hold: Performance | None
    turnover: float
    mean_exposure: float
    switches: int
    switches_per_year: float
    regimes: tuple[RegimeShare, ...]
    spells: tuple[Spell, ...]
    work: tuple[tuple[str, str], ...]

    @property
    def years(self) -> float:
        """Length in calendar years."""
        return years(self.times)

    @property
    def period(self) -> tuple[np.datetime64, np.datetime64]:
        """First and last day that was traded; the first sample is the account before it."""
        return self.times[min(1, len(self.times) - 1)], self.times[-1]


def read_result(path: Path) -> BacktestResult:
    """A backtest from a folder of lean-stubs, a folder of LEAN, or LEAN's result file.

    Raises
    ------
    UnreadableResult
        If there is nothing to read, or it is none of these.
    """
    if path.is_file():
        return read_json(path)
    if not path.is_dir():
        raise UnreadableResult(f"{path} is neither a folder nor a file")
    of_lean = None if (path / "equity.csv").exists() else find_result(path)
    return read_json(of_lean) if of_lean is not None else read_folder(path)


def summarize(result: BacktestResult) -> Summary:
    """All figures of a backtest.

    Raises
    ------
    UnreadableResult
        If the result contradicts itself.
    """
    times, equity = result.equity.times, result.equity.values
    market = result.market.at(times) if result.market is not None else np.full(len(times), np.nan)
    # LEAN samples weekends and holidays too; they are no days of a regime and no returns.
    moved = np.append(True, (equity[1:] != equity[:-1]) | (market[1:] != market[:-1]) & np.isfinite(market[1:]))
    times, equity, market = times[moved], equity[moved], market[moved]
    exposure = result.exposure.at(times) if result.exposure is not None else np.full(len(times), np.nan)
    names = regime_names(result)
    states = states_on(times, result.state)
    if len(states) and states.max() >= len(names):
        raise UnreadableResult(f"chart 'Regime' reports state {states.max()}, chart 'Regime probability' names only {list(names)}")
    found = spells(times, states, names, market)
    switches = max(len(found) - 1, 0)
    known = np.flatnonzero(states >= 0)
    span = years(times[known[0] :]) if len(known) else 0.0
    held = np.isfinite(market)
    mean_equity = float(np.mean(equity))
    return Summary(
        result=result,
        times=times,
        equity=equity,
        market=market,
        exposure=exposure,
        states=states,
        names=names,
        strategy=measure(Curve(times, equity)),
        buy_and_hold=measure(Curve(times[held], market[held])) if held.any() else None,
        turnover=result.trades.value / mean_equity / years(times) if mean_equity > 0.0 and years(times) else math.nan,
        mean_exposure=float(np.nanmean(exposure)) if np.isfinite(exposure).any() else math.nan,
        switches=switches,
        switches_per_year=switches / span if span else math.nan,
        regimes=regime_shares(times, states, names, market=market, equity=equity, exposure=exposure),
        spells=found,
        work=tuple(_work(result.runtime_statistics)),
    )


def _work(statistics: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in statistics.items():
        if not name.startswith(_PREFIX) or name == _PROBABILITY:
            continue
        title = name.removeprefix(_PREFIX)
        if title != "seconds":
            yield title, text
            continue
        # One text of many parts: "training 0.41, filter 0.10".
        for part in text.split(", "):
            what, _, seconds = part.rpartition(" ")
            yield f"seconds, {what.replace('_', ' ')}", seconds
