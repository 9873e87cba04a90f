"""Orders from submission to fill on an account without an engine."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from lean_stubs.algorithm.holdings import HoldingMethods
from lean_stubs.common import Resolution
from lean_stubs.orders.enums import OrderField, OrderStatus, OrderType

from tests.stubs.money import Account


class Trader(HoldingMethods):
    def __init__(self, account):
        self._clr = account.state


def next_day(account):
    account.state.utc += timedelta(1)


def test_market_order_at_the_close_fills_at_the_next_open_with_a_fee():
    account = Account()
    spy = account.equity("SPY", 100.0)
    ticket = Trader(account).market_order(spy.symbol, 498)
    assert (ticket.order_type, ticket.status) == (OrderType.MARKET_ON_OPEN, OrderStatus.SUBMITTED)
    next_day(account)
    account.bar(spy, 102.0, open=101.0)
    account.state.transactions._handler.process_fills()
    assert (ticket.status, ticket.average_fill_price, spy.holdings.quantity) == (OrderStatus.FILLED, 101.0, 498.0)
    assert account.state.portfolio.cash == 100_000 - 498 * 101 - 2.49


def test_cancelling_all_open_orders_leaves_a_tag_that_says_when():
    account = Account()
    spy = account.equity("SPY", 100.0)
    account.state.utc = datetime(2019, 3, 1, 15, 0, 0, 250_000)
    ticket = Trader(account).limit_order(spy.symbol, 10, 90)
    account.state.transactions.cancel_open_orders()
    account.state.transactions._handler.process_submissions()
    assert (ticket.status, ticket.tag) == (OrderStatus.CANCELED, "Canceled by CancelOpenOrders() at 2019-03-01T15:00:00.2500000Z")


def test_an_order_keeps_the_prices_it_was_submitted_at_to_the_last_digit():
    account = Account()
    spy = account.equity("SPY", 100.0)
    account.bar(spy, 100.1)
    order = account.state.transactions.get_order_by_id(Trader(account).market_order(spy.symbol, 10).order_id)
    data = order.order_submission_data
    assert (data._bid, data._ask, data._last) == (Decimal("100.1"),) * 3
    spy._prices.bid, spy._prices.ask = Decimal("100.09876543210"), Decimal("100.11")
    order = account.state.transactions.get_order_by_id(Trader(account).market_order(spy.symbol, 10).order_id)
    assert str(order.order_submission_data._bid) == "100.09876543210"
    assert (order.order_submission_data.ask_price, order.order_submission_data.last_price) == (100.11, 100.1)


def test_a_filled_forward_bar_fills_nothing():
    account = Account()
    spy = account.equity("SPY", 100.0)
    ticket = Trader(account).market_order(spy.symbol, 10)
    next_day(account)
    bar = spy._prices.bar.clone(fill_forward=True)
    bar.time += timedelta(1)
    bar.end_time += timedelta(1)
    spy._update(bar)
    account.state.transactions._handler.process_fills()
    assert ticket.status == OrderStatus.SUBMITTED


@pytest.mark.parametrize(("shares", "fee"), [(100, 1.0), (498, 2.49), (10_000, 50.0)])
def test_fee_of_a_liquid_share(shares, fee):
    account = Account(10_000_000)
    spy = account.equity("SPY", 100.0)
    assert float(spy._market_order_fee(Decimal(shares))) == fee


def test_minimum_fee_wins_over_the_maximum():
    account = Account()
    penny = account.equity("SPY", 0.10)
    assert float(penny._market_order_fee(Decimal(100))) == 1.0
    assert float(penny._market_order_fee(Decimal(10_000))) == pytest.approx(0.005 * 1000)


def test_gross_exposure_beyond_twice_the_account_is_refused():
    account = Account()
    spy, trader = account.equity("SPY", 100.0), Trader(account)
    assert trader.market_order(spy.symbol, 1980).status == OrderStatus.SUBMITTED
    refused = trader.market_order(spy.symbol, 2090)
    assert refused.status == OrderStatus.INVALID
    assert "Insufficient buying power" in account.state.logs[-1][2]


def test_the_second_of_two_orders_that_fit_only_alone_is_refused_at_its_fill():
    account = Account()
    spy, bac = account.equity("SPY", 100.0), account.equity("BAC", 50.0)
    trader = Trader(account)
    first, second = trader.market_order(spy.symbol, 1200), trader.market_order(bac.symbol, 2400)
    next_day(account)
    for security, price in ((spy, 100.0), (bac, 50.0)):
        account.bar(security, price)
    account.state.transactions._handler.process_fills()
    assert (first.status, second.status) == (OrderStatus.FILLED, OrderStatus.INVALID)


def test_reducing_orders_always_pass():
    account = Account(-50_000)
    spy = account.equity("SPY", 10.0)
    spy.holdings.set_holdings(100.0, 1000)
    assert Trader(account).market_order(spy.symbol, -1000).status == OrderStatus.SUBMITTED


@pytest.mark.parametrize(
    ("clock", "kind"),
    [((14, 0), OrderType.MARKET_ON_CLOSE), ((19, 44), OrderType.MARKET_ON_CLOSE), ((19, 50), OrderType.MARKET_ON_OPEN)],
)
def test_market_orders_on_daily_data_while_open(clock, kind):
    account = Account()
    spy = account.equity("SPY", 100.0)
    account.state.utc = datetime(2019, 6, 11, *clock)
    assert Trader(account).market_order(spy.symbol, 1).order_type == kind
    assert sum("automatically converted" in text for _, _, text in account.state.logs) == 1


def test_market_on_close_order_in_the_buffer_is_invalid():
    account = Account()
    spy = account.equity("SPY", 100.0)
    account.state.utc = datetime(2019, 6, 11, 19, 50)
    assert Trader(account).market_on_close_order(spy.symbol, 1).status == OrderStatus.INVALID


def test_market_order_on_minute_data_fills_at_once_at_the_close_of_the_bar():
    account = Account(resolution=Resolution.MINUTE)
    spy = account.equity("SPY")
    account.state.utc = datetime(2019, 6, 11, 14, 0)
    account.bar(spy, 101.5, open=100.0)
    ticket = Trader(account).market_order(spy.symbol, 10)
    assert (ticket.status, ticket.average_fill_price) == (OrderStatus.FILLED, 101.5)


def test_asynchronous_orders_are_handed_over_at_once_too():
    account = Account()
    spy = account.equity("SPY", 100.0)
    assert Trader(account).market_order(spy.symbol, 1, asynchronous=True).status != OrderStatus.NEW


@pytest.mark.parametrize(("quantity", "text"), [(0, "zero quantity"), (0.5, "less than lot size")])
def test_bad_quantities_give_an_invalid_ticket(quantity, text):
    account = Account()
    spy = account.equity("SPY", 100.0)
    assert Trader(account).market_order(spy.symbol, quantity).status == OrderStatus.INVALID
    assert text in account.state.logs[-1][2]


def test_orders_while_warming_up_are_invalid():
    account = Account()
    spy = account.equity("SPY", 100.0)
    account.state.is_warming_up = True
    assert Trader(account).market_order(spy.symbol, 1).status == OrderStatus.INVALID


def test_limit_order_fills_at_its_price_or_at_a_better_open():
    account = Account()
    spy, trader = account.equity("SPY", 100.0), Trader(account)
    low, gap = trader.limit_order(spy.symbol, 10, 99.0), trader.limit_order(spy.symbol, 10, 98.0)
    next_day(account)
    account.bar(spy, 99.5, open=99.5, high=100.0, low=98.5)
    account.state.transactions._handler.process_fills()
    assert (low.average_fill_price, gap.status) == (99.0, OrderStatus.SUBMITTED)
    next_day(account)
    account.bar(spy, 97.5, open=97.0, high=98.0, low=96.0)
    account.state.transactions._handler.process_fills()
    assert gap.average_fill_price == 97.0


def test_cancelled_and_updated_tickets():
    account = Account()
    spy, trader = account.equity("SPY", 100.0), Trader(account)
    ticket = trader.limit_order(spy.symbol, 10, 90.0)
    assert ticket.update_limit_price(91.0).is_success
    account.state.transactions._handler.process_submissions()
    assert (ticket.get(OrderField.LIMIT_PRICE), ticket.status) == (91.0, OrderStatus.UPDATE_SUBMITTED)
    assert ticket.cancel("enough").is_success
    account.state.transactions._handler.process_submissions()
    assert (ticket.status, ticket.tag) == (OrderStatus.CANCELED, "enough")
    assert ticket.cancel().is_error


def test_turning_a_position_round_starts_its_price_anew():
    account = Account()
    spy, trader = account.equity("SPY", 100.0), Trader(account)
    for quantity, price in ((100, 100.0), (-150, 110.0)):
        trader.market_order(spy.symbol, quantity)
        next_day(account)
        account.bar(spy, price)
        account.state.transactions._handler.process_fills()
    assert (spy.holdings.quantity, spy.holdings.average_price) == (-50.0, 110.0)
    assert spy.holdings.last_trade_profit == 1000.0
    # The record of a closing fill counts its fee twice, as LEAN's does.
    assert list(account.state.transactions.transaction_record.values()) == [1000.0 - 2 * 1.0]


def test_liquidate_cancels_what_is_open_and_sells():
    account = Account()
    spy, trader = account.equity("SPY", 100.0), Trader(account)
    spy.holdings.set_holdings(100.0, 50)
    waiting = trader.limit_order(spy.symbol, 10, 90.0)
    tickets = trader.liquidate()
    account.state.transactions._handler.process_submissions()
    assert [t.quantity for t in tickets] == [-50.0]
    assert (waiting.status, tickets[0].tag) == (OrderStatus.CANCELED, "Liquidated")


def test_set_holdings_of_several_targets_reduces_first():
    from types import SimpleNamespace

    account = Account()
    spy, bac, trader = account.equity("SPY", 100.0), account.equity("BAC", 50.0), Trader(account)
    bac.holdings.set_holdings(50.0, 500)
    targets = [SimpleNamespace(symbol=spy.symbol, quantity=0.5), SimpleNamespace(symbol=bac.symbol, quantity=0.1)]
    tickets = trader.set_holdings(targets)
    assert [t.symbol for t in tickets] == [bac.symbol, spy.symbol]
    assert tickets[0].quantity < 0 < tickets[1].quantity
