"""Forward pass of all candidates of the grid at once."""

from __future__ import annotations

import math

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.models._jit import inlined, kernel, reordering_kernel

__all__ = ["fit_rows"]

_DEAD = 1e-9  # a candidate whose posterior weight falls below this is dropped for good
_SWEEP = 4  # bars between two looks for dead candidates


@inlined
def _level_densities(u: float, levels: FloatArray, nu: float, eta: float, densities: FloatArray) -> float:
    """Density of u at every level relative to the largest, which is returned as a log."""
    top = -1e300
    for m in range(levels.shape[0]):
        if math.isinf(eta):
            value = -0.5 * nu * (math.log(levels[m]) + u / levels[m])
        else:
            value = -0.5 * nu * math.log(levels[m]) - 0.5 * (nu + eta) * math.log(1.0 + nu * u / ((eta - 2.0) * levels[m]))
        densities[m] = value
        top = max(top, value)
    for m in range(levels.shape[0]):
        densities[m] = math.exp(densities[m] - top) + 1e-30
    return top


@reordering_kernel
def _advance(
    joint: FloatArray, tuples: np.ndarray, first: int, last: int, exits: FloatArray, densities: FloatArray, left: FloatArray
) -> float:
    """One bar for candidates first..last of one set of durations; joint (K, N) is weight times belief."""
    n_states = joint.shape[0]
    total = 0.0
    for n in range(first, last):
        left[n] = 0.0
    for k in range(n_states):
        share = exits[k] / (n_states - 1) if n_states > 1 else 0.0
        for n in range(first, last):
            left[n] += joint[k, n] * share
    for k in range(n_states):
        keep = 1.0 - exits[k] - exits[k] / (n_states - 1) if n_states > 1 else 1.0
        row, index = joint[k], tuples[k]
        for n in range(first, last):
            row[n] = (left[n] + row[n] * keep) * densities[index[n]]
    for n in range(first, last):
        weight = 0.0
        for k in range(n_states):
            weight += joint[k, n]
        left[n] = weight
        total += weight
    return total


@kernel
def _fit_one(
    u: FloatArray,
    nu: float,
    eta: float,
    levels: FloatArray,
    tuples: np.ndarray,
    weights: FloatArray,
    exits: FloatArray,
    starts: FloatArray,
    log_levels: FloatArray,
    out_volatility: FloatArray,
    out_exit: FloatArray,
) -> float:
    n_sets, n_states = exits.shape
    n_tuples = weights.shape[0]
    joint = np.empty((n_states, n_sets * n_tuples))
    live = np.empty((n_states, n_sets * n_tuples), dtype=np.uint32)
    bounds = np.empty(n_sets + 1, dtype=np.int64)
    left = np.empty(n_sets * n_tuples)
    densities = np.empty(levels.shape[0])
    for g in range(n_sets):
        bounds[g] = g * n_tuples
        for k in range(n_states):
            for c in range(n_tuples):
                joint[k, g * n_tuples + c] = weights[c] * starts[g, k]
                live[k, g * n_tuples + c] = tuples[k, c]
    bounds[n_sets] = n_sets * n_tuples
    log_evidence = 0.0
    for t in range(u.shape[0]):
        top = _level_densities(u[t], levels, nu, eta, densities)
        total = 0.0
        for g in range(n_sets):
            if t == 0:
                for n in range(bounds[g], bounds[g + 1]):
                    weight = 0.0
                    for k in range(n_states):
                        joint[k, n] *= densities[live[k, n]]
                        weight += joint[k, n]
                    left[n] = weight
                    total += weight
            else:
                total += _advance(joint, live, bounds[g], bounds[g + 1], exits[g], densities, left)
        log_evidence += math.log(total) + top
        scale = 1.0 / total
        if t % _SWEEP == _SWEEP - 1 or t == u.shape[0] - 1:
            kept, threshold = 0, _DEAD * total
            for g in range(n_sets):
                first, last = bounds[g], bounds[g + 1]
                bounds[g] = kept
                for n in range(first, last):
                    if left[n] >= threshold:
                        for k in range(n_states):
                            joint[k, kept] = joint[k, n] * scale
                            live[k, kept] = live[k, n]
                        left[kept] = left[n] * scale
                        kept += 1
            bounds[n_sets] = kept
        else:
            for k in range(n_states):
                for n in range(bounds[n_sets]):
                    joint[k, n] *= scale
    out_volatility[:] = 0.0
    out_exit[:] = 0.0
    for g in range(n_sets):
        for k in range(n_states):
            log_exit = math.log(exits[g, k])
            for n in range(bounds[g], bounds[g + 1]):
                out_volatility[k] += left[n] * log_levels[live[k, n]]
                out_exit[k] += left[n] * log_exit
    return log_evidence


@kernel
def fit_rows(
    proxies: FloatArray,
    menu: FloatArray,
    levels: FloatArray,
    tuples: np.ndarray,
    weights: FloatArray,
    exits: FloatArray,
    starts: FloatArray,
    log_variances: FloatArray,
    log_exits: FloatArray,
    log_evidences: FloatArray,
    chosen: np.ndarray,
    first: int,
    last: int,
) -> None:
    """Fit rows first..last of `proxies` (S, T), each on its own, with the density of the largest evidence.

    menu (E, 3) holds nu, eta and the constant of each density; results go to log_variances, log_exits (S, K),
    log_evidences (S,) and chosen (S,), the row of the menu. Variances are in units of the row's mean.
    """
    n_states = tuples.shape[0]
    log_levels = np.log(levels)
    volatility, exit_ = np.empty(n_states), np.empty(n_states)
    for s in range(first, last):
        u = proxies[s] / np.mean(proxies[s])
        log_sum = 0.0
        for t in range(u.shape[0]):
            log_sum += math.log(u[t] + 1e-12)
        best = -np.inf
        for e in range(menu.shape[0]):
            nu, eta, constant = menu[e, 0], menu[e, 1], menu[e, 2]
            value = _fit_one(u, nu, eta, levels, tuples, weights, exits, starts, log_levels, volatility, exit_)
            value += u.shape[0] * constant + (0.5 * nu - 1.0) * log_sum
            if value > best:
                best = value
                chosen[s] = e
                log_evidences[s] = value
                log_variances[s] = volatility
                log_exits[s] = exit_
