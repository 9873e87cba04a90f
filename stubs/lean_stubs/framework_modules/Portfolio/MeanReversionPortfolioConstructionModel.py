"""On-line moving average reversion: Li and Hoi 2012, arXiv:1206.4626 (LEAN: the module of this name)."""

from __future__ import annotations

from typing import Any

import numpy as np
from AlgorithmImports import (
    ArgumentException,
    Insight,
    PortfolioBias,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    Symbol,
)

from lean_stubs.insights.periods import span_of
from lean_stubs.portfolio_construction.rebalancing import follow_in_python

__all__ = ["MeanReversionPortfolioConstructionModel"]


class _Price:
    """Price of one symbol and its mean."""

    def __init__(self, algorithm: QCAlgorithm, symbol: Symbol, window_size: int, resolution: Resolution) -> None:
        self.identity = algorithm.identity(symbol, resolution)
        self.sma = algorithm.sma(symbol, window_size, resolution)
        for indicator in (self.identity, self.sma):
            algorithm.warm_up_indicator(symbol, indicator, resolution)

    @property
    def is_ready(self) -> bool:
        return bool(self.identity.is_ready and self.sma.is_ready)


def simplex_projection(vector: Any, total: float = 1) -> Any:
    """The nearest non-negative vector of that sum (Duchi et al. 2008)."""
    if total <= 0:
        raise ArgumentException("Total must be > 0 for Euclidean Projection onto the Simplex.")
    vector = np.asarray(vector)
    falling = np.sort(vector)[::-1]
    excess = np.cumsum(falling) - total
    last = np.where(falling > excess / np.arange(1, len(vector) + 1))[0][-1]
    return np.maximum(vector - excess[last] / (last + 1), 0)


class MeanReversionPortfolioConstructionModel(PortfolioConstructionModel):
    """Long only; moves weight towards what stands low against its mean, or against the insights' magnitudes."""

    def __init__(
        self,
        rebalance: Any = Resolution.DAILY,
        portfolioBias: PortfolioBias = PortfolioBias.LONG_SHORT,  # noqa: N803 - LEAN's Python file has this name
        reversion_threshold: float = 1,
        window_size: int = 20,
        resolution: Resolution = Resolution.DAILY,
    ) -> None:
        super().__init__()
        if portfolioBias == PortfolioBias.SHORT:
            raise ArgumentException("Long position must be allowed in MeanReversionPortfolioConstructionModel.")
        self.reversion_threshold, self.window_size, self.resolution = reversion_threshold, window_size, resolution
        self.weight_vector = np.empty(0)
        self.symbol_data: dict[Symbol, _Price] = {}
        # LEAN's file turns ints, which a Resolution is not, into a span: a Resolution leaves the model without a function.
        follow_in_python(self, span_of(Resolution(rebalance)) if isinstance(rebalance, int) else rebalance)

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        if not active_insights or not all(self.symbol_data[i.symbol].is_ready for i in active_insights):
            return {}
        if len(self.weight_vector) != len(active_insights):
            self.weight_vector = np.full(len(active_insights), 1 / len(active_insights))
        relatives = self.get_price_relatives(active_insights)
        deviations = relatives - relatives.mean()
        norm = np.linalg.norm(deviations) ** 2
        step = 0.0 if norm == 0 else max(0.0, (np.dot(self.weight_vector, relatives) - self.reversion_threshold) / norm)
        self.weight_vector = simplex_projection(self.weight_vector - step * deviations)
        return dict(zip(active_insights, self.weight_vector, strict=True))

    def get_price_relatives(self, active_insights: list[Insight]) -> Any:
        """Foretold over current price: by the insight's magnitude, else price over mean."""
        out = np.zeros(len(active_insights))
        for place, insight in enumerate(active_insights):
            known = self.symbol_data[insight.symbol]
            if insight.magnitude is not None:
                out[place] = 1 + insight.magnitude * int(insight.direction)
            else:
                out[place] = known.identity.current.value / known.sma.current.value
        return out

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        super().on_securities_changed(algorithm, changes)
        for removed in changes.removed_securities:
            gone = self.symbol_data.pop(removed.symbol)
            gone.identity.reset()
            gone.sma.reset()
        for added in changes.added_securities:
            if added.symbol not in self.symbol_data:
                self.symbol_data[added.symbol] = _Price(algorithm, added.symbol, self.window_size, self.resolution)
