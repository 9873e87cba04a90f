"""Takes requests, checks them, tells what became of them (LEAN: BrokerageTransactionHandler, BacktestingTransactionHandler)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import overrides
from lean_stubs.orders.brokerage import BacktestingBrokerage, numbers
from lean_stubs.orders.enums import OrderRequestStatus, OrderResponseErrorCode, OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.groups import orders_of_group
from lean_stubs.orders.order import FILLS, Order, is_closed
from lean_stubs.orders.request_intake import RequestIntake
from lean_stubs.orders.requests import OrderRequest, SubmitOrderRequest, UpdateOrderRequest
from lean_stubs.orders.responses import OrderResponse
from lean_stubs.securities.decimals import ZERO, Decimal, normalize_text, round_half_even

__all__ = ["TransactionHandler"]


class TransactionHandler(RequestIntake):
    """Queue of requests and book of orders; requests are worked off in order on the algorithm's own thread."""

    def __init__(self, state: Any, transactions: Any) -> None:
        super().__init__(state, transactions)
        self._brokerage = BacktestingBrokerage(state, self)
        self._told: set[str] = set()
        self._last_delistings: Any = None
        self.events: list[OrderEvent] = []

    # Phases of a time step.

    def process_synchronous_events(self) -> None:
        """Work off requests, then look for fills, then delistings (once a slice)."""
        if self._queue:
            self._drain()
        self._brokerage.scan()
        current = self._state.current_slice
        if current is None:
            return
        delistings = current._delistings
        if delistings is not None and len(delistings) and current is not self._last_delistings:
            self._last_delistings = current
            self._process_delistings(delistings)

    process_fills = process_synchronous_events
    process_submissions = process_synchronous_events

    # Requests.

    def _drain(self) -> None:
        while self._queue:
            request = self._queue.popleft()
            if isinstance(request, SubmitOrderRequest):
                response = self._handle_submit(request)
            elif isinstance(request, UpdateOrderRequest):
                response = self._handle_update(request)
            else:
                response = self._handle_cancel(request)
            request._respond(response, OrderRequestStatus.PROCESSED)
            self._brokerage.scan()

    def _handle_submit(self, request: SubmitOrderRequest) -> OrderResponse:
        order, ticket = self._open[request._order_id]
        self._orders[order._id] = order
        security = self._state.securities._any(order._symbol)
        order._price_currency = security.symbol_properties.quote_currency
        if not order._tag:
            order._tag = order.get_default_tag()
        self._round_lot(order, security)
        orders = orders_of_group(order, self._orders.get)
        self._round_prices(order, security, orders)
        order._adjustment = security.data_normalization_mode
        ticket._order = order
        if orders is None:
            # Legs of the combo are still to come.
            return OrderResponse.success(request)
        if not all(o._shares for o in orders):
            return self._refuse(orders, OrderResponse.zero_quantity(request))
        refusal = self._insufficient(orders, request)
        if refusal is not None:
            return refusal
        for each in orders:
            allowed, message = self._ask_brokerage("can_submit_order", self._state.securities._any(each._symbol), each)
            if not allowed:
                message = message or "Warning - Code: InvalidOrder - "
                text = f"BrokerageModel declared unable to submit order: [{numbers(orders)}] {message}"
                code = OrderResponseErrorCode.BROKERAGE_MODEL_REFUSED_TO_SUBMIT_ORDER
                return self._refuse(orders, OrderResponse.error(request, code, text))
        for each in orders:
            self._brokerage.place(each)
        return OrderResponse.success(request)

    def _ask_brokerage(self, question: str, *arguments: Any) -> tuple[bool, Any]:
        """The brokerage model's answer and why; a user's model may give the answer alone (BrokerageModelPythonWrapper)."""
        model = self._state.brokerage_model
        if model is None:
            return True, None
        answer = overrides.find(model, question)(*arguments, None)
        return answer if isinstance(answer, tuple) else (bool(answer), None)

    def _refuse(self, orders: list[Order], response: OrderResponse) -> OrderResponse:
        text = response.error_message or ""
        self._state.error(text)
        self._invalidate(orders, text)
        return response

    def _invalidate(self, orders: list[Order], text: str) -> None:
        for order in orders:
            if not is_closed(order._status):
                order._status = OrderStatus.INVALID
            self._handle_event(OrderEvent._of(order, self._state.utc, text))

    def _insufficient(self, orders: list[Order], request: OrderRequest) -> OrderResponse | None:
        """The answer to orders that the account cannot bear, or None if it can; equities of a combo are looked at one by one."""
        state = self._state
        order = next(o for o in orders if o._id == request._order_id)
        try:
            reason = state.portfolio._lacks_margin_for(orders)
        except Exception as err:
            self._brokerage._pass_on(err)
            state.error(f"Order Error: id: {order._id}, Error executing margin models: {err}")
            self._handle_event(OrderEvent._of(order, state.utc, "Error executing margin models"))
            text = "An error occurred while checking sufficient buying power for the orders."
            return OrderResponse.error(request, OrderResponseErrorCode.PROCESSING_ERROR, text)
        if reason is None:
            return None
        if isinstance(request, UpdateOrderRequest):
            text = (
                f"Brokerage failed to update order with id: {order._id}, Symbol: {order._symbol.value}, "
                f"Insufficient buying power to complete order, Reason: {reason}."
            )
            state.error(text)
            self._handle_event(OrderEvent._of(order, state.utc, text))
            return OrderResponse.error(request, OrderResponseErrorCode.BROKERAGE_FAILED_TO_UPDATE_ORDER, text)
        text = self._brokerage.margin_message(orders, reason)
        state.error(text)
        self._invalidate(orders, text)
        return OrderResponse.error(request, OrderResponseErrorCode.INSUFFICIENT_BUYING_POWER, text)

    def _handle_update(self, request: UpdateOrderRequest) -> OrderResponse:
        found = self._find(request._order_id)
        if found is None:
            return OrderResponse.unable_to_find_order(request)
        order, ticket = found
        closed = is_closed(order._status)
        if order._status is OrderStatus.NEW:
            return OrderResponse.invalid_new_status(request, order)
        if closed and not request._only_tag():
            return OrderResponse.invalid_status(request, order)
        security = self._state.securities._any(order._symbol)
        self._round_lot(order, security)
        allowed, message = self._ask_brokerage("can_update_order", security, order, request)
        if not allowed:
            default = f"Warning - Code: InvalidRequest - BrokerageModel declared unable to update order: {order._id}"
            text = f"OrderID: {order._id} {message or default}"
            self._state.error(text)
            self._handle_event(OrderEvent._of(order, self._state.utc, "BrokerageModel declared unable to update order"))
            return OrderResponse.error(request, OrderResponseErrorCode.BROKERAGE_MODEL_REFUSED_TO_UPDATE_ORDER, text)
        if order._group is None:
            wanted = order.clone()
            wanted._apply(request)
            refusal = self._insufficient([wanted], request)
            if refusal is not None:
                return refusal
        order._apply(request)
        self._round_prices(order, security, orders_of_group(order, self._orders.get))
        ticket._order = order
        if not closed and not self._brokerage.update(order):
            text = f"Brokerage failed to update order with id {request._order_id}"
            self._state.error(text)
            self._handle_event(OrderEvent._of(order, self._state.utc, "Brokerage failed to update order"))
            return OrderResponse.error(request, OrderResponseErrorCode.BROKERAGE_FAILED_TO_UPDATE_ORDER, text)
        return OrderResponse.success(request)

    def _handle_cancel(self, request: OrderRequest) -> OrderResponse:
        found = self._find(request._order_id)
        if found is None:
            return OrderResponse.unable_to_find_order(request)
        order, ticket = found
        if order._status is OrderStatus.NEW or is_closed(order._status):
            before = self._before_cancel.pop(order._id, None)
            if before is not None and order._status is OrderStatus.CANCEL_PENDING:
                order._status = before
            make = OrderResponse.invalid_new_status if order._status is OrderStatus.NEW else OrderResponse.invalid_status
            return make(request, order)
        ticket._order = order
        if not self._brokerage.cancel(order):
            text = f"Brokerage failed to cancel order with id {order._id}"
            self._state.error(text)
            return OrderResponse.error(request, OrderResponseErrorCode.BROKERAGE_FAILED_TO_CANCEL_ORDER, text)
        if request._tag is not None:
            order._tag = request._tag
        return OrderResponse.success(request)

    # Rounding.

    def _once(self, text: str, key: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self._state.error(text)

    def _round_lot(self, order: Order, security: Any) -> None:
        rest = order._shares % security._lot
        if rest:
            order._shares = order._shares - rest
            lot = normalize_text(security._lot)
            self._once(f"Warning: Due to brokerage limitations, orders will be rounded to the nearest lot size of {lot}", "lot")

    def _round_prices(self, order: Any, security: Any, orders: list[Order] | None) -> None:
        if order._type is OrderType.COMBO_LIMIT:
            # The limit of all legs goes by the finest step of theirs, once all are there.
            steps = [self._state.securities._any(o._symbol)._price_step(o._price) for o in orders or ()]
            self._round_price(order._group, "_limit", "LimitPrice", min((s for s in steps if s > 0), default=ZERO))
            return
        for name, label in (("_limit", "LimitPrice"), ("_stop", "StopPrice"), ("_trigger", "TriggerPrice")):
            price = getattr(order, name, None)
            if price is not None:
                self._round_price(order, name, label, security._price_step(price))

    def _round_price(self, holder: Any, name: str, label: str, step: Decimal) -> None:
        if step <= 0:
            return
        price: Decimal = getattr(holder, name)
        rounded = round_half_even(price / step) * step
        setattr(holder, name, rounded)
        if rounded != price:
            self._once(
                f"Warning: To meet brokerage precision requirements, order {label} was rounded to "
                f"{normalize_text(rounded)} from {normalize_text(price)}",
                "price",
            )

    # Events.

    def handle_events(self, events: list[OrderEvent]) -> None:
        """Book events: order and ticket states, then the portfolio, then the models and the algorithm are told."""
        tickets = []
        for event in events:
            if is_closed(event._status) and event._order_id in self._open:
                order, ticket = self._note_closed(event._order_id)
            else:
                found = self._find(event._order_id)
                if found is None:
                    return
                order, ticket = found
            event._ticket = ticket
            tickets.append((event, order, ticket))
        fills = []
        for event, order, ticket in tickets:
            if is_closed(event._status):
                self._before_cancel.pop(order._id, None)
            finished = order._status is OrderStatus.FILLED or order._status is OrderStatus.CANCELED
            if not finished or event._status is not OrderStatus.INVALID:
                order._status = event._status
            event._id = order._next_event_id()
            if event._status is OrderStatus.CANCELED:
                order._canceled = event._time
            elif event._status in FILLS:
                order._last_fill = event._time
                fills.append(event)
            elif ticket._updates and event._status in (OrderStatus.SUBMITTED, OrderStatus.UPDATE_SUBMITTED):
                order._last_update = event._time
            event._complete(order)
        if fills:
            self._state.portfolio._process_fills(fills)
        for event, _, ticket in tickets:
            if event._status in FILLS:
                self._state.trade_builder.process_fill(event, 1, event._fee)
            ticket._add_event(event)
        for event in events:
            if event._status is not OrderStatus.NONE:
                self.events.append(event)
                self._tell(event)

    def _handle_event(self, event: OrderEvent) -> None:
        self.handle_events([event])

    def _tell(self, event: OrderEvent) -> None:
        state = self._state
        try:
            state.execution.on_order_event(state, event)
        except Exception as err:
            # LEAN logs it and goes on; the algorithm is not told of the event.
            state.log(f"Brokerage.OnOrderEvents(): {type(err).__name__}: {err}", "engine")
            return
        handler = overrides.find_python(state.user, "on_order_event")
        if handler is None:
            return
        try:
            handler(event)
        except Exception as err:
            state.fail(err)
