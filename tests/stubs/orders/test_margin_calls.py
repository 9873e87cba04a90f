"""Margin calls and warnings (lean-semantics 4, LEAN's DefaultMarginCallModel)."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from lean_stubs.orders.enums import OrderStatus, OrderType

from tests.stubs.money import Account


class Listener:
    def __init__(self):
        self.warnings, self.called = 0, []

    def on_margin_call_warning(self):
        self.warnings += 1

    def on_margin_call(self, requests):
        self.called.append([r.quantity for r in requests])
        return requests


def account_with(shares, price, cash):
    account = Account(cash)
    spy = account.equity("SPY", price)
    spy.holdings.set_holdings(price, shares)
    account.state.user = Listener()
    return account, spy


@pytest.mark.parametrize(("shares", "warned"), [(1974, True), (1896, False)])
def test_warning_when_little_margin_is_left(shares, warned):
    # 1974 shares at 100 with 2600 a hundredth more than the margin: 1.3 % is left; 1896: 5.2 %.
    account, _ = account_with(shares, 100.0, 100_000 - shares * 100)
    account.state.transactions._handler.margin_calls()
    assert account.state.user.warnings == warned


def test_no_call_without_margin_in_use():
    account = Account()
    account.equity("SPY", 100.0)
    account.state.user = Listener()
    account.state.transactions._handler.margin_calls()
    assert account.state.user.warnings == 0


def test_call_at_a_closed_market_only_warns():
    account, _ = account_with(1895, 85.0, 100_000 - 1895 * 100)
    account.state.transactions._handler.margin_calls()
    assert (account.state.user.warnings, account.state.user.called) == (1, [])


def test_call_at_an_open_market_sells_what_is_missing():
    account, spy = account_with(1895, 85.0, 100_000 - 1895 * 100)
    state = account.state
    state.utc = datetime(2019, 6, 11, 14)
    used, total = 1895 * 85 / 2, state.portfolio.total_portfolio_value
    assert used > 1.1 * total
    state.transactions._handler.margin_calls()
    (quantities,) = state.user.called
    # The margin that stays is at most the portfolio's value after fees, and one more share would exceed it.
    left = 1895 + quantities[0]
    fee = abs(quantities[0]) * 0.005
    assert left * 85 / 2 <= total - fee < (left + 1) * 85 / 2 + 1
    ticket = state.transactions.get_order_ticket(1)
    assert (ticket.order_type, ticket.tag, ticket.status) == (OrderType.MARKET, "Margin Call", OrderStatus.SUBMITTED)
    assert spy.holdings.quantity == 1895


def test_answer_of_on_margin_call_must_be_a_list():
    account, _ = account_with(1895, 85.0, 100_000 - 1895 * 100)
    account.state.user = SimpleNamespace()
    account.state.utc = datetime(2019, 6, 11, 14)

    class Silent:
        def on_margin_call(self, requests):
            return None

    account.state.user = Silent()
    with pytest.raises(Exception, match="non-empty list"):
        account.state.transactions._handler.margin_calls()
