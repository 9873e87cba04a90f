"""What a detector is judged by, as pure functions of labels, states and returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmarks.worlds import DAYS_A_YEAR, Floats, States

__all__ = [
    "Estimate",
    "balanced_accuracy",
    "block_bootstrap",
    "bootstrap_over_series",
    "false_switches_a_year",
    "maximum_drawdown",
    "reported_states",
    "sharpe_ratio",
    "switches_a_year",
]

_DRAWS: Final = 400


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its standard error (NaN where none can be given)."""

    value: float
    error: float

    def text(self, digits: int = 3, *, signed: bool = False) -> str:
        """`.915 (.009)`: the leading zero left out, as in the tables of this field."""
        value = f"{self.value:{'+' if signed else ''}.{digits}f}".replace("0.", ".", 1) if abs(self.value) < 1 else ""
        value = value or f"{self.value:{'+' if signed else ''}.{digits}f}"
        return value if not np.isfinite(self.error) else f"{value} ({_bare(self.error, digits)})"


def _bare(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.{digits}f}"


def reported_states(probabilities: Floats, switch_probability: float = 0.0) -> States:
    """States as a user sees them: a new one once its probability exceeds the threshold, the likeliest at the start.

    Parameters
    ----------
    probabilities : array (..., T, K)
        Filtered probabilities.
    switch_probability : float, default 0.0
        0 reports the likeliest state of every day.

    Returns
    -------
    array (..., T)
    """
    likeliest = probabilities.argmax(axis=-1)
    if switch_probability <= 0.0:
        return np.asarray(likeliest)
    sure = probabilities.max(axis=-1) > switch_probability
    sure[..., 0] = True
    # The last day on which the rule allowed a change decides what is reported now.
    days = np.where(sure, np.arange(sure.shape[-1]), 0)
    return np.asarray(np.take_along_axis(likeliest, np.maximum.accumulate(days, axis=-1), axis=-1))


def _recalls(labels: States, states: States, n_states: int) -> Floats:
    """Recall (S, K) of each state in each series; NaN where a series lacks the state."""
    recalls = np.full((len(states), n_states), np.nan)
    for state in range(n_states):
        days = states == state
        count = days.sum(axis=1)
        hits = (days & (labels == state)).sum(axis=1)
        recalls[:, state] = np.divide(hits, count, out=np.full(len(states), np.nan), where=count > 0)
    return recalls


def bootstrap_over_series(statistic: Callable[[NDArray[np.int64]], float], n_series: int, seed: int = 0) -> Estimate:
    """The statistic of all series with its standard error from drawing series with replacement.

    Parameters
    ----------
    statistic : callable
        Takes the indices of the series to use.
    """
    everything = np.arange(n_series)
    if n_series < 2:
        return Estimate(statistic(everything), float("nan"))
    generator = np.random.default_rng(seed)
    draws = [statistic(generator.integers(0, n_series, n_series)) for _ in range(_DRAWS)]
    return Estimate(statistic(everything), float(np.nanstd(draws, ddof=1)))


def balanced_accuracy(labels: States, states: States, n_states: int) -> Estimate:
    """Mean recall: per state averaged over the series where it occurs, then over states.

    Parameters
    ----------
    labels, states : array (S, T)
        Reported and true states. Labels are taken as they are: no permutation is looked for.
    """
    recalls = _recalls(np.atleast_2d(labels), np.atleast_2d(states), n_states)

    def statistic(chosen: NDArray[np.int64]) -> float:
        some = recalls[chosen]
        present = np.isfinite(some)
        count = present.sum(axis=0)
        return float((np.where(present, some, 0.0).sum(axis=0)[count > 0] / count[count > 0]).mean())

    return bootstrap_over_series(statistic, len(recalls))


def _mean(per_series: Floats) -> Estimate:
    count = len(per_series)
    error = float(per_series.std(ddof=1) / np.sqrt(count)) if count > 1 else float("nan")
    return Estimate(float(per_series.mean()), error)


def switches_a_year(labels: States) -> Estimate:
    """Changes of the reported state a year, with the standard error of the mean over series."""
    labels = np.atleast_2d(labels)
    return _mean((np.diff(labels, axis=1) != 0).sum(axis=1) / (labels.shape[1] / DAYS_A_YEAR))


def false_switches_a_year(labels: States, states: States, within: int = 30) -> Estimate:
    """Changes into a state that the truth did not enter in the `within` days up to the change."""
    labels, states = np.atleast_2d(labels), np.atleast_2d(states)
    false = np.zeros(len(labels))
    for series, (label, state) in enumerate(zip(labels, states, strict=True)):
        entered = np.flatnonzero(np.diff(state)) + 1
        for day in np.flatnonzero(np.diff(label)) + 1:
            recent = entered[(entered <= day) & (entered > day - within)]
            false[series] += not bool((state[recent] == label[day]).any())
    return _mean(false / (labels.shape[1] / DAYS_A_YEAR))


def sharpe_ratio(daily_returns: ArrayLike) -> float:
    """Annual Sharpe ratio of simple daily returns over zero; 0 for a series that never moves."""
    returns = np.asarray(daily_returns, np.float64)
    deviation = returns.std()
    return float(returns.mean() / deviation * np.sqrt(DAYS_A_YEAR)) if deviation > 0.0 else 0.0


def maximum_drawdown(daily_returns: ArrayLike) -> float:
    """Deepest fall from an earlier peak of the equity, as a share (0 to 1), of simple daily returns."""
    equity = np.append(1.0, np.cumprod(1.0 + np.asarray(daily_returns, np.float64)))
    return float((1.0 - equity / np.maximum.accumulate(equity)).max())


def block_bootstrap(
    statistic: Callable[[Floats], float], days: Floats, *, mean_block: int = 63, draws: int = _DRAWS, seed: int = 0
) -> Estimate:
    """A statistic of daily rows with its standard error from the stationary bootstrap of Politis and Romano (1994).

    Parameters
    ----------
    statistic : callable
        Takes rows of `days`.
    days : array (T,) or (T, N)
        What is known of each day, kept together.
    mean_block : int, default 63
        Mean length of the geometric blocks, in days.
    """
    n_days = len(days)
    generator = np.random.default_rng(seed)
    values = np.empty(draws)
    for draw in range(draws):
        jumps = generator.random(n_days) < 1.0 / mean_block
        jumps[0] = True
        starts = generator.integers(0, n_days, n_days)
        since = np.arange(n_days) - np.maximum.accumulate(np.where(jumps, np.arange(n_days), 0))
        first = starts[np.maximum.accumulate(np.where(jumps, np.arange(n_days), 0))]
        values[draw] = statistic(days[(first + since) % n_days])
    return Estimate(statistic(days), float(values.std(ddof=1)))
