"""Orders of several legs: filled together or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from AlgorithmImports import (
    ComboLegLimitOrder,
    ComboMarketOrder,
    FillModel,
    FillModelParameters,
    GroupOrderManager,
    Leg,
    OrderDirection,
    OrderEvent,
    OrderField,
    OrderStatus,
    OrderTicket,
    OrderType,
    QCAlgorithm,
    Resolution,
    Slice,
    UpdateOrderFields,
)
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.results.order_json import order_json

AT = datetime(2020, 1, 6, 15)


class TwoStocks(QCAlgorithm):
    """Calls ``trade`` at the second hour, ``later`` two hours after that, and notes events."""

    def initialize(self) -> None:
        self.set_start_date(2020, 1, 6)
        self.set_end_date(2020, 1, 7)
        self.set_cash(1_000_000)
        self.a, self.b = (self.add_equity(ticker, Resolution.HOUR).symbol for ticker in ("AAA", "BBB"))
        self.events: list[tuple[int, Any, float]] = []
        self.tickets: list[OrderTicket] = []
        self.bars = 0

    def legs(self, a: float | None = None, b: float | None = None) -> list[Leg]:
        return [Leg.create(self.a, 2, a), Leg.create(self.b, -1, b)]

    def on_data(self, data: Slice) -> None:
        self.bars += 1
        if self.bars == 2:
            self.tickets = self.trade()
        elif self.bars == 4:
            self.later()

    def trade(self) -> list[OrderTicket]:
        raise NotImplementedError

    def later(self) -> None:
        """On the fourth bar."""

    def on_order_event(self, order_event: OrderEvent) -> None:
        self.events.append((order_event.order_id, order_event.status, order_event.fill_quantity))


def data() -> FakeData:
    """AAA rises from 100 to 107 on the first day and stays, BBB stays at 50."""
    fake = FakeData("2020-01-03", "2020-01-07")
    return fake.closes("AAA", [100.0, 107.0, 107.0], [100.0, 100.0, 107.0]).closes("BBB", [50.0] * 3)


def ran(trade: Any, later: Any = lambda algorithm: None) -> Any:
    return run_algorithm(type("Combo", (TwoStocks,), {"trade": trade, "later": later}), data()).check().algorithm


SUBMITTED, FILLED, CANCELED, INVALID = OrderStatus.SUBMITTED, OrderStatus.FILLED, OrderStatus.CANCELED, OrderStatus.INVALID


def test_a_market_combo_fills_all_legs_at_once() -> None:
    done = ran(lambda a: a.combo_market_order(a.legs(), 10, tag="pair"))
    assert done.events == [(1, SUBMITTED, 0), (2, SUBMITTED, 0), (1, FILLED, 20), (2, FILLED, -10)]
    first, second = done.tickets
    assert (first.quantity, second.quantity, first.tag, first.order_type) == (20.0, -10.0, "pair", OrderType.COMBO_MARKET)
    group = done.transactions.get_order_by_id(2).group_order_manager
    assert (group.id, group.count, group.quantity, list(group.order_ids)) == (1, 2, 10.0, [1, 2])
    assert (group.direction, group.limit_price) == (OrderDirection.BUY, 0.0)
    # A dollar for each leg.
    assert done.portfolio.total_fees == 2.0


@pytest.mark.parametrize(
    ("quantity", "limit", "fills"),
    # Two of AAA less one of BBB, in hundreds of dollars: 1.5 at first, at most 1.64.
    [(10, 1.6, True), (10, 1.4, False), (-10, 1.6, True), (-10, 1.7, False)],
)
def test_a_limit_combo_fills_when_the_sum_of_its_legs_is_better(quantity: int, limit: float, fills: bool) -> None:
    done = ran(lambda a: a.combo_limit_order(a.legs(), quantity, limit))
    assert [ticket.status for ticket in done.tickets] == ([FILLED] * 2 if fills else [SUBMITTED] * 2)
    assert [ticket.get(OrderField.LIMIT_PRICE) for ticket in done.tickets] == [limit] * 2


@pytest.mark.parametrize(("limits", "fills"), [((120.0, 40.0), True), ((120.0, 60.0), False), ((90.0, 40.0), False)])
def test_a_leg_limit_combo_waits_for_all_its_legs(limits: tuple[float, float], fills: bool) -> None:
    done = ran(lambda a: a.combo_leg_limit_order(a.legs(*limits), 10))
    assert [ticket.status for ticket in done.tickets] == ([FILLED] * 2 if fills else [SUBMITTED] * 2)
    assert [ticket.get(OrderField.LIMIT_PRICE) for ticket in done.tickets] == list(limits)


def test_canceling_one_leg_cancels_all() -> None:
    done = ran(lambda a: a.combo_limit_order(a.legs(), 10, 1.4), lambda a: a.tickets[1].cancel("enough"))
    assert [ticket.status for ticket in done.tickets] == [CANCELED, CANCELED]
    assert done.events[2:] == [(2, OrderStatus.CANCEL_PENDING, 0), (1, CANCELED, 0), (2, CANCELED, 0)]
    assert done.transactions.get_open_orders() == []


def test_a_new_quantity_or_limit_is_one_of_the_group() -> None:
    def change(algorithm: Any) -> None:
        fields = UpdateOrderFields()
        fields.quantity, fields.limit_price = 5, 1.7
        algorithm.answer = algorithm.tickets[0].update(fields)

    done = ran(lambda a: a.combo_limit_order(a.legs(), 10, 1.4), change)
    assert done.answer.is_success
    assert [(ticket.quantity, ticket.quantity_filled) for ticket in done.tickets] == [(10.0, 10.0), (-5.0, -5.0)]


def test_an_account_that_cannot_bear_one_leg_gets_none() -> None:
    done = ran(lambda a: a.combo_market_order(a.legs(), 20_000))
    assert [ticket.status for ticket in done.tickets] == [INVALID, INVALID]
    assert done.tickets[1].submit_request.response.error_message.startswith("Order Error: ids: [1,2], Insufficient buying power")
    assert not done.portfolio.invested


def test_one_leg_that_fails_the_checks_leaves_no_order() -> None:
    done = ran(lambda a: a.combo_market_order([Leg.create(a.a, 1), Leg.create(a.b, 0)], 10))
    assert ([ticket.status for ticket in done.tickets], done.transactions.orders_count) == ([INVALID], 0)


def test_what_a_combo_may_not_be() -> None:
    algorithm = QCAlgorithm()
    two = [Leg.create("AAA", 2), Leg.create("BBB", -4)]
    with pytest.raises(ArgumentException, match=r"from 3x\(2 AAA, -4 BBB\) to 6x\(1 AAA, -2 BBB\)"):
        algorithm.combo_market_order(two, 3)
    with pytest.raises(ArgumentException, match="for each leg"):
        algorithm.combo_leg_limit_order(two, 1)
    with pytest.raises(ArgumentException, match="requires a limit price"):
        algorithm.combo_limit_order(two, 1, 0)
    two[0].order_price = 5.0
    with pytest.raises(ArgumentException, match="individual legs"):
        algorithm.combo_limit_order(two, 1, 3.0)


class Half(FillModel):
    """Fills in two halves."""

    def combo_market_fill(self, order: Any, parameters: FillModelParameters) -> list[OrderEvent]:
        fills = super().combo_market_fill(order, parameters)
        for pair, fill in zip(sorted(parameters.securities_for_orders, key=lambda p: p.key.id), fills, strict=True):
            partly = pair.key.status != OrderStatus.PARTIALLY_FILLED
            fill.fill_quantity = pair.key.quantity / 2
            fill.status = OrderStatus.PARTIALLY_FILLED if partly else OrderStatus.FILLED
        return fills


def test_a_fill_model_of_pythons_fills_the_legs_of_a_combo() -> None:
    def trade(algorithm: Any) -> Any:
        algorithm.securities[algorithm.a].set_fill_model(Half())
        algorithm.securities[algorithm.b].set_fill_model(Half())
        return algorithm.combo_market_order(algorithm.legs(), 10)

    done = ran(trade)
    partly = OrderStatus.PARTIALLY_FILLED
    assert done.events[2:] == [(1, partly, 10), (2, partly, -5), (1, FILLED, 10), (2, FILLED, -5)]


def test_a_combo_s_order_has_its_group_and_its_own_quantity_first_in_json() -> None:
    order = ComboLegLimitOrder("AAA", 20, 9.5, AT, GroupOrderManager(7, 2, 10))
    text = order_json(order)
    assert text.startswith('{"type":10,"limitPrice":9.5,"quantity":20.0,"id":0,')
    assert '"groupOrderManager":{"id":7,"quantity":10.0,"count":2,"limitPrice":0.0,"orderIds":[],"direction":0},' in text
    assert order.clone().quantity == 20.0
    assert (ComboMarketOrder().quantity, GroupOrderManager(2, -3).direction) == (0.0, OrderDirection.SELL)
