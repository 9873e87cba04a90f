"""What comes from the broker's side by itself (LEAN: Engine.cs, BrokerageTransactionHandler.HandleNewBrokerageSideOrder)."""

from __future__ import annotations

from typing import Any

from lean_stubs.brokerages.message import BrokerageMessageEvent, BrokerageMessageType
from lean_stubs.brokerages.message_handlers import NewBrokerageOrderNotificationEventArgs
from lean_stubs.clr.overrides import find, find_python

__all__ = ["receive_message", "receive_order"]

#: Hooks of the algorithm that hear of a kind of message, after the one that hears of all.
_HOOKS = {
    BrokerageMessageType.DISCONNECT: "on_brokerage_disconnect",
    BrokerageMessageType.RECONNECT: "on_brokerage_reconnect",
}


def receive_message(state: Any, message: BrokerageMessageEvent) -> None:
    """The handler hears of it first; the algorithm too, once it has been initialized."""
    find(state.user.brokerage_message_handler, "handle_message")(message)
    if not state.locked:
        return
    for name, given in (("on_brokerage_message", (message,)), (_HOOKS.get(message.type), ())):
        hook = None if name is None else find_python(state.user, name)
        if hook is not None:
            hook(*given)


def receive_order(state: Any, order: Any) -> bool:
    """Whether the handler takes the order; its security is added if need be, and the market fills it as any other."""
    if state.status != "Running":
        return False
    taken = find(state.user.brokerage_message_handler, "handle_order")(NewBrokerageOrderNotificationEventArgs(order))
    if not taken:
        return False
    if state.securities._find(order._symbol) is None:
        settings = state.universe_settings
        state.debug(
            "Will use UniverseSettings for automatically added securities for open orders and holdings. UniverseSettings: "
            f"Resolution = {str(settings.resolution).capitalize()}; FillForward = {settings.fill_forward}; "
            f"ExtendedHours = {settings.extended_market_hours}"
        )
        state.user.add_security(
            order._symbol, settings.resolution, settings.fill_forward, settings.leverage, settings.extended_market_hours
        )
    state.transactions._handler.adopt(order)
    return True
