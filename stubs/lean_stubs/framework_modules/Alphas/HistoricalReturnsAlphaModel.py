"""Direction and size of the last return (Algorithm.Framework/Alphas/HistoricalReturnsAlphaModel.py)."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import (
    AlphaModel,
    Insight,
    InsightCollection,
    InsightDirection,
    QCAlgorithm,
    RateOfChange,
    Resolution,
    SecurityChanges,
    Slice,
    Symbol,
    SymbolCache,
)

from lean_stubs.insights.periods import span_of

__all__ = ["HistoricalReturnsAlphaModel"]


class _LastReturn:
    """Return of one symbol over the lookback."""

    def __init__(self, symbol: Symbol, lookback: int, algorithm: QCAlgorithm, resolution: Resolution) -> None:
        self.symbol, self.seen = symbol, 0
        self.roc = RateOfChange(f"{symbol}.roc({lookback})", lookback)
        self.consolidator = algorithm.resolve_consolidator(symbol, resolution)
        algorithm.register_indicator(symbol, self.roc, self.consolidator)

    def is_new(self) -> bool:
        """Whether a sample has come since the last question, and the return is known."""
        if self.seen == self.roc.samples:
            return False
        self.seen = self.roc.samples
        return self.roc.is_ready


class HistoricalReturnsAlphaModel(AlphaModel):
    """Up after a gain, down after a loss, with the return as magnitude; none and an end to older views after neither."""

    def __init__(self, *arguments: Any, lookback: int = 1, resolution: Resolution = Resolution.DAILY) -> None:
        self.lookback, self.resolution = lookback, resolution
        self.prediction_interval = span_of(resolution) * lookback
        self.insight_collection = InsightCollection()
        self._returns: dict[Symbol, _LastReturn] = {}

    def update(self, algorithm: QCAlgorithm, data: Slice) -> list[Insight]:
        insights = []
        for symbol, last in self._returns.items():
            if not last.is_new():
                continue
            change = float(last.roc.current.value)
            if change == 0:
                self._cancel(algorithm, symbol)
                continue
            direction = InsightDirection.UP if change > 0 else InsightDirection.DOWN
            insights.append(Insight.price(symbol, self.prediction_interval, direction, change, None))
        self.insight_collection.add_range(insights)
        return insights

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        for removed in changes.removed_securities:
            gone = self._returns.pop(removed.symbol, None)
            if gone is not None:
                algorithm.subscription_manager.remove_consolidator(removed.symbol, gone.consolidator)
            self._cancel(algorithm, removed.symbol)
        frame = algorithm.history([s.symbol for s in changes.added_securities], self.lookback, self.resolution)
        if frame.empty:
            return
        for level in frame.index.levels[0]:
            symbol = SymbolCache.get_symbol(str(level))
            if symbol not in self._returns:
                last = self._returns[symbol] = _LastReturn(symbol, self.lookback, algorithm, self.resolution)
                for row in frame.loc[level].itertuples():
                    last.roc.update(row.Index, row.close)

    def _cancel(self, algorithm: QCAlgorithm, symbol: Symbol) -> None:
        if self.insight_collection.contains_key(symbol):
            algorithm.insights.cancel(self.insight_collection[symbol])
            self.insight_collection.clear([symbol])
