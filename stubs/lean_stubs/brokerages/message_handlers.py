"""What becomes of a broker's messages, and of orders that were placed at the broker (LEAN: DefaultBrokerageMessageHandler.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, overload

from lean_stubs.brokerages.message import BrokerageMessageEvent, BrokerageMessageType
from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import SystemException
from lean_stubs.clr.overrides import find

__all__ = [
    "DefaultBrokerageMessageHandler",
    "DowngradeErrorCodeToWarningBrokerageMessageHandler",
    "NewBrokerageOrderNotificationEventArgs",
]


class NewBrokerageOrderNotificationEventArgs(ClrObject, clr="QuantConnect.Brokerages"):
    """An order that the algorithm did not place."""

    def __init__(self, order: Any) -> None:
        self._order = order

    @property
    def order(self) -> Any:
        return self._order

    @order.setter
    def order(self, value: Any) -> None:
        self._order = value

    def __str__(self) -> str:
        return str(self._order)


class DefaultBrokerageMessageHandler(ClrObject, clr="QuantConnect.Brokerages"):
    """Shows what the broker says, stops on errors, and takes no orders of others.

    LEAN waits some minutes of the real clock before it stops a run whose broker is gone; a backtest does not wait.
    """

    _clr_algorithm: Any = None
    _clr_told = False

    def __new__(cls, *arguments: Any, **named: Any) -> DefaultBrokerageMessageHandler:
        # The runtime gives the constructor its arguments even if a subclass does not call it.
        made = super().__new__(cls)
        made._clr_algorithm = arguments[0] if arguments else named.get("algorithm")
        return made

    @overload
    def __init__(self, algorithm: Any, initial_delay: timedelta | None = None, open_threshold: timedelta | None = None) -> None: ...
    @overload
    def __init__(
        self,
        algorithm: Any,
        job: Any,
        api: Any,
        initial_delay: timedelta | None = None,
        open_threshold: timedelta | None = None,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        pass

    def handle_message(self, message: BrokerageMessageEvent) -> None:
        state, kind = self._clr_algorithm._clr, message.type
        if kind == BrokerageMessageType.INFORMATION:
            state.debug(f"Brokerage Info: {message.message}")
        elif kind == BrokerageMessageType.WARNING:
            state.error(f"Brokerage Warning: {message.message}")
        elif kind == BrokerageMessageType.ERROR:
            state.fail(SystemException(message.message))
        elif kind == BrokerageMessageType.ACTION_REQUIRED:
            state.fail(SystemException("Brokerage requires user action"))

    def handle_order(self, event_args: NewBrokerageOrderNotificationEventArgs) -> bool:
        if not self._clr_told:
            self._clr_told = True
            number = next(iter(event_args.order.broker_id), "")
            self._clr_algorithm._clr.error(
                f"Ignoring unrecognized order (BrokerId: {number}). Please use 'SetBrokerageMessageHandler(...)' to set a custom "
                "brokerage message handler to optionally accept unknown orders."
            )
        return False


class DowngradeErrorCodeToWarningBrokerageMessageHandler(ClrObject, clr="QuantConnect.Brokerages"):
    """Some errors are no more than warnings."""

    def __init__(self, brokerage_message_handler: Any, error_codes_to_ignore: Iterable[str]) -> None:
        self._handler, self._codes = brokerage_message_handler, set(error_codes_to_ignore)

    def handle_message(self, message: BrokerageMessageEvent) -> None:
        if message.type == BrokerageMessageType.ERROR and message.code in self._codes:
            message = BrokerageMessageEvent(BrokerageMessageType.WARNING, message.code, message.message)
        find(self._handler, "handle_message")(message)

    def handle_order(self, event_args: NewBrokerageOrderNotificationEventArgs) -> bool:
        return bool(find(self._handler, "handle_order")(event_args))
