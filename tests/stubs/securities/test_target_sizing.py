"""PortfolioTarget.percent: share counts that the real engine gave (lean-semantics 3.5)."""

import math

import pytest
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.securities.target_sizing import percent_quantity

from tests.stubs.money import Account


@pytest.mark.parametrize(
    ("percent", "price", "shares"),
    [
        (0.5, 100.0, 498),
        (1.0, 10.0, 9970),
        (-1.0, 10.0, -9970),
        (1.0, 100.0, 997),
        (2.0, 100.0, 1994),
        (1.9, 100.0, 1895),
        (0.002, 100.0, 0),
        (0.0021, 100.0, 2),
        (0.5, 0.10, 497506),
    ],
)
def test_shares_of_a_percentage(percent, price, shares):
    account = Account()
    security = account.equity("SPY", price)
    assert percent_quantity(account.state, security.symbol, percent) == shares


@pytest.mark.parametrize(("percent", "shares"), [(0.501, 498), (0.502, 500), (0.0, 0)])
def test_small_changes_of_a_position_are_left_alone(percent, shares):
    account = Account(100_000 - 49_800)
    security = account.equity("SPY", 100.0)
    security.holdings.set_holdings(100.0, 498)
    assert percent_quantity(account.state, security.symbol, percent) == shares


def test_delta_leaves_the_holding_out():
    account = Account(100_000 - 49_800)
    security = account.equity("SPY", 100.0)
    security.holdings.set_holdings(100.0, 498)
    assert percent_quantity(account.state, security.symbol, 0.502, return_delta=True) == 2


def test_zero_keeps_the_sign_of_dotnet():
    account = Account()
    security = account.equity("SPY", 100.0)
    assert math.copysign(1, percent_quantity(account.state, security.symbol, 0.0)) == -1


@pytest.mark.parametrize("percent", [2e9, -2e9, 1e-11])
def test_percent_out_of_bounds_is_an_error_in_the_log(percent):
    account = Account()
    security = account.equity("SPY", 100.0)
    assert percent_quantity(account.state, security.symbol, percent) is None
    assert account.state.logs[-1][0] == "error"


def test_no_price_is_an_error_in_the_log():
    account = Account()
    assert percent_quantity(account.state, account.equity("SPY").symbol, 0.5) is None
    assert "does not have an accurate price" in account.state.logs[-1][2]


@pytest.mark.parametrize("percent", [float("nan"), float("inf")])
def test_percent_that_is_no_number_raises(percent):
    account = Account()
    security = account.equity("SPY", 100.0)
    with pytest.raises(ArgumentException, match="non-finite"):
        percent_quantity(account.state, security.symbol, percent)
