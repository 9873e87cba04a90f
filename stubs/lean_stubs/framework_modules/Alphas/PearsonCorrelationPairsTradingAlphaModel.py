"""PearsonCorrelationPairsTradingAlphaModel: the pair whose log returns correlate most (LEAN: the module of this name)."""

from __future__ import annotations

import importlib

import numpy as np
from AlgorithmImports import QCAlgorithm, Resolution, SecurityChanges, Symbol

__all__ = ["PearsonCorrelationPairsTradingAlphaModel"]

_Base = importlib.import_module("Alphas.BasePairsTradingAlphaModel").BasePairsTradingAlphaModel


class PearsonCorrelationPairsTradingAlphaModel(_Base):  # type: ignore[misc, valid-type]  # imported by LEAN's module name
    """Only the best pair passes, if its correlation over the lookback is high enough."""

    def __init__(
        self,
        lookback: int = 15,
        resolution: Resolution = Resolution.MINUTE,
        threshold: float = 1,
        minimum_correlation: float = 0.5,
    ) -> None:
        super().__init__(lookback, resolution, threshold)
        self.minimum_correlation = minimum_correlation
        self.best_pair: tuple[Symbol, ...] = ()

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        self.securities.update(changes.added_securities)
        self.securities.difference_update(changes.removed_securities)
        symbols = sorted(security.symbol for security in self.securities)
        history = algorithm.history(symbols, self.lookback, self.resolution)
        if not history.empty:
            self._rank(symbols, history)
        super().on_securities_changed(algorithm, changes)

    def _rank(self, symbols: list[Symbol], history: object) -> None:
        prices = np.log(history.close.unstack(level=0))  # type: ignore[attr-defined]
        returns = (prices - prices.shift(1)).dropna()
        size = len(returns.columns)
        pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
        correlations = np.corrcoef(returns.to_numpy(), rowvar=False)
        # Of equal ones the last wins, as in an ascending sort.
        best = max(reversed(pairs), key=lambda pair: float(correlations[pair]))
        if correlations[best] >= self.minimum_correlation:
            self.best_pair = (symbols[best[0]], symbols[best[1]])

    def has_passed_test(self, algorithm: QCAlgorithm, asset1: Symbol, asset2: Symbol) -> bool:
        return self.best_pair == (asset1, asset2)
