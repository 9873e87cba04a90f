"""Money as LEAN holds it: .NET decimals, 28 digits, so that cash agrees to the last printed digit."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from lean_stubs.clr.convert import INTEGRAL, cannot
from lean_stubs.clr.exceptions import ArgumentException

__all__ = [
    "ONE",
    "ZERO",
    "Decimal",
    "exact_event",
    "exact_price",
    "normalize_text",
    "round_half_even",
    "sign",
    "smart_text",
    "to_decimal",
    "to_significant",
    "toward_zero",
    "truncate_to",
]

_LEAST = 5e-29
ZERO = Decimal(0)
ONE = Decimal(1)


def to_decimal(value: Any) -> Decimal:
    """A number from Python as a .NET decimal: the cast of a double keeps 15 significant digits.

    Raises
    ------
    ArgumentException
        Value is NaN or infinite (LEAN's ``SafeDecimalCast``).
    TypeError
        Value is no number.
    """
    kind = type(value)
    if kind is float and value and value - value == 0:
        return _of_float(value)
    if isinstance(value, Decimal):
        return value
    if kind is int or isinstance(value, INTEGRAL):
        return Decimal(int(value)) if value else ZERO
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if not math.isfinite(number):
            text = "NaN" if math.isnan(number) else ("∞" if number > 0 else "-∞")
            raise ArgumentException(
                f"It is not possible to cast a non-finite floating-point value ({text}) as decimal. "
                "Please review math operations and verify the result is valid.",
                "input",
            )
        # The sign of a zero must not be lost in a table of equal numbers.
        return _of_float(number) if number else Decimal(f"{number:.15g}")
    raise cannot(value, "System.Decimal")


@lru_cache(maxsize=8192)
def _of_float(number: float) -> Decimal:
    # A decimal has 28 places after its point.
    return ZERO if abs(number) < _LEAST else Decimal(f"{number:.15g}")


def exact_price(bar: Any, field: str) -> Decimal:
    """A bar's open, high, low or close without the rounding of a float, where the bar knows it."""
    exact = getattr(getattr(bar, "_state", bar), "exact_" + field, None)
    if isinstance(exact, Decimal):
        return exact
    return Decimal(repr(float(getattr(bar, field))))


def exact_event(event: Any, field: str) -> Decimal:
    """A number of a split or dividend without the rounding of a float, where the event knows it."""
    exact = getattr(event, "_exact_" + field.removeprefix("split_").removesuffix("_price"), None)
    if isinstance(exact, Decimal):
        return exact
    return Decimal(repr(float(getattr(event, field))))


def sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def toward_zero(value: Decimal) -> int:
    """The whole part, as a C# cast to int gives it."""
    return int(value)


def truncate_to(value: Decimal, step: Decimal, up: bool) -> Decimal:
    """Nearest multiple of `step` not above (or, with `up`, not below) the value (LEAN: DiscretelyRoundBy)."""
    return (value / step).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) * step


def round_half_even(value: Decimal, digits: int = 0) -> Decimal:
    """C#'s Math.Round: ties to even."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


def to_significant(value: Decimal, digits: int) -> Decimal:
    """Rounded to a number of significant digits, ties to even (LEAN: RoundToSignificantDigits)."""
    if not value:
        return value
    exponent = value.adjusted() - digits + 1
    return value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN)


def normalize_text(value: Decimal) -> str:
    """Plain digits without trailing zeros (LEAN: Normalize)."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def smart_text(value: Decimal) -> str:
    """A price as LEAN's messages show it: four decimals where the whole part is large, else seven significant digits.

    Source: LEAN's ``Extensions.SmartRounding``.
    """
    rounded = value.quantize(Decimal("0.0001"), ROUND_HALF_EVEN) if value > 1000 else to_significant(value, 7)
    return normalize_text(rounded)
