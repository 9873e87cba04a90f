"""The causal filter: one step, one path, many rows; all through the same step, so all with the same bits."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import compact, kernel

__all__ = ["MOST_VARIANCES", "displayed_means", "filter_path", "smooth_path", "step_rows"]


# A range of more than so many times the wildest state's variance tells more about a false high or low than about any state.
MOST_VARIANCES: Final = 10.0


@kernel
def _weigh(
    belief: FloatArray,
    n_states: int,
    r: float,
    v: float,
    location: FloatArray,
    variance: FloatArray,
    log_variance: FloatArray,
    nu: float,
    eta: float,
    scale: float,
    density: FloatArray,
) -> float:
    """Weigh a belief by one bar in place; returns the log likelihood without constants.

    A range-based density (nu > 1) meets a bar without a range, or with an absurd one, as the squared return that it is
    (nu = 1): a move that is real shows there too.
    """
    compact()
    ranged = nu > 1.0 and v <= MOST_VARIANCES * variance[n_states - 1]  # false for a NaN
    top = -1e300
    for k in range(n_states):
        x = v if ranged else (r - location[k]) ** 2 * scale
        n = nu if ranged else 1.0
        if math.isinf(eta):
            value = -0.5 * n * (log_variance[k] + x / variance[k])
        else:
            value = -0.5 * n * log_variance[k] - 0.5 * (n + eta) * math.log(1.0 + n * x / ((eta - 2.0) * variance[k]))
        density[k] = value
        top = max(top, value)
    total = 0.0
    for k in range(n_states):
        density[k] = math.exp(density[k] - top) + 1e-30
    for k in range(n_states):
        density[k] *= belief[k]
        total += density[k]
    for k in range(n_states):
        belief[k] = density[k] / total
    return math.log(total) + top


@kernel
def _move(belief: FloatArray, n_states: int, transition: FloatArray, came: FloatArray) -> None:
    """Let a belief pass from one bar to the next; came (K,) is room to work in."""
    compact()
    for k in range(n_states):
        came[k] = 0.0
        for j in range(n_states):
            came[k] += belief[j] * transition[j, k]
    for k in range(n_states):
        belief[k] = came[k]


@kernel
def filter_path(
    returns: FloatArray,
    variances: FloatArray,
    start: FloatArray,
    transition: FloatArray,
    location: FloatArray,
    variance: FloatArray,
    nu: float,
    eta: float,
    scale: float,
    path: FloatArray,
) -> float:
    """Filtered probabilities of one window into path (T, K); returns the log likelihood without constants."""
    compact()
    n_states = start.shape[0]
    # Copies of what a model holds for reading only: arrays of another kind would be compiled for once more.
    belief, moves, where, state_variances = start.copy(), transition.copy(), location.copy(), variance.copy()
    density, logs = np.empty(n_states), np.empty(n_states)
    for k in range(n_states):
        logs[k] = math.log(variance[k])
    likelihood = 0.0
    for t in range(returns.shape[0]):
        if t > 0:
            _move(belief, n_states, moves, density)
        likelihood += _weigh(belief, n_states, returns[t], variances[t], where, state_variances, logs, nu, eta, scale, density)
        for k in range(n_states):
            path[t, k] = belief[k]
    return likelihood


@kernel
def displayed_means(
    returns: FloatArray,
    variances: FloatArray,
    starts: FloatArray,
    transitions: FloatArray,
    locations: FloatArray,
    state_variances: FloatArray,
    tails: FloatArray,
    shrinkage: float,
    out: FloatArray,
) -> None:
    """Mean return by filtered state of each of S windows (S, T) into out (S, K).

    Pulled towards the location by `shrinkage` days of it; parameters are (S, K), tails (S, 3) is nu, eta, scale.
    """
    compact()
    n_states = starts.shape[1]
    belief, density, days, logs = np.empty(n_states), np.empty(n_states), np.empty(n_states), np.empty(n_states)
    for s in range(returns.shape[0]):
        for k in range(n_states):
            logs[k] = math.log(state_variances[s, k])
            belief[k] = starts[s, k]
            days[k] = shrinkage
            out[s, k] = shrinkage * locations[s, k]
        for t in range(returns.shape[1]):
            if t > 0:
                _move(belief, n_states, transitions[s], density)
            _weigh(
                belief, n_states, returns[s, t], variances[s, t], locations[s], state_variances[s], logs,
                tails[s, 0], tails[s, 1], tails[s, 2], density,
            )  # fmt: skip
            for k in range(n_states):
                days[k] += belief[k]
                out[s, k] += belief[k] * returns[s, t]
        for k in range(n_states):
            out[s, k] /= days[k]


@kernel
def step_rows(
    rows: Indices,
    returns: FloatArray,
    variances: FloatArray,
    transitions: FloatArray,
    locations: FloatArray,
    state_variances: FloatArray,
    tails: FloatArray,
    n_states: Indices,
    beliefs: FloatArray,
) -> None:
    """One bar for n rows of a bank: rows, returns, variances (n,), the rest by row of the bank."""
    compact()
    density, logs = np.empty(beliefs.shape[1]), np.empty(beliefs.shape[1])
    for i in range(rows.shape[0]):
        s = rows[i]
        for k in range(n_states[s]):
            logs[k] = math.log(state_variances[s, k])
        _move(beliefs[s], n_states[s], transitions[s], density)
        _weigh(
            beliefs[s], n_states[s], returns[i], variances[i], locations[s], state_variances[s], logs,
            tails[s, 0], tails[s, 1], tails[s, 2], density,
        )  # fmt: skip


@kernel
def smooth_path(filtered: FloatArray, transition: FloatArray, smoothed: FloatArray) -> None:
    """Rauch-Tung-Striebel pass over filtered (T, K): looks ahead, for pictures only."""
    n_bars, n_states = filtered.shape
    for k in range(n_states):
        smoothed[n_bars - 1, k] = filtered[n_bars - 1, k]
    for t in range(n_bars - 2, -1, -1):
        for j in range(n_states):
            smoothed[t, j] = 0.0
        for k in range(n_states):
            predicted = 0.0
            for j in range(n_states):
                predicted += filtered[t, j] * transition[j, k]
            ratio = smoothed[t + 1, k] / predicted if predicted > 0.0 else 0.0
            for j in range(n_states):
                smoothed[t, j] += filtered[t, j] * transition[j, k] * ratio
