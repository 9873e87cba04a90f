"""The algorithm's view of its orders (LEAN: SecurityTransactionManager)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import InvalidOperationException, SystemException
from lean_stubs.clr.instants import aware_utc
from lean_stubs.clr.overloads import argument
from lean_stubs.common import Symbol, to_symbol
from lean_stubs.orders.handler import TransactionHandler
from lean_stubs.orders.order import Order
from lean_stubs.orders.requests import CancelOrderRequest, OrderRequest, SubmitOrderRequest, UpdateOrderRequest
from lean_stubs.orders.responses import OrderResponse
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import ZERO

__all__ = ["SecurityTransactionManager"]

_MILLISECOND = timedelta(milliseconds=1)
_NOT_ALLOWED = (
    "This operation is not allowed in initialize or during warm up: cancel_open_orders. "
    "Please move this code to the on_warmup_finished() method."
)


def _by(symbol_or_filter: Any) -> Any:
    """A filter of tickets or orders from a symbol, a ticker, a callable or nothing."""
    if symbol_or_filter is None:
        return lambda x: True
    if isinstance(symbol_or_filter, (Symbol, str)):
        symbol = to_symbol(symbol_or_filter)
        return lambda x: x.symbol == symbol
    return symbol_or_filter


def _filter(method: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    return argument(method, arguments, named) if arguments or named else None


class SecurityTransactionManager(ClrObject, clr="QuantConnect.Securities"):
    def __init__(self, _state: Any) -> None:
        self._state = _state
        self._last_id = self._last_group_id = 0
        self._records: dict[datetime, tuple[Decimal, bool]] = {}
        #: The last instant that something was recorded at, and the first free place after it.
        self._next_record = datetime.min, datetime.min
        self._handler = TransactionHandler(_state, self)
        self.market_order_fill_timeout = timedelta(0)

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _record(self, time: datetime, profit: Decimal, win: bool) -> None:
        # Records are keyed by time: a second one at the same instant moves on by a millisecond.
        asked, free = self._next_record
        at = free if asked == time else time
        while at in self._records:
            at += _MILLISECOND
        self._records[at] = (profit, win)
        self._next_record = time, at + _MILLISECOND

    @property
    def utc_time(self) -> datetime:
        return aware_utc(self._state.utc)

    @property
    def last_order_id(self) -> int:
        return self._last_id

    @property
    def orders_count(self) -> int:
        return self._handler.order_count

    @property
    def transaction_record(self) -> dict[datetime, float]:
        return {aware_utc(t): float(p) for t, (p, _) in self._records.items()}

    @property
    def winning_transactions(self) -> dict[datetime, float]:
        return {aware_utc(t): float(p) for t, (p, w) in self._records.items() if w}

    @property
    def losing_transactions(self) -> dict[datetime, float]:
        return {aware_utc(t): float(p) for t, (p, w) in self._records.items() if not w}

    @property
    def win_count(self) -> int:
        return sum(w for _, w in self._records.values())

    @property
    def loss_count(self) -> int:
        return sum(not w for _, w in self._records.values())

    def add_transaction_record(self, time: datetime, transaction_profit_loss: float, is_win: bool) -> None:
        self._record(time.replace(tzinfo=None), Decimal(repr(transaction_profit_loss)), is_win)

    def process_request(self, request: OrderRequest) -> OrderTicket:
        if self._state.is_warming_up:
            raise SystemException(str(OrderResponse.warming_up(request)))
        if isinstance(request, SubmitOrderRequest) and request._order_id < 1:
            request._order_id = self._next_id()
        return self._handler.process(request)

    def set_order_id(self, request: SubmitOrderRequest) -> None:
        if request._order_id < 1:
            request._order_id = self._next_id()

    def get_increment_order_id(self) -> int:
        return self._next_id()

    def get_increment_group_order_manager_id(self) -> int:
        self._last_group_id += 1
        return self._last_group_id

    def add_order(self, request: SubmitOrderRequest) -> OrderTicket:
        return self.process_request(request)

    def update_order(self, request: UpdateOrderRequest) -> OrderTicket:
        return self.process_request(request)

    def cancel_order(self, order_id: int, order_tag: str | None = None) -> OrderTicket:
        return self.remove_order(order_id, order_tag)

    def remove_order(self, order_id: int, tag: str | None = None) -> OrderTicket:
        return self.process_request(CancelOrderRequest(self._state.utc, order_id, tag or ""))

    def cancel_open_orders(self, symbol: Any = None, tag: str | None = None) -> list[OrderTicket]:
        if self._state.is_warming_up:
            raise InvalidOperationException(_NOT_ALLOWED)
        if symbol is None:
            # LEAN: Messages.SecurityTransactionManager; its name is C#'s in Python too, the time has seven digits.
            tag = f"Canceled by CancelOpenOrders() at {self._state.utc:%Y-%m-%dT%H:%M:%S.%f}0Z"
        tickets = self._handler.open_tickets(_by(symbol))
        for ticket in tickets:
            ticket.cancel(tag)
        return tickets

    def get_order_tickets(self, filter: Any = None) -> list[OrderTicket]:
        return self._handler.tickets(_by(filter))

    @overload
    def get_open_order_tickets(self, filter: Any = None) -> list[OrderTicket]: ...
    @overload
    def get_open_order_tickets(self, symbol: Symbol | str) -> list[OrderTicket]: ...
    def get_open_order_tickets(self, *arguments: Any, **named: Any) -> list[OrderTicket]:
        return self._handler.open_tickets(_by(_filter(SecurityTransactionManager.get_open_order_tickets, arguments, named)))

    @overload
    def get_open_orders_remaining_quantity(self, filter: Any = None) -> float: ...
    @overload
    def get_open_orders_remaining_quantity(self, symbol: Symbol | str) -> float: ...
    def get_open_orders_remaining_quantity(self, *arguments: Any, **named: Any) -> float:
        found = _by(_filter(SecurityTransactionManager.get_open_orders_remaining_quantity, arguments, named))
        return float(sum((ticket._remaining for ticket in self._handler.open_tickets(found)), ZERO))

    def get_order_ticket(self, order_id: int) -> OrderTicket | None:
        return self._handler.ticket(order_id)

    @overload
    def get_open_orders(self, filter: Any = None) -> list[Order]: ...
    @overload
    def get_open_orders(self, symbol: Symbol | str) -> list[Order]: ...
    def get_open_orders(self, *arguments: Any, **named: Any) -> list[Order]:
        return self._handler.open_orders(_by(_filter(SecurityTransactionManager.get_open_orders, arguments, named)))

    def get_orders(self, filter: Any = None) -> list[Order]:
        return self._handler.orders(_by(filter))

    def get_order_by_id(self, order_id: int) -> Order | None:
        return self._handler.order(order_id)

    def get_orders_by_brokerage_id(self, brokerage_id: str) -> list[Order]:
        return self._handler.orders(lambda o: brokerage_id in o.broker_id)

    def wait_for_order(self, order_id: int) -> bool:
        """Whether the order is closed; a backtest never waits."""
        ticket = self._handler.ticket(order_id)
        return ticket is not None and ticket.status in (3, 5, 7)

    def set_live_mode(self, is_live_mode: bool) -> None:
        """Backtests only."""
