"""Simulated markets with known regimes, for `make accuracy` and the tests.

Every world is a frozen object; `world.simulate(n_series, n_days, seed)` gives log returns with the true states, calmest
state 0. Series i of a seed is the same whatever `n_series` is: each has its own generator, `default_rng([seed, i])`.
Letters: **S** series, **T** days, **K** states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["DAYS_A_YEAR", "WORLDS", "Chain", "Garch", "Paths", "World", "break_at", "transition_from_durations", "world"]

DAYS_A_YEAR: Final = 252.0

Floats = NDArray[np.float64]
States = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paths:
    """Log returns (S, T) and true states (S, T)."""

    returns: Floats
    states: States

    def __getitem__(self, series: slice) -> Paths:
        return Paths(self.returns[series], self.states[series])


class World(Protocol):
    """Anything that simulates daily log returns with known states."""

    @property
    def n_states(self) -> int: ...

    def simulate(self, n_series: int, n_days: int, seed: int) -> Paths: ...


def _generators(n_series: int, seed: int) -> list[np.random.Generator]:
    return [np.random.default_rng([seed, series]) for series in range(n_series)]


@dataclass(frozen=True, slots=True)
class Chain:
    """A Markov chain of regimes with independent returns within each.

    Parameters
    ----------
    means, volatilities : tuple of K floats
        Daily mean and standard deviation of the log return in each state, calmest first.
    transition : tuple of K tuples
        Daily transition matrix, rows sum to one.
    tail : float or None
        Degrees of freedom of the Student t returns, scaled to the state's volatility; None for Gaussian ones.
    """

    means: tuple[float, ...]
    volatilities: tuple[float, ...]
    transition: tuple[tuple[float, ...], ...]
    tail: float | None = None

    @property
    def n_states(self) -> int:
        return len(self.volatilities)

    @property
    def stationary(self) -> Floats:
        """(K,) long-run share of days in each state."""
        matrix = np.array(self.transition)
        system = np.vstack([matrix.T - np.eye(self.n_states), np.ones(self.n_states)])
        shares = np.linalg.lstsq(system, np.append(np.zeros(self.n_states), 1.0), rcond=None)[0]
        return np.asarray(np.clip(shares, 0.0, 1.0))

    @property
    def durations(self) -> Floats:
        """(K,) expected days of one visit."""
        stay = np.diag(np.array(self.transition))
        return np.asarray(1.0 / np.maximum(1.0 - stay, 1e-300))

    def states(self, uniforms: Floats) -> States:
        """State paths (S, T) from uniform draws (S, T), starting from the stationary law."""
        first = np.cumsum(self.stationary)[:-1]
        steps = np.cumsum(np.array(self.transition), axis=1)[:, :-1]
        states = np.empty(uniforms.shape, np.int64)
        states[:, 0] = np.searchsorted(first, uniforms[:, 0], side="right")
        for day in range(1, uniforms.shape[1]):
            states[:, day] = (uniforms[:, day, None] >= steps[states[:, day - 1]]).sum(axis=1)
        return states

    def simulate(self, n_series: int, n_days: int, seed: int) -> Paths:
        return self.simulate_from(_generators(n_series, seed), n_days)

    def simulate_from(self, generators: Sequence[np.random.Generator], n_days: int) -> Paths:
        """One path from each generator: first its uniform draws for the states, then the shocks."""
        states = self.states(np.stack([generator.random(n_days) for generator in generators]))
        shocks = np.stack([unit_shocks(generator, n_days, self.tail) for generator in generators])
        return Paths(np.array(self.means)[states] + np.array(self.volatilities)[states] * shocks, states)

    def with_tail(self, tail: float) -> Chain:
        return replace(self, tail=tail)


def unit_shocks(generator: np.random.Generator, n_days: int, tail: float | None) -> Floats:
    """Draws (T,) of mean 0 and variance 1: Gaussian, or Student t with `tail` degrees of freedom."""
    if tail is None:
        return generator.standard_normal(n_days)
    return np.asarray(generator.standard_t(tail, n_days) * np.sqrt((tail - 2.0) / tail))


@dataclass(frozen=True, slots=True)
class Garch:
    """GARCH(1,1): volatility moves all the time and no regime exists (state 0 throughout).

    h[t+1] = omega + alpha r[t]^2 + beta h[t] with omega set for the long-run volatility; Bollerslev (1986).
    """

    volatility: float = 0.011
    alpha: float = 0.09
    beta: float = 0.90

    @property
    def n_states(self) -> int:
        return 1

    def simulate(self, n_series: int, n_days: int, seed: int) -> Paths:
        shocks = np.stack([generator.standard_normal(n_days) for generator in _generators(n_series, seed)])
        long_run = self.volatility**2
        omega = long_run * (1.0 - self.alpha - self.beta)
        variance = np.full(n_series, long_run)
        returns = np.empty_like(shocks)
        for day in range(n_days):
            returns[:, day] = np.sqrt(variance) * shocks[:, day]
            variance = omega + self.alpha * returns[:, day] ** 2 + self.beta * variance
        return Paths(returns, np.zeros(shocks.shape, np.int64))


def transition_from_durations(durations: ArrayLike) -> tuple[tuple[float, ...], ...]:
    """Transition matrix that stays `durations` days on average and leaves to each other state alike."""
    days = np.asarray(durations, np.float64)
    n_states = len(days)
    if n_states == 1:
        return ((1.0,),)
    leave = 1.0 / days
    matrix = np.tile((leave / (n_states - 1))[:, None], (1, n_states))
    np.fill_diagonal(matrix, 1.0 - leave)
    return _rows(matrix)


def break_at(paths: Paths, day: int, factor: float = 1.6) -> Paths:
    """The same paths with all returns from `day` on multiplied by `factor`: a volatility break for good (own)."""
    returns = paths.returns.copy()
    returns[:, day:] *= factor
    return Paths(returns, paths.states)


def _rows(matrix: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(entry) for entry in row) for row in matrix)


def _twentieth_root(monthly: ArrayLike) -> tuple[tuple[float, ...], ...]:
    """Daily transition matrix whose twentieth power is the monthly one, as the continuous-jump-model code does it."""
    values, vectors = np.linalg.eig(np.asarray(monthly, np.float64))
    daily = np.real(vectors @ np.diag(values.astype(complex) ** (1.0 / 20.0)) @ np.linalg.inv(vectors))
    daily = np.clip(daily, 0.0, None)
    return _rows(daily / daily.sum(axis=1, keepdims=True))


_HARDY_VOLATILITIES: Final = (0.0347 / 20**0.5, 0.05 / 20**0.5, 0.0778 / 20**0.5)
_HARDY3_DURATIONS: Final = (507.0, 147.0, 83.0)


def hardy2() -> Chain:
    """Two regimes of Hardy (2001), monthly, made daily as in Yizhan-Oliver-Shu/continuous-jump-model (load_hardy_params)."""
    calm, _, crisis = _HARDY_VOLATILITIES
    return Chain((0.0123 / 20, -0.0157 / 20), (calm, crisis), _twentieth_root([[0.9629, 0.0371], [0.2101, 0.7899]]))


def hardy3() -> Chain:
    """Three regimes: Hardy's two and one between, same source as hardy2."""
    monthly = [[0.9629, 0.0185, 0.0186], [0.0618, 0.8764, 0.0618], [0.1051, 0.1050, 0.7899]]
    return Chain((0.0123 / 20, 0.0, -0.0157 / 20), _HARDY_VOLATILITIES, _twentieth_root(monthly))


