"""One tick as the engine carries it; Python sees it through Tick wrappers."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from lean_stubs.common.enums import TickType
from lean_stubs.common.symbol import Symbol

__all__ = ["TickBatch", "TickState", "quote_value"]

_ZERO = Decimal(0)
_TWO = Decimal(2)
_NO_TIME = timedelta(0)


def quote_value(bid: Decimal, ask: Decimal) -> Decimal:
    """Half way between the sides; of two prices the one that is not zero (LEAN: Tick.SetValue)."""
    return (bid + ask) / _TWO if bid and ask else bid + ask


class TickState:
    """A trade or a quote at one time, in the exchange's clock; prices are exact."""

    __slots__ = (
        "ask",
        "ask_size",
        "bid",
        "bid_size",
        "exact_value",
        "exchange",
        "extra",
        "is_fill_forward",
        "quantity",
        "sale_condition",
        "suspicious",
        "symbol",
        "tick_type",
        "time",
    )

    data_type = "Tick"
    period = _NO_TIME
    _is_auxiliary = False

    def __init__(
        self,
        symbol: Symbol,
        time: datetime,
        tick_type: TickType,
        value: Decimal,
        quantity: float = 0.0,
        bid: Decimal = _ZERO,
        bid_size: float = 0.0,
        ask: Decimal = _ZERO,
        ask_size: float = 0.0,
        exchange: str = "",
        sale_condition: str = "",
        suspicious: bool = False,
    ) -> None:
        self.symbol, self.time, self.tick_type, self.exact_value, self.quantity = symbol, time, tick_type, value, quantity
        self.bid, self.bid_size, self.ask, self.ask_size = bid, bid_size, ask, ask_size
        #: As the file or the user has it: a letter or a name.
        self.exchange = exchange
        self.sale_condition, self.suspicious = sale_condition, suspicious
        self.extra: object = None
        self.is_fill_forward = False

    def clone(self, fill_forward: bool = False) -> TickState:
        copy = TickState(
            self.symbol,
            self.time,
            self.tick_type,
            self.exact_value,
            self.quantity,
            self.bid,
            self.bid_size,
            self.ask,
            self.ask_size,
            self.exchange,
            self.sale_condition,
            self.suspicious,
        )
        copy.is_fill_forward = fill_forward
        return copy

    @property
    def is_trade(self) -> bool:
        return self.tick_type is TickType.TRADE

    @property
    def flags(self) -> int:
        """The sale condition as a number (LEAN: Tick.ParsedSaleCondition)."""
        return int(self.sale_condition, 16) if self.sale_condition else 0

    # What a bar has, so that a tick can be read as one.

    @property
    def end_time(self) -> datetime:
        return self.time

    @property
    def value(self) -> float:
        return float(self.exact_value)

    open = high = low = close = price = value

    @property
    def volume(self) -> float:
        return self.quantity

    @property
    def exact_close(self) -> Decimal:
        return self.exact_value

    exact_open = exact_high = exact_low = exact_close


class TickBatch:
    """Ticks of one subscription in one time step, which set prices together (LEAN: UpdateData)."""

    __slots__ = ("ticks",)

    data_type = "Tick"
    is_fill_forward = False

    def __init__(self, ticks: list[TickState]) -> None:
        self.ticks = ticks
