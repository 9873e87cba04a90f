"""Baum-Welch for a Gaussian hidden Markov model with diagonal or full covariances."""

from __future__ import annotations

import math

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import kernel

__all__ = ["em_rows", "em_step", "filter_features", "log_densities", "posterior_pass"]


@kernel
def log_densities(x: FloatArray, means: FloatArray, covariances: FloatArray, out: FloatArray) -> bool:
    """Gaussian log densities of x (T, D) under means (K, D), covariances (K, D, D), into out (T, K).

    False when a covariance is not positive definite.
    """
    n_bars, n_features = x.shape
    lower = np.empty((n_features, n_features))
    z = np.empty(n_features)
    for k in range(means.shape[0]):
        log_det = 0.0
        for i in range(n_features):
            for j in range(i + 1):
                value = covariances[k, i, j]
                for m in range(j):
                    value -= lower[i, m] * lower[j, m]
                if i == j:
                    if not value > 0.0:
                        return False
                    lower[i, i] = math.sqrt(value)
                    log_det += math.log(value)
                else:
                    lower[i, j] = value / lower[j, j]
        constant = -0.5 * (n_features * math.log(2.0 * math.pi) + log_det)
        for t in range(n_bars):
            squares = 0.0
            for i in range(n_features):
                value = x[t, i] - means[k, i]
                for m in range(i):
                    value -= lower[i, m] * z[m]
                z[i] = value / lower[i, i]
                squares += z[i] * z[i]
            out[t, k] = constant - 0.5 * squares
    return True


@kernel
def posterior_pass(
    log_density: FloatArray, start: FloatArray, transition: FloatArray, forward: FloatArray, gamma: FloatArray, xi: FloatArray
) -> float:
    """Scaled forward-backward: filtered into forward (T, K), smoothed into gamma (T, K), expected moves into xi (K, K)."""
    n_bars, n_states = log_density.shape
    likelihood = 0.0
    scales = np.empty(n_bars)
    density = np.empty((n_bars, n_states))
    for t in range(n_bars):
        top = log_density[t, 0]
        for k in range(1, n_states):
            top = max(top, log_density[t, k])
        total = 0.0
        for k in range(n_states):
            density[t, k] = math.exp(log_density[t, k] - top)
            came = start[k]
            if t > 0:
                came = 0.0
                for j in range(n_states):
                    came += forward[t - 1, j] * transition[j, k]
            forward[t, k] = came * density[t, k]
            total += forward[t, k]
        for k in range(n_states):
            forward[t, k] /= total
        scales[t] = total
        likelihood += math.log(total) + top
    backward, ahead = np.ones(n_states), np.empty(n_states)
    xi[:] = 0.0
    for k in range(n_states):
        gamma[n_bars - 1, k] = forward[n_bars - 1, k]
    for t in range(n_bars - 2, -1, -1):
        for k in range(n_states):
            ahead[k] = density[t + 1, k] * backward[k] / scales[t + 1]
        for j in range(n_states):
            value = 0.0
            for k in range(n_states):
                move = transition[j, k] * ahead[k]
                value += move
                xi[j, k] += forward[t, j] * move
            backward[j] = value
        for k in range(n_states):
            gamma[t, k] = forward[t, k] * backward[k]
    return likelihood


