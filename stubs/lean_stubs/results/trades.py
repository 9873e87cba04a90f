"""Closed trades from fills (LEAN: Trade, TradeBuilder with FillToFill)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrEnum, ClrObject, value
from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.hash_set import HashSet
from lean_stubs.clr.instants import NEVER_SET, utc_or_unset
from lean_stubs.clr.overloads import argument
from lean_stubs.common.enums import DataNormalizationMode
from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.event import OrderEvent
from lean_stubs.securities.decimals import ZERO, round_half_even, sign, to_decimal

__all__ = ["FillGroupingMethod", "FillMatchingMethod", "Trade", "TradeBuilder", "TradeDirection"]


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


_FIELDS = ("_symbols", "_entry_time", "_entry", "_direction", "_quantity", "_exit_time", "_exit", "_profit", "_fees", "_win")


class Trade(ClrObject, clr="QuantConnect.Statistics"):
    """Shares bought and sold again, or the other way round."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, other: Trade) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._symbols: list[Symbol] = []
        self._entry_time = self._exit_time = NEVER_SET
        self._direction = TradeDirection.LONG
        self._entry = self._exit = self._quantity = self._profit = self._fees = ZERO
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

    def _close(self, fill: OrderEvent, fee: Decimal, worth: Decimal) -> None:
        """`worth` is what one unit of price means in the account's currency."""
        self._exit_time, self._exit = fill._time, fill._price
        self._profit = round_half_even((self._exit - self._entry) * self._quantity * self._sign * worth, 2)
        self._win = self._profit > 0
        self._fees += fee
        self._orders.append(fill._order_id)

    @property
    def symbol(self) -> Symbol:
        return self._symbols[0] if self._symbols else Symbol.EMPTY

    @property
    def symbols(self) -> list[Symbol]:
        return self._symbols

    @symbols.setter
    def symbols(self, value: Iterable[Symbol]) -> None:
        self._symbols = list(value)

    @property
    def entry_time(self) -> datetime:
        return utc_or_unset(self._entry_time)

    @entry_time.setter
    def entry_time(self, value: datetime) -> None:
        self._entry_time = to_date_time(value)

    @property
    def entry_price(self) -> float:
        return float(self._entry)

    @entry_price.setter
    def entry_price(self, value: float) -> None:
        self._entry = to_decimal(value)

    @property
    def direction(self) -> TradeDirection:
        return self._direction

    @direction.setter
    def direction(self, value: TradeDirection) -> None:
        self._direction = value

    @property
    def quantity(self) -> float:
        return float(self._quantity)

    @quantity.setter
    def quantity(self, value: float) -> None:
        self._quantity = to_decimal(value)

    @property
    def exit_time(self) -> datetime:
        return utc_or_unset(self._exit_time)

    @exit_time.setter
    def exit_time(self, value: datetime) -> None:
        self._exit_time = to_date_time(value)

    @property
    def exit_price(self) -> float:
        return float(self._exit)

    @exit_price.setter
    def exit_price(self, value: float) -> None:
        self._exit = to_decimal(value)

    @property
    def duration(self) -> timedelta:
        return self._exit_time - self._entry_time

    @property
    def profit_loss(self) -> float:
        return float(self._profit)

    @profit_loss.setter
    def profit_loss(self, value: float) -> None:
        self._profit = to_decimal(value)

    @property
    def total_fees(self) -> float:
        return float(self._fees)

    @total_fees.setter
    def total_fees(self, value: float) -> None:
        self._fees = to_decimal(value)

    @property
    def order_ids(self) -> HashSet[int]:
        return HashSet(self._orders)

    @property
    def is_win(self) -> bool:
        return self._win

    @is_win.setter
    def is_win(self, value: bool) -> None:
        self._win = value


class TradeBuilder(ClrObject, clr="QuantConnect.Statistics"):
    """Open a trade with each fill, or close open ones."""

    def __init__(self, grouping_method: FillGroupingMethod, matching_method: FillMatchingMethod) -> None:
        if grouping_method != FillGroupingMethod.FILL_TO_FILL:
            raise NotOffered(f"FillGroupingMethod.{grouping_method}", "trades are built fill by fill")
        self._last_first = matching_method == FillMatchingMethod.LIFO
        self._open: dict[Any, list[Trade]] = {}
        self._closed: list[Trade] = []
        self._paid: set[int] = set()

    @property
    def closed_trades(self) -> list[Trade]:
        return list(self._closed)

    def has_open_position(self, symbol: Any) -> bool:
        return bool(self._open.get(symbol))

    def apply_split(self, split: Any, live_mode: bool, data_normalization_mode: DataNormalizationMode) -> None:
        """Rescale open trades to the shares after a split; adjusted prices know of it already."""
        if live_mode or data_normalization_mode == DataNormalizationMode.RAW:
            factor = split._exact_factor
            for trade in self._open.get(split.symbol, ()):
                trade._quantity /= factor
                trade._entry *= factor
                trade._exit *= factor

    def process_fill(
        self, fill: OrderEvent, security_conversion_rate: float, fee_in_account_currency: float, multiplier: float = 1.0
    ) -> None:
        """The fee of an order counts once, with its first fill."""
        worth = to_decimal(security_conversion_rate) * to_decimal(multiplier)
        fee = ZERO if fill._order_id in self._paid else to_decimal(fee_in_account_currency)
        self._paid.add(fill._order_id)
        pending = self._open.setdefault(fill._symbol, [])
        rest = abs(fill._fill_shares)
        turned = bool(pending)
        place = -1 if self._last_first else 0
        if pending and pending[place]._sign == sign(fill._fill_shares):
            pending.append(Trade._opened(fill, rest, fee))
            return
        while pending and rest > 0:
            trade = pending[place]
            if rest >= trade._quantity:
                rest -= trade._quantity
                pending.pop(place)
            else:
                part = trade._part(rest)
                trade._quantity -= rest
                trade._fees = ZERO
                trade, rest = part, ZERO
            trade._close(fill, fee, worth)
            fee = ZERO
            self._closed.append(trade)
        if rest > 0:
            pending.append(Trade._opened(fill, rest, ZERO if turned else fee))
