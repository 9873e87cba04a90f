"""The simulated market place: pending orders and their fills (LEAN: BacktestingBrokerage)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import NotOffered, overrides
from lean_stubs.orders.enums import OrderStatus, OrderType
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.fees import fee_of
from lean_stubs.orders.fills import fill_combo, fill_order
from lean_stubs.orders.groups import orders_of_group
from lean_stubs.orders.order import Order, is_closed
from lean_stubs.orders.properties import GOOD_TIL_CANCELED
from lean_stubs.orders.responses import clr_name
from lean_stubs.securities.decimals import normalize_text, smart_text

__all__ = ["BacktestingBrokerage", "numbers"]

_MARKET, _COMBO_MARKET, _MARKET_ON_OPEN = OrderType.MARKET, OrderType.COMBO_MARKET, OrderType.MARKET_ON_OPEN


class BacktestingBrokerage:
    def __init__(self, state: Any, handler: Any) -> None:
        self._state, self._handler = state, handler
        self._pending: dict[int, Order] = {}
        #: Ids of the pending orders to look at; the others wait for a later bar than there was at that count of prices.
        self._awake: set[int] = set()
        self._awake_at = -1

    def place(self, order: Order) -> None:
        self._pending[order._id] = order
        self._awake.add(order._id)
        self._number(order)
        self._tell(order, OrderStatus.SUBMITTED)

    def update(self, order: Order) -> bool:
        if order._id not in self._pending:
            return False
        self._pending[order._id] = order
        self._awake.add(order._id)
        self._tell(order, OrderStatus.UPDATE_SUBMITTED)
        return True

    def cancel(self, order: Order) -> bool:
        """With an order of a combo the whole combo goes."""
        orders = orders_of_group(order, self._pending.get)
        if orders is None:
            return False
        known = True
        for each in orders:
            known = self._pending.pop(each._id, None) is not None and known
            self._number(each)
            self._tell(each, OrderStatus.CANCELED)
        return known

    @staticmethod
    def _number(order: Order) -> None:
        if str(order._id) not in order._broker_id:
            order._broker_id.append(str(order._id))

    def _tell(self, order: Order, status: Any, message: str = "") -> None:
        event = OrderEvent._of(order, self._state.utc, message)
        event._status = status
        self._handler.handle_events([event])

    def _drop(self, orders: list[Order], status: Any, message: str) -> None:
        events = []
        for order in orders:
            event = OrderEvent._of(order, self._state.utc, message)
            event._status = status
            events.append(event)
            self._pending.pop(order._id, None)
        self._handler.handle_events(events)

    def margin_message(self, orders: list[Order], reason: str) -> str:
        values = (order._value(self._state.securities._any(order._symbol)._prices.exact) for order in orders)
        text = f"Order Error: ids: [{numbers(orders)}], Insufficient buying power to complete orders"
        return f"{text} (Value:[{','.join(map(_rounded, values))}]), Reason: {reason}."

    def scan(self) -> None:
        """Try to fill pending orders, in order-id sequence.

        Margin is tested before the fill model is asked, so an order that would not fill yet can become invalid.
        """
        if not self._pending:
            return
        if self._awake_at != self._state.prices_seen:
            self._awake, self._awake_at = set(self._pending), self._state.prices_seen
        for order_id in sorted(self._awake):
            order = self._pending.get(order_id)
            if order is None or self._waits(order):
                self._awake.discard(order_id)
            else:
                self._try(order_id, order)

    def _waits(self, order: Order) -> bool:
        """Whether it is an order for the open that no price known so far can fill."""
        if order._type is not _MARKET_ON_OPEN or is_closed(order._status):
            return False
        security = self._state.securities._find(order._symbol)
        if security is None:
            return False
        last = security._prices.last_data
        placed = order._placed
        if placed is None:
            placed = order._placed = security._hours._to_local(order._time)
        return bool(last is None or placed >= last.end_time)

    def _try(self, order_id: int, order: Order) -> None:
        state = self._state
        if is_closed(order._status):
            self._pending.pop(order_id, None)
            return
        # All but market orders fill on the next bar.
        kind = order._type
        if kind is not _MARKET and kind is not _COMBO_MARKET and order._time == state.utc:
            return
        orders = orders_of_group(order, self._pending.get)
        if orders is None:
            return
        securities = {each: state.securities._find(each._symbol) for each in orders}
        if any(security is None for security in securities.values()):
            self._drop(orders, OrderStatus.INVALID, "")
            return
        model = state.brokerage_model
        for each, security in securities.items():
            in_force = each._properties.time_in_force
            if in_force is not GOOD_TIL_CANCELED and in_force.is_order_expired(security, each):
                self._drop(orders, OrderStatus.CANCELED, "The order has expired.")
                return
            if model is not None and not overrides.find(model, "can_execute_order")(security, each):
                return
        try:
            reason = state.portfolio._lacks_margin_for(orders)
        except Exception as err:
            self._pass_on(err)
            self._drop(orders, OrderStatus.INVALID, str(err))
            state.error(f"Order Error: ids: [{numbers(orders)}], Error executing margin models: {err}")
            return
        if reason is not None:
            if order._status is OrderStatus.CANCEL_PENDING:
                return
            message = self.margin_message(orders, reason)
            self._drop(orders, OrderStatus.INVALID, message)
            state.error(message)
            return
        self._fill(order, securities)

    def _fill(self, order: Order, securities: dict[Order, Any]) -> None:
        try:
            fills = self._fills_of(order, securities)
        except Exception as err:
            self._pass_on(err)
            self._state.error(
                f"Order Error: id: {order._id}, Transaction model failed to fill for order type: {clr_name(order._type)} "
                f"with error: {err}"
            )
            return
        told = []
        for each in securities:
            for fill in fills:
                if fill._order_id == each._id and (each._status is not fill._status or fill._fill_shares):
                    # Before the event: a handler that submits an order scans again.
                    each._status = fill._status
                    told.append(fill)
        if told:
            self._handler.handle_events(told)
        if fills and all(is_closed(fill._status) for fill in fills):
            for each in securities:
                self._pending.pop(each._id, None)

    def _pass_on(self, error: Exception) -> None:
        """What these stubs lack ends the run, where LEAN's own errors are logged."""
        if isinstance(error, NotOffered):
            self._state.fail(error)

    def _fills_of(self, order: Order, securities: dict[Order, Any]) -> list[OrderEvent]:
        """What the fill model says, with fees; nothing if the order's time in force does not allow it."""
        security = securities[order]
        fills = [fill_order(security, order)] if order._group is None else fill_combo(security, order, securities)
        in_force = order._properties.time_in_force
        if in_force is not GOOD_TIL_CANCELED and not all(in_force.is_fill_valid(security, order, fill) for fill in fills):
            return []
        for fill in fills:
            if fill._status is OrderStatus.FILLED and not fill._fee:
                leg = next(each for each in securities if each._id == fill._order_id)
                fill._fee = fee_of(securities[leg], leg)
                fill._fee_currency = self._state.portfolio._cash_book._account_currency
        return fills


def numbers(orders: list[Order]) -> str:
    """Ids as messages show them."""
    return ",".join(str(order._id) for order in orders)


def _rounded(value: Any) -> str:
    return smart_text(value) if value else normalize_text(value)
