"""Makes the money side of a run."""

from __future__ import annotations

from typing import Any

from lean_stubs.orders.transaction_manager import SecurityTransactionManager
from lean_stubs.securities.manager import SecurityManager
from lean_stubs.securities.portfolio import SecurityPortfolioManager
from lean_stubs.securities.security import Security

__all__ = ["attach", "initialize"]


def attach(state: Any) -> None:
    """Give the state its securities, portfolio and transactions."""
    state.securities = SecurityManager(state)
    state.portfolio = SecurityPortfolioManager(state)
    state.transactions = SecurityTransactionManager(state)


def initialize(state: Any, security: Security, leverage: float | None = None) -> None:
    """Set up a new security as the brokerage model has it, then as the algorithm asked."""
    if leverage is not None and leverage > 0:
        security.set_leverage(leverage)
