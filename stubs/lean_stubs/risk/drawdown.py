"""Exits by loss, gain and drawdown (Algorithm.Framework/Risk)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr.convert import to_bool, to_decimal
from lean_stubs.common.symbol import Symbol
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.risk.model import RiskManagementModel

__all__ = [
    "MaximumDrawdownPercentPerSecurity",
    "MaximumDrawdownPercentPortfolio",
    "MaximumUnrealizedProfitPercentPerSecurity",
    "TrailingStopRiskManagementModel",
]

_NAMESPACE = "QuantConnect.Algorithm.Framework.Risk"


def _exit(state: Any, symbol: Symbol) -> PortfolioTarget:
    """Ends the symbol's insights and asks for no shares."""
    state.insights._expire_symbols([symbol])
    return PortfolioTarget(symbol, 0)


class MaximumDrawdownPercentPerSecurity(RiskManagementModel, clr=_NAMESPACE):
    """Leaves a position whose unrealised loss passes the limit."""

    def __init__(self, maximum_drawdown_percent: float = 0.05) -> None:
        self._limit = -abs(to_decimal(maximum_drawdown_percent))

    def manage_risk(self, algorithm: Any, targets: Any) -> Iterator[PortfolioTarget]:
        state = state_of(algorithm)
        for symbol, security in state.securities.items():
            if security.invested and security.holdings.unrealized_profit_percent < self._limit:
                yield _exit(state, symbol)


class MaximumUnrealizedProfitPercentPerSecurity(RiskManagementModel, clr=_NAMESPACE):
    """Leaves a position whose unrealised gain passes the limit."""

    def __init__(self, maximum_unrealized_profit_percent: float = 0.05) -> None:
        self._limit = abs(to_decimal(maximum_unrealized_profit_percent))

    def manage_risk(self, algorithm: Any, targets: Any) -> Iterator[PortfolioTarget]:
        state = state_of(algorithm)
        for symbol, security in state.securities.items():
            if security.invested and security.holdings.unrealized_profit_percent > self._limit:
                yield _exit(state, symbol)


class MaximumDrawdownPercentPortfolio(RiskManagementModel, clr=_NAMESPACE):
    """Leaves everything that is targeted when the portfolio's drawdown passes the limit.

    The high is the value at the first step, or with `is_trailing` the highest since.
    """

    def __init__(self, maximum_drawdown_percent: float = 0.05, is_trailing: bool = False) -> None:
        self._limit, self._is_trailing = -abs(to_decimal(maximum_drawdown_percent)), to_bool(is_trailing)
        self._high: float | None = None

    def manage_risk(self, algorithm: Any, targets: Any) -> Iterator[PortfolioTarget]:
        state, asked = state_of(algorithm), list(targets)
        value = state.portfolio.total_portfolio_value
        if self._high is None:
            self._high = value
        if self._is_trailing and self._high < value:
            self._high = value
            return
        if asked and value / self._high - 1.0 < self._limit:
            # The next high starts anew at the next step.
            self._high = None
            for target in asked:
                yield _exit(state, target.symbol)


class TrailingStopRiskManagementModel(RiskManagementModel, clr=_NAMESPACE):
    """Leaves a position that has fallen by the limit from the best value of its holdings."""

    def __init__(self, maximum_drawdown_percent: float = 0.05) -> None:
        self._limit = abs(to_decimal(maximum_drawdown_percent))
        self._best: dict[Symbol, tuple[bool, float]] = {}

    def manage_risk(self, algorithm: Any, targets: Any) -> Iterator[PortfolioTarget]:
        state = state_of(algorithm)
        for symbol, security in state.securities.items():
            if not security.invested:
                self._best.pop(symbol, None)
                continue
            holdings = security.holdings
            is_long, value = holdings.is_long, holdings.absolute_holdings_value
            if self._best.get(symbol, (None, 0.0))[0] is not is_long:
                self._best[symbol] = (is_long, holdings.absolute_holdings_cost)
            best = self._best[symbol][1]
            if (best < value) if is_long else (best > value):
                self._best[symbol] = (is_long, value)
            elif self._limit < abs((best - value) / best):
                del self._best[symbol]
                yield _exit(state, symbol)
