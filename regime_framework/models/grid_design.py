"""The fixed grid of candidate models over which the posterior is averaged."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias

import numpy as np

from regime_framework._typing import FloatArray, Indices

__all__ = ["GridDesign", "PriorName", "grid_design"]

PriorName: TypeAlias = Literal["published", "measured"]

# Days a regime lasts, calmest first: calm regimes last longer. Three candidates scale them all.
_DURATIONS: Final = {
    1: (250.0,),
    2: (250.0, 80.0),
    3: (250.0, 120.0, 80.0),
    4: (250.0, 120.0, 80.0, 60.0),
    5: (250.0, 120.0, 80.0, 60.0, 50.0),
}
_DURATION_SCALES: Final = (0.4, 1.0, 2.0)
_LOWEST, _HIGHEST = 0.4, 3.5
_RATIO_SPREAD: Final = 0.35
# Three states are found better where the ratio of neighbouring volatilities is thought near 1.5 but may be anything
# (Student t with two degrees of freedom): the Gaussian of the recipe lets one regime of a short window pass for two.
_TIGHT_RATIO, _TIGHT_SPREAD, _TIGHT_FREEDOM = 1.5, 0.1, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class GridDesign:
    """Candidates of K states: C tuples of volatility levels, each with G sets of durations.

    Parameters
    ----------
    levels : ndarray, shape (M,)
        Variance of each level in units of the window's mean variance, rising.
    tuples : ndarray of int64, shape (K, C)
        Level of each state, rising along K.
    weights : ndarray, shape (C,)
        Prior of a tuple; sums to ``1 / G``.
    exits : ndarray, shape (G, K)
        Probability of leaving a state, by set of durations.
    starts : ndarray, shape (G, K)
        Stationary distribution of that set.
    """

    levels: FloatArray
    tuples: Indices
    weights: FloatArray
    exits: FloatArray
    starts: FloatArray


@cache
def grid_design(n_states: int, prior: PriorName = "published") -> GridDesign:
    """The grid for K states (1 to 5; one state is "no regimes").

    The priors "published" and "measured" differ for three states only, in how far apart volatilities are thought to be.
    """
    n_levels = 20 if n_states <= 2 else 16
    volatility = np.exp(np.linspace(np.log(_LOWEST), np.log(_HIGHEST), n_levels))
    tuples = [t for t in itertools.combinations(range(n_levels), n_states) if all(b - a >= 2 for a, b in itertools.pairwise(t))]
    steps = np.diff(np.log(volatility)[np.array(tuples)], axis=1)
    if n_states == 3 and prior == "measured":
        distance = ((steps - np.log(_TIGHT_RATIO)) / _TIGHT_SPREAD) ** 2
        log_prior = -0.5 * (_TIGHT_FREEDOM + 1.0) * np.sum(np.log1p(distance / _TIGHT_FREEDOM), axis=1)
    else:
        ratio = 2.0 if n_states == 2 else 1.6
        log_prior = -0.5 * np.sum(((steps - np.log(ratio)) / _RATIO_SPREAD) ** 2, axis=1)
    scales = _DURATION_SCALES if n_states > 1 else (1.0,)
    weights = np.exp(log_prior - log_prior.max())
    weights /= weights.sum() * len(scales)
    durations = np.outer(scales, _DURATIONS[n_states])
    return GridDesign(
        levels=volatility**2,
        tuples=np.ascontiguousarray(np.array(tuples, dtype=np.int64).T),
        weights=weights,
        exits=1.0 / durations,
        starts=durations / durations.sum(axis=1, keepdims=True),
    )
