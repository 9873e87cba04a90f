"""Selling when the account no longer bears its positions (LEAN: DefaultMarginCallModel)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.requests import SubmitOrderRequest
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.buying_power_questions import used_margin
from lean_stubs.securities.decimals import ZERO, sign, to_decimal

__all__ = ["DefaultMarginCallModel"]

_WARNING_LEVEL = Decimal("0.05")


class DefaultMarginCallModel(ClrObject, clr="QuantConnect.Securities"):
    """Warns when 5 % of margin are left, sells when more than 110 % is used."""

    def __init__(self, portfolio: Any, default_order_properties: Any, margin_buffer: float = 0.1) -> None:
        self._state, self._properties = portfolio._state, default_order_properties
        self._buffer = to_decimal(margin_buffer)

    def _orders(self) -> tuple[list[SubmitOrderRequest], bool]:
        """Orders to make now, and whether to warn."""
        portfolio = self._state.portfolio
        used = portfolio._margin_used()
        if used <= 0:
            return [], False
        total, remaining = portfolio._total(), portfolio._margin_remaining()
        warn = remaining <= total * _WARNING_LEVEL
        orders: list[SubmitOrderRequest] = []
        if remaining <= 0:
            if used > total * (1 + self._buffer):
                for security in portfolio._positions():
                    order = self._order(security, total, used)
                    if order._quantity:
                        orders.append(order)
            warn = bool(orders)
        return orders, warn

    def _order(self, security: Any, total: Decimal, used: Decimal) -> SubmitOrderRequest:
        """Reduce a position by the margin that is missing, at most to nothing."""
        held = security._holdings._position.quantity
        model = security._buying_power_model
        own = used_margin(security)
        keep = max(ZERO, own - (used - total))
        sizing = model._size_for_delta(self._state, security, (own - keep) * -sign(held))
        quantity = abs(sizing.quantity) * -sign(held)
        return SubmitOrderRequest._of(
            OrderType.MARKET,
            security.type,
            security.symbol,
            quantity,
            time=self._state.utc,
            tag="Margin Call",
            properties=self._properties,
        )

    def get_margin_call_orders(self, issue_margin_call_warning: bool | None) -> tuple[list[SubmitOrderRequest], bool]:
        """Orders, and whether to warn; .NET's way to give two answers wants a value for the second."""
        return self._orders()

    def execute_margin_call(self, generated_margin_call_orders: Any) -> list[OrderTicket]:
        """Place the orders, greatest loss first, until margin suffices."""
        portfolio, transactions = self._state.portfolio, self._state.transactions
        if portfolio._margin_remaining() >= 0:
            return []
        losers = sorted(generated_margin_call_orders, key=lambda r: portfolio[r.symbol]._close_profit())
        done = []
        for request in losers:
            done.append(transactions.add_order(request))
            if portfolio._margin_remaining() >= 0:
                break
        return done
