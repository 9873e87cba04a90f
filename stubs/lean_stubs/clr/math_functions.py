"""System.Math."""

from __future__ import annotations

import math
from typing import Any

from lean_stubs.clr.border import ClrObject

__all__ = ["Math"]


class Math(ClrObject, clr="System"):
    """Functions of the C library, and .NET's rounding to the nearest even number."""

    PI = math.pi
    E = math.e

    abs = staticmethod(abs)
    acos = staticmethod(math.acos)
    asin = staticmethod(math.asin)
    atan = staticmethod(math.atan)
    atan2 = staticmethod(math.atan2)
    cos = staticmethod(math.cos)
    cosh = staticmethod(math.cosh)
    exp = staticmethod(math.exp)
    log10 = staticmethod(math.log10)
    max = staticmethod(max)
    min = staticmethod(min)
    pow = staticmethod(math.pow)
    sin = staticmethod(math.sin)
    sinh = staticmethod(math.sinh)
    sqrt = staticmethod(math.sqrt)
    tan = staticmethod(math.tan)
    tanh = staticmethod(math.tanh)

    @staticmethod
    def ceiling(value: float) -> float:
        return float(math.ceil(value))

    @staticmethod
    def floor(value: float) -> float:
        return float(math.floor(value))

    @staticmethod
    def truncate(value: float) -> float:
        return float(math.trunc(value))

    @staticmethod
    def log(value: float, new_base: float | None = None) -> float:
        return math.log(value) if new_base is None else math.log(value, new_base)

    @staticmethod
    def round(value: float, digits: int = 0) -> float:
        return float(round(value, digits))

    @staticmethod
    def sign(value: Any) -> int:
        return int(value > 0) - int(value < 0)
