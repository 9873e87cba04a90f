"""Makes the money side of a run."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import NotOffered
from lean_stubs.orders.transaction_manager import SecurityTransactionManager
from lean_stubs.securities.manager import SecurityManager
from lean_stubs.securities.portfolio import SecurityPortfolioManager
from lean_stubs.securities.security import Security

__all__ = ["attach", "check_currency", "initialize"]


def attach(state: Any) -> None:
    """Give the state its securities, portfolio and transactions."""
    state.securities = SecurityManager(state)
    state.portfolio = SecurityPortfolioManager(state)
    state.transactions = SecurityTransactionManager(state)


def check_currency(security: Security) -> None:
    """A security is in the account's currency.

    Raises
    ------
    NotOffered
        It is in another one: LEAN would convert, with rates that the stubs do not have.
    """
    own, account = security._properties.quote_currency, security._state.portfolio._cash_book._account_currency
    if own != account:
        raise NotOffered(
            f"a security in {own} on an account in {account}",
            f"{security._symbol.value} needs rates between the two currencies",
        )


def initialize(state: Any, security: Security, leverage: float | None = None) -> None:
    """Set up a new security as the brokerage model has it, then as the algorithm asked."""
    if leverage is not None and leverage > 0:
        security.set_leverage(leverage)
