"""BasePairsTradingAlphaModel: pairs of securities by the ratio of their prices (LEAN: the module of this name)."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import (
    AlphaModel,
    ConstantIndicator,
    ExponentialMovingAverage,
    Identity,
    IndicatorExtensions,
    Insight,
    InsightDirection,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    Slice,
    Symbol,
)

from lean_stubs.insights.periods import span_of

__all__ = ["BasePairsTradingAlphaModel"]

_MEAN_PERIOD = 500


class _Pair:
    """Ratio of two prices, its mean, and the side last told of."""

    def __init__(self, algorithm: QCAlgorithm, first: Symbol, second: Symbol, period: Any, threshold: float) -> None:
        self._algorithm, self.symbols, self._period = algorithm, (first, second), period
        self._consolidators: list[Any] = []
        prices = [self._price(symbol) for symbol in self.symbols]
        self._ratio = IndicatorExtensions.over(prices[0], prices[1])
        self._mean = IndicatorExtensions.of(ExponentialMovingAverage(_MEAN_PERIOD), self._ratio)
        self._upper = IndicatorExtensions.times(self._mean, ConstantIndicator("ct", 1 + threshold / 100))
        self._lower = IndicatorExtensions.times(self._mean, ConstantIndicator("ct", 1 - threshold / 100))
        self._side = 0

    def _price(self, symbol: Symbol) -> Identity:
        algorithm = self._algorithm
        configs = algorithm.subscription_manager.subscription_data_config_service.get_subscription_data_configs(symbol)
        resolution = min((config.resolution for config in configs), key=int)
        identity = Identity(algorithm.create_indicator_name(symbol, "close", resolution))
        consolidator = algorithm.resolve_consolidator(symbol, resolution)
        algorithm.register_indicator(symbol, identity, consolidator)
        self._consolidators.append(consolidator)
        return identity

    def insights(self) -> list[Insight]:
        """A group of two when the ratio leaves the band on the side that was not told last."""
        if not self._mean.is_ready:
            return []
        ratio = self._ratio.current.value
        side = 1 if ratio > self._upper.current.value else -1 if ratio < self._lower.current.value else 0
        if side == 0 or side == self._side:
            return []
        self._side = side
        directions = (InsightDirection.DOWN, InsightDirection.UP)[::side]
        pairs = zip(self.symbols, directions, strict=True)
        return list(Insight.group(*(Insight.price(symbol, self._period, direction) for symbol, direction in pairs)))

    def dispose(self) -> None:
        for symbol, consolidator in zip(self.symbols, self._consolidators, strict=True):
            self._algorithm.subscription_manager.remove_consolidator(symbol, consolidator)


class BasePairsTradingAlphaModel(AlphaModel):
    """Short the dear and long the cheap one of a pair; a subclass says which pairs pass."""

    def __init__(self, lookback: int = 1, resolution: Resolution = Resolution.DAILY, threshold: float = 1) -> None:
        super().__init__()
        self.lookback, self.resolution, self.threshold = lookback, resolution, threshold
        self.prediction_interval = span_of(resolution) * lookback
        self.pairs: dict[tuple[Symbol, Symbol], _Pair] = {}
        self.securities: set[Any] = set()
        self.name = f"{type(self).__name__}({lookback},{resolution},{threshold:g})"

    def update(self, algorithm: QCAlgorithm, data: Slice) -> list[Insight]:
        return [insight for pair in self.pairs.values() for insight in pair.insights()]

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        self.securities.update(changes.added_securities)
        self.securities.difference_update(changes.removed_securities)
        self._find_pairs(algorithm)
        gone = {security.symbol for security in changes.removed_securities}
        for key in [key for key in self.pairs if gone & set(key)]:
            self.pairs.pop(key).dispose()

    def _find_pairs(self, algorithm: QCAlgorithm) -> None:
        symbols = sorted(security.symbol for security in self.securities)
        for number, first in enumerate(symbols):
            for second in symbols[number + 1 :]:
                known = (first, second) in self.pairs or (second, first) in self.pairs
                if not known and self.has_passed_test(algorithm, first, second):
                    made = _Pair(algorithm, first, second, self.prediction_interval, self.threshold)
                    self.pairs[first, second] = made

    def has_passed_test(self, algorithm: QCAlgorithm, asset1: Symbol, asset2: Symbol) -> bool:
        """Override point: whether a pair may be traded."""
        return True
