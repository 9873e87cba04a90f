"""Forward and backward recursions of expectation maximisation for one feature, four rows side by side.

Arrays are flat and hold four neighbouring numbers, one a row, for each entry: a vector over the states is 4 K numbers, its
state k at 4 k. Densities and filtered probabilities stand bar after bar, (T, K, 4); `states` is a tuple of length K.

Each bar's densities are divided by the last state's, which is the most volatile as a rule: one exponential less, and a bar that
no calm state explains is no tiny number. Probabilities are brought near one every few bars only, by a power of two: exact, and
without a division or a logarithm in the chain.
"""

from __future__ import annotations

from typing import TypeAlias

from regime_framework._typing import FloatArray
from regime_framework.models._jit import (
    LANES,
    Lanes,
    apart,
    compact,
    exponent,
    fill,
    from_left,
    from_right,
    kernel,
    larger,
    load,
    load_square,
    most,
    outer,
    store,
    total,
    unit_scale,
    where_positive,
)
from regime_framework.models.lane_functions import exp2_lanes, log_lanes

__all__ = ["BARS", "States", "backward_sums", "forward_pass", "relative_densities"]

States: TypeAlias = tuple[int, ...]

BARS = 4  # bars between two rescalings, and bars of one exponential
_ONE, _FOUR = (0,), (0, 0, 0, 0)
_LOG2_E = 1.4426950408889634
_HALF_LOG2_E = 0.5 * _LOG2_E
# Powers of two by which a density may exceed the last state's: eight bars of it can be multiplied. Where more is possible,
# every bar is looked at; the margin is for rounding, so that a row that needs it never does so by another's need alone.
_CAP, _MARGIN = 100.0, 10.0
_EXPONENT_BIAS = 4503599627370496.0 + 1023.0


@kernel
def relative_densities(
    x: FloatArray, n_bars: int, span: FloatArray, means: FloatArray, variances: FloatArray, n_states: int, density: FloatArray
) -> Lanes:
    """Gaussian densities of x (T, 4), T a multiple of BARS, over the last state's into density (T, K, 4).

    span (4,) is the largest distance of x from zero. Where a density exceeds the last state's by too much, all of the bar are
    divided by one more power of two; returns the sum of its exponents over the first n_bars.
    """
    apart()
    n_blocks = (n_bars + BARS - 1) // BARS
    bar, last = n_states * LANES, (n_states - 1) * LANES
    last_mean, last_variance = load(means, last, _ONE), load(variances, last, _ONE)
    last_slope = _HALF_LOG2_E / last_variance
    reach = larger(last_mean, 0.0 - last_mean) + load(span, 0, _ONE)
    highest = fill(_ONE, 0.0)
    for k in range(n_states - 1):
        mean, variance = load(means, k * LANES, _ONE), load(variances, k * LANES, _ONE)
        distance, wider = mean - last_mean, last_variance - variance
        peak = where_positive(wider, _HALF_LOG2_E * (distance * distance) / wider, last_slope * (reach * reach))
        highest = larger(highest, peak + _HALF_LOG2_E * log_lanes(last_variance / variance))
    steep = most(highest) > _CAP - _MARGIN
    for k in range(n_states - 1):
        mean, variance = load(means, k * LANES, _ONE), load(variances, k * LANES, _ONE)
        slope = _HALF_LOG2_E / variance
        # The exponent is a + b x + c x^2.
        a = _HALF_LOG2_E * log_lanes(last_variance / variance) + (last_slope * last_mean * last_mean - slope * mean * mean)
        b = 2.0 * (slope * mean - last_slope * last_mean)
        c = last_slope - slope
        for block in range(n_blocks):
            bars = load(x, block * BARS * LANES, _FOUR)
            powers = (c * bars + b) * bars + a
            if not steep:
                powers = exp2_lanes(powers)
            store(density, block * BARS * bar + k * LANES, powers, bar)
    if steep:
        return _tame(n_bars, n_states, density)
    for t in range(n_bars):
        store(density, t * bar + last, fill(_ONE, 1.0), LANES)
    return fill(_ONE, 0.0)


@kernel
def _tame(n_bars: int, n_states: int, density: FloatArray) -> Lanes:
    """From powers to densities where a power may be too large; rows that have none get the same bits as without this."""
    compact()
    excess = fill(_ONE, 0.0)
    bar, last = n_states * LANES, (n_states - 1) * LANES
    for t in range(n_bars):
        top = fill(_ONE, _CAP)
        for k in range(n_states - 1):
            top = larger(load(density, t * bar + k * LANES, _ONE), top)
        top = top - _CAP
        for k in range(n_states - 1):
            at = t * bar + k * LANES
            store(density, at, exp2_lanes(load(density, at, _ONE) - top), LANES)
        store(density, t * bar + last, exp2_lanes(0.0 - top), LANES)
        excess = excess + top
    return excess


@kernel
def forward_pass(
    n_bars: int, states: States, density: FloatArray, start: FloatArray, transition: FloatArray, forward: FloatArray
) -> tuple[Lanes, Lanes]:
    """Filtered probabilities into forward (T, K, 4), each bar's times some power of two.

    Densities of a bar before which that power changes are multiplied by the change, so that nobody else need know of it.
    Returns the likelihood over the last bar's sum as a power of two, and that sum.
    """
    apart()
    bar = len(states) * LANES
    moves = load_square(transition, 0, states)
    belief = load(start, 0, states) * load(density, 0, states)
    store(forward, 0, belief, LANES)
    powers = fill(_ONE, 0.0)
    for first in range(0, n_bars, BARS):
        last = min(first + BARS, n_bars) - 1
        if last > first:
            # What is known when the block begins, so that the chain need not wait for it.
            mass = total(belief)
            powers = powers + (exponent(mass) - _EXPONENT_BIAS)
            store(density, last * bar, load(density, last * bar, states) * unit_scale(mass), LANES)
        for t in range(max(first, 1), last + 1):
            belief = from_left(belief, moves) * load(density, t * bar, states)
            store(forward, t * bar, belief, LANES)
    return powers, total(belief)


@kernel
def backward_sums(
    x: FloatArray,
    n_bars: int,
    states: States,
    density: FloatArray,
    forward: FloatArray,
    transition: FloatArray,
    mass: Lanes,
    moved: FloatArray,
) -> tuple[Lanes, Lanes, Lanes, Lanes]:
    """Expected sums over the window x (T, 4) given all of it; mass is the sum of the last bar's filtered probabilities.

    Returns the probabilities of the first bar, and sums of probability times 1, x and x squared, each (K, 4);
    moved (K, K, 4) receives the expected moves divided by the transition probability.
    """
    apart()
    bar = len(states) * LANES
    moves = load_square(transition, 0, states)
    after = fill(states, 1.0) / mass
    days, sums, squares = fill(states, 0.0), fill(states, 0.0), fill(states, 0.0)
    count = outer(days, days)
    before = load(forward, (n_bars - 1) * bar, states)
    for t in range(n_bars - 1, 0, -1):
        value = load(x, t * LANES, _ONE)
        share = before * after
        days = days + share
        share = share * value
        sums = sums + share
        squares = squares + share * value
        ahead = load(density, t * bar, states) * after
        before = load(forward, (t - 1) * bar, states)
        count = count + outer(before, ahead)
        after = from_right(moves, ahead)
    value, first = load(x, 0, _ONE), before * after
    share = first * value
    store(moved, 0, count, LANES)
    return first, days + first, sums + share, squares + share * value
