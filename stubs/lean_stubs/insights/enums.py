"""Direction and type of an insight."""

from __future__ import annotations

from lean_stubs.clr import ClrEnum, value

__all__ = ["InsightDirection", "InsightScoreType", "InsightType"]

_NAMESPACE = "QuantConnect.Algorithm.Framework.Alphas"


class InsightDirection(ClrEnum, clr=_NAMESPACE):
    DOWN: InsightDirection = value(-1)
    FLAT: InsightDirection = value(0)
    UP: InsightDirection = value(1)


class InsightType(ClrEnum, clr=_NAMESPACE):
    PRICE: InsightType = value(0)
    VOLATILITY: InsightType = value(1)


class InsightScoreType(ClrEnum, clr=_NAMESPACE):
    DIRECTION: InsightScoreType = value(0)
    MAGNITUDE: InsightScoreType = value(1)
