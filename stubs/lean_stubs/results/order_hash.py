"""One number for all orders of a run (LEAN: Extensions.GetHash and ToMD5, which Messaging prints last)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from lean_stubs.results.order_json import order_json

__all__ = ["ORDER_LIST_HASH", "order_list_hash"]

ORDER_LIST_HASH = "OrderListHash"


def order_list_hash(orders: Mapping[int, Any]) -> str:
    """MD5 of the orders' JSON by rising id, with commas between."""
    joined = ",".join(order_json(order) for _, order in sorted(orders.items()))
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()
