"""Which regime was reported when, and what the market did meanwhile."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray, Indices
from regime_framework.regimes import Regime
from regime_framework.reporting.measures import annual_periods, returns
from regime_framework.reporting.results import BacktestResult, Curve

__all__ = ["RegimeShare", "Spell", "regime_names", "regime_shares", "spells", "states_on"]


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken time in one regime.

    Parameters
    ----------
    regime : str
    start, end : datetime64[s]
        First bar in it, and first bar of the next spell (or the last bar of all).
    days : int
        Bars in it.
    market_return : float
        What the market made from `start` to `end`; NaN without a market.
    """

    regime: str
    start: np.datetime64
    end: np.datetime64
    days: int
    market_return: float


@dataclass(frozen=True, slots=True)
class RegimeShare:
    """One regime's part in a backtest; annualised figures are of the bars that follow a bar in that regime.

    So nothing in them was unknown when the position was taken.
    """

    regime: str
    days: int
    share: float
    spells: int
    market_return: float
    market_volatility: float
    strategy_return: float
    exposure: float


def regime_names(result: BacktestResult) -> tuple[str, ...]:
    """Names of the states, calmest first."""
    if result.probabilities:
        return tuple(result.probabilities)
    n_states = int(np.max(result.state.values)) + 1 if result.state is not None and len(result.state) else 0
    return tuple(str(regime) for regime in Regime.of_states(min(max(n_states, 2), 5))) if n_states else ()


def states_on(times: NDArray[np.datetime64], state: Curve | None) -> Indices:
    """The state reported at each time, -1 where none was yet; shape (T,)."""
    if state is None or not len(state):
        return np.full(len(times), -1, dtype=np.int64)
    known = state.at(times)
    return np.where(np.isnan(known), -1.0, known).astype(np.int64)


def spells(times: NDArray[np.datetime64], states: Indices, names: tuple[str, ...], market: FloatArray) -> tuple[Spell, ...]:
    """Runs of equal states, those before the first report left out."""
    if not len(states):
        return ()
    starts = np.flatnonzero(np.append(True, states[1:] != states[:-1]))
    ends = np.append(starts[1:], len(states))
    found = []
    for start, end in zip(starts, ends, strict=True):
        if states[start] < 0:
            continue
        until = min(int(end), len(times) - 1)
        gain = float(market[until] / market[start] - 1.0)
        found.append(Spell(names[states[start]], times[start], times[until], int(end - start), gain))
    return tuple(found)


def regime_shares(
    times: NDArray[np.datetime64],
    states: Indices,
    names: tuple[str, ...],
    *,
    market: FloatArray,
    equity: FloatArray,
    exposure: FloatArray,
) -> tuple[RegimeShare, ...]:
    """Every regime's part; all arrays of shape (T,), NaN where unknown."""
    known = int(np.sum(states >= 0))
    periods = annual_periods(times)
    market_moves, equity_moves = _moves(market), _moves(equity)
    starts = np.append(True, states[1:] != states[:-1]) if len(states) else np.zeros(0, dtype=np.bool_)
    shares = []
    for state, name in enumerate(names):
        inside = states == state
        follows = inside[:-1]
        moves = market_moves[follows]
        held = exposure[inside]
        shares.append(
            RegimeShare(
                regime=name,
                days=int(inside.sum()),
                share=float(inside.sum() / known) if known else math.nan,
                spells=int(np.sum(inside & starts)),
                market_return=_annual(moves, periods),
                market_volatility=float(np.std(moves, ddof=1) * math.sqrt(periods)) if len(moves) > 1 else math.nan,
                strategy_return=_annual(equity_moves[follows], periods),
                exposure=float(np.nanmean(held)) if np.isfinite(held).any() else math.nan,
            )
        )
    return tuple(shares)


def _moves(values: FloatArray) -> FloatArray:
    return returns(np.where(values > 0.0, values, np.nan))


def _annual(moves: FloatArray, periods: float) -> float:
    if not len(moves) or not np.isfinite(moves).all():
        return math.nan
    # A few wild days, annualised, may pass what a float holds.
    return float(np.expm1(min(np.mean(np.log1p(moves)) * periods, 700.0)))
