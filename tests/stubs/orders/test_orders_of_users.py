"""Orders, events and requests that Python makes, and a margin call model of Python's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from AlgorithmImports import (
    CashAmount,
    LimitIfTouchedOrder,
    MarketOrder,
    OrderDirection,
    OrderEvent,
    OrderFee,
    OrderStatus,
    OrderType,
    SecurityType,
    StopLimitOrder,
    SubmitOrderRequest,
    Symbol,
    TrailingStopOrder,
)
from lean_stubs.clr.exceptions import NotOffered

from tests.stubs.money import Account

SPY = Symbol.create("SPY", 1, "usa")
AT = datetime(2020, 1, 6, 15)
FEE = OrderFee(CashAmount(1.5, "USD"))


def test_the_fourth_argument_of_a_market_order_is_a_price_or_a_tag() -> None:
    assert MarketOrder(SPY, 10, AT, 99.5).price == 99.5
    tagged = MarketOrder(SPY, 10, AT, "mine")
    assert (tagged.price, tagged.tag) == (0.0, "mine")
    assert MarketOrder().symbol is None


def test_prices_go_by_their_place_in_leans_constructors() -> None:
    both = StopLimitOrder(SPY, 10, 101.0, 100.0, AT)
    assert (both.stop_price, both.limit_price) == (101.0, 100.0)
    touched = LimitIfTouchedOrder(SPY, 10, 99.0, 98.0, AT)
    assert (touched.trigger_price, touched.limit_price) == (99.0, 98.0)
    trailing, from_stop = TrailingStopOrder(SPY, 10, 0.1, True, AT), TrailingStopOrder(SPY, 10, 95.0, 5.0, False, AT)
    assert (trailing.trailing_amount, trailing.trailing_as_percentage, trailing.stop_price) == (0.1, True, 0.0)
    assert (from_stop.stop_price, from_stop.trailing_amount) == (95.0, 5.0)
    assert from_stop.clone().trailing_amount == 5.0


def test_an_event_takes_its_order_s_fields_or_its_own() -> None:
    order = MarketOrder(SPY, -10, AT)
    of_order = OrderEvent(order, AT, FEE, "text")
    assert (of_order.quantity, of_order.direction, of_order.order_fee.value.amount) == (-10.0, OrderDirection.SELL, 1.5)
    whole = OrderEvent(7, SPY, AT, OrderStatus.FILLED, OrderDirection.BUY, 99.0, 5.0, FEE)
    assert (whole.order_id, whole.fill_price, whole.fill_quantity, whole.message) == (7, 99.0, 5.0, "")
    assert OrderEvent().status == OrderStatus.NONE
    with pytest.raises(TypeError, match="No method matches"):
        OrderEvent(order, AT)  # type: ignore[call-overload]


def test_the_time_of_a_request_comes_after_as_many_prices_as_it_has() -> None:
    kind = (OrderType.STOP_MARKET, SecurityType.EQUITY, SPY, 10)
    short = SubmitOrderRequest(*kind, 95.0, 0.0, AT, "a")
    middle = SubmitOrderRequest(*kind, 95.0, 0.0, 94.0, AT, "b")
    long = SubmitOrderRequest(*kind, 95.0, 0.0, 0.0, 5.0, True, AT, "c")
    assert [(r.tag, r.trigger_price, r.trailing_amount) for r in (short, middle, long)] == [
        ("a", 0.0, 0.0),
        ("b", 94.0, 0.0),
        ("c", 0.0, 5.0),
    ]
    with pytest.raises(NotOffered, match="contingency"):
        SubmitOrderRequest(*kind, 95.0, 0.0, 0.0, 5.0, True, AT, "c", None, None, False, object())


@pytest.mark.parametrize(("warn", "warned"), [(True, 1), (False, 0)])
def test_a_margin_call_model_of_pythons_is_given_a_value_and_answers_two(warn: bool, warned: int) -> None:
    class Model:
        given: list[Any] = []  # noqa: RUF012

        def get_margin_call_orders(self, issue_margin_call_warning: bool) -> tuple[list[Any], bool]:
            self.given.append(issue_margin_call_warning)
            return [], warn

    class Listener:
        warnings = 0

        def on_margin_call_warning(self) -> None:
            self.warnings += 1

    account = Account()
    account.state.user = Listener()
    account.state.portfolio.set_margin_call_model(Model())
    account.state.transactions._handler.margin_calls()
    assert (Model.given.pop(), account.state.user.warnings) == (False, warned)
