"""Market orders at once (Algorithm/Execution/ImmediateExecutionModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.execution.model import ExecutionModel
from lean_stubs.portfolio_construction.target import PortfolioTarget
from lean_stubs.portfolio_construction.target_collection import PortfolioTargetCollection

__all__ = ["ImmediateExecutionModel"]


class ImmediateExecutionModel(ExecutionModel, clr="QuantConnect.Algorithm.Framework.Execution"):
    """Keeps each symbol's last target until holdings meet it, and orders what is missing at every call."""

    def __init__(self, asynchronous: bool = True) -> None:
        super().__init__(asynchronous)
        self._targets = PortfolioTargetCollection()

    def execute(self, algorithm: Any, targets: Any) -> None:
        from lean_stubs.orders.sizing import above_minimum_margin, unordered_quantity

        state = state_of(algorithm)
        self._targets.add_range(targets)
        if self._targets.is_empty:
            return
        for target in self._targets.order_by_margin_impact(state):
            security = state.securities[target.symbol]
            quantity = unordered_quantity(state, security, target.quantity)
            if not quantity:
                continue
            if above_minimum_margin(state, security, quantity):
                fresh(state).market_order(target.symbol, float(quantity), self._asynchronous, target.tag)
            elif PortfolioTarget.minimum_order_margin_percentage_warning_sent is None:
                # Asks for the warning, which is sent with the next target that is sized.
                PortfolioTarget.minimum_order_margin_percentage_warning_sent = False
        self._targets.clear_fulfilled(state)
