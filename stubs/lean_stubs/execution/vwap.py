"""Orders at prices better than the day's average (Algorithm.Framework/Execution/VolumeWeightedAveragePriceExecutionModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.clr import SlotDict
from lean_stubs.clr.convert import to_decimal
from lean_stubs.clr.overrides import find_python
from lean_stubs.clr.returns import as_bool
from lean_stubs.common.symbol import Symbol
from lean_stubs.execution.model import ExecutionModel
from lean_stubs.portfolio_construction.target_collection import PortfolioTargetCollection

__all__ = ["VolumeWeightedAveragePriceExecutionModel"]


class _Average:
    """Day's average of one security."""

    def __init__(self, algorithm: Any, security: Any) -> None:
        from lean_stubs.indicators.intraday_vwap import IntradayVwap

        self.security, symbol = security, security.symbol
        self.consolidator = algorithm.resolve_consolidator(symbol, security.resolution)
        self.vwap = IntradayVwap(f"VWAP({symbol})")
        algorithm.register_indicator(symbol, self.vwap, self.consolidator, lambda bar: bar)


class VolumeWeightedAveragePriceExecutionModel(ExecutionModel, clr="QuantConnect.Algorithm.Framework.Execution"):
    """Buys under the average and sells over it, in orders of a share of the last bar's volume."""

    def __init__(self, asynchronous: bool = True) -> None:
        super().__init__(asynchronous)
        self._targets = PortfolioTargetCollection()
        self._averages: SlotDict[Symbol, _Average] = SlotDict()
        self._share = 0.01

    @property
    def maximum_order_quantity_percent_volume(self) -> float:
        return self._share

    @maximum_order_quantity_percent_volume.setter
    def maximum_order_quantity_percent_volume(self, value: float) -> None:
        self._share = to_decimal(value)

    def execute(self, algorithm: Any, targets: Any) -> None:
        from lean_stubs.orders.order_sizing import OrderSizing

        state = state_of(algorithm)
        self._targets.add_range(targets)
        if self._targets.is_empty:
            return
        for target in self._targets.order_by_margin_impact(state):
            average = self._averages.get(target.symbol)
            if average is None:
                continue
            quantity = OrderSizing.get_unordered_quantity(state, target, average.security)
            if self.price_is_favorable(average, quantity):
                size = OrderSizing.get_order_size_for_percent_volume(average.security, self._share, quantity)
                if size:
                    fresh(state).market_order(target.symbol, size, self._asynchronous, target.tag)
        self._targets.clear_fulfilled(state)

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        own = fresh(algorithm)
        for added in changes.added_securities:
            if added.symbol not in self._averages:
                self._averages[added.symbol] = _Average(own, added)
        for removed in changes.removed_securities:
            if removed.symbol in self._averages and self.is_safe_to_remove(own, removed.symbol):
                gone = self._averages.pop(removed.symbol)
                own.subscription_manager.remove_consolidator(removed.symbol, gone.consolidator)

    def price_is_favorable(self, data: Any, unordered_quantity: float) -> bool:
        """A Python subclass may override this."""
        override = None if self._python_instance is None else find_python(self._python_instance, "price_is_favorable")
        if override is not None:
            return as_bool(override(data, unordered_quantity), "price_is_favorable")
        average = data.vwap.current.value
        return bool(data.security.bid_price < average if unordered_quantity > 0 else data.security.ask_price > average)

    def is_safe_to_remove(self, algorithm: Any, symbol: Symbol) -> bool:
        """A Python subclass may override this."""
        override = None if self._python_instance is None else find_python(self._python_instance, "is_safe_to_remove")
        if override is not None:
            return as_bool(override(algorithm, symbol), "is_safe_to_remove")
        return not any(pair.value.contains_member(symbol) for pair in algorithm.universe_manager)
