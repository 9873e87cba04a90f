"""One bar as the engine carries it; Python sees it through TradeBar wrappers."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from lean_stubs.common.symbol import Symbol

__all__ = ["PRICE_DIGITS", "BarState", "ExactPrices"]

#: Equity prices are written in ten-thousandths of a dollar (LEAN's file format).
PRICE_DIGITS = 4


class ExactPrices(Protocol):
    """Something that knows a bar's prices without the rounding of a float."""

    def exact(self, row: int, column: int) -> Decimal: ...


class BarState:
    """Times are in the exchange's clock."""

    __slots__ = (
        "_exact",
        "close",
        "end_time",
        "extra",
        "high",
        "is_fill_forward",
        "low",
        "open",
        "symbol",
        "time",
        "volume",
    )

    data_type = "TradeBar"
    _is_auxiliary = False

    def __init__(
        self,
        symbol: Symbol,
        time: datetime,
        end_time: datetime,
        open: float,
        high: float,
        low: float,
        close: float,
        volume: float,
        exact: tuple[ExactPrices, int] | None = None,
    ) -> None:
        self.symbol, self.time, self.end_time = symbol, time, end_time
        self.open, self.high, self.low, self.close, self.volume = open, high, low, close, volume
        self._exact: Any = exact
        self.is_fill_forward = False
        self.extra: Any = None

    def clone(self, fill_forward: bool = False) -> BarState:
        """A copy; one that is filled forward has no volume."""
        copy = BarState(self.symbol, self.time, self.end_time, self.open, self.high, self.low, self.close, self.volume, self._exact)
        if fill_forward:
            copy.is_fill_forward = True
            copy.volume = 0.0
        else:
            copy.is_fill_forward = self.is_fill_forward
        return copy

    @property
    def value(self) -> float:
        return self.close

    @property
    def price(self) -> float:
        return self.close

    @property
    def period(self) -> timedelta:
        return self.end_time - self.time

    def _decimal(self, index: int, shown: float) -> Decimal:
        exact = self._exact
        if exact is not None:
            prices, row = exact
            found: Decimal = prices.exact(row, index)
            return found
        return Decimal(repr(shown))

    @property
    def exact_open(self) -> Decimal:
        return self._decimal(0, self.open)

    @property
    def exact_high(self) -> Decimal:
        return self._decimal(1, self.high)

    @property
    def exact_low(self) -> Decimal:
        return self._decimal(2, self.low)

    @property
    def exact_close(self) -> Decimal:
        return self._decimal(3, self.close)
