"""Exponential and logarithm of lanes: as in :mod:`elementary`, for numbers of several rows side by side."""

from __future__ import annotations

from regime_framework.models._jit import Lanes, kernel, larger, power_of_two, split_exponent, split_fraction

__all__ = ["exp2_lanes", "log_lanes"]

_SHIFTER = 6755399441055744.0
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_LEAST = -1000.0


@kernel
def exp2_lanes(x: Lanes) -> Lanes:
    """Two to the power of x <= 1000; anything below -1000 counts as -1000."""
    x = larger(x, _LEAST)
    shifted = x + _SHIFTER
    r = x - (shifted - _SHIFTER)
    # Minimax on [-1/2, 1/2], within 4e-18; even and odd powers on their own, for the chain of each is half as long.
    z = r * r
    even = z * 7.073864680202735e-09 + 1.3215434791504411e-06
    odd = z * 4.4573781280472975e-10 + 1.0178046520722355e-07
    even = even * z + 0.00015403530458129
    odd = odd * z + 1.5252733867403963e-05
    even = even * z + 0.009618129107593293
    odd = odd * z + 0.0013333558146379168
    even = even * z + 0.24022650695910133
    odd = odd * z + 0.05550410866482174
    even = even * z + 1.0
    odd = odd * z + 0.6931471805599453
    return (odd * r + even) * power_of_two(shifted)


@kernel
def log_lanes(x: Lanes) -> Lanes:
    """Natural logarithm of x, positive and normal."""
    k = split_exponent(x) - _SHIFTER
    f = split_fraction(x) - 1.0
    s = f / (f + 2.0)
    z = s * s
    w = z * z
    even = w * (w * (w * 1.531383769920937332e-01 + 2.222219843214978396e-01) + 3.999999999940941908e-01)
    odd = z * (
        w * (w * (w * 1.479819860511658591e-01 + 1.818357216161805012e-01) + 2.857142874366239149e-01) + 6.666666666666735130e-01
    )
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + (even + odd)) + k * _LN2_LOW)) - f)
