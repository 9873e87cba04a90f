"""Forward pass of all candidates of the grid side by side.

A candidate is a tuple of volatility levels (C of them) with a set of durations (G of them). Arrays hold candidates along the
last axis, so that a bar is a few loops without branches over long rows; sets of durations share a tuple's densities.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray, Indices
from regime_framework.models._jit import LANES, apart, compact, from_left, kernel, load, load_spread, load_square, store, total
from regime_framework.models.elementary import exp_in_place, log_in_place

__all__ = ["fit_rows", "padded_width", "plain_evidence"]

# Unsigned, so that looking a density up needs no test for indices that count from the end.
LiveLevels = NDArray[np.uint32]

# Nats by which a tuple may fall behind, all its durations together, before it is dropped for good: what it could still make
# up for. Early years of one kind must not silence tuples that later years need (over decades of an index a tuple gained .1
# of a nat a bar from closes, .33 from ranges); the limit keeps the weights of those behind away from underflow.
_LEAST_BEHIND, _CATCH_UP, _MOST_BEHIND = 20.0, 0.5, 575.0
_BLOCK = 8  # bars between two looks at the weights
_PADDING = 16  # rows are padded with weights of zero to a multiple of it
_FLOOR = 1e-30  # added to each density, so that no bar can kill every candidate


def padded_width(n_tuples: int) -> int:
    """Length of a row of candidates in the kernel's arrays."""
    return (n_tuples + _PADDING - 1) // _PADDING * _PADDING


@kernel
def _block_densities(
    u: FloatArray,
    first: int,
    last: int,
    log_levels: FloatArray,
    inverse_levels: FloatArray,
    nu: float,
    eta: float,
    densities: FloatArray,
    work: FloatArray,
) -> float:
    """Density of u[first:last] at each of M levels relative to the bar's largest, into densities (bars * M,).

    Returns the sum of the logarithms of the largest.
    """
    apart()
    n_levels = log_levels.shape[0]
    n = (last - first) * n_levels
    if math.isinf(eta):
        for t in range(first, last):
            slope, row = 0.5 * nu * u[t], (t - first) * n_levels
            for m in range(n_levels):
                densities[row + m] = -0.5 * nu * log_levels[m] - slope * inverse_levels[m]
    else:
        for t in range(first, last):
            tail, row = nu * u[t] / (eta - 2.0), (t - first) * n_levels
            for m in range(n_levels):
                densities[row + m] = 1.0 + tail * inverse_levels[m]
        log_in_place(densities, n, work)
        for t in range(first, last):
            row = (t - first) * n_levels
            for m in range(n_levels):
                densities[row + m] = -0.5 * nu * log_levels[m] - 0.5 * (nu + eta) * densities[row + m]
    tops = 0.0
    for t in range(first, last):
        row = (t - first) * n_levels
        top = densities[row]
        for m in range(1, n_levels):
            top = densities[row + m] if densities[row + m] > top else top
        for m in range(n_levels):
            densities[row + m] -= top
        tops += top
    exp_in_place(densities, n, work)
    for i in range(n):
        densities[i] += _FLOOR
    return tops


@kernel
def _rates(exits: FloatArray, shares: FloatArray, keeps: FloatArray, moves: FloatArray) -> None:
    """Transition probabilities of each set of durations for :func:`_advance`, each number LANES times."""
    compact()
    n_sets, n_states = exits.shape
    others = max(n_states - 1, 1)
    for g in range(n_sets):
        for j in range(n_states):
            for lane in range(LANES):
                at = (g * n_states + j) * LANES + lane
                shares[at] = exits[g, j] / others
                keeps[at] = 1.0 - exits[g, j] - exits[g, j] / others
                for k in range(n_states):
                    moves[((g * n_states + j) * n_states + k) * LANES + lane] = (
                        1.0 - exits[g, j] if j == k else exits[g, j] / others
                    )


