"""Selectors of a bar's values (LEAN: Field)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lean_stubs.clr import ClrObject

__all__ = ["Field"]

Selector = Callable[[Any], float]


def _of_bar(select: Selector) -> Selector:
    """The bar's value by `select`; of data that are no bar, their value."""
    return lambda data: float(select(data)) if hasattr(data, "high") else float(data.value)


class Field(ClrObject, clr="QuantConnect"):
    """Functions for the selectors of indicators."""

    OPEN: Selector = staticmethod(_of_bar(lambda b: b.open))
    HIGH: Selector = staticmethod(_of_bar(lambda b: b.high))
    LOW: Selector = staticmethod(_of_bar(lambda b: b.low))
    CLOSE: Selector = staticmethod(lambda data: float(data.value))
    VOLUME: Selector = staticmethod(lambda data: float(getattr(data, "volume", 0.0)))
    AVERAGE: Selector = staticmethod(_of_bar(lambda b: (b.open + b.high + b.low + b.close) / 4))
    MEDIAN: Selector = staticmethod(_of_bar(lambda b: (b.high + b.low) / 2))
    TYPICAL: Selector = staticmethod(_of_bar(lambda b: (b.high + b.low + b.close) / 3))
    WEIGHTED: Selector = staticmethod(_of_bar(lambda b: (b.high + b.low + 2 * b.close) / 4))
    SEVEN_BAR: Selector = staticmethod(_of_bar(lambda b: (2 * b.open + b.high + b.low + 3 * b.close) / 7))
