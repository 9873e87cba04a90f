"""Wilder's RSI leaving its middle (Algorithm.Framework/Alphas/RsiAlphaModel.py)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import fresh as new_wrapper
from lean_stubs.alphas.model import AlphaModel
from lean_stubs.clr import SlotDict, to_enum
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import to_int
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.enums import InsightDirection
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.periods import span_of

__all__ = ["RsiAlphaModel"]

_LOW, _MIDDLE, _HIGH = -1, 0, 1


class _Momentum:
    """RSI of one symbol and where it was last."""

    def __init__(self, algorithm: Any, symbol: Symbol, period: int, resolution: Resolution) -> None:
        from lean_stubs.indicators import MovingAverageType, RelativeStrengthIndex

        self.place = _MIDDLE
        self.rsi = RelativeStrengthIndex(period, MovingAverageType.WILDERS)
        self.consolidator = algorithm.resolve_consolidator(symbol, resolution)
        algorithm.register_indicator(symbol, self.rsi, self.consolidator)

    def place_now(self) -> int:
        """Tripped beyond 30 and 70; back in the middle only past 35 and 65."""
        value = self.rsi.current.value
        if value > 70:
            return _HIGH
        if value < 30:
            return _LOW
        back = (self.place == _LOW and value > 35) or (self.place == _HIGH and value < 65)
        return _MIDDLE if back else self.place


class RsiAlphaModel(AlphaModel, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Up when the RSI trips low, down when it trips high."""

    def __init__(self, period: int = 14, resolution: Resolution = Resolution.DAILY) -> None:
        super().__init__()
        self._period, self._resolution = to_int(period), to_enum(Resolution, resolution)
        self._insight_period = span_of(self._resolution) * self._period
        self._by_symbol: SlotDict[Symbol, _Momentum] = SlotDict()
        self._name = f"RsiAlphaModel({self._period},{to_pascal(str(self._resolution))})"

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        insights = []
        for symbol, momentum in self._by_symbol.items():
            place = momentum.place_now()
            if place not in (momentum.place, _MIDDLE) and momentum.rsi.is_ready:
                direction = InsightDirection.UP if place == _LOW else InsightDirection.DOWN
                insights.append(Insight.price(symbol, self._insight_period, direction))
            momentum.place = place
        return insights

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        algorithm = new_wrapper(algorithm)
        for security in changes.removed_securities:
            gone = self._by_symbol.pop(security.symbol, None)
            if gone is not None:
                algorithm.subscription_manager.remove_consolidator(security.symbol, gone.consolidator)
        fresh = [s.symbol for s in changes.added_securities if s.symbol not in self._by_symbol]
        for symbol in fresh:
            self._by_symbol[symbol] = _Momentum(algorithm, symbol, self._period, self._resolution)
        if fresh:
            from lean_stubs.data.base_data import TradeBar

            for bars in algorithm.history[TradeBar](fresh, self._period, self._resolution):
                for bar in bars.values():
                    self._by_symbol[bar.symbol].consolidator.update(bar)
