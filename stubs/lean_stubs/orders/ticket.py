"""The user's handle on an order (LEAN: OrderTicket)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.instants import aware_utc
from lean_stubs.orders.enums import OrderField, OrderRequestStatus, OrderResponseErrorCode, OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.order import FILLS, Order
from lean_stubs.orders.requests import CancelOrderRequest, OrderRequest, SubmitOrderRequest, UpdateOrderFields, UpdateOrderRequest
from lean_stubs.orders.responses import OrderResponse, clr_name
from lean_stubs.securities.decimals import ZERO

__all__ = ["OrderTicket"]

_FIELD_NAMES = {
    OrderField.LIMIT_PRICE: "_limit",
    OrderField.STOP_PRICE: "_stop",
    OrderField.TRIGGER_PRICE: "_trigger",
    OrderField.TRAILING_AMOUNT: "_trailing",
    OrderField.TRAILING_AS_PERCENTAGE: "_trailing_percent",
}


class OrderTicket(ClrObject, clr="QuantConnect.Orders"):
    def __init__(self, transaction_manager: Any, submit_request: SubmitOrderRequest) -> None:
        self._transactions, self._submit = transaction_manager, submit_request
        self._order: Order | None = None
        self._invalid = False
        self._events: list[OrderEvent] = []
        self._updates: list[UpdateOrderRequest] = []
        self._cancel: CancelOrderRequest | None = None
        self._filled = self._average = ZERO

    # Engine side.

    @property
    def _shares(self) -> Decimal:
        return self._submit._quantity if self._order is None else self._order._shares

    @property
    def _remaining(self) -> Decimal:
        return self._shares - self._filled

    def _add_event(self, event: OrderEvent) -> None:
        self._events.append(event)
        if event._fill_shares and self._order is not None:
            self._filled += event._fill_shares
            paid = sum((abs(e._fill_shares) * e._price for e in self._events if e._status in FILLS), ZERO)
            self._average = self._order._price = paid / abs(self._filled) if self._filled else ZERO

    def _try_cancel_request(self, request: CancelOrderRequest) -> bool:
        # A request that failed may be followed by another one.
        if self._cancel is not None and self._cancel._status is not OrderRequestStatus.ERROR:
            return False
        self._cancel = request
        return True

    # What Python sees.

    @property
    def order_id(self) -> int:
        return self._submit._order_id

    @property
    def status(self) -> Any:
        if self._invalid:
            return OrderStatus.INVALID
        return OrderStatus.NEW if self._order is None else self._order._status

    @property
    def symbol(self) -> Any:
        return self._submit._symbol

    @property
    def security_type(self) -> Any:
        return self._submit._security_type

    @property
    def quantity(self) -> float:
        return float(self._shares)

    @property
    def average_fill_price(self) -> float:
        return float(self._average)

    @property
    def quantity_filled(self) -> float:
        return float(self._filled)

    @property
    def quantity_remaining(self) -> float:
        return float(self._remaining)

    @property
    def time(self) -> datetime:
        return aware_utc(self.get_most_recent_order_request()._time)

    @property
    def order_type(self) -> Any:
        return self._submit._order_type

    @property
    def tag(self) -> str:
        return (self._submit._tag or "") if self._order is None else self._order._tag

    @property
    def submit_request(self) -> SubmitOrderRequest:
        return self._submit

    @property
    def update_requests(self) -> list[UpdateOrderRequest]:
        return list(self._updates)

    @property
    def cancel_request(self) -> CancelOrderRequest | None:
        return self._cancel

    @property
    def order_events(self) -> list[OrderEvent]:
        return list(self._events)

    @property
    def has_order(self) -> bool:
        return self._order is not None

    def get(self, field: Any) -> Any:
        """A price of the order (OrderField)."""
        name = _FIELD_NAMES[field]
        source: Any = self._order if self._order is not None else None
        if self._submit._order_type is OrderType.COMBO_LIMIT and source is not None:
            source = source._group if field is OrderField.LIMIT_PRICE else None
        value = getattr(source, name, None) if source is not None else None
        if value is None:
            text = "".join(p.capitalize() for p in str(field).split("_"))
            raise ArgumentException(f"Unable to get field {text} on order of type {clr_name(self._submit._order_type)}")
        return value if isinstance(value, bool) else float(value)

    def update(self, fields: UpdateOrderFields) -> OrderResponse:
        manager = self._transactions
        ticket: OrderTicket = manager.update_order(UpdateOrderRequest(manager._state.utc, self._submit._order_id, fields))
        return ticket._updates[-1].response

    def _update_one(self, name: str, value: Any, tag: str | None) -> OrderResponse:
        fields = UpdateOrderFields()
        setattr(fields, name, value)
        fields.tag = tag
        return self.update(fields)

    def update_tag(self, tag: str) -> OrderResponse:
        return self._update_one("tag", tag, tag)

    def update_quantity(self, quantity: float, tag: str | None = None) -> OrderResponse:
        return self._update_one("quantity", quantity, tag)

    def update_limit_price(self, limit_price: float, tag: str | None = None) -> OrderResponse:
        return self._update_one("limit_price", limit_price, tag)

    def update_stop_price(self, stop_price: float, tag: str | None = None) -> OrderResponse:
        return self._update_one("stop_price", stop_price, tag)

    def update_trigger_price(self, trigger_price: float, tag: str | None = None) -> OrderResponse:
        return self._update_one("trigger_price", trigger_price, tag)

    def update_stop_trailing_amount(self, trailing_amount: float, tag: str | None = None) -> OrderResponse:
        return self._update_one("trailing_amount", trailing_amount, tag)

    def cancel(self, tag: str | None = None) -> OrderResponse:
        request = CancelOrderRequest(self._transactions._state.utc, self._submit._order_id, tag)
        if self._cancel is not None and self._cancel._status is not OrderRequestStatus.ERROR:
            text = f"Order {self._submit._order_id} has already received a cancellation request."
            return OrderResponse.error(request, OrderResponseErrorCode.REQUEST_CANCELED, text)
        ticket: OrderTicket = self._transactions.process_request(request)
        return ticket._cancel.response if ticket._cancel is not None else request.response

    def get_most_recent_order_response(self) -> OrderResponse:
        return self.get_most_recent_order_request().response

    def get_most_recent_order_request(self) -> OrderRequest:
        requests: Sequence[OrderRequest] = [self._submit, *self._updates, *([self._cancel] if self._cancel else [])]
        return requests[-1]

    def __int__(self) -> int:
        return self._submit._order_id

    def __str__(self) -> str:
        requests = 1 + len(self._updates) + (self._cancel is not None)
        answers = sum(r.response.is_processed for r in (self._submit, *self._updates)) + (
            self._cancel is not None and self._cancel.response.is_processed
        )
        counts = f"Request Count: {requests} Response Count: {answers}"
        return f"{self.order_id}: {self._order} {counts}" if self._order is not None else f"{self.order_id}: {counts}"
