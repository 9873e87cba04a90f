"""Crossings of two exponential moving averages (Algorithm.Framework/Alphas/EmaCrossAlphaModel.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.alphas.model import AlphaModel
from lean_stubs.clr import ClrObject, SlotDict, to_enum
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import to_int
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.enums import InsightDirection
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.periods import span_of

__all__ = ["EmaCrossAlphaModel"]


class _Averages(ClrObject, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Both averages of one security, each on a consolidator of its own."""

    def __init__(self, security: Any, fast_period: int, slow_period: int, algorithm: Any, resolution: Resolution) -> None:
        from lean_stubs.indicators import ExponentialMovingAverage

        self._security, self._algorithm = security, algorithm
        symbol = security.symbol
        self.fast_consolidator = algorithm.resolve_consolidator(symbol, resolution)
        self.slow_consolidator = algorithm.resolve_consolidator(symbol, resolution)
        algorithm.subscription_manager.add_consolidator(symbol, self.fast_consolidator)
        algorithm.subscription_manager.add_consolidator(symbol, self.slow_consolidator)
        self.fast = ExponentialMovingAverage(str(symbol), fast_period)
        self.slow = ExponentialMovingAverage(str(symbol), slow_period)
        algorithm.register_indicator(symbol, self.fast, self.fast_consolidator)
        algorithm.register_indicator(symbol, self.slow, self.slow_consolidator)
        algorithm.warm_up_indicator(symbol, self.fast, resolution)
        algorithm.warm_up_indicator(symbol, self.slow, resolution)
        self.fast_is_over_slow = False

    @property
    def symbol(self) -> Symbol:
        symbol: Symbol = self._security.symbol
        return symbol

    @property
    def slow_is_over_fast(self) -> bool:
        return not self.fast_is_over_slow

    def remove_consolidators(self) -> None:
        self._algorithm.subscription_manager.remove_consolidator(self.symbol, self.fast_consolidator)
        self._algorithm.subscription_manager.remove_consolidator(self.symbol, self.slow_consolidator)


class EmaCrossAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Up when the fast average crosses over the slow one, down when it crosses under."""

    def __init__(self, fast_period: int = 12, slow_period: int = 26, resolution: Resolution = Resolution.DAILY) -> None:
        super().__init__()
        self._fast, self._slow, self._resolution = to_int(fast_period), to_int(slow_period), to_enum(Resolution, resolution)
        self._name = f"EmaCrossAlphaModel({self._fast},{self._slow},{to_pascal(str(self._resolution))})"
        self._by_symbol: SlotDict[Symbol, _Averages] = SlotDict()

    @property
    def symbol_data_by_symbol(self) -> SlotDict[Symbol, _Averages]:
        return self._by_symbol

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        out: list[Insight] = []
        period = span_of(self._resolution) * self._fast
        for pair in self._by_symbol.values():
            fast, slow = pair.fast.current.value, pair.slow.current.value
            if pair.fast.is_ready and pair.slow.is_ready:
                if pair.fast_is_over_slow and slow > fast:
                    out.append(Insight.price(pair.symbol, period, InsightDirection.DOWN))
                elif pair.slow_is_over_fast and fast > slow:
                    out.append(Insight.price(pair.symbol, period, InsightDirection.UP))
            pair.fast_is_over_slow = fast > slow
        return out

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        own = fresh(algorithm)
        for security in changes.added_securities:
            known = self._by_symbol.get(security.symbol)
            if known is None:
                self._by_symbol[security.symbol] = _Averages(security, self._fast, self._slow, own, self._resolution)
            else:
                known.fast.reset()
                known.slow.reset()
        for security in changes.removed_securities:
            gone = self._by_symbol.pop(security.symbol, None)
            if gone is not None:
                gone.remove_consolidators()
