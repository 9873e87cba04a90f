"""Kinds of moving averages (LEAN: MovingAverageType)."""

from __future__ import annotations

from lean_stubs.clr import ClrEnum, value

__all__ = ["MovingAverageType"]


class MovingAverageType(ClrEnum, clr="QuantConnect.Indicators"):
    SIMPLE: MovingAverageType = value(0)
    EXPONENTIAL: MovingAverageType = value(1)
    WILDERS: MovingAverageType = value(2)
    LINEAR_WEIGHTED_MOVING_AVERAGE: MovingAverageType = value(3)
    DOUBLE_EXPONENTIAL: MovingAverageType = value(4)
    TRIPLE_EXPONENTIAL: MovingAverageType = value(5)
    TRIANGULAR: MovingAverageType = value(6)
    T_3: MovingAverageType = value(7)
    KAMA: MovingAverageType = value(8)
    HULL: MovingAverageType = value(9)
    ALMA: MovingAverageType = value(10)
    ZLEMA: MovingAverageType = value(11)
    MGD: MovingAverageType = value(12)
