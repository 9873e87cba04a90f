"""Orders and tickets of a run (LEAN: the collections of BrokerageTransactionHandler)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.order import Order
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import ZERO

__all__ = ["OrderBook"]

_NO_TICKETS: dict[int, OrderTicket] = {}


class OrderBook:
    """Orders by id; what it hands out of orders are copies."""

    def __init__(self) -> None:
        self._orders: dict[int, Order] = {}
        self._open: dict[int, tuple[Order, OrderTicket]] = {}
        self._tickets: dict[int, OrderTicket] = {}
        self._open_of: dict[Symbol, dict[int, OrderTicket]] = {}

    def _note_open(self, order: Order, ticket: OrderTicket) -> None:
        self._open[order._id] = (order, ticket)
        self._open_of.setdefault(order._symbol, {})[order._id] = ticket

    def _note_closed(self, order_id: int) -> tuple[Order, OrderTicket]:
        order, ticket = self._open.pop(order_id)
        del self._open_of[order._symbol][order_id]
        self._orders[order_id] = order
        return order, ticket

    def _find(self, order_id: int) -> tuple[Order, OrderTicket] | None:
        found = self._open.get(order_id)
        if found is not None:
            return found
        order, ticket = self._orders.get(order_id), self._tickets.get(order_id)
        return None if order is None or ticket is None else (order, ticket)

    def ticket(self, order_id: int) -> OrderTicket | None:
        return self._tickets.get(order_id)

    def order(self, order_id: int) -> Order | None:
        order = self._orders.get(order_id)
        return None if order is None else order.clone()

    def orders(self, keep: Callable[[Order], bool]) -> list[Order]:
        return [o.clone() for o in self._orders.values() if keep(o)]

    def open_orders(self, keep: Callable[[Order], bool]) -> list[Order]:
        return [o.clone() for o, _ in self._open.values() if keep(o)]

    def tickets(self, keep: Callable[[OrderTicket], bool]) -> list[OrderTicket]:
        return [t for t in self._tickets.values() if keep(t)]

    def open_tickets(self, keep: Callable[[OrderTicket], bool]) -> list[OrderTicket]:
        return [t for _, t in list(self._open.values()) if keep(t)]

    def open_quantity(self, symbol: Any) -> Any:
        """Shares still to be filled by all open orders of a symbol."""
        return sum((ticket._remaining for ticket in self._open_of.get(symbol, _NO_TICKETS).values()), ZERO)

    def _open_tickets_of(self, symbol: Any) -> list[OrderTicket]:
        return list(self._open_of.get(symbol, _NO_TICKETS).values())
