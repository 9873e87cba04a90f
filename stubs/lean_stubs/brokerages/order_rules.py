"""Which orders a broker takes (LEAN: BrokerageExtensions.cs, Messages.DefaultBrokerageModel)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from lean_stubs.brokerages.message import BrokerageMessageEvent, BrokerageMessageType
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.responses import clr_name

__all__ = ["Answer", "crossing_zero", "in_window", "only_kinds", "refused", "time_in_force"]

#: Whether the broker takes the order, and why not.
Answer = tuple[bool, BrokerageMessageEvent | None]
_YES: Answer = (True, None)


def refused(text: str, code: Any = "NotSupported") -> Answer:
    return False, BrokerageMessageEvent(BrokerageMessageType.WARNING, code, text)


def only_kinds(kinds: tuple[Any, ...], model: Any, order: Any) -> Answer:
    """The broker knows these types of orders."""
    if order._type in kinds:
        return _YES
    names = ",".join(clr_name(kind) for kind in kinds)
    return refused(f"The {type(model).__name__} does not support {clr_name(order._type)} order type. Only supports [{names}]")


def time_in_force(kinds: tuple[type, ...], model: Any, order: Any) -> Answer:
    """The broker knows these times in force."""
    given = type(order._properties.time_in_force)
    if given in kinds:
        return _YES
    return refused(f"The {type(model).__name__} does not support {given.__name__} time in force.")


def crossing_zero(kinds: tuple[Any, ...], model: Any, security: Any, order: Any) -> Answer:
    """An order of these types must not turn a position round."""
    held, shares = security._holdings._position.quantity, order._shares
    if order._type not in kinds or held * shares >= 0 or abs(shares) <= abs(held):
        return _YES
    return refused(
        f"Order type '{clr_name(order._type)}' is not supported for orders that cross the zero holdings threshold in the "
        f"{type(model).__name__}. This means you cannot change a position from positive to negative or vice versa using this "
        "order type. Please close the existing position first."
    )


def in_window(start: time, before_open: timedelta, security: Any, order: Any) -> Answer:
    """An order for the open comes between a time of the day and some minutes before the open; past midnight if need be."""
    if order._type is not OrderType.MARKET_ON_OPEN:
        return _YES
    now: datetime = security.local_time
    session = security._hours._session(now.date())
    if session is None:
        return _YES
    end, at = (session[0] - before_open).time(), now.time()
    if (start <= at < end) if start <= end else (at >= start or at < end):
        return _YES
    return refused(
        f"MarketOnOpen submission time is invalid. Valid local times are {start: %I:%M}-{end: %I:%M}. Consider setting "
        "daily_precise_end_time = false or using self.schedule.on."
    )
