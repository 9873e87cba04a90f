"""Currencies on the account (LEAN: Cash, CashBook)."""

from __future__ import annotations

from typing import Any

import pytest
from AlgorithmImports import BuyingPowerModel, Cash, CashAmount, CashBook, PatternDayTradingMarginModel, SecurityHolding
from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException

from tests.stubs.money import Account


def book() -> CashBook:
    made = CashBook()
    made.add("EUR", 100.0, 1.25)
    return made


def test_a_currency_that_is_there_keeps_its_object() -> None:
    made = book()
    held = made["EUR"]
    made["EUR"] = Cash("EUR", 40.0, 1.5)
    assert made["EUR"] is held
    assert (held.amount, held.conversion_rate, made.total_value_in_account_currency) == (40.0, 1.5, 60.0)


def test_amounts_are_converted_by_both_rates() -> None:
    made = book()
    made.add("GBP", Cash("GBP", 0.0, 2.5))
    assert made.convert(50.0, "GBP", "EUR") == 100.0
    assert made.convert_to_account_currency(4.0, "EUR") == 5.0
    converted: Any = made.convert_to_account_currency(CashAmount(4.0, "EUR"))
    assert (converted.amount, converted.currency) == (5.0, "USD")
    made.add("JPY", 1.0, 0.0)
    with pytest.raises(ArgumentException, match="JPY"):
        made.convert(1.0, "JPY", "USD")


def test_entries_are_removed_by_symbol_or_as_pairs_and_no_null_currency_is_kept() -> None:
    made = book()
    pair = next(entry for entry in made if entry.key == "EUR")
    assert made.remove(pair)
    assert not made.remove("EUR")
    assert made.add("QCC", 1.0, 1.0) is None
    with pytest.raises(InvalidOperationException):
        made["QCC"]


def test_the_portfolio_sees_a_change_of_cash_it_was_given() -> None:
    account = Account()
    portfolio = account.state.portfolio
    held = Cash("EUR", 100.0, 2.0)
    portfolio.cash_book.add("EUR", held)
    before = portfolio.total_portfolio_value
    held.add_amount(50.0)
    assert portfolio.total_portfolio_value - before == 100.0


def test_margin_that_is_left_of_a_value_somebody_names() -> None:
    account = Account(10_000)
    spy = account.equity("SPY", 100.0)
    spy.holdings.set_holdings(100.0, 100)
    portfolio = account.state.portfolio
    assert portfolio.get_margin_remaining(50_000.0) == 50_000.0 - portfolio.total_margin_used
    assert portfolio.get_margin_remaining(portfolio.total_portfolio_value) == portfolio.margin_remaining


def test_a_copied_position_goes_its_own_way() -> None:
    spy = Account().equity("SPY", 100.0)
    spy.holdings.set_holdings(90.0, 10)
    copy = SecurityHolding(spy.holdings)
    spy.holdings.set_holdings(90.0, 20)
    assert (copy.quantity, copy.average_price, copy.symbol) == (10.0, 90.0, spy.symbol)


def test_margin_is_a_part_of_the_worth_and_no_more() -> None:
    spy = Account().equity("SPY", 100.0)
    half = BuyingPowerModel(0.5, 0.25, 0.0)
    assert (half.get_leverage(spy), BuyingPowerModel(4).get_leverage(spy)) == (2.0, 4.0)
    for parts in ((1.5, 0.25, 0.0), (0.5, -1.0, 0.0), (0.5, 0.25, 2.0)):
        with pytest.raises(ArgumentException, match="between 0 and 1"):
            BuyingPowerModel(*parts)
    with pytest.raises(TypeError, match="No method matches"):
        PatternDayTradingMarginModel(2.0)  # type: ignore[call-overload]
