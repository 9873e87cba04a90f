"""Forward pass of all candidates of the grid at once."""

from __future__ import annotations

import math

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.models._jit import inlined, kernel

__all__ = ["fit_rows"]

_DEAD = 1e-9  # a candidate whose posterior weight falls below this is dropped for good
_SWEEP = 4  # bars between two looks for dead candidates


@inlined
def _level_densities(u: float, log_levels: FloatArray, inverse_levels: FloatArray, nu: float, eta: float, out: FloatArray) -> float:
    """Density of u at every level relative to the largest, which is returned as a log."""
    top = -1e300
    light = math.isinf(eta)
    slope, power = 0.5 * nu * u, 0.5 * (nu + eta)
    tail = 0.0 if light else nu * u / (eta - 2.0)
    for m in range(log_levels.shape[0]):
        value = -0.5 * nu * log_levels[m]
        if light:
            value -= slope * inverse_levels[m]
        else:
            value -= power * math.log(1.0 + tail * inverse_levels[m])
        out[m] = value
        top = max(top, value)
    for m in range(log_levels.shape[0]):
        out[m] = math.exp(out[m] - top) + 1e-30
    return top


# A candidate's joint (K,) is its weight times its belief, so that one bar is linear in it. Two and three states are
# written out: the compiler keeps their loop in registers.
@inlined
def _advance_two(
    joint: FloatArray, live: np.ndarray, first: int, last: int, exits: FloatArray, densities: FloatArray, weights: FloatArray
) -> float:
    leave_0, leave_1 = exits[0], exits[1]
    stay_0, stay_1 = 1.0 - leave_0, 1.0 - leave_1
    total = 0.0
    for n in range(first, last):
        a_0, a_1 = joint[n, 0], joint[n, 1]
        b_0 = (a_0 * stay_0 + a_1 * leave_1) * densities[live[n, 0]]
        b_1 = (a_1 * stay_1 + a_0 * leave_0) * densities[live[n, 1]]
        joint[n, 0], joint[n, 1] = b_0, b_1
        weights[n] = b_0 + b_1
        total += weights[n]
    return total


@inlined
def _advance_three(
    joint: FloatArray, live: np.ndarray, first: int, last: int, exits: FloatArray, densities: FloatArray, weights: FloatArray
) -> float:
    half_0, half_1, half_2 = 0.5 * exits[0], 0.5 * exits[1], 0.5 * exits[2]
    keep_0, keep_1, keep_2 = 1.0 - 3.0 * half_0, 1.0 - 3.0 * half_1, 1.0 - 3.0 * half_2
    total = 0.0
    for n in range(first, last):
        a_0, a_1, a_2 = joint[n, 0], joint[n, 1], joint[n, 2]
        left = a_0 * half_0 + a_1 * half_1 + a_2 * half_2
        b_0 = (left + a_0 * keep_0) * densities[live[n, 0]]
        b_1 = (left + a_1 * keep_1) * densities[live[n, 1]]
        b_2 = (left + a_2 * keep_2) * densities[live[n, 2]]
        joint[n, 0], joint[n, 1], joint[n, 2] = b_0, b_1, b_2
        weights[n] = b_0 + b_1 + b_2
        total += weights[n]
    return total


@inlined
def _advance_any(
    joint: FloatArray, live: np.ndarray, first: int, last: int, exits: FloatArray, densities: FloatArray, weights: FloatArray
) -> float:
    n_states = exits.shape[0]
    others = max(n_states - 1, 1)
    total = 0.0
    for n in range(first, last):
        left, weight = 0.0, 0.0
        for k in range(n_states):
            left += joint[n, k] * exits[k]
        left /= others
        for k in range(n_states):
            joint[n, k] = (left + joint[n, k] * (1.0 - exits[k] - exits[k] / others)) * densities[live[n, k]]
            weight += joint[n, k]
        weights[n] = weight
        total += weight
    return total


@inlined
def _enter(joint: FloatArray, live: np.ndarray, n_live: int, densities: FloatArray, weights: FloatArray) -> float:
    total = 0.0
    for n in range(n_live):
        weight = 0.0
        for k in range(joint.shape[1]):
            joint[n, k] *= densities[live[n, k]]
            weight += joint[n, k]
        weights[n] = weight
        total += weight
    return total


