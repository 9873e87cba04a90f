"""Several orders that are filled together or not at all (LEAN: Leg.cs, GroupOrderManager.cs, GroupOrderExtensions.cs)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import to_int
from lean_stubs.clr.hash_set import HashSet
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import to_symbol
from lean_stubs.orders.enums import OrderDirection
from lean_stubs.securities.decimals import to_decimal

__all__ = ["GroupOrderManager", "Leg", "orders_of_group"]


class Leg(ClrObject, clr="QuantConnect.Orders"):
    """One security of a combo order, with its shares for one unit of the combo."""

    def __init__(self) -> None:
        self._symbol: Any = None
        self._quantity = 0
        self._limit: Decimal | None = None

    @staticmethod
    def create(symbol: Any, quantity: int, limit_price: float | None = None) -> Leg:
        leg = Leg()
        leg.symbol, leg.quantity, leg.order_price = symbol, quantity, limit_price
        return leg

    @property
    def symbol(self) -> Any:
        return self._symbol

    @symbol.setter
    def symbol(self, value: Any) -> None:
        self._symbol = to_symbol(value)

    @property
    def quantity(self) -> int:
        return self._quantity

    @quantity.setter
    def quantity(self, value: int) -> None:
        self._quantity = to_int(value)

    @property
    def order_price(self) -> float | None:
        return None if self._limit is None else float(self._limit)

    @order_price.setter
    def order_price(self, value: float | None) -> None:
        self._limit = None if value is None else to_decimal(value)


class GroupOrderManager(ClrObject, clr="QuantConnect.Orders"):
    """What the orders of one combo share."""

    @overload
    def __init__(self, id: int, leg_count: int, quantity: float, limit_price: float = 0) -> None: ...
    @overload
    def __init__(self, leg_count: int, quantity: float, limit_price: float = 0) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(GroupOrderManager.__init__, arguments, named) if arguments or named else {}
        self._id, self._count = to_int(given.get("id", 0)), to_int(given.get("leg_count", 0))
        self._quantity, self._limit = to_decimal(given.get("quantity", 0)), to_decimal(given.get("limit_price", 0))
        self._ids: list[int] = []

    @property
    def id(self) -> int:
        return self._id

    @property
    def count(self) -> int:
        return self._count

    @property
    def quantity(self) -> float:
        return float(self._quantity)

    @property
    def absolute_quantity(self) -> float:
        return float(abs(self._quantity))

    @property
    def direction(self) -> OrderDirection:
        if self._quantity > 0:
            return OrderDirection.BUY
        return OrderDirection.SELL if self._quantity < 0 else OrderDirection.HOLD

    @property
    def limit_price(self) -> float:
        return float(self._limit)

    @limit_price.setter
    def limit_price(self, value: float) -> None:
        self._limit = to_decimal(value)

    @property
    def order_ids(self) -> HashSet[int]:
        return HashSet(self._ids)


def orders_of_group(order: Any, find: Callable[[int], Any]) -> list[Any] | None:
    """All orders of the order's group by rising id, the order alone if it has no group; None while one of them is missing."""
    group = order._group
    if group is None:
        return [order]
    found = [order if number == order._id else find(number) for number in sorted(group._ids)]
    return found if len(found) == group._count and all(o is not None for o in found) else None
