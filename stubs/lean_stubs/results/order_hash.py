"""One number for all orders of a run (LEAN: Extensions.GetHash and ToMD5, which Messaging prints last)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from lean_stubs.orders.order import Order
from lean_stubs.results.order_json import order_json
from lean_stubs.results.points import smart

__all__ = ["ORDER_LIST_HASH", "order_list_hash"]

ORDER_LIST_HASH = "OrderListHash"


#: What is rounded beside the price; with the price of a limit it can become, or cease to be, marketable.
_PRICES = ("_limit", "_stop", "_trigger", "_trailing")


def _rounded(order: Order) -> Order:
    given = {name: value for name in _PRICES if (value := getattr(order, name)) is not None}
    if not given:
        return order
    copy = order.clone()
    for name, value in given.items():
        setattr(copy, name, smart(value))
    return copy


def order_list_hash(orders: Mapping[int, Order]) -> str:
    """MD5 of the orders' JSON by rising id, with commas between."""
    joined = ",".join(order_json(_rounded(order), smart(order._price)) for _, order in sorted(orders.items()))
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()
