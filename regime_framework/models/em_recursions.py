"""Forward and backward recursions of expectation maximisation for one feature; two and three states written out.

Scaled probabilities are normalised every few bars only: the division is the longest link of the chain.
"""

from __future__ import annotations

import math

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.models._jit import kernel

__all__ = ["backward_sums", "forward_pass"]

_STRIDE = 4  # bars between two normalisations


@kernel
def forward_pass(density: FloatArray, start: FloatArray, transition: FloatArray, forward: FloatArray, scales: FloatArray) -> float:
    """Scaled forward probabilities of densities (K, T) into forward (T, K); returns the log likelihood.

    scales (T,) receives what each bar was multiplied by.
    """
    n_states, n_bars = density.shape
    likelihood = 0.0
    for k in range(n_states):
        forward[0, k] = start[k] * density[k, 0]
    for first in range(0, n_bars, _STRIDE):
        last = min(first + _STRIDE, n_bars)
        if n_states == 2:
            p, q = forward[max(first - 1, 0), 0], forward[max(first - 1, 0), 1]
            pp, pq, qp, qq = transition[0, 0], transition[0, 1], transition[1, 0], transition[1, 1]
            for t in range(max(first, 1), last):
                p, q = (p * pp + q * qp) * density[0, t], (p * pq + q * qq) * density[1, t]
                forward[t, 0], forward[t, 1] = p, q
        elif n_states == 3:
            p, q, r = forward[max(first - 1, 0), 0], forward[max(first - 1, 0), 1], forward[max(first - 1, 0), 2]
            pp, pq, pr = transition[0, 0], transition[0, 1], transition[0, 2]
            qp, qq, qr = transition[1, 0], transition[1, 1], transition[1, 2]
            rp, rq, rr = transition[2, 0], transition[2, 1], transition[2, 2]
            for t in range(max(first, 1), last):
                p, q, r = (
                    (p * pp + q * qp + r * rp) * density[0, t],
                    (p * pq + q * qq + r * rq) * density[1, t],
                    (p * pr + q * qr + r * rr) * density[2, t],
                )
                forward[t, 0], forward[t, 1], forward[t, 2] = p, q, r
        else:
            for t in range(max(first, 1), last):
                for k in range(n_states):
                    came = 0.0
                    for j in range(n_states):
                        came += forward[t - 1, j] * transition[j, k]
                    forward[t, k] = came * density[k, t]
        total = 0.0
        for t in range(first, last):
            scales[t] = 1.0
        for k in range(n_states):
            total += forward[last - 1, k]
        likelihood += math.log(total)
        scales[last - 1] = 1.0 / total
        for k in range(n_states):
            forward[last - 1, k] *= scales[last - 1]
    return likelihood


@kernel
def backward_sums(
    x: FloatArray,
    density: FloatArray,
    transition: FloatArray,
    forward: FloatArray,
    scales: FloatArray,
    first_day: FloatArray,
    moments: FloatArray,
    moves: FloatArray,
) -> None:
    """Expected sums over the window x (T,) given all of it.

    first_day (K,): probabilities of the first bar; moments (3, K): sums of probability times 1, x and x squared;
    moves (K, K): expected moves divided by the transition probability.
    """
    n_states, n_bars = density.shape
    for j in range(n_states):
        moments[0, j] = moments[1, j] = moments[2, j] = 0.0
        for k in range(n_states):
            moves[j, k] = 0.0
    if n_states == 2:
        _backward_two(x, density, transition, forward, scales, first_day, moments, moves)
        return
    if n_states == 3:
        _backward_three(x, density, transition, forward, scales, first_day, moments, moves)
        return
    ahead, after = np.empty(n_states), np.ones(n_states)
    for t in range(n_bars - 1, -1, -1):
        for k in range(n_states):
            share = forward[t, k] * after[k]
            moments[0, k] += share
            moments[1, k] += share * x[t]
            moments[2, k] += share * x[t] * x[t]
            first_day[k] = share
            ahead[k] = density[k, t] * after[k] * scales[t]
        if t > 0:
            for j in range(n_states):
                after[j] = 0.0
                for k in range(n_states):
                    moves[j, k] += forward[t - 1, j] * ahead[k]
                    after[j] += transition[j, k] * ahead[k]


