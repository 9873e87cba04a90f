"""Wilder's RSI leaving its middle (Algorithm.Framework/Alphas/RsiAlphaModel.py)."""

from __future__ import annotations

from AlgorithmImports import (
    AlphaModel,
    Insight,
    InsightDirection,
    MovingAverageType,
    QCAlgorithm,
    RelativeStrengthIndex,
    Resolution,
    SecurityChanges,
    Slice,
    Symbol,
    TradeBar,
)

from lean_stubs.insights.periods import span_of

__all__ = ["RsiAlphaModel"]

_LOW, _MIDDLE, _HIGH = -1, 0, 1


class _Momentum:
    """RSI of one symbol and where it was last."""

    def __init__(self, algorithm: QCAlgorithm, symbol: Symbol, period: int, resolution: Resolution) -> None:
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


class RsiAlphaModel(AlphaModel):
    """Up when the RSI trips low, down when it trips high."""

    def __init__(self, period: int = 14, resolution: Resolution = Resolution.DAILY) -> None:
        self.period, self.resolution = period, resolution
        self.insight_period = span_of(resolution) * period
        self._by_symbol: dict[Symbol, _Momentum] = {}
        self.name = f"RsiAlphaModel({period},{resolution})"

    def update(self, algorithm: QCAlgorithm, data: Slice) -> list[Insight]:
        insights = []
        for symbol, momentum in self._by_symbol.items():
            place = momentum.place_now()
            if place not in (momentum.place, _MIDDLE) and momentum.rsi.is_ready:
                direction = InsightDirection.UP if place == _LOW else InsightDirection.DOWN
                insights.append(Insight.price(symbol, self.insight_period, direction))
            momentum.place = place
        return insights

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        for security in changes.removed_securities:
            gone = self._by_symbol.pop(security.symbol, None)
            if gone is not None:
                algorithm.subscription_manager.remove_consolidator(security.symbol, gone.consolidator)
        fresh = [s.symbol for s in changes.added_securities if s.symbol not in self._by_symbol]
        for symbol in fresh:
            self._by_symbol[symbol] = _Momentum(algorithm, symbol, self.period, self.resolution)
        if fresh:
            for bars in algorithm.history[TradeBar](fresh, self.period, self.resolution):
                for bar in bars.values():
                    self._by_symbol[bar.symbol].consolidator.update(bar)
