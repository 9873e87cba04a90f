"""Where expectation maximisation starts: states told apart by recent volatility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray

__all__ = ["EmParameters", "informed_start", "informed_starts"]

_SMOOTHING: Final = 10  # days of the moving average of squared deviations
_STAY: Final = 0.98
# Share of the days that belong to the states up to each, calmest first.
_SHARES: Final = {2: (0.7,), 3: (0.5, 0.85), 4: (0.4, 0.7, 0.9), 5: (0.3, 0.55, 0.75, 0.92)}


@dataclass(frozen=True, slots=True, eq=False)
class EmParameters:
    """Parameters of a Gaussian hidden Markov model: start (K,), transition (K, K), means (K, D), covariances (K, D, D)."""

    start: FloatArray
    transition: FloatArray
    means: FloatArray
    covariances: FloatArray

    def scaled(self, shift: FloatArray, scale: FloatArray) -> EmParameters:
        """In units of ``(x - shift) / scale``."""
        return EmParameters(
            self.start.copy(), self.transition.copy(), (self.means - shift) / scale, self.covariances / np.outer(scale, scale)
        )

    def unscaled(self, shift: FloatArray, scale: FloatArray) -> EmParameters:
        """Back in the units of x."""
        return EmParameters(self.start, self.transition, self.means * scale + shift, self.covariances * np.outer(scale, scale))

    def finite(self) -> bool:
        """Whether every parameter is a number."""
        return all(bool(np.isfinite(a).all()) for a in (self.start, self.transition, self.means, self.covariances))


def informed_start(x: FloatArray, n_states: int) -> EmParameters:
    """:func:`informed_starts` for one window x (T, D)."""
    start, transition, means, covariances = informed_starts(x[None], n_states)
    return EmParameters(start[0], transition[0], means[0], covariances[0])


def informed_starts(x: FloatArray, n_states: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Start from the quantiles of smoothed squared deviations of the first feature.

    Deterministic and cheap; random starts end in different optima and flicker.

    Parameters
    ----------
    x : ndarray, shape (S, T, D)
        Scaled to zero mean and unit variance.
    n_states : int

    Returns
    -------
    start (S, K), transition (S, K, K), means (S, K, D), covariances (S, K, D, D)
    """
    n_rows, n_bars, n_features = x.shape
    width = min(_SMOOTHING, n_bars)
    sums = np.concatenate([np.zeros((n_rows, 1)), np.cumsum(x[:, :, 0] ** 2, axis=1)], axis=1)
    ends = np.arange(1, n_bars + 1)
    begins = np.maximum(ends - width, 0)
    smoothed = (sums[:, ends] - sums[:, begins]) / (ends - begins)
    order = np.argsort(smoothed, axis=1, kind="stable")
    state_of_rank = np.searchsorted(np.array(_SHARES[n_states]), np.arange(n_bars) / n_bars, side="right")
    covariances = np.zeros((n_rows, n_states, n_features, n_features))
    squares = np.take_along_axis(x**2, order[:, :, None], axis=1)
    for k in range(n_states):
        ranks = np.flatnonzero(state_of_rank == k)
        variances = squares[:, ranks[0] : ranks[-1] + 1].mean(axis=1) if ranks.size else np.ones((n_rows, n_features))
        diagonal = np.arange(n_features)
        covariances[:, k, diagonal, diagonal] = np.maximum(variances, 1e-3)
    transition = np.full((n_states, n_states), (1.0 - _STAY) / (n_states - 1))
    transition[np.diag_indices(n_states)] = _STAY
    return (
        np.full((n_rows, n_states), 1.0 / n_states),
        np.repeat(transition[None], n_rows, axis=0),
        np.zeros((n_rows, n_states, n_features)),
        covariances,
    )
