"""Orders only while the spread is small (Algorithm.Framework/Execution/SpreadExecutionModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.clr.convert import to_decimal
from lean_stubs.clr.overrides import find_python
from lean_stubs.clr.returns import as_bool
from lean_stubs.execution.model import ExecutionModel
from lean_stubs.portfolio_construction.target_collection import PortfolioTargetCollection

__all__ = ["SpreadExecutionModel"]


class SpreadExecutionModel(ExecutionModel, clr="QuantConnect.Algorithm.Framework.Execution"):
    """Market orders for open targets while the exchange is open and the spread is within a share of the price."""

    def __init__(self, accepting_spread_percent: float = 0.005, asynchronous: bool = True) -> None:
        super().__init__(asynchronous)
        self._limit = abs(to_decimal(accepting_spread_percent))
        self._targets = PortfolioTargetCollection()

    def execute(self, algorithm: Any, targets: Any) -> None:
        from lean_stubs.orders.sizing import unordered_quantity

        state = state_of(algorithm)
        self._targets.add_range(targets)
        if self._targets.is_empty:
            return
        for target in self._targets.order_by_margin_impact(state):
            security = state.securities[target.symbol]
            quantity = unordered_quantity(state, security, target.quantity)
            if quantity and self.price_is_favorable(security):
                fresh(state).market_order(target.symbol, float(quantity), self._asynchronous, target.tag)
        self._targets.clear_fulfilled(state)

    def price_is_favorable(self, security: Any) -> bool:
        """A Python subclass may override this."""
        override = None if self._python_instance is None else find_python(self._python_instance, "price_is_favorable")
        if override is not None:
            return as_bool(override(security), "price_is_favorable")
        if not security.exchange.exchange_open or min(security.price, security.ask_price, security.bid_price) <= 0:
            return False
        return bool((security.ask_price - security.bid_price) / security.price <= self._limit)
