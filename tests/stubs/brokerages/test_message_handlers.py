"""Messages and orders that come from the broker's side."""

from __future__ import annotations

from typing import Any

import pytest
from AlgorithmImports import (
    BrokerageMessageEvent,
    BrokerageMessageType,
    DefaultBrokerageMessageHandler,
    DowngradeErrorCodeToWarningBrokerageMessageHandler,
    MarketOrder,
    NewBrokerageOrderNotificationEventArgs,
    OrderStatus,
    QCAlgorithm,
    Resolution,
    SecurityType,
    Slice,
    Symbol,
)
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.testing import RunResult, broker_message, broker_order

WARNING, ERROR = BrokerageMessageType.WARNING, BrokerageMessageType.ERROR


class Even(DefaultBrokerageMessageHandler):
    """Takes orders with an even number as tag; LEAN's constructor is not called, and a name of its own is used again."""

    def __init__(self, algorithm: QCAlgorithm) -> None:
        self._algorithm = algorithm

    def handle_order(self, event_args: NewBrokerageOrderNotificationEventArgs) -> bool:
        return int(event_args.order.tag) % 2 == 0


class Listens(QCAlgorithm):
    """Four orders come in by hand, a day apart."""

    handler: Any = None

    def initialize(self) -> None:
        self.set_start_date(2020, 1, 6)
        self.set_end_date(2020, 1, 14)
        self.universe_settings.resolution = Resolution.DAILY
        if self.handler is not None:
            self.set_brokerage_message_handler(self.handler(self))
        self.add_equity("AAA", Resolution.DAILY)
        self.bbb = Symbol.create("BBB", SecurityType.EQUITY, "usa")
        self.heard: list[str] = []
        self.taken: list[bool] = []

    def on_data(self, data: Slice) -> None:
        if len(self.taken) < 4:
            self.taken.append(broker_order(self, MarketOrder(self.bbb, 3, self.utc_time, tag=str(len(self.taken)))))

    def on_brokerage_message(self, message_event: BrokerageMessageEvent) -> None:
        self.heard.append(str(message_event))

    def on_brokerage_disconnect(self) -> None:
        self.heard.append("gone")


def ran(**members: Any) -> RunResult:
    kind = type("Run", (Listens,), members)
    return run_algorithm(kind, FakeData("2020-01-02", "2020-01-14").flat("AAA", "BBB"))


def test_a_handler_of_pythons_takes_orders_of_others_and_their_security_is_added() -> None:
    result = ran(handler=Even).check()
    done = result.algorithm
    assert done.taken == [True, False, True, False]
    assert done.securities.contains_key(done.bbb)
    assert [(t.tag, t.status, t.quantity_filled) for t in done.transactions.get_order_tickets()] == [
        ("0", OrderStatus.FILLED, 3.0),
        ("2", OrderStatus.FILLED, 3.0),
    ]
    assert done.portfolio[done.bbb].quantity == 6.0


def test_by_default_orders_of_others_are_ignored_and_said_once() -> None:
    result = ran().check()
    assert result.algorithm.taken == [False] * 4
    assert sum("Ignoring unrecognized order" in text for text in result.logs) == 1
    assert result.algorithm.transactions.orders_count == 0


def said(*messages: BrokerageMessageEvent, handler: Any = None) -> RunResult:
    def on_data(self: Any, data: Slice) -> None:
        if not self.taken:
            self.taken = [True]
            for message in messages:
                broker_message(self, message)

    return ran(on_data=on_data, handler=handler)


def test_messages_are_shown_and_the_algorithm_hears_them() -> None:
    result = said(
        BrokerageMessageEvent(BrokerageMessageType.INFORMATION, 7, "hello"),
        BrokerageMessageEvent(WARNING, "w", "careful"),
        BrokerageMessageEvent.disconnected("bye"),
    ).check()
    assert result.algorithm.heard == [
        "Information - Code: 7 - hello",
        "Warning - Code: w - careful",
        "Disconnect - Code: Disconnect - bye",
        "gone",
    ]
    shown = [text for text in result.logs if text.startswith("Brokerage ")]
    assert shown == ["Brokerage Info: hello", "Brokerage Warning: careful"]


def test_an_error_ends_the_run_unless_its_code_is_downgraded() -> None:
    error = BrokerageMessageEvent(ERROR, "x", "broken")
    assert "broken" in str(said(error).error)
    for code, ends in (("x", False), ("y", True)):

        def downgrading(algorithm: Any, code: str = code) -> Any:
            return DowngradeErrorCodeToWarningBrokerageMessageHandler(DefaultBrokerageMessageHandler(algorithm), [code])

        assert (said(error, handler=staticmethod(downgrading)).error is not None) == ends


def test_a_handler_needs_both_methods() -> None:
    class Half:
        def handle_message(self, message: Any) -> None: ...

    with pytest.raises(NotImplementedException, match=r"IBrokerageMessageHandler\.handle_order must be implemented"):
        ran(handler=staticmethod(lambda algorithm: Half())).check()
    assert isinstance(ran().algorithm.brokerage_message_handler, DefaultBrokerageMessageHandler)
