"""Direction and size of the last return (Algorithm.Framework/Alphas/HistoricalReturnsAlphaModel.py)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh, state_of
from lean_stubs.alphas.model import AlphaModel
from lean_stubs.clr import SlotDict, to_enum
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import to_int
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.insights.collection import InsightCollection
from lean_stubs.insights.enums import InsightDirection
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.periods import span_of

__all__ = ["HistoricalReturnsAlphaModel"]


class _LastReturn:
    """Return of one symbol over the lookback."""

    def __init__(self, symbol: Symbol, lookback: int, algorithm: Any, resolution: Resolution) -> None:
        from lean_stubs.indicators import RateOfChange

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


class HistoricalReturnsAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Up after a gain, down after a loss, with the return as magnitude; none and an end to older views after neither."""

    def __init__(self, lookback: int = 1, resolution: Resolution = Resolution.DAILY) -> None:
        super().__init__()
        self._lookback, self._resolution = to_int(lookback), to_enum(Resolution, resolution)
        self._interval = span_of(self._resolution) * self._lookback
        self._emitted = InsightCollection()
        self._returns: SlotDict[Symbol, _LastReturn] = SlotDict()
        self._name = f"HistoricalReturnsAlphaModel({self._lookback},{to_pascal(str(self._resolution))})"

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        insights = []
        for symbol, last in self._returns.items():
            if not last.is_new():
                continue
            change = float(last.roc.current.value)
            if change == 0:
                self._cancel(algorithm, symbol)
                continue
            direction = InsightDirection.UP if change > 0 else InsightDirection.DOWN
            insights.append(Insight.price(symbol, self._interval, direction, change, None))
        self._emitted.add_range(insights)
        return insights

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        algorithm = fresh(algorithm)
        for removed in changes.removed_securities:
            gone = self._returns.pop(removed.symbol, None)
            if gone is not None:
                algorithm.subscription_manager.remove_consolidator(removed.symbol, gone.consolidator)
            self._cancel(algorithm, removed.symbol)
        frame = algorithm.history([s.symbol for s in changes.added_securities], self._lookback, self._resolution)
        if frame.empty:
            return
        for level in frame.index.levels[0]:
            symbol = SymbolCache.get_symbol(str(level))
            if symbol not in self._returns:
                last = self._returns[symbol] = _LastReturn(symbol, self._lookback, algorithm, self._resolution)
                for row in frame.loc[level].itertuples():
                    last.roc.update(row.Index, row.close)

    def _cancel(self, algorithm: Any, symbol: Symbol) -> None:
        if self._emitted.contains_key(symbol):
            state_of(algorithm).insights.cancel(self._emitted[symbol])
            self._emitted.clear([symbol])
