"""What is asked of the transaction handler: submit, update, cancel; and its answers (LEAN: OrderRequest, OrderResponse)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.instants import NEVER_SET, aware_utc, naive
from lean_stubs.common import to_symbol
from lean_stubs.orders.enums import OrderRequestStatus, OrderRequestType, OrderResponseErrorCode, OrderType
from lean_stubs.securities.decimals import to_decimal

__all__ = ["CancelOrderRequest", "OrderRequest", "OrderResponse", "SubmitOrderRequest", "UpdateOrderFields", "UpdateOrderRequest"]

DEFAULT_ORDER_ID = -(2**31)


class OrderResponse(ClrObject, clr="QuantConnect.Orders"):
    """Answer to a request."""

    def __init__(self, order_id: int, error_code: Any, error_message: str | None) -> None:
        self._order_id, self._code = order_id, error_code
        self._message = error_message

    @staticmethod
    def success(request: OrderRequest) -> OrderResponse:
        return OrderResponse(request._order_id, OrderResponseErrorCode.NONE, None)

    @staticmethod
    def error(request: OrderRequest, error_code: Any, error_message: str) -> OrderResponse:
        return OrderResponse(request._order_id, error_code, error_message)

    @staticmethod
    def invalid_status(request: OrderRequest, order: Any) -> OrderResponse:
        text = f"Unable to update order with id {request._order_id} because it already has {clr_name(order.status)} status."
        return OrderResponse.error(request, OrderResponseErrorCode.INVALID_ORDER_STATUS, text)

    @staticmethod
    def invalid_new_status(request: OrderRequest, order: Any) -> OrderResponse:
        text = (
            f"Unable to update or cancel order with id {request._order_id} and status {clr_name(order.status)} "
            "because the submit confirmation has not been received yet."
        )
        return OrderResponse.error(request, OrderResponseErrorCode.INVALID_NEW_ORDER_STATUS, text)

    @staticmethod
    def unable_to_find_order(request: OrderRequest) -> OrderResponse:
        text = f"Unable to locate order with id {request._order_id}."
        return OrderResponse.error(request, OrderResponseErrorCode.UNABLE_TO_FIND_ORDER, text)

    @staticmethod
    def zero_quantity(request: OrderRequest) -> OrderResponse:
        text = f"Unable to {str(request.order_request_type).lower()} order with id {request._order_id} that has zero quantity."
        return OrderResponse.error(request, OrderResponseErrorCode.ORDER_QUANTITY_ZERO, text)

    @staticmethod
    def missing_security(request: SubmitOrderRequest) -> OrderResponse:
        text = f"You haven't requested {request.symbol} data. Add this with add_security() in the initialize() method."
        return OrderResponse.error(request, OrderResponseErrorCode.MISSING_SECURITY, text)

    @staticmethod
    def warming_up(request: OrderRequest) -> OrderResponse:
        text = (
            "This operation is not allowed in initialize or during warm up: "
            f"OrderRequest.{str(request.order_request_type).lower()}. Please move this code to the on_warmup_finished() method."
        )
        return OrderResponse.error(request, OrderResponseErrorCode.ALGORITHM_WARMING_UP, text)

    @property
    def order_id(self) -> int:
        return self._order_id

    @property
    def error_message(self) -> str | None:
        return self._message

    @property
    def error_code(self) -> Any:
        return self._code

    @property
    def is_processed(self) -> bool:
        return self is not _UNPROCESSED

    @property
    def is_error(self) -> bool:
        return self.is_processed and self._code is not OrderResponseErrorCode.NONE

    @property
    def is_success(self) -> bool:
        return self.is_processed and self._code is OrderResponseErrorCode.NONE

    def __str__(self) -> str:
        if not self.is_processed:
            return "Unprocessed"
        return f"Error: {clr_name(self._code)} - {self._message}" if self.is_error else "Success"


_UNPROCESSED = OrderResponse(DEFAULT_ORDER_ID, OrderResponseErrorCode.NONE, "The request has not yet been processed.")


def clr_name(member: Any) -> str:
    """An enumeration's value as .NET messages spell it."""
    return "".join(part.capitalize() for part in str(member).split("_"))


class OrderRequest(ClrObject, clr="QuantConnect.Orders"):
    _kind: Any = None

    def __init__(self, time: datetime, order_id: int, tag: str | None) -> None:
        self._time, self._order_id, self._tag = time, order_id, tag
        self._response = _UNPROCESSED
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


_PRICES = ("trigger_price", "trailing_amount", "trailing_as_percentage")
_AFTER_TIME = ("time", "tag", "properties", "group_order_manager", "asynchronous")


class SubmitOrderRequest(OrderRequest, clr="QuantConnect.Orders"):
    _kind = OrderRequestType.SUBMIT

    def __init__(
        self,
        order_type: Any,
        security_type: Any,
        symbol: Any,
        quantity: Any,
        stop_price: Any = 0,
        limit_price: Any = 0,
        *rest: Any,
        **named: Any,
    ) -> None:
        """After the limit price, as in LEAN: trigger price, trailing amount and whether in percent, each optional; time, tag."""
        given = named
        if rest:
            before = next((n for n, given in enumerate(rest) if isinstance(given, datetime)), 3)
            fields = (*_PRICES[:before], *_AFTER_TIME)
            given = dict(zip(fields, rest, strict=False)) | named
        time = given.get("time", NEVER_SET)
        OrderRequest.__init__(self, naive(time), DEFAULT_ORDER_ID, given.get("tag", ""))
        self._order_type, self._security_type, self._symbol = (
            order_type,
            security_type,
            None if symbol is None else to_symbol(symbol),
        )
        self._quantity = to_decimal(quantity)
        self._stop, self._limit, self._trigger = (
            to_decimal(stop_price),
            to_decimal(limit_price),
            to_decimal(given.get("trigger_price", 0)),
        )
        self._trailing = to_decimal(given.get("trailing_amount", 0))
        self._trailing_percent: bool = given.get("trailing_as_percentage", False)
        self._properties = given.get("properties", given.get("order_properties"))
        self._asynchronous: bool = given.get("asynchronous", False)

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
