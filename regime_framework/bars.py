"""A whole daily bar, for those who have more than the close."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PriceBar"]


class PriceBar(NamedTuple):
    """Prices of one day; each must be positive, high and low enclosing open and close."""

    open: float
    high: float
    low: float
    close: float
