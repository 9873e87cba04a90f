"""A closed trade (LEAN: Common/Statistics/Trade.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, overload

from lean_stubs.clr import ClrEnum, ClrObject, value
from lean_stubs.clr.guids import Guid
from lean_stubs.clr.hash_set import HashSet
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.clr.overloads import argument
from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.event import OrderEvent
from lean_stubs.results.figures import instant, number
from lean_stubs.securities.decimals import ZERO, Decimal

__all__ = ["FillGroupingMethod", "FillMatchingMethod", "Trade", "TradeDirection"]


class TradeDirection(ClrEnum, clr="QuantConnect.Statistics"):
    LONG: TradeDirection = value(0)
    SHORT: TradeDirection = value(1)


class FillGroupingMethod(ClrEnum, clr="QuantConnect.Statistics"):
    """Which fills make one trade."""

    FILL_TO_FILL: FillGroupingMethod = value(0)
    FLAT_TO_FLAT: FillGroupingMethod = value(1)
    FLAT_TO_REDUCED: FillGroupingMethod = value(2)


class FillMatchingMethod(ClrEnum, clr="QuantConnect.Statistics"):
    """Whether a fill closes the oldest trade first or the newest."""

    FIFO: FillMatchingMethod = value(0)
    LIFO: FillMatchingMethod = value(1)


_FIELDS = (
    *("_id", "_entry_time", "_entry", "_direction", "_quantity", "_exit_time", "_exit", "_profit", "_fees", "_win"),
    *("_worst", "_best", "_given_back"),
)


class Trade(ClrObject, clr="QuantConnect.Statistics"):
    """Shares bought and sold again, or the other way round."""

    _pascal: ClassVar[dict[str, str]] = {"mae": "MAE", "mfe": "MFE"}

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, other: Trade) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._id = ""
        self._symbols: list[Symbol] = []
        self._entry_time = self._exit_time = NEVER_SET
        self._direction = TradeDirection.LONG
        self._entry = self._exit = self._quantity = self._profit = self._fees = ZERO
        self._worst = self._best = self._given_back = ZERO
        self._win = False
        self._orders: list[int] = []
        if arguments or named:
            self._copy(argument(Trade.__init__, arguments, named))

    def _copy(self, other: Trade) -> None:
        for name in _FIELDS:
            setattr(self, name, getattr(other, name))
        self._symbols, self._orders = list(other._symbols), list(other._orders)

    @classmethod
    def _opened(cls, fill: OrderEvent, quantity: Decimal, fees: Decimal) -> Trade:
        trade = cls()
        trade._symbols, trade._entry_time, trade._entry = [fill._symbol], fill._time, fill._price
        trade._direction = TradeDirection.LONG if fill._fill_shares > 0 else TradeDirection.SHORT
        trade._quantity, trade._fees, trade._orders = quantity, fees, [fill._order_id]
        return trade

    @property
    def _sign(self) -> int:
        return 1 if self._direction == TradeDirection.LONG else -1

    def _part(self, quantity: Decimal) -> Trade:
        """A part of an open trade, to be closed on its own."""
        part = Trade(self)
        part._quantity = quantity
        return part

    def _done(self) -> Trade:
        """Number a trade that is closed, and say whether it won."""
        self._id = str(Guid())
        self._win = self._profit > 0
        return self

    @property
    def id(self) -> str:
        return self._id

    @id.setter
    def id(self, value: str) -> None:
        self._id = value

    @property
    def symbol(self) -> Symbol:
        return self._symbols[0] if self._symbols else Symbol.EMPTY

    @property
    def symbols(self) -> list[Symbol]:
        return self._symbols

    @symbols.setter
    def symbols(self, value: Iterable[Symbol]) -> None:
        self._symbols = list(value)

    entry_time = instant("_entry_time")
    exit_time = instant("_exit_time")

    @property
    def duration(self) -> timedelta:
        return self._exit_time - self._entry_time

    @property
    def direction(self) -> TradeDirection:
        return self._direction

    @direction.setter
    def direction(self, value: TradeDirection) -> None:
        self._direction = value

    # Money is in the account's currency, prices are in the security's.
    quantity = number("_quantity")
    entry_price = number("_entry")
    exit_price = number("_exit")
    profit_loss = number("_profit")
    total_fees = number("_fees")
    mae = number("_worst")
    mfe = number("_best")
    end_trade_drawdown = number("_given_back")

    @property
    def order_ids(self) -> HashSet[int]:
        return HashSet(self._orders)

    @property
    def is_win(self) -> bool:
        return self._win

    @is_win.setter
    def is_win(self, value: bool) -> None:
        self._win = value
