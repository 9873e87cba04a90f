"""Highs, lows and falls of prices since some moment, in as few numbers as trades need (LEAN: TradeBuilder.SetMarketPrice)."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["PriceSwings"]


class PriceSwings:
    """Prices of a position, each times its sign: up is profit for a short position too.

    A trade of that position needs of them only the highest, the lowest and the deepest fall from a high: a trade's own fall
    is the deepest of its fall before, of the fall from its high before to the lowest, and of the fall among them. So a price
    costs the same however many trades are open.
    """

    __slots__ = ("fall", "high", "low")

    def __init__(self, price: Decimal) -> None:
        self.high = self.low = price
        self.fall = Decimal(0)

    def add(self, price: Decimal) -> None:
        if price >= self.high:
            self.high = price
            return
        if price < self.low:
            self.low = price
        fall = self.high - price
        if fall > self.fall:
            self.fall = fall
