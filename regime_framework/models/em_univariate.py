"""Baum-Welch for one feature, four rows side by side: the daily case, made fast."""

from __future__ import annotations

import math

import numpy as np

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import (
    LANES,
    apart,
    by_row,
    compact,
    fill,
    kernel,
    larger,
    load,
    load_square,
    row_totals,
    store,
    total,
    where_positive,
)
from regime_framework.models.em_recursions import BARS, States, backward_sums, forward_pass, relative_densities
from regime_framework.models.lane_functions import log_lanes

__all__ = ["univariate_rows"]

_ONE = (0,)
_LN2 = math.log(2.0)
_LOG_2PI = math.log(2.0 * math.pi)
_FINITE = 1e300


@kernel
def univariate_rows(
    x: FloatArray,
    states: States,
    starts: FloatArray,
    transitions: FloatArray,
    means: FloatArray,
    variances: FloatArray,
    persistence: float,
    covariance_prior: float,
    n_iter: int,
    tol: float,
    likelihoods: FloatArray,
    days: FloatArray,
    statuses: Indices,
) -> None:
    """Iterate each row of x (S, T) in place until the penalised objective stops rising; parameters (S, K), (S, K, K).

    The M step is hmmlearn's with ``means_weight = 0``, ``covars_weight = 1`` and ``covars_prior = covariance_prior``.
    states is any tuple of length K, for which there is a compiled kernel each; likelihoods (S,): the last logarithm of the
    likelihood; days (S, K): effective days of each state; statuses (S,): 0 converged, 1 plateau (it fell by rounding),
    2 max_iter, 3 degenerate.

    Rows share the steps of four lanes and nothing else. A lane whose row has ended takes the next one; when there is none, it
    goes on with what it has, unread.
    """
    n_rows, n_bars = x.shape
    if n_rows == 0:
        return
    n_states = len(states)
    n_padded = (n_bars + BARS - 1) // BARS * BARS
    window = np.zeros(n_padded * LANES)
    density, forward = np.empty(n_padded * n_states * LANES), np.empty(n_padded * n_states * LANES)
    start, transition = np.empty(n_states * LANES), np.empty(n_states * n_states * LANES)
    mean, variance, held = np.empty(n_states * LANES), np.empty(n_states * LANES), np.empty(n_states * LANES)
    moments, span, moved = np.empty(2 * LANES), np.empty(LANES), np.empty(n_states * n_states * LANES)
    likelihood, objective, mass = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    row_of, iteration, previous = np.empty(LANES, np.int64), np.zeros(LANES, np.int64), np.empty(LANES)
    taken, running = 0, min(n_rows, LANES)
    for lane in range(LANES):
        row = min(taken, n_rows - 1)
        _enter(row, lane, x, starts, transitions, means, variances, window, start, transition, mean, variance, moments, span)
        row_of[lane] = taken if taken < n_rows else -1
        taken += 1
    while running > 0:
        _iterate(
            window, n_bars, states, start, transition, mean, variance, moments, span, persistence, covariance_prior,
            density, forward, moved, held, likelihood, objective, mass,
        )  # fmt: skip
        for lane in range(LANES):
            row = row_of[lane]
            if row < 0:
                continue
            status = -1
            if not (0.0 < mass[lane] < _FINITE and math.isfinite(objective[lane])):
                status = 3
            else:
                likelihoods[row] = likelihood[lane]
                gain = objective[lane] - previous[lane]
                previous[lane] = objective[lane]
                if iteration[lane] > 0 and gain < tol:
                    status = 0 if gain >= -1e-9 * abs(objective[lane]) else 1
                elif iteration[lane] + 1 == n_iter:
                    status = 2
            iteration[lane] += 1
            if status < 0:
                continue
            statuses[row] = status
            for k in range(n_states):
                days[row, k], starts[row, k] = held[k * LANES + lane], start[k * LANES + lane]
                means[row, k], variances[row, k] = mean[k * LANES + lane], variance[k * LANES + lane]
                for j in range(n_states):
                    transitions[row, j, k] = transition[(j * n_states + k) * LANES + lane]
            if taken < n_rows:
                _enter(
                    taken, lane, x, starts, transitions, means, variances, window, start, transition, mean, variance, moments, span
                )
                row_of[lane], iteration[lane] = taken, 0
                taken += 1
            else:
                row_of[lane] = -1
                running -= 1