@kernel
def _backward_two(
    x: FloatArray,
    density: FloatArray,
    transition: FloatArray,
    forward: FloatArray,
    scales: FloatArray,
    first_day: FloatArray,
    moments: FloatArray,
    moves: FloatArray,
) -> None:
    pp, pq, qp, qq = transition[0, 0], transition[0, 1], transition[1, 0], transition[1, 1]
    p, q = 1.0, 1.0
    days_p = days_q = sum_p = sum_q = squares_p = squares_q = 0.0
    to_pp = to_pq = to_qp = to_qq = 0.0
    for t in range(x.shape[0] - 1, -1, -1):
        share_p, share_q = forward[t, 0] * p, forward[t, 1] * q
        days_p, days_q = days_p + share_p, days_q + share_q
        sum_p, sum_q = sum_p + share_p * x[t], sum_q + share_q * x[t]
        squares_p, squares_q = squares_p + share_p * x[t] * x[t], squares_q + share_q * x[t] * x[t]
        if t == 0:
            first_day[0], first_day[1] = share_p, share_q
            break
        ahead_p, ahead_q = density[0, t] * p * scales[t], density[1, t] * q * scales[t]
        was_p, was_q = forward[t - 1, 0], forward[t - 1, 1]
        to_pp, to_pq = to_pp + was_p * ahead_p, to_pq + was_p * ahead_q
        to_qp, to_qq = to_qp + was_q * ahead_p, to_qq + was_q * ahead_q
        p, q = pp * ahead_p + pq * ahead_q, qp * ahead_p + qq * ahead_q
    moments[0, 0], moments[0, 1] = days_p, days_q
    moments[1, 0], moments[1, 1] = sum_p, sum_q
    moments[2, 0], moments[2, 1] = squares_p, squares_q
    moves[0, 0], moves[0, 1], moves[1, 0], moves[1, 1] = to_pp, to_pq, to_qp, to_qq


@kernel
def _backward_three(
    x: FloatArray,
    density: FloatArray,
    transition: FloatArray,
    forward: FloatArray,
    scales: FloatArray,
    first_day: FloatArray,
    moments: FloatArray,
    moves: FloatArray,
) -> None:
    pp, pq, pr = transition[0, 0], transition[0, 1], transition[0, 2]
    qp, qq, qr = transition[1, 0], transition[1, 1], transition[1, 2]
    rp, rq, rr = transition[2, 0], transition[2, 1], transition[2, 2]
    p, q, r = 1.0, 1.0, 1.0
    days_p = days_q = days_r = sum_p = sum_q = sum_r = squares_p = squares_q = squares_r = 0.0
    to_pp = to_pq = to_pr = to_qp = to_qq = to_qr = to_rp = to_rq = to_rr = 0.0
    for t in range(x.shape[0] - 1, -1, -1):
        share_p, share_q, share_r = forward[t, 0] * p, forward[t, 1] * q, forward[t, 2] * r
        days_p, days_q, days_r = days_p + share_p, days_q + share_q, days_r + share_r
        sum_p, sum_q, sum_r = sum_p + share_p * x[t], sum_q + share_q * x[t], sum_r + share_r * x[t]
        square = x[t] * x[t]
        squares_p, squares_q, squares_r = squares_p + share_p * square, squares_q + share_q * square, squares_r + share_r * square
        if t == 0:
            first_day[0], first_day[1], first_day[2] = share_p, share_q, share_r
            break
        ahead_p, ahead_q, ahead_r = density[0, t] * p * scales[t], density[1, t] * q * scales[t], density[2, t] * r * scales[t]
        was_p, was_q, was_r = forward[t - 1, 0], forward[t - 1, 1], forward[t - 1, 2]
        to_pp, to_pq, to_pr = to_pp + was_p * ahead_p, to_pq + was_p * ahead_q, to_pr + was_p * ahead_r
        to_qp, to_qq, to_qr = to_qp + was_q * ahead_p, to_qq + was_q * ahead_q, to_qr + was_q * ahead_r
        to_rp, to_rq, to_rr = to_rp + was_r * ahead_p, to_rq + was_r * ahead_q, to_rr + was_r * ahead_r
        p, q, r = (
            pp * ahead_p + pq * ahead_q + pr * ahead_r,
            qp * ahead_p + qq * ahead_q + qr * ahead_r,
            rp * ahead_p + rq * ahead_q + rr * ahead_r,
        )
    moments[0, 0], moments[0, 1], moments[0, 2] = days_p, days_q, days_r
    moments[1, 0], moments[1, 1], moments[1, 2] = sum_p, sum_q, sum_r
    moments[2, 0], moments[2, 1], moments[2, 2] = squares_p, squares_q, squares_r
    moves[0, 0], moves[0, 1], moves[0, 2] = to_pp, to_pq, to_pr
    moves[1, 0], moves[1, 1], moves[1, 2] = to_qp, to_qq, to_qr
    moves[2, 0], moves[2, 1], moves[2, 2] = to_rp, to_rq, to_rr
