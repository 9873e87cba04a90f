"""Closed trades from fills, first in, first out (LEAN: TradeBuilder with FillToFill and FIFO)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrEnum, ClrObject, value
from lean_stubs.clr.instants import aware_utc
from lean_stubs.orders.event import OrderEvent
from lean_stubs.securities.decimals import ZERO, round_half_even, sign

__all__ = ["Trade", "TradeBuilder", "TradeDirection"]


class TradeDirection(ClrEnum, clr="QuantConnect.Statistics"):
    LONG: TradeDirection = value(0)
    SHORT: TradeDirection = value(1)


class Trade(ClrObject, clr="QuantConnect.Statistics"):
    """Shares bought and sold again, or the other way round."""

    def __init__(self, fill: OrderEvent, quantity: Decimal, fees: Decimal) -> None:
        self._symbol, self._entry_time, self._entry = fill._symbol, fill._time, fill._price
        self._sign, self._quantity, self._fees = sign(fill._fill_shares), quantity, fees
        self._exit_time: datetime | None = None
        self._exit = self._profit = ZERO
        self._orders = [fill._order_id]

    def _part(self, quantity: Decimal) -> Trade:
        """A part of an open trade, to be closed on its own."""
        part = object.__new__(Trade)
        for name in ("_symbol", "_entry_time", "_entry", "_sign", "_fees", "_exit_time", "_exit", "_profit"):
            setattr(part, name, getattr(self, name))
        part._quantity, part._orders = quantity, list(self._orders)
        return part

    def _close(self, fill: OrderEvent, fee: Decimal) -> None:
        self._exit_time, self._exit = fill._time, fill._price
        self._profit = round_half_even((self._exit - self._entry) * self._quantity * self._sign, 2)
        self._fees += fee
        self._orders.append(fill._order_id)

    @property
    def symbol(self) -> Any:
        return self._symbol

    @property
    def entry_time(self) -> datetime:
        return aware_utc(self._entry_time)

    @property
    def entry_price(self) -> float:
        return float(self._entry)

    @property
    def direction(self) -> TradeDirection:
        return TradeDirection.LONG if self._sign > 0 else TradeDirection.SHORT

    @property
    def quantity(self) -> float:
        return float(self._quantity)

    @property
    def exit_time(self) -> datetime | None:
        return None if self._exit_time is None else aware_utc(self._exit_time)

    @property
    def exit_price(self) -> float:
        return float(self._exit)

    @property
    def profit_loss(self) -> float:
        return float(self._profit)

    @property
    def total_fees(self) -> float:
        return float(self._fees)

    @property
    def order_ids(self) -> list[int]:
        return list(self._orders)

    @property
    def is_win(self) -> bool:
        return self._profit > 0


class TradeBuilder(ClrObject, clr="QuantConnect.Statistics"):
    def __init__(self) -> None:
        self._open: dict[Any, list[Trade]] = {}
        self._closed: list[Trade] = []

    @property
    def closed_trades(self) -> list[Trade]:
        return list(self._closed)

    def has_open_position(self, symbol: Any) -> bool:
        return bool(self._open.get(symbol))

    def apply_split(self, symbol: Any, factor: Decimal) -> None:
        for trade in self._open.get(symbol, ()):
            trade._quantity /= factor
            trade._entry *= factor

    def process_fill(self, fill: OrderEvent) -> None:
        """Open a trade, or close the oldest ones; the fee of one order counts once."""
        pending = self._open.setdefault(fill._symbol, [])
        rest, fee = abs(fill._fill_shares), fill._fee
        turned = bool(pending)
        if pending and pending[0]._sign == sign(fill._fill_shares):
            pending.append(Trade(fill, rest, fee))
            return
        while pending and rest > 0:
            trade = pending[0]
            if rest >= trade._quantity:
                rest -= trade._quantity
                pending.pop(0)
            else:
                part = trade._part(rest)
                trade._quantity -= rest
                trade._fees = ZERO
                trade, rest = part, ZERO
            trade._close(fill, fee)
            fee = ZERO
            self._closed.append(trade)
        if rest > 0:
            pending.append(Trade(fill, rest, ZERO if turned else fee))