@kernel
def em_step(
    x: FloatArray,
    start: FloatArray,
    transition: FloatArray,
    means: FloatArray,
    covariances: FloatArray,
    transition_prior: FloatArray,
    covariance_prior: float,
    full: bool,
    days: FloatArray,
) -> float:
    """One iteration in place; returns the log likelihood before it, NaN when a covariance broke down.

    The M step is hmmlearn's with ``means_weight = 0``, ``covars_weight = 1`` and ``covars_prior = covariance_prior``;
    days (K,) receives the effective days of each state.
    """
    n_bars, n_features = x.shape
    n_states = start.shape[0]
    density, forward, gamma = np.empty((n_bars, n_states)), np.empty((n_bars, n_states)), np.empty((n_bars, n_states))
    xi = np.empty((n_states, n_states))
    if not log_densities(x, means, covariances, density):
        return np.nan
    likelihood = posterior_pass(density, start, transition, forward, gamma, xi)
    for k in range(n_states):
        days[k] = 0.0
        for t in range(n_bars):
            days[k] += gamma[t, k]
    total = 0.0
    for k in range(n_states):
        total += gamma[0, k]
    for k in range(n_states):
        start[k] = gamma[0, k] / total
    for j in range(n_states):
        total = 0.0
        for k in range(n_states):
            xi[j, k] = max(transition_prior[j, k] - 1.0 + xi[j, k], 0.0)
            if transition[j, k] == 0.0:
                xi[j, k] = 0.0
            total += xi[j, k]
        if total > 0.0:
            for k in range(n_states):
                transition[j, k] = xi[j, k] / total
    for k in range(n_states):
        for i in range(n_features):
            value = 0.0
            for t in range(n_bars):
                value += gamma[t, k] * x[t, i]
            means[k, i] = value / days[k]
        for i in range(n_features):
            for j in range(i + 1):
                if i != j and not full:
                    covariances[k, i, j] = covariances[k, j, i] = 0.0
                    continue
                value = 0.0
                for t in range(n_bars):
                    value += gamma[t, k] * (x[t, i] - means[k, i]) * (x[t, j] - means[k, j])
                prior = covariance_prior if i == j else 0.0
                covariances[k, i, j] = covariances[k, j, i] = (prior + value) / (days[k] if full else max(days[k], 1e-5))
    return likelihood


@kernel
def em_rows(
    x: FloatArray,
    starts: FloatArray,
    transitions: FloatArray,
    means: FloatArray,
    covariances: FloatArray,
    transition_prior: FloatArray,
    covariance_prior: float,
    full: bool,
    n_iter: int,
    tol: float,
    objectives: FloatArray,
    days: FloatArray,
    statuses: Indices,
) -> None:
    """Iterate each row of x (S, T, D) until the penalised objective stops rising.

    statuses: 0 converged, 1 plateau (it fell by rounding), 2 max_iter, 3 degenerate.
    """
    for s in range(x.shape[0]):
        previous = -np.inf
        statuses[s] = 2
        for iteration in range(n_iter):
            penalty = 0.0
            for j in range(transitions.shape[1]):
                for k in range(transitions.shape[2]):
                    if transition_prior[j, k] != 1.0 and transitions[s, j, k] > 0.0:
                        penalty += (transition_prior[j, k] - 1.0) * math.log(transitions[s, j, k])
            for k in range(means.shape[1]):
                for i in range(means.shape[2]):
                    if covariance_prior > 0.0:
                        penalty -= 0.5 * covariance_prior / covariances[s, k, i, i]
            likelihood = em_step(
                x[s], starts[s], transitions[s], means[s], covariances[s], transition_prior, covariance_prior, full, days[s]
            )
            if math.isnan(likelihood):
                statuses[s] = 3
                break
            objectives[s] = likelihood
            gain = likelihood + penalty - previous
            previous = likelihood + penalty
            if iteration > 0 and gain < tol:
                statuses[s] = 0 if gain >= -1e-9 * abs(previous) else 1
                break


@kernel
def filter_features(
    x: FloatArray, start: FloatArray, transition: FloatArray, means: FloatArray, covariances: FloatArray, path: FloatArray
) -> float:
    """Filtered probabilities of features x (T, D) into path (T, K); returns the log likelihood."""
    n_bars, n_states = path.shape
    density = np.empty((n_bars, n_states))
    if not log_densities(x, means, covariances, density):
        return np.nan
    likelihood = 0.0
    for t in range(n_bars):
        top = density[t].max()
        total = 0.0
        for k in range(n_states):
            came = start[k]
            if t > 0:
                came = 0.0
                for j in range(n_states):
                    came += path[t - 1, j] * transition[j, k]
            path[t, k] = came * math.exp(density[t, k] - top)
            total += path[t, k]
        for k in range(n_states):
            path[t, k] /= total
        likelihood += math.log(total) + top
    return likelihood
