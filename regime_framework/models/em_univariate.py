"""Baum-Welch for one feature: the daily case, made fast."""

from __future__ import annotations

import math

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import kernel
from regime_framework.models.elementary import exp_in_place
from regime_framework.models.em_recursions import backward_sums, forward_pass

__all__ = ["univariate_rows"]


@kernel
def _relative_densities(
    x: FloatArray,
    means: FloatArray,
    variances: FloatArray,
    density: FloatArray,
    flat: FloatArray,
    tops: FloatArray,
    work: FloatArray,
) -> float:
    """Gaussian densities of x (T,) in each state relative to the bar's largest, into density (K, T); flat is its view.

    Returns the sum of the logarithms of the largest.
    """
    n_states, n_bars = density.shape
    for k in range(n_states):
        constant, slope, mean = -0.5 * math.log(2.0 * math.pi * variances[k]), -0.5 / variances[k], means[k]
        for t in range(n_bars):
            density[k, t] = constant + slope * ((x[t] - mean) * (x[t] - mean))
    for t in range(n_bars):
        tops[t] = density[0, t]
    for k in range(1, n_states):
        for t in range(n_bars):
            tops[t] = density[k, t] if density[k, t] > tops[t] else tops[t]
    for k in range(n_states):
        for t in range(n_bars):
            density[k, t] -= tops[t]
    exp_in_place(flat, n_states * n_bars, work)
    total = 0.0
    for t in range(n_bars):
        total += tops[t]
    return total


@kernel
def univariate_rows(
    x: FloatArray,
    starts: FloatArray,
    transitions: FloatArray,
    means: FloatArray,
    variances: FloatArray,
    transition_prior: FloatArray,
    covariance_prior: float,
    n_iter: int,
    tol: float,
    objectives: FloatArray,
    days: FloatArray,
    statuses: Indices,
) -> None:
    """Iterate each row of x (S, T) in place until the penalised objective stops rising; parameters (S, K), (S, K, K).

    The M step is hmmlearn's with ``means_weight = 0``, ``covars_weight = 1`` and ``covars_prior = covariance_prior``.
    objectives (S,): the last log likelihood; days (S, K): effective days of each state;
    statuses (S,): 0 converged, 1 plateau (it fell by rounding), 2 max_iter, 3 degenerate.
    """
    n_rows, n_bars = x.shape
    n_states = starts.shape[1]
    density, forward = np.empty((n_states, n_bars)), np.empty((n_bars, n_states))
    flat, work = density.reshape(-1), np.empty(n_states * n_bars)
    tops, scales = np.empty(n_bars), np.empty(n_bars)
    moments, moves = np.empty((3, n_states)), np.empty((n_states, n_states))
    for s in range(n_rows):
        start, transition, mean, variance = starts[s], transitions[s], means[s], variances[s]
        previous = -np.inf
        statuses[s] = 2
        for iteration in range(n_iter):
            objective = 0.0
            for j in range(n_states):
                objective -= 0.5 * covariance_prior / variance[j]
                for k in range(n_states):
                    if transition_prior[j, k] != 1.0 and transition[j, k] > 0.0:
                        objective += (transition_prior[j, k] - 1.0) * math.log(transition[j, k])
            likelihood = _relative_densities(x[s], mean, variance, density, flat, tops, work)
            likelihood += forward_pass(density, start, transition, forward, scales)
            backward_sums(x[s], density, transition, forward, scales, start, moments, moves)
            objective += likelihood
            if not math.isfinite(objective):
                statuses[s] = 3
                break
            objectives[s] = likelihood
            _maximise(start, transition, mean, variance, moments, moves, transition_prior, covariance_prior)
            for k in range(n_states):
                days[s, k] = moments[0, k]
            gain, previous = objective - previous, objective
            if iteration > 0 and gain < tol:
                statuses[s] = 0 if gain >= -1e-9 * abs(previous) else 1
                break


@kernel
def _maximise(
    start: FloatArray,
    transition: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    moments: FloatArray,
    moves: FloatArray,
    transition_prior: FloatArray,
    covariance_prior: float,
) -> None:
    n_states = start.shape[0]
    total = 0.0
    for k in range(n_states):
        total += start[k]
    for k in range(n_states):
        start[k] /= total
    for j in range(n_states):
        total = 0.0
        for k in range(n_states):
            expected = max(transition_prior[j, k] - 1.0 + moves[j, k] * transition[j, k], 0.0)
            moves[j, k] = expected if transition[j, k] > 0.0 else 0.0
            total += moves[j, k]
        if total > 0.0:
            for k in range(n_states):
                transition[j, k] = moves[j, k] / total
    for k in range(n_states):
        n_days, total, squares = moments[0, k], moments[1, k], moments[2, k]
        mean[k] = total / n_days
        spread = squares - 2.0 * mean[k] * total + mean[k] * mean[k] * n_days
        variance[k] = (covariance_prior + spread) / max(n_days, 1e-5)