def hardy2t5() -> Chain:
    """hardy2 with Student t(5) returns of the same variances, as in the same source."""
    return hardy2().with_tail(5.0)


def hardy3t5() -> Chain:
    """hardy3 with Student t(5) returns of the same variances, as in the same source."""
    return hardy3().with_tail(5.0)


def cbs2() -> Chain:
    """Simulation I of the master thesis Kingmir96/thesis_vri_vp (CBS), Gaussian."""
    return Chain((6.0e-4, -8.81e-4), (0.00757, 0.0163), ((0.9976, 0.0024), (0.0232, 0.9768)))


def choppy2() -> Chain:
    """hardy2's volatilities with short visits, 33 and 12 days (own)."""
    return replace(hardy2(), transition=((0.97, 0.03), (0.08, 0.92)))


def choppy3() -> Chain:
    """hardy3's volatilities with short visits, 40, 25 and 15 days (own)."""
    return replace(hardy3(), transition=transition_from_durations((40.0, 25.0, 15.0)))


def narrow2() -> Chain:
    """hardy2's chain with volatilities only 1.6 apart (own)."""
    return replace(hardy2(), volatilities=(0.0090, 0.0144))


def sym2() -> Chain:
    """hardy2's volatilities, both regimes of 200 days (own)."""
    return replace(hardy2(), transition=transition_from_durations((200.0, 200.0)))


def sym3() -> Chain:
    """hardy3's volatilities, all regimes of 200 days (own)."""
    return replace(hardy3(), transition=transition_from_durations((200.0, 200.0, 200.0)))


def rev2() -> Chain:
    """hardy2 with its durations exchanged: the turbulent regime is the long one (own)."""
    calm, turbulent = hardy2().durations
    return replace(hardy2(), transition=transition_from_durations((turbulent, calm)))


def rev3() -> Chain:
    """hardy3 with its durations in reverse order: calm visits short, crises long (own)."""
    return replace(hardy3(), transition=transition_from_durations(_HARDY3_DURATIONS[::-1]))


def wide3() -> Chain:
    """hardy3's chain with volatilities of .6, 1.2 and 2.7 % (own)."""
    return replace(hardy3(), volatilities=(0.006, 0.012, 0.027))


def iid() -> Chain:
    """No regimes: independent Gaussian returns of one volatility (own)."""
    return Chain((3.0e-4,), (0.011,), ((1.0,),))


def iid_t5() -> Chain:
    """No regimes: independent Student t(5) returns of one volatility (own)."""
    return iid().with_tail(5.0)


def garch() -> Garch:
    """No regimes: GARCH(1,1) with alpha .09, beta .90 (own, common for daily indices)."""
    return Garch()


WORLDS: Final[dict[str, Callable[[], World]]] = {
    maker.__name__: maker
    for maker in (
        *(hardy2, hardy3, hardy2t5, hardy3t5, cbs2, choppy2, choppy3, narrow2, wide3),
        *(sym2, sym3, rev2, rev3, iid, iid_t5, garch),
    )
}


def world(name: str) -> World:
    """The world of that name; its source is in the docstring of the function that makes it."""
    return WORLDS[name]()
