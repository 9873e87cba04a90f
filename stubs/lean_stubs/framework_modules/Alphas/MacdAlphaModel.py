"""Crossings of the MACD's signal through a threshold (Algorithm.Framework/Alphas/MacdAlphaModel.py)."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import (
    AlphaModel,
    Insight,
    InsightCollection,
    InsightDirection,
    MovingAverageConvergenceDivergence,
    MovingAverageType,
    QCAlgorithm,
    Resolution,
    Security,
    SecurityChanges,
    Slice,
    Symbol,
)

from lean_stubs.insights.periods import span_of

__all__ = ["MacdAlphaModel"]


class _Signal:
    """MACD of one security and the last direction told."""

    def __init__(
        self, algorithm: QCAlgorithm, security: Security, periods: tuple[int, int, int], kind: Any, resolution: Resolution
    ) -> None:
        self.security, self.previous = security, None
        self.macd = MovingAverageConvergenceDivergence(*periods, kind)
        self.consolidator = algorithm.resolve_consolidator(security.symbol, resolution)
        algorithm.register_indicator(security.symbol, self.macd, self.consolidator)
        algorithm.warm_up_indicator(security.symbol, self.macd, resolution)


class MacdAlphaModel(AlphaModel):
    """Up above +1 % of the price, down below -1 %; between them older views end."""

    def __init__(
        self,
        fastPeriod: int = 12,  # noqa: N803 - LEAN's Python file has these names
        slowPeriod: int = 26,  # noqa: N803
        signalPeriod: int = 9,  # noqa: N803
        movingAverageType: Any = MovingAverageType.EXPONENTIAL,  # noqa: N803
        resolution: Resolution = Resolution.DAILY,
    ) -> None:
        self.periods, self.kind, self.resolution = (fastPeriod, slowPeriod, signalPeriod), movingAverageType, resolution
        self.insight_period = span_of(resolution) * fastPeriod
        self.threshold = 0.01
        self.insight_collection = InsightCollection()
        self._signals: dict[Symbol, Any] = {}
        self.name = f"MacdAlphaModel({fastPeriod},{slowPeriod},{signalPeriod},{movingAverageType},{resolution})"

    def update(self, algorithm: QCAlgorithm, data: Slice) -> list[Insight]:
        insights = []
        for signal in self._signals.values():
            security = signal.security
            if security.price == 0:
                continue
            relative = signal.macd.signal.current.value / security.price
            up, down = relative > self.threshold, relative < -self.threshold
            direction = InsightDirection.UP if up else InsightDirection.DOWN if down else InsightDirection.FLAT
            if direction == signal.previous:
                continue
            signal.previous = direction
            if direction == InsightDirection.FLAT:
                self._cancel(algorithm, security.symbol)
                continue
            insight = Insight.price(security.symbol, self.insight_period, direction)
            insights.append(insight)
            self.insight_collection.add(insight)
        return insights

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        for added in changes.added_securities:
            self._signals[added.symbol] = _Signal(algorithm, added, self.periods, self.kind, self.resolution)
        for removed in changes.removed_securities:
            gone = self._signals.pop(removed.symbol, None)
            if gone is not None:
                algorithm.subscription_manager.remove_consolidator(removed.symbol, gone.consolidator)
            self._cancel(algorithm, removed.symbol)

    def _cancel(self, algorithm: QCAlgorithm, symbol: Symbol) -> None:
        if self.insight_collection.contains_key(symbol):
            algorithm.insights.cancel(self.insight_collection[symbol])
            self.insight_collection.clear([symbol])
