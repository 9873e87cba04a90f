"""What a split does to open orders, and what the algorithm may change about a margin call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lean_stubs.clr.exceptions import SystemException
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.requests import LIMIT_TYPES, STOP_TYPES, SubmitOrderRequest, UpdateOrderFields
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import exact_event, toward_zero

__all__ = ["rescale_orders", "told_margin_call"]


def rescale_orders(tickets: list[OrderTicket], split: Any) -> None:
    """Keep each open order's worth over a split (LEAN: DefaultBrokerageModel.ApplySplit)."""
    factor = exact_event(split, "split_factor")
    for ticket in tickets:
        order: Any = ticket._order
        fields: Any = UpdateOrderFields()
        fields.quantity = toward_zero(order._shares / factor)
        kind = order._type
        if kind in LIMIT_TYPES:
            fields.limit_price = order._limit * factor
        if kind in STOP_TYPES:
            fields.stop_price = order._stop * factor
        if kind is OrderType.LIMIT_IF_TOUCHED:
            fields.trigger_price = order._trigger * factor
        if kind is OrderType.TRAILING_STOP and not order._trailing_percent:
            fields.trailing_amount = order._trailing * factor
        ticket.update(fields)


def told_margin_call(
    handler: Callable[[list[SubmitOrderRequest]], Any], orders: list[SubmitOrderRequest]
) -> list[SubmitOrderRequest]:
    """The orders as the algorithm's on_margin_call gives them back; it must give a list that is not empty.

    Source: AlgorithmPythonWrapper.OnMarginCall.
    """
    answer = handler(orders)
    if answer is None or not isinstance(answer, (list, tuple)) or not answer:
        raise SystemException("OnMarginCall must return a non-empty list of SubmitOrderRequest")
    return list(answer)
