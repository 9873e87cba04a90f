"""What is looked at when a request comes in, before it is queued (LEAN: BrokerageTransactionHandler.Process)."""

from __future__ import annotations

from collections import deque
from typing import Any

from lean_stubs.orders.account_events import AccountEvents
from lean_stubs.orders.enums import OrderRequestStatus, OrderResponseErrorCode, OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.order import OrderSubmissionData, is_closed
from lean_stubs.orders.order_making import create_order
from lean_stubs.orders.requests import CancelOrderRequest, OrderRequest, SubmitOrderRequest, UpdateOrderRequest
from lean_stubs.orders.responses import OrderResponse
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import normalize_text
from lean_stubs.securities.shortable import is_shortable, shortable_shares

__all__ = ["RequestIntake"]


class RequestIntake(AccountEvents):
    """Part of the transaction handler that answers the algorithm."""

    def __init__(self, state: Any, transactions: Any) -> None:
        super().__init__(state, transactions)
        self._queue: deque[OrderRequest] = deque()
        self._before_cancel: dict[int, Any] = {}

    def _drain(self) -> None:
        raise NotImplementedError

    def process(self, request: OrderRequest) -> OrderTicket:
        if isinstance(request, SubmitOrderRequest):
            return self._submit(request)
        if isinstance(request, UpdateOrderRequest):
            return self._update(request)
        assert isinstance(request, CancelOrderRequest)
        return self._cancel(request)

    def _submit(self, request: SubmitOrderRequest) -> OrderTicket:
        state = self._state
        response = OrderResponse.warming_up(request) if state.is_warming_up else OrderResponse.success(request)
        if request._quantity < 0 and not self._shortable(request._symbol, request._quantity):
            text = self._not_shortable(request._symbol, request._quantity)
            response = OrderResponse.error(request, OrderResponseErrorCode.EXCEEDS_SHORTABLE_QUANTITY, text)
        request._respond(response)
        ticket = OrderTicket(self._transactions, request)
        security = state.securities._any(request._symbol)
        order = create_order(request)
        self.order_count += 1
        self._tickets[order._id] = ticket
        if response.is_success:
            order._submission = OrderSubmissionData(*security._prices.at_submission())
            self._note_open(order, ticket)
            self._queue.append(request)
            # A backtest hands it over at once, asynchronous or not.
            self._drain()
        else:
            order._price_currency = security.symbol_properties.quote_currency
            order._status = OrderStatus.INVALID
            short = response.error_code is OrderResponseErrorCode.EXCEEDS_SHORTABLE_QUANTITY
            order._tag = (response.error_message or "") if short else "Algorithm warming up."
            ticket._order = order
            self._orders[order._id] = order
            self.handle_events([OrderEvent._of(order, state.utc, order._tag)])
        return ticket

    def _update(self, request: UpdateOrderRequest) -> OrderTicket:
        found = self._find(request._order_id)
        if found is None:
            return self._unknown(request)
        order, ticket = found
        ticket._updates.append(request)
        if order._status is OrderStatus.NEW:
            request._respond(OrderResponse.invalid_new_status(request, order))
        elif is_closed(order._status) and not request._only_tag():
            request._respond(OrderResponse.invalid_status(request, order))
        elif request._quantity is not None and request._quantity == 0:
            request._respond(OrderResponse.zero_quantity(request))
        elif self._state.is_warming_up:
            request._respond(OrderResponse.warming_up(request))
        elif not self._update_shortable(request, order, ticket):
            text = self._not_shortable(order._symbol, ticket._shares)
            request._respond(OrderResponse.error(request, OrderResponseErrorCode.EXCEEDS_SHORTABLE_QUANTITY, text))
        else:
            request._respond(OrderResponse.success(request), OrderRequestStatus.PROCESSING)
            self._queue.append(request)
        return ticket

    def _shortable(self, symbol: Any, shares: Any, order_id: int | None = None) -> bool:
        return is_shortable(self._state, symbol, shares, order_id)

    def _update_shortable(self, request: UpdateOrderRequest, order: Any, ticket: OrderTicket) -> bool:
        """Whether the order as changed stays within what can be borrowed."""
        shares = ticket._shares if request._quantity is None else request._quantity
        return (order._shares >= 0 and shares >= 0) or self._shortable(order._symbol, shares, order._id)

    def _not_shortable(self, symbol: Any, shares: Any) -> str:
        limit = shortable_shares(self._state.securities._any(symbol))
        return f"Order exceeds shortable quantity {limit} for Symbol {symbol} requested {normalize_text(shares)})"

    def _cancel(self, request: CancelOrderRequest) -> OrderTicket:
        found = self._find(request._order_id)
        if found is None:
            return self._unknown(request)
        order, ticket = found
        if not ticket._try_cancel_request(request):
            text = "Cancellation is already in progress."
            request._respond(OrderResponse.error(request, OrderResponseErrorCode.INVALID_REQUEST, text))
            return ticket
        if request._tag is not None:
            order._tag = request._tag
        if order._status is OrderStatus.NEW:
            request._respond(OrderResponse.invalid_new_status(request, order))
        elif is_closed(order._status):
            request._respond(OrderResponse.invalid_status(request, order))
        elif self._state.is_warming_up:
            request._respond(OrderResponse.warming_up(request))
        else:
            self._before_cancel[order._id] = order._status
            order._status = OrderStatus.CANCEL_PENDING
            self.handle_events([OrderEvent._of(order, self._state.utc)])
            request._respond(OrderResponse.success(request), OrderRequestStatus.PROCESSING)
            self._queue.append(request)
        return ticket

    def _unknown(self, request: Any) -> OrderTicket:
        """A ticket for an id that no order has."""
        blank = SubmitOrderRequest._of(OrderType.MARKET, None, None, 0, time=self._state.utc)
        blank._order_id = request._order_id
        ticket = OrderTicket(self._transactions, blank)
        ticket._invalid = True
        request._respond(OrderResponse.unable_to_find_order(request))
        if isinstance(request, UpdateOrderRequest):
            ticket._updates.append(request)
        else:
            ticket._cancel = request
        return ticket
