"""Answers of the transaction handler (LEAN: OrderResponse)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lean_stubs.clr import ClrObject
from lean_stubs.orders.enums import OrderResponseErrorCode

if TYPE_CHECKING:
    from lean_stubs.orders.requests import OrderRequest, SubmitOrderRequest

__all__ = ["DEFAULT_ORDER_ID", "UNPROCESSED", "OrderResponse", "clr_name"]

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
        return self is not UNPROCESSED

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


UNPROCESSED = OrderResponse(DEFAULT_ORDER_ID, OrderResponseErrorCode.NONE, "The request has not yet been processed.")


def clr_name(member: Any) -> str:
    """An enumeration's value as .NET messages spell it."""
    return "".join(part.capitalize() for part in str(member).split("_"))
