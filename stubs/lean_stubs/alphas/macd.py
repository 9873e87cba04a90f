"""Crossings of the MACD's signal through a threshold (Algorithm.Framework/Alphas/MacdAlphaModel.py)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.alphas.model import AlphaModel
from lean_stubs.clr import SlotDict, to_enum
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import to_int
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.collection import InsightCollection
from lean_stubs.insights.enums import InsightDirection
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.periods import span_of

__all__ = ["MacdAlphaModel"]


class _Signal:
    """MACD of one security and the last direction told."""

    def __init__(self, algorithm: Any, security: Any, periods: tuple[int, int, int], kind: Any, resolution: Resolution) -> None:
        from lean_stubs.indicators import MovingAverageConvergenceDivergence

        self.security, self.previous = security, None
        self.macd = MovingAverageConvergenceDivergence(*periods, kind)
        self.consolidator = algorithm.resolve_consolidator(security.symbol, resolution)
        algorithm.register_indicator(security.symbol, self.macd, self.consolidator)
        algorithm.warm_up_indicator(security.symbol, self.macd, resolution)


class MacdAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Up above +1 % of the price, down below -1 %; between them older views end."""

    def __init__(
        self,
        fast_period: int = 12,
        slow_period: int = 26,
        signal_period: int = 9,
        moving_average_type: Any = None,
        resolution: Resolution = Resolution.DAILY,
    ) -> None:
        from lean_stubs.indicators import MovingAverageType

        super().__init__()
        self._kind = MovingAverageType.EXPONENTIAL if moving_average_type is None else moving_average_type
        self._periods, self._resolution = (
            (to_int(fast_period), to_int(slow_period), to_int(signal_period)),
            to_enum(Resolution, resolution),
        )
        self._insight_period = span_of(self._resolution) * self._periods[0]
        self._threshold = 0.01
        self._emitted = InsightCollection()
        self._signals: SlotDict[Symbol, Any] = SlotDict()
        periods = ",".join(map(str, self._periods))
        self._name = f"MacdAlphaModel({periods},{to_pascal(str(self._kind))},{to_pascal(str(self._resolution))})"

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        insights = []
        for signal in self._signals.values():
            security = signal.security
            if security.price == 0:
                continue
            relative = signal.macd.signal.current.value / security.price
            up, down = relative > self._threshold, relative < -self._threshold
            direction = InsightDirection.UP if up else InsightDirection.DOWN if down else InsightDirection.FLAT
            if direction == signal.previous:
                continue
            signal.previous = direction
            if direction == InsightDirection.FLAT:
                self._cancel(algorithm, security.symbol)
                continue
            insight = Insight.price(security.symbol, self._insight_period, direction)
            insights.append(insight)
            self._emitted.add(insight)
        return insights

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        algorithm = fresh(algorithm)
        for added in changes.added_securities:
            self._signals[added.symbol] = _Signal(algorithm, added, self._periods, self._kind, self._resolution)
        for removed in changes.removed_securities:
            gone = self._signals.pop(removed.symbol, None)
            if gone is not None:
                algorithm.subscription_manager.remove_consolidator(removed.symbol, gone.consolidator)
            self._cancel(algorithm, removed.symbol)

    def _cancel(self, algorithm: Any, symbol: Symbol) -> None:
        if self._emitted.contains_key(symbol):
            state_of(algorithm).insights.cancel(self._emitted[symbol])
            self._emitted.clear([symbol])
