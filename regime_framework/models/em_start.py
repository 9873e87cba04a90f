"""Where expectation maximisation starts: states told apart by recent volatility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import apart, compact, kernel

__all__ = ["EmParameters", "informed_start", "informed_starts", "standardised"]

_SMOOTHING: Final = 10  # days of the moving average of squared deviations
_STAY: Final = 0.98
# Share of the days that belong to the states up to each, calmest first.
_SHARES: Final = {
    n_states: np.array(shares)
    for n_states, shares in {2: (0.7,), 3: (0.5, 0.85), 4: (0.4, 0.7, 0.9), 5: (0.3, 0.55, 0.75, 0.92)}.items()
}
_LEAST_VARIANCE: Final = 1e-3


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

    def finite(self) -> bool:
        """Whether every parameter is a number."""
        return all(bool(np.isfinite(a).all()) for a in (self.start, self.transition, self.means, self.covariances))


def standardised(features: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Features (S, T, D) with zero mean and unit variance by row; shift and scale (S, D) that lead back."""
    n_rows, _, n_features = features.shape
    scaled, shift, scale = np.empty(features.shape), np.empty((n_rows, n_features)), np.empty((n_rows, n_features))
    _standardise(np.ascontiguousarray(features), scaled, shift, scale)
    return scaled, shift, scale


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
    n_rows, _, n_features = x.shape
    start, transition = np.empty((n_rows, n_states)), np.empty((n_rows, n_states, n_states))
    start.fill(1.0 / n_states)
    transition.fill((1.0 - _STAY) / (n_states - 1))
    transition.reshape(n_rows, -1)[:, :: n_states + 1] = _STAY
    covariances = np.zeros((n_rows, n_states, n_features, n_features))
    _variances_of_ranks(np.ascontiguousarray(x), _SHARES[n_states], covariances)
    return start, transition, np.zeros((n_rows, n_states, n_features)), covariances


@kernel
def _standardise(features: FloatArray, scaled: FloatArray, shift: FloatArray, scale: FloatArray) -> None:
    compact()
    n_rows, n_bars, n_features = features.shape
    for s in range(n_rows):
        for i in range(n_features):
            total = 0.0
            for t in range(n_bars):
                total += features[s, t, i]
            mean = total / n_bars
            total = 0.0
            for t in range(n_bars):
                total += (features[s, t, i] - mean) * (features[s, t, i] - mean)
            deviation = np.sqrt(total / n_bars)
            for t in range(n_bars):
                scaled[s, t, i] = (features[s, t, i] - mean) / deviation
            shift[s, i], scale[s, i] = mean, deviation


@kernel
def _variances_of_ranks(x: FloatArray, shares: FloatArray, covariances: FloatArray) -> None:
    """Mean square of each feature over the days that belong to each state, into the diagonals of covariances (S, K, D, D)."""
    compact()
    n_rows, n_bars, n_features = x.shape
    n_states = covariances.shape[1]
    width = min(_SMOOTHING, n_bars)
    sums, smoothed, spare = np.zeros(n_bars + 1), np.empty(n_bars), np.empty(n_bars)
    state = np.empty(n_bars, np.int64)
    ends, days = np.empty(n_states, np.int64), np.empty(n_states, np.int64)
    first = 0
    for k in range(n_states):
        end = first
        while end < n_bars and (k == n_states - 1 or end / n_bars < shares[k]):
            end += 1
        ends[k], days[k], first = end, end - first, end
    for s in range(n_rows):
        for t in range(n_bars):
            sums[t + 1] = sums[t] + x[s, t, 0] * x[s, t, 0]
            begin = max(t + 1 - width, 0)
            smoothed[t] = spare[t] = (sums[t + 1] - sums[begin]) / (t + 1 - begin)
        _by_rank(smoothed, spare, ends, state)
        for i in range(n_features):
            for k in range(n_states):
                covariances[s, k, i, i] = 0.0
            for t in range(n_bars):
                covariances[s, state[t], i, i] += x[s, t, i] * x[s, t, i]
            for k in range(n_states):
                mean = covariances[s, k, i, i] / days[k] if days[k] > 0 else 1.0
                covariances[s, k, i, i] = max(mean, _LEAST_VARIANCE)


@kernel
def _by_rank(values: FloatArray, spare: FloatArray, ends: Indices, state: Indices) -> None:
    """State of each day: the least ends[0] of values (T,) have state 0, those up to ends[1] state 1; of equals the earlier first.

    spare (T,), a copy of the values, is put out of order.
    """
    apart()
    n_bars, n_states = values.shape[0], ends.shape[0]
    for t in range(n_bars):
        state[t] = 0
    for k in range(n_states - 1):
        if ends[k] >= n_bars:
            return
        border = _ranked(spare, ends[k], ends[k - 1] if k > 0 else 0)
        below = 0
        for t in range(n_bars):
            below += 1 if values[t] < border else 0
            state[t] += 1 if values[t] >= border else 0
        t, left = 0, ends[k] - below
        while left > 0:  # equals of the border that belong below it
            if values[t] == border:
                state[t] -= 1
                left -= 1
            t += 1


@kernel
def _ranked(values: FloatArray, rank: int, begin: int) -> float:
    """The value of a rank, by Hoare's selection among values[begin:], which hold no smaller ranks; sorts values partly."""
    compact()
    first, last = begin, values.shape[0] - 1
    while first < last:
        pivot = values[(first + last) // 2]
        i, j = first, last
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if rank <= j:
            last = j
        elif rank >= i:
            first = i
        else:
            return float(values[rank])
    return float(values[rank])
