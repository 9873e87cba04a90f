"""What is asked of the transaction handler: submit, update, cancel (LEAN: OrderRequest and its kin)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.instants import NEVER_SET, aware_utc, naive
from lean_stubs.clr.overloads import bound
from lean_stubs.common import SecurityType, Symbol, to_symbol
from lean_stubs.orders.enums import OrderRequestStatus, OrderRequestType, OrderType
from lean_stubs.orders.responses import DEFAULT_ORDER_ID, UNPROCESSED, OrderResponse, clr_name
from lean_stubs.securities.decimals import to_decimal

__all__ = ["CancelOrderRequest", "OrderRequest", "SubmitOrderRequest", "UpdateOrderFields", "UpdateOrderRequest"]


class OrderRequest(ClrObject, clr="QuantConnect.Orders"):
    _kind: Any = None

    def __init__(self, time: datetime, order_id: int, tag: str | None) -> None:
        self._time, self._order_id, self._tag = time, order_id, tag
        self._response = UNPROCESSED
        self._status = OrderRequestStatus.UNPROCESSED

    def _respond(self, response: OrderResponse, status: Any = OrderRequestStatus.ERROR) -> None:
        self._response = response
        self._status = OrderRequestStatus.ERROR if response.is_error else status

    @property
    def order_request_type(self) -> Any:
        return self._kind

    @property
    def order_id(self) -> int:
        return self._order_id

    @order_id.setter
    def order_id(self, value: int) -> None:
        self._order_id = value

    @property
    def time(self) -> datetime:
        return aware_utc(self._time)

    @property
    def tag(self) -> str | None:
        return self._tag

    @property
    def response(self) -> OrderResponse:
        return self._response

    @property
    def status(self) -> Any:
        return self._status

    def __str__(self) -> str:
        return f"{self._time} UTC: Order: ({self._order_id}) - {self._tag} Status: {clr_name(self._status)}"


class SubmitOrderRequest(OrderRequest, clr="QuantConnect.Orders"):
    _kind = OrderRequestType.SUBMIT

    @overload
    def __init__(
        self,
        order_type: OrderType,
        security_type: SecurityType,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        limit_price: float,
        trigger_price: float,
        trailing_amount: float,
        trailing_as_percentage: bool,
        time: datetime,
        tag: str,
        properties: Any = None,
        group_order_manager: Any = None,
        asynchronous: bool = False,
        contingency: Any = None,
    ) -> None: ...
    @overload
    def __init__(
        self,
        order_type: OrderType,
        security_type: SecurityType,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        limit_price: float,
        trigger_price: float,
        time: datetime,
        tag: str,
        properties: Any = None,
        group_order_manager: Any = None,
        asynchronous: bool = False,
    ) -> None: ...
    @overload
    def __init__(
        self,
        order_type: OrderType,
        security_type: SecurityType,
        symbol: Symbol | str,
        quantity: float,
        stop_price: float,
        limit_price: float,
        time: datetime,
        tag: str,
        properties: Any = None,
        group_order_manager: Any = None,
        asynchronous: bool = False,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(SubmitOrderRequest.__init__, arguments, named)
        if given.pop("contingency", None) is not None:
            raise NotOffered("SubmitOrderRequest.contingency", "no order hangs on another")
        self._begin(**given)

    @classmethod
    def _of(cls, order_type: Any, security_type: Any, symbol: Any, quantity: Any, **rest: Any) -> SubmitOrderRequest:
        """The engine's way to make one: what is not given is zero."""
        request = object.__new__(cls)
        request._begin(order_type, security_type, symbol, quantity, **rest)
        return request

    def _begin(
        self,
        order_type: Any,
        security_type: Any,
        symbol: Any,
        quantity: Any,
        stop_price: Any = 0,
        limit_price: Any = 0,
        trigger_price: Any = 0,
        trailing_amount: Any = 0,
        trailing_as_percentage: bool = False,
        time: datetime = NEVER_SET,
        tag: str | None = "",
        properties: Any = None,
        group_order_manager: Any = None,
        asynchronous: bool = False,
    ) -> None:
        OrderRequest.__init__(self, naive(time), DEFAULT_ORDER_ID, tag)
        self._order_type, self._security_type, self._symbol = (
            order_type,
            security_type,
            None if symbol is None else to_symbol(symbol),
        )
        self._quantity = to_decimal(quantity)
        self._stop, self._limit, self._trigger = (
            to_decimal(stop_price),
            to_decimal(limit_price),
            to_decimal(trigger_price),
        )
        self._trailing = to_decimal(trailing_amount)
        self._trailing_percent = trailing_as_percentage
        self._properties, self._group = properties, group_order_manager
        self._asynchronous = asynchronous

    @property
    def order_type(self) -> Any:
        return self._order_type

    @property
    def security_type(self) -> Any:
        return self._security_type

    @property
    def symbol(self) -> Any:
        return self._symbol

    @property
    def quantity(self) -> float:
        return float(self._quantity)

    @property
    def limit_price(self) -> float:
        return float(self._limit)

    @property
    def stop_price(self) -> float:
        return float(self._stop)

    @property
    def trigger_price(self) -> float:
        return float(self._trigger)

    @property
    def trailing_amount(self) -> float:
        return float(self._trailing)

    @property
    def trailing_as_percentage(self) -> bool:
        return self._trailing_percent

    @property
    def order_properties(self) -> Any:
        return self._properties

    @property
    def group_order_manager(self) -> Any:
        return self._group

    @property
    def asynchronous(self) -> bool:
        return self._asynchronous


