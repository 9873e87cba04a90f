"""Quotes of one security and day from its file: mapped, adjusted and timed as bars are (see ``series``)."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from decimal import Decimal

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import PRICE_DIGITS
from lean_stubs.data.quote_state import QuoteState, Side
from lean_stubs.data.source import RawQuotes

__all__ = ["QuoteSeries"]


def _side(prices: tuple[int, int, int, int], scale: tuple[int, int]) -> Side | None:
    if not any(prices):
        return None
    factor, digits = scale
    return Side(*(Decimal(price * factor).scaleb(-digits - PRICE_DIGITS) for price in prices))


class QuoteSeries:
    """Quotes of one day; times are in the exchange's clock."""

    def __init__(self, symbol: Symbol) -> None:
        self.symbol = symbol
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        self._rows: list[tuple[RawQuotes, int, tuple[int, int]]] = []

    def __len__(self) -> int:
        return len(self.ends)

    def append(
        self,
        symbol: Symbol,
        raw: RawQuotes,
        rows: list[int],
        starts: list[datetime],
        ends: list[datetime],
        factors: list[tuple[int, int]],
    ) -> None:
        self.symbol = symbol  # under its ticker of the day
        self.starts += starts
        self.ends += ends
        self._rows += [(raw, i, factor) for i, factor in zip(rows, factors, strict=True)]

    def raw_close(self, row: int) -> Decimal:
        raw, i, _ = self._rows[row]
        return (Decimal(raw.bids[i][3]) + raw.asks[i][3]).scaleb(-PRICE_DIGITS) / 2

    def bar(self, row: int) -> QuoteState:
        raw, i, factor = self._rows[row]
        return QuoteState(
            self.symbol,
            self.starts[row],
            self.ends[row],
            None,
            raw.bid_sizes[i],
            None,
            raw.ask_sizes[i],
            lambda: (_side(raw.bids[i], factor), _side(raw.asks[i], factor)),
        )

    def from_end(self, end: datetime) -> int:
        """First row whose bar ends at or after the time."""
        return bisect_left(self.ends, end)
