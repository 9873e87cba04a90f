"""The orders of a combo: each is a leg, sized by the group (LEAN: ComboOrder.cs and its kin)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.groups import GroupOrderManager
from lean_stubs.orders.order import Order
from lean_stubs.orders.priced_orders import worse_value
from lean_stubs.orders.properties import OrderProperties
from lean_stubs.orders.requests import UpdateOrderRequest
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = ["ComboLegLimitOrder", "ComboLimitOrder", "ComboMarketOrder", "ComboOrder"]


class ComboOrder(Order, clr="QuantConnect.Orders"):
    """A new quantity is one of the group: its legs keep their ratio to each other."""

    _ratio: Decimal = ZERO

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        time: datetime,
        group_order_manager: GroupOrderManager,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(ComboOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        self._group = given.get("group_order_manager")
        super()._begin(**given)

    @property
    def _shares(self) -> Decimal:
        return self._ratio if self._group is None else (self._ratio * self._group._quantity).normalize() + 0

    @_shares.setter
    def _shares(self, value: Decimal) -> None:
        self._ratio = value / self._group._quantity if self._group is not None and self._group._quantity else value

    def _copy_into(self, other: Any) -> None:
        other._group = self._group
        super()._copy_into(other)

    def _apply(self, request: UpdateOrderRequest) -> None:
        if request._tag is not None:
            self._tag = request._tag
        if request._quantity is not None:
            self._group._quantity = request._quantity


class ComboMarketOrder(ComboOrder, clr="QuantConnect.Orders"):
    _type = OrderType.COMBO_MARKET

    @property
    def is_marketable(self) -> bool:
        return True


class ComboLimitOrder(ComboOrder, clr="QuantConnect.Orders"):
    """The limit is the group's."""

    _type = OrderType.COMBO_LIMIT

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        limit_price: float,
        time: datetime,
        group_order_manager: GroupOrderManager,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(ComboLimitOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        limit = given.pop("limit_price", None)
        super()._begin(**given)
        if self._group is not None and limit is not None:
            self._group._limit = to_decimal(limit)

    def _value(self, price: Decimal) -> Decimal:
        return worse_value(self, self._group._limit, price)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._limit is not None:
            self._group._limit = request._limit


class ComboLegLimitOrder(ComboOrder, clr="QuantConnect.Orders"):
    """Each leg has a limit of its own."""

    _type = OrderType.COMBO_LEG_LIMIT

    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        quantity: float,
        limit_price: float,
        time: datetime,
        group_order_manager: GroupOrderManager,
        tag: str = "",
        properties: OrderProperties | None = None,
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._begin(**bound(ComboLegLimitOrder.__init__, arguments, named))

    def _begin(self, **given: Any) -> None:
        self._limit = to_decimal(given.pop("limit_price", 0))
        super()._begin(**given)

    def _value(self, price: Decimal) -> Decimal:
        return worse_value(self, self._limit, price)

    def _apply(self, request: UpdateOrderRequest) -> None:
        super()._apply(request)
        if request._limit is not None:
            self._limit = request._limit

    @property
    def limit_price(self) -> float:
        return float(self._limit)
