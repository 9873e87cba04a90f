"""Exponential and logarithm of whole arrays, in plain arithmetic.

The C library's functions keep a loop from being vectorised and differ by machine in the last bit. These are the usual
reductions (Cody and Waite; fdlibm's logarithm) without branches: four to eight times faster, within one or two units in the
last place, and the same bits wherever floating point is IEEE 754.
"""

from __future__ import annotations

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.models._jit import apart, kernel

__all__ = ["exp_in_place", "log_in_place"]

_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
# Adding it puts a number's nearest integer into the low bits of the mantissa.
_SHIFTER = 6755399441055744.0
_SHIFTER_BITS = 0x4338000000000000
_LEAST = -700.0
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD


@kernel
def exp_in_place(x: FloatArray, n: int, work: FloatArray) -> None:
    """Replace x[:n] <= 700 by its exponential; anything below -700 counts as -700. work: room for n numbers."""
    apart()
    bits = work.view(np.int64)
    for i in range(n):
        x[i] = x[i] if x[i] > _LEAST else _LEAST
        work[i] = x[i] * _LOG2_E + _SHIFTER
    for i in range(n):
        k = work[i] - _SHIFTER
        r = (x[i] - k * _LN2_HIGH) - k * _LN2_LOW
        p = 1.0 / 6227020800.0
        p = p * r + 1.0 / 479001600.0
        p = p * r + 1.0 / 39916800.0
        p = p * r + 1.0 / 3628800.0
        p = p * r + 1.0 / 362880.0
        p = p * r + 1.0 / 40320.0
        p = p * r + 1.0 / 5040.0
        p = p * r + 1.0 / 720.0
        p = p * r + 1.0 / 120.0
        p = p * r + 1.0 / 24.0
        p = p * r + 1.0 / 6.0
        p = p * r + 0.5
        p = p * r + 1.0
        x[i] = p * r + 1.0
    for i in range(n):
        bits[i] = (bits[i] + 1023) << 52
    for i in range(n):
        x[i] *= work[i]


@kernel
def log_in_place(x: FloatArray, n: int, work: FloatArray) -> None:
    """Replace x[:n], positive and normal, by its logarithm. work: room for n numbers."""
    apart()
    bits, exponents = x.view(np.int64), work.view(np.int64)
    for i in range(n):
        k = (bits[i] - _SQRT_HALF_BITS) >> 52
        bits[i] -= k << 52
        exponents[i] = k + _SHIFTER_BITS
    for i in range(n):
        k_real = work[i] - _SHIFTER
        f = x[i] - 1.0
        s = f / (2.0 + f)
        z = s * s
        w = z * z
        even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        odd = z * (
            6.666666666666735130e-01
            + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
        )
        half = 0.5 * f * f
        x[i] = k_real * _LN2_HIGH - ((half - (s * (half + (even + odd)) + k_real * _LN2_LOW)) - f)