class UpdateOrderFields(ClrObject, clr="QuantConnect.Orders"):
    """What to change on an open order; None leaves a field alone."""

    def __init__(self) -> None:
        self.quantity: float | None = None
        self.limit_price: float | None = None
        self.stop_price: float | None = None
        self.trigger_price: float | None = None
        self.trailing_amount: float | None = None
        self.tag: str | None = None


def _optional(value: Any) -> Decimal | None:
    return None if value is None else to_decimal(value)


class UpdateOrderRequest(OrderRequest, clr="QuantConnect.Orders"):
    _kind = OrderRequestType.UPDATE

    def __init__(self, time: datetime, order_id: int, fields: UpdateOrderFields) -> None:
        super().__init__(time, order_id, fields.tag)
        self._quantity, self._limit, self._stop = (
            _optional(fields.quantity),
            _optional(fields.limit_price),
            _optional(fields.stop_price),
        )
        self._trigger, self._trailing = _optional(fields.trigger_price), _optional(fields.trailing_amount)

    def _only_tag(self) -> bool:
        """A closed order may still get another tag."""
        return self._tag is not None and not any(
            x is not None for x in (self._quantity, self._limit, self._stop, self._trigger, self._trailing)
        )

    @property
    def quantity(self) -> float | None:
        return None if self._quantity is None else float(self._quantity)

    @property
    def limit_price(self) -> float | None:
        return None if self._limit is None else float(self._limit)

    @property
    def stop_price(self) -> float | None:
        return None if self._stop is None else float(self._stop)

    @property
    def trigger_price(self) -> float | None:
        return None if self._trigger is None else float(self._trigger)

    @property
    def trailing_amount(self) -> float | None:
        return None if self._trailing is None else float(self._trailing)


class CancelOrderRequest(OrderRequest, clr="QuantConnect.Orders"):
    _kind = OrderRequestType.CANCEL

    def __init__(self, time: datetime, order_id: int, tag: str | None) -> None:
        super().__init__(time, order_id, tag)


#: Order types whose limit or stop price a split rescales.
LIMIT_TYPES = (OrderType.LIMIT, OrderType.STOP_LIMIT, OrderType.LIMIT_IF_TOUCHED)
STOP_TYPES = (OrderType.STOP_MARKET, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP)