@kernel
def _enter(
    row: int,
    lane: int,
    x: FloatArray,
    starts: FloatArray,
    transitions: FloatArray,
    means: FloatArray,
    variances: FloatArray,
    window: FloatArray,
    start: FloatArray,
    transition: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    moments: FloatArray,
    span: FloatArray,
) -> None:
    compact()
    n_states = starts.shape[1]
    sums, squares, reach = 0.0, 0.0, 0.0
    for t in range(x.shape[1]):
        value = x[row, t]
        window[t * LANES + lane] = value
        sums += value
        squares += value * value
        reach = max(reach, abs(value))
    moments[lane], moments[LANES + lane], span[lane] = sums, squares, reach
    for k in range(n_states):
        start[k * LANES + lane], mean[k * LANES + lane] = starts[row, k], means[row, k]
        variance[k * LANES + lane] = variances[row, k]
        for j in range(n_states):
            transition[(j * n_states + k) * LANES + lane] = transitions[row, j, k]


@kernel
def _iterate(
    window: FloatArray,
    n_bars: int,
    states: States,
    start: FloatArray,
    transition: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    moments: FloatArray,
    span: FloatArray,
    persistence: float,
    covariance_prior: float,
    density: FloatArray,
    forward: FloatArray,
    moved: FloatArray,
    held: FloatArray,
    likelihood: FloatArray,
    objective: FloatArray,
    mass: FloatArray,
) -> None:
    """One iteration of all lanes in place; likelihood, objective (4,) are those of the parameters that came in."""
    apart()
    n_states = len(states)
    log_stays = fill(_ONE, 1.0)
    for k in range(n_states):
        stay = load(transition, (k * n_states + k) * LANES, _ONE)
        log_stays = log_stays * where_positive(stay, stay, 1.0)
    penalty = persistence * log_lanes(log_stays) - (0.5 * covariance_prior) * total(1.0 / load(variance, 0, states))
    last = (n_states - 1) * LANES
    last_mean, last_variance = load(mean, last, _ONE), load(variance, last, _ONE)
    squares = load(moments, LANES, _ONE) - (2.0 * last_mean) * load(moments, 0, _ONE) + last_mean * last_mean * float(n_bars)
    powers = relative_densities(window, n_bars, span, mean, variance, n_states, density)
    more, sum_of_last = forward_pass(n_bars, states, density, start, transition, forward)
    found = (powers + more) * _LN2 + log_lanes(sum_of_last) - 0.5 * (squares / last_variance)
    found = found - (0.5 * n_bars) * (log_lanes(last_variance) + _LOG_2PI)
    store(mass, 0, sum_of_last, LANES)
    store(likelihood, 0, found, LANES)
    store(objective, 0, found + penalty, LANES)
    first, n_days, sums, squares_of = backward_sums(window, n_bars, states, density, forward, transition, sum_of_last, moved)
    store(held, 0, n_days, LANES)
    store(start, 0, first / total(first), LANES)
    _count_moves(states, persistence, transition, moved)
    means = sums / n_days
    store(mean, 0, means, LANES)
    spread = squares_of - 2.0 * (means * sums) + means * means * n_days
    store(variance, 0, (spread + covariance_prior) / larger(n_days, 1e-5), LANES)


@kernel
def _count_moves(states: States, persistence: float, transition: FloatArray, moved: FloatArray) -> None:
    compact()
    n_states = len(states)
    now = load_square(transition, 0, states)
    store(moved, 0, load_square(moved, 0, states) * now, LANES)
    for k in range(n_states):
        at = (k * n_states + k) * LANES
        store(moved, at, load(moved, at, _ONE) + persistence, LANES)
    expected = where_positive(now, load_square(moved, 0, states), 0.0)
    totals = by_row(row_totals(expected))
    store(transition, 0, where_positive(totals, expected / totals, now), LANES)
