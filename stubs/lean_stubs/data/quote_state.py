"""One quote bar as the engine carries it; Python sees it through QuoteBar wrappers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from lean_stubs.common.symbol import Symbol

__all__ = ["QuoteState", "Side"]

_ZERO = Decimal(0)
_TWO = Decimal(2)


class Side(NamedTuple):
    """Prices of one side of the book over a bar, as exact decimals."""

    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal


def _middle(bid: Decimal, ask: Decimal) -> Decimal:
    """Half way between the sides; of two prices the one that is not zero."""
    if bid and ask:
        return (bid + ask) / _TWO
    return bid or ask


def _priced(side: Side | None, price: Decimal) -> Side | None:
    """A side after one more price (LEAN: Bar.Update)."""
    if not price:
        return side
    if side is None or not side.open:
        return Side(price, price, price, price)
    return Side(side.open, max(side.high, price), min(side.low, price), price)


class QuoteState:
    """Times are in the exchange's clock; a side without prices in the file is None (LEAN: QuoteBar.ParseQuote)."""

    __slots__ = (
        "_ask",
        "_bid",
        "_read",
        "ask_size",
        "assigned",
        "bid_size",
        "end_time",
        "extra",
        "is_fill_forward",
        "symbol",
        "time",
    )

    data_type = "QuoteBar"
    _is_auxiliary = False
    volume = 0.0

    def __init__(
        self,
        symbol: Symbol,
        time: datetime,
        end_time: datetime,
        bid: Side | None,
        bid_size: float,
        ask: Side | None,
        ask_size: float,
        read: Callable[[], tuple[Side | None, Side | None]] | None = None,
    ) -> None:
        self.symbol, self.time, self.end_time = symbol, time, end_time
        self._bid, self.bid_size, self._ask, self.ask_size = bid, bid_size, ask, ask_size
        #: Gives both sides when they are first asked for: most quotes are never looked at.
        self._read = read
        self.is_fill_forward = False
        self.extra: object = None
        #: What an algorithm assigned; the middle's close otherwise.
        self.assigned: Decimal | None = None

    def clone(self, fill_forward: bool = False) -> QuoteState:
        """A copy; sizes stay when it is filled forward."""
        copy = QuoteState(self.symbol, self.time, self.end_time, self._bid, self.bid_size, self._ask, self.ask_size, self._read)
        copy.is_fill_forward = fill_forward or self.is_fill_forward
        return copy

    def _sides(self) -> tuple[Side | None, Side | None]:
        if self._read is not None:
            self._bid, self._ask = self._read()
            self._read = None
        return self._bid, self._ask

    @property
    def bid(self) -> Side | None:
        return self._sides()[0]

    @property
    def ask(self) -> Side | None:
        return self._sides()[1]

    def set_sides(self, bid: Side | None, ask: Side | None) -> None:
        self._bid, self._ask, self._read = bid, ask, None

    def update(self, trade: Decimal, bid: Decimal, ask: Decimal, bid_size: float, ask_size: float) -> None:
        """Take in one price of each side; zero is none (LEAN: QuoteBar.Update)."""
        self.set_sides(_priced(self.bid, bid), _priced(self.ask, ask))
        if bid_size > 0:
            self.bid_size = bid_size
        if ask_size > 0:
            self.ask_size = ask_size
        value = trade or ask or bid
        if value:
            self.assigned = value

    @property
    def period(self) -> timedelta:
        return self.end_time - self.time

    def exact(self, field: str) -> Decimal:
        """Open, high, low or close half way between bid and ask (LEAN: QuoteBar.Open and so on)."""
        bid, ask = self._sides()
        return _middle(_ZERO if bid is None else getattr(bid, field), _ZERO if ask is None else getattr(ask, field))

    @property
    def exact_open(self) -> Decimal:
        return self.exact("open")

    @property
    def exact_high(self) -> Decimal:
        return self.exact("high")

    @property
    def exact_low(self) -> Decimal:
        return self.exact("low")

    @property
    def exact_close(self) -> Decimal:
        return self.exact("close")

    @property
    def open(self) -> float:
        return float(self.exact("open"))

    @property
    def high(self) -> float:
        return float(self.exact("high"))

    @property
    def low(self) -> float:
        return float(self.exact("low"))

    @property
    def close(self) -> float:
        return float(self.exact("close"))

    value = price = close