@inlined
def _sweep(joint: FloatArray, live: np.ndarray, weights: FloatArray, bounds: np.ndarray, total: float) -> None:
    """Drop candidates that have died, keeping the order within each set of durations."""
    kept, threshold = 0, _DEAD * total
    for g in range(bounds.shape[0] - 1):
        first, last = bounds[g], bounds[g + 1]
        bounds[g] = kept
        for n in range(first, last):
            if weights[n] >= threshold:
                for k in range(joint.shape[1]):
                    joint[kept, k] = joint[n, k]
                    live[kept, k] = live[n, k]
                weights[kept] = weights[n]
                kept += 1
    bounds[-1] = kept


@kernel
def _fit_one(
    u: FloatArray,
    nu: float,
    eta: float,
    log_levels: FloatArray,
    inverse_levels: FloatArray,
    tuples: np.ndarray,
    priors: FloatArray,
    exits: FloatArray,
    starts: FloatArray,
    joint: FloatArray,
    live: np.ndarray,
    weights: FloatArray,
    out_variance: FloatArray,
    out_exit: FloatArray,
) -> float:
    n_sets, n_states = exits.shape
    n_tuples = priors.shape[0]
    bounds = np.arange(n_sets + 1) * n_tuples
    densities = np.empty(log_levels.shape[0])
    for g in range(n_sets):
        for c in range(n_tuples):
            for k in range(n_states):
                joint[g * n_tuples + c, k] = priors[c] * starts[g, k]
                live[g * n_tuples + c, k] = tuples[c, k]
    log_evidence, total = 0.0, 1.0
    for t in range(u.shape[0]):
        top = _level_densities(u[t], log_levels, inverse_levels, nu, eta, densities)
        # What all candidates lost in the last bar goes into the next densities, so that weights stay near one.
        for m in range(densities.shape[0]):
            densities[m] /= total
        if t == 0:
            total = _enter(joint, live, bounds[n_sets], densities, weights)
        else:
            total = 0.0
            for g in range(n_sets):
                first, last = bounds[g], bounds[g + 1]
                if n_states == 2:
                    total += _advance_two(joint, live, first, last, exits[g], densities, weights)
                elif n_states == 3:
                    total += _advance_three(joint, live, first, last, exits[g], densities, weights)
                else:
                    total += _advance_any(joint, live, first, last, exits[g], densities, weights)
        log_evidence += math.log(total) + top
        if t % _SWEEP == 0:
            _sweep(joint, live, weights, bounds, total)
    out_variance[:] = 0.0
    out_exit[:] = 0.0
    alive = 0.0
    for n in range(bounds[n_sets]):
        alive += weights[n]
    for g in range(n_sets):
        for n in range(bounds[g], bounds[g + 1]):
            for k in range(n_states):
                out_variance[k] += weights[n] / alive * log_levels[live[n, k]]
                out_exit[k] += weights[n] / alive * math.log(exits[g, k])
    return log_evidence


@kernel
def fit_rows(
    proxies: FloatArray,
    menu: FloatArray,
    levels: FloatArray,
    tuples: np.ndarray,
    priors: FloatArray,
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
    n_states = tuples.shape[1]
    n_candidates = exits.shape[0] * tuples.shape[0]
    log_levels, inverse_levels = np.log(levels), 1.0 / levels
    joint, live = np.empty((n_candidates, n_states)), np.empty((n_candidates, n_states), dtype=np.int64)
    weights = np.empty(n_candidates)
    variance, exit_ = np.empty(n_states), np.empty(n_states)
    for s in range(first, last):
        u = proxies[s] / np.mean(proxies[s])
        log_sum = 0.0
        for t in range(u.shape[0]):
            log_sum += math.log(u[t] + 1e-12)
        best = -np.inf
        for e in range(menu.shape[0]):
            nu, eta, constant = menu[e, 0], menu[e, 1], menu[e, 2]
            value = _fit_one(
                u, nu, eta, log_levels, inverse_levels, tuples, priors, exits, starts, joint, live, weights, variance, exit_
            )
            value += u.shape[0] * constant + (0.5 * nu - 1.0) * log_sum
            if value > best:
                best = value
                chosen[s] = e
                log_evidences[s] = value
                log_variances[s] = variance
                log_exits[s] = exit_
