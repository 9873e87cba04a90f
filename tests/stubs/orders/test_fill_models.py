"""The base fill model and the one of equities differ; users' models may answer with nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from lean_stubs.common import Resolution
from lean_stubs.orders.enums import OrderStatus, OrderType
from lean_stubs.orders.fills import EquityFillModel, Fill, FillModel, ImmediateFillModel
from lean_stubs.orders.requests import SubmitOrderRequest

from tests.stubs.money import Account


def placed(model: Any, kind: OrderType, shares: float, resolution: Resolution = Resolution.DAILY, **prices: float) -> Any:
    """An order placed at a close of 100, and the next day's bar: open 104, high 110, low 90, close 105."""
    account = Account(resolution=resolution)
    spy = account.equity("SPY", 100.0)
    spy.set_fill_model(model)
    ticket = account.state.transactions.add_order(
        SubmitOrderRequest._of(kind, spy.type, spy.symbol, shares, time=account.state.utc, **prices)
    )
    account.state.utc += timedelta(1)
    account.bar(spy, 105.0, open=104.0, high=110.0, low=90.0)
    account.state.transactions._handler.process_fills()
    return ticket


@pytest.mark.parametrize(
    ("kind", "shares", "prices", "base", "equity"),
    [
        # Equities fill at the open when that is better than the limit; the base takes the worse of bar and limit.
        (OrderType.LIMIT, 10, {"limit_price": 108}, 108.0, 104.0),
        (OrderType.LIMIT, -10, {"limit_price": 95}, 95.0, 104.0),
        # A stop that the open already passed: equities fill at the open, the base at the worse of stop and close.
        (OrderType.STOP_MARKET, 10, {"stop_price": 101}, 105.0, 104.0),
        (OrderType.STOP_MARKET, -10, {"stop_price": 107}, 105.0, 104.0),
        (OrderType.MARKET_ON_OPEN, 10, {}, 104.0, 104.0),
        (OrderType.MARKET_ON_CLOSE, 10, {}, 105.0, 105.0),
    ],
)
def test_prices(kind: OrderType, shares: float, prices: dict[str, float], base: float, equity: float) -> None:
    for model, expected in ((FillModel(), base), (ImmediateFillModel(), base), (EquityFillModel(), equity)):
        ticket = placed(model, kind, shares, **prices)
        assert (ticket.status, ticket.average_fill_price) == (OrderStatus.FILLED, expected)


def test_a_stop_touched_exactly_fills_for_equities_only() -> None:
    assert placed(EquityFillModel(), OrderType.STOP_MARKET, 10, stop_price=110).status == OrderStatus.FILLED
    assert placed(FillModel(), OrderType.STOP_MARKET, 10, stop_price=110).status == OrderStatus.SUBMITTED


def test_a_market_order_placed_before_a_coarse_bar_fills_at_its_open_by_the_base_model() -> None:
    for model, price in ((FillModel(), 104.0), (EquityFillModel(), 105.0)):
        account = Account()
        spy = account.equity("SPY", 100.0)
        spy.set_fill_model(model)
        account.state.utc += timedelta(hours=12)
        request = SubmitOrderRequest._of(OrderType.MARKET, spy.type, spy.symbol, 10, time=account.state.utc)
        ticket = account.state.transactions.add_order(request)
        assert ticket.status == OrderStatus.SUBMITTED, "the last price is too old"
        account.state.utc += timedelta(hours=12)
        account.bar(spy, 105.0, open=104.0)
        account.state.transactions._handler.process_fills()
        assert ticket.average_fill_price == price


class Half(FillModel):
    def market_on_open_fill(self, asset: Any, order: Any) -> Any:
        fill = super().market_on_open_fill(asset, order)
        fill.fill_quantity = order.quantity / 2
        fill.status = OrderStatus.PARTIALLY_FILLED
        return fill


def test_a_users_model_builds_on_the_base() -> None:
    ticket = placed(Half(), OrderType.MARKET_ON_OPEN, 10)
    assert (ticket.status, ticket.quantity_filled) == (OrderStatus.PARTIALLY_FILLED, 5.0)


class Never(EquityFillModel):
    def fill(self, parameters: Any) -> Fill:
        return Fill([])


def test_no_event_is_no_fill() -> None:
    assert placed(Never(), OrderType.MARKET_ON_OPEN, 10).status == OrderStatus.SUBMITTED


def test_slippage_is_added_to_what_is_paid() -> None:
    class Dime:
        def get_slippage_approximation(self, asset: Any, order: Any) -> float:
            return 0.1

    account = Account()
    spy = account.equity("SPY", 100.0)
    spy.set_slippage_model(Dime())
    request = SubmitOrderRequest._of(OrderType.MARKET_ON_OPEN, spy.type, spy.symbol, -10, time=account.state.utc)
    ticket = account.state.transactions.add_order(request)
    account.state.utc += timedelta(1)
    account.bar(spy, 105.0, open=104.0)
    account.state.transactions._handler.process_fills()
    assert Decimal(str(ticket.average_fill_price)) == Decimal("103.9")
