"""Orders only at prices far from the mean (Algorithm.Framework/Execution/StandardDeviationExecutionModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.clr import SlotDict, to_enum
from lean_stubs.clr.convert import to_decimal, to_int
from lean_stubs.clr.overrides import find_python
from lean_stubs.clr.returns import as_bool
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.execution.model import ExecutionModel
from lean_stubs.portfolio_construction.target_collection import PortfolioTargetCollection

__all__ = ["StandardDeviationExecutionModel"]


class _Band:
    """Mean and deviation of one security's bars."""

    def __init__(self, algorithm: Any, security: Any, period: int, resolution: Resolution) -> None:
        from lean_stubs.indicators import SimpleMovingAverage, StandardDeviation

        self.security, symbol = security, security.symbol
        self.consolidator = algorithm.resolve_consolidator(symbol, resolution)
        self.sma, self.std = SimpleMovingAverage(f"SMA{period}", period), StandardDeviation(f"STD{period}", period)
        for indicator in (self.sma, self.std):
            algorithm.register_indicator(symbol, indicator, self.consolidator)
        frame = algorithm.history([symbol], period, resolution)
        for (_, end), row in frame.iterrows() if len(frame) else ():
            self.sma.update(end.to_pydatetime(), row["close"])
            self.std.update(end.to_pydatetime(), row["close"])


class StandardDeviationExecutionModel(ExecutionModel, clr="QuantConnect.Algorithm.Framework.Execution"):
    """Buys under the mean less some deviations and sells over it, in orders of a limited value."""

    def __init__(
        self, period: int = 60, deviations: float = 2.0, resolution: Resolution = Resolution.MINUTE, asynchronous: bool = True
    ) -> None:
        super().__init__(asynchronous)
        self._period, self._deviations, self._resolution = to_int(period), to_decimal(deviations), to_enum(Resolution, resolution)
        self._targets = PortfolioTargetCollection()
        self._bands: SlotDict[Symbol, _Band] = SlotDict()
        self._maximum = 20_000.0

    @property
    def maximum_order_value(self) -> float:
        """In the account's currency."""
        return self._maximum

    @maximum_order_value.setter
    def maximum_order_value(self, value: float) -> None:
        self._maximum = to_decimal(value)

    def execute(self, algorithm: Any, targets: Any) -> None:
        from lean_stubs.orders.sizing import adjust_by_lot_size, unordered_quantity
        from lean_stubs.securities.decimals import to_decimal as exact

        state = state_of(algorithm)
        self._targets.add_range(targets)
        if self._targets.is_empty:
            return
        for target in self._targets.order_by_margin_impact(state):
            band = self._bands.get(target.symbol)
            if band is None or not band.std.is_ready:
                continue
            quantity = unordered_quantity(state, band.security, target.quantity)
            if self.price_is_favorable(band, float(quantity)) and band.security.price:
                most = exact(self._maximum) / exact(band.security.price)
                size = adjust_by_lot_size(band.security, min(most, abs(quantity)))
                if size:
                    fresh(state).market_order(target.symbol, float(size if quantity > 0 else -size), self._asynchronous, target.tag)
        self._targets.clear_fulfilled(state)

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        own = fresh(algorithm)
        for added in changes.added_securities:
            if added.symbol not in self._bands:
                self._bands[added.symbol] = _Band(own, added, self._period, self._resolution)
        for removed in changes.removed_securities:
            if removed.symbol in self._bands and self.is_safe_to_remove(own, removed.symbol):
                gone = self._bands.pop(removed.symbol)
                own.subscription_manager.remove_consolidator(removed.symbol, gone.consolidator)

    def price_is_favorable(self, data: Any, unordered_quantity: float) -> bool:
        """A Python subclass may override this."""
        override = None if self._python_instance is None else find_python(self._python_instance, "price_is_favorable")
        if override is not None:
            return as_bool(override(data, unordered_quantity), "price_is_favorable")
        mean, away = data.sma.current.value, self._deviations * data.std.current.value
        price = data.security.bid_price if unordered_quantity > 0 else data.security.ask_price
        return bool(price < mean - away if unordered_quantity > 0 else price > mean + away)

    def is_safe_to_remove(self, algorithm: Any, symbol: Symbol) -> bool:
        """A Python subclass may override this."""
        override = None if self._python_instance is None else find_python(self._python_instance, "is_safe_to_remove")
        if override is not None:
            return as_bool(override(algorithm, symbol), "is_safe_to_remove")
        return not any(pair.value.contains_member(symbol) for pair in algorithm.universe_manager)