@kernel
def _advance(
    joint: FloatArray,
    states: tuple[int, ...],
    width: int,
    shares: FloatArray,
    keeps: FloatArray,
    moves: FloatArray,
    seen: FloatArray,
    n: int,
) -> None:
    """One bar of n tuples, four at a time: joint (G, K, width) is weight times belief, seen (K, width) the bar's density."""
    apart()
    n_states = len(states)
    for g in range(shares.shape[0] // (n_states * LANES)):
        first = g * n_states * width
        share, keep = load(shares, g * n_states * LANES, states), load(keeps, g * n_states * LANES, states)
        move = load_square(moves, g * n_states * n_states * LANES, states)
        for i in range(first, first + n, LANES):
            now = load_spread(joint, i, states, width)
            # Whoever leaves goes to every other state alike, so that what all lost is shared out once.
            came = from_left(now, move) if n_states == 2 else total(now * share) + now * keep
            store(joint, i, came * load_spread(seen, i - first, states, width), width)


@kernel
def _weigh(joint: FloatArray, n: int, weights: FloatArray, peaks: FloatArray, totals: FloatArray) -> float:
    """Largest weight of each tuple into peaks (C,), its sum over the sets into totals (C,); returns the sum of all."""
    apart()
    n_sets, n_states = joint.shape[0], joint.shape[1]
    for i in range(n):
        peaks[i] = 0.0
        totals[i] = 0.0
    for g in range(n_sets):
        for i in range(n):
            weights[i] = joint[g, 0, i]
        for k in range(1, n_states):
            for i in range(n):
                weights[i] += joint[g, k, i]
        for i in range(n):
            totals[i] += weights[i]
            peaks[i] = weights[i] if weights[i] > peaks[i] else peaks[i]
    # Four sums of its own choosing, so that the order of additions is ours and not the compiler's.
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for i in range(0, n, 4):
        a += totals[i]
        b += totals[i + 1]
        c += totals[i + 2]
        d += totals[i + 3]
    return (a + b) + (c + d)


@kernel
def _drop_dead(joint: FloatArray, live: LiveLevels, n: int, peaks: FloatArray, threshold: float) -> int:
    """Close ranks over the tuples below the threshold; returns the padded number of those that stay."""
    compact()
    n_sets, n_states = joint.shape[0], joint.shape[1]
    kept = 0
    for i in range(n):
        if peaks[i] >= threshold:
            if kept < i:
                for k in range(n_states):
                    live[k, kept] = live[k, i]
                for g in range(n_sets):
                    for k in range(n_states):
                        joint[g, k, kept] = joint[g, k, i]
            kept += 1
    padded = (kept + _PADDING - 1) // _PADDING * _PADDING
    for g in range(n_sets):
        for k in range(n_states):
            for i in range(kept, padded):
                joint[g, k, i] = 0.0
    return padded


@kernel
def _enter(
    joint: FloatArray,
    live: LiveLevels,
    seen: FloatArray,
    tuples: Indices,
    priors: FloatArray,
    starts: FloatArray,
    table: FloatArray,
) -> None:
    """All tuples at the first bar."""
    compact()
    n_sets, n_states, width = joint.shape
    n_tuples = priors.shape[0]
    for k in range(n_states):
        for i in range(width):
            live[k, i] = tuples[k, i] if i < n_tuples else 0
            seen[k, i] = priors[i] * table[0, live[k, i]] if i < n_tuples else 0.0
        for g in range(n_sets):
            for i in range(width):
                joint[g, k, i] = starts[g, k] * seen[k, i]


@kernel
def _average(
    joint: FloatArray, live: LiveLevels, n: int, total: float, exits: FloatArray, log_levels: FloatArray, mean: FloatArray
) -> None:
    """Posterior mean over n tuples of log variances and of log exits into mean (2, K)."""
    compact()
    n_sets, n_states = exits.shape
    for k in range(n_states):
        mean[0, k] = 0.0
        mean[1, k] = 0.0
    for g in range(n_sets):
        alive = 0.0
        for i in range(n):
            weight = 0.0
            for k in range(n_states):
                weight += joint[g, k, i]
            weight /= total
            alive += weight
            for k in range(n_states):
                mean[0, k] += weight * log_levels[live[k, i]]
        for k in range(n_states):
            mean[1, k] += alive * math.log(exits[g, k])


@kernel
def fit_rows(
    proxies: FloatArray,
    menu: FloatArray,
    states: tuple[int, ...],
    levels: FloatArray,
    tuples: Indices,
    priors: FloatArray,
    exits: FloatArray,
    starts: FloatArray,
    expanding: bool,
    begun: Indices,
    kept_joint: FloatArray,
    kept_live: LiveLevels,
    kept_counts: Indices,
    kept_evidences: FloatArray,
    log_variances: FloatArray,
    log_exits: FloatArray,
    log_evidences: FloatArray,
    chosen: Indices,
) -> None:
    """Fit each row of `proxies` (S, T) on its own with the density of the largest evidence.

    states is any tuple of length K, for which there is a compiled kernel each; menu (E, 3) holds nu, eta and the constant of
    each density; results go to log_variances, log_exits (S, K), log_evidences (S,) and chosen (S,), the row of the menu.
    Proxies are in units of their row's mean.

    A window that may grow is fitted as `expanding`. Where kept_joint (S, E, G, K, W) has rows as well, the state after the last
    full block of bars is left there and in kept_live (S, E, K, W), kept_counts and kept_evidences (S, E), and a row of which
    `begun` (S,) bars were fitted before goes on from what it finds there. Bits depend neither on where a row went on nor on
    whether anything is kept.
    """
    n_states, n_tuples = tuples.shape
    n_rows, n_bars = proxies.shape
    n_levels = levels.shape[0]
    width = (n_tuples + _PADDING - 1) // _PADDING * _PADDING
    joint = np.empty((exits.shape[0], n_states, width))
    live, seen = np.empty((n_states, width), dtype=np.uint32), np.empty((n_states, width))
    weights, peaks, totals = np.empty(width), np.empty(width), np.empty(width)
    n_rates = exits.size * LANES
    shares, keeps, moves = np.empty(n_rates), np.empty(n_rates), np.empty(n_rates * n_states)
    _rates(exits, shares, keeps, moves)
    flat_joint, flat_seen = joint.reshape(-1), seen.reshape(-1)
    table, work = np.empty((_BLOCK, n_levels)), np.empty(max(_BLOCK * n_levels, n_bars))
    densities, logs, mean = table.reshape(-1), np.empty(n_bars), np.empty((2, n_states))
    log_levels, inverse_levels = np.empty(n_levels), np.empty(n_levels)
    for m in range(n_levels):
        log_levels[m] = math.log(levels[m])
        inverse_levels[m] = 1.0 / levels[m]
    resumes = expanding and kept_joint.shape[0] > 0
    for s in range(n_rows):
        u = proxies[s]
        log_sum = _sum_of_logs(u, logs, work)
        log_evidences[s] = -np.inf
        for e in range(menu.shape[0]):
            nu, eta = menu[e, 0], menu[e, 1]
            evidence, n, total, begin = 0.0, width, 1.0, 0
            if resumes and begun[s] >= _BLOCK:
                begin, n, evidence = begun[s] // _BLOCK * _BLOCK, kept_counts[s, e], kept_evidences[s, e]
                _copy(kept_joint[s, e], kept_live[s, e], joint, live)
                total = _weigh(joint, n, weights, peaks, totals)
            for first in range(begin, n_bars, _BLOCK):
                last = min(first + _BLOCK, n_bars)
                if first > 0:
                    left = _MOST_BEHIND if expanding else min(_LEAST_BEHIND + _CATCH_UP * (n_bars - first), _MOST_BEHIND)
                    n = _drop_dead(joint, live, n, peaks, math.exp(-left) * total)
                evidence += _block_densities(u, first, last, log_levels, inverse_levels, nu, eta, densities, work)
                # What all candidates lost in the last block goes into the next densities, so that weights stay near one.
                for m in range(n_levels):
                    densities[m] /= total
                for t in range(first, last):
                    if t == 0:
                        _enter(joint, live, seen, tuples, priors, starts, table)
                        continue
                    for k in range(n_states):
                        for i in range(n):
                            seen[k, i] = table[t - first, live[k, i]]
                    _advance(flat_joint, states, width, shares, keeps, moves, flat_seen, n)
                total = _weigh(joint, n, weights, peaks, totals)
                evidence += math.log(total)
                if resumes and last == n_bars // _BLOCK * _BLOCK:
                    _copy(joint, live, kept_joint[s, e], kept_live[s, e])
                    kept_counts[s, e], kept_evidences[s, e] = n, evidence
            evidence += n_bars * menu[e, 2] + (0.5 * nu - 1.0) * log_sum
            if evidence > log_evidences[s]:
                log_evidences[s] = evidence
                chosen[s] = e
                _average(joint, live, n, total, exits, log_levels, mean)
                for k in range(n_states):
                    log_variances[s, k] = mean[0, k]
                    log_exits[s, k] = mean[1, k]


@kernel
def _copy(joint: FloatArray, live: LiveLevels, to_joint: FloatArray, to_live: LiveLevels) -> None:
    compact()
    n_sets, n_states, width = joint.shape
    for k in range(n_states):
        for i in range(width):
            to_live[k, i] = live[k, i]
        for g in range(n_sets):
            for i in range(width):
                to_joint[g, k, i] = joint[g, k, i]


@kernel
def _sum_of_logs(u: FloatArray, logs: FloatArray, work: FloatArray) -> float:
    compact()
    total = 0.0
    for t in range(u.shape[0]):
        logs[t] = u[t] + 1e-12
    log_in_place(logs, u.shape[0], work)
    for t in range(u.shape[0]):
        total += logs[t]
    return total


@kernel
def plain_evidence(
    proxies: FloatArray, menu: FloatArray, levels: FloatArray, begun: Indices, tails: FloatArray, log_evidences: FloatArray
) -> None:
    """Log evidence of "no regimes" for each row of `proxies` (S, T): all days at one level, each of M as likely before.

    With the density of the menu that has the largest; units as in :func:`fit_rows`. tails (S, E, M) holds the sums over the
    first `begun` (S,) bars of what a finite eta adds up, and afterwards those over all.
    """
    compact()
    n_rows, n_bars = proxies.shape
    n_levels = levels.shape[0]
    logs, work = np.empty(n_bars), np.empty(n_bars)
    for s in range(n_rows):
        mean, log_sum = 0.0, _sum_of_logs(proxies[s], logs, work)
        for t in range(n_bars):
            mean += proxies[s, t]
        log_evidences[s] = -np.inf
        n_new = n_bars - begun[s]
        for e in range(menu.shape[0]):
            nu, eta, constant = menu[e, 0], menu[e, 1], menu[e, 2]
            top, scaled = -np.inf, 0.0
            for m in range(n_levels):
                value = -0.5 * nu * n_bars * math.log(levels[m])
                if math.isinf(eta):
                    value -= 0.5 * nu * mean / levels[m]
                else:
                    for t in range(n_new):
                        logs[t] = 1.0 + nu * proxies[s, begun[s] + t] / ((eta - 2.0) * levels[m])
                    log_in_place(logs, n_new, work)
                    for t in range(n_new):
                        tails[s, e, m] += logs[t]
                    value -= 0.5 * (nu + eta) * tails[s, e, m]
                higher = max(top, value)
                scaled = scaled * math.exp(top - higher) + math.exp(value - higher)
                top = higher
            value = top + math.log(scaled / n_levels) + n_bars * constant + (0.5 * nu - 1.0) * log_sum
            log_evidences[s] = max(log_evidences[s], value)
