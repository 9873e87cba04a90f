"""What a broker says or does by itself, in a test."""

from __future__ import annotations

from typing import Any

from lean_stubs.brokerages.broker_side import receive_message, receive_order

__all__ = ["broker_message", "broker_order"]


def broker_message(algorithm: Any, message: Any) -> None:
    """Let the broker of a running algorithm send a message (``BrokerageMessageEvent``)."""
    receive_message(algorithm._clr, message)


def broker_order(algorithm: Any, order: Any) -> bool:
    """Let an order arrive that was placed at the broker by hand.

    Parameters
    ----------
    algorithm
        A running algorithm; call this from one of its methods.
    order
        For example ``MarketOrder(symbol, 10, algorithm.utc_time)``.

    Returns
    -------
    bool
        Whether the algorithm's brokerage message handler took it.
    """
    return receive_order(algorithm._clr, order)
