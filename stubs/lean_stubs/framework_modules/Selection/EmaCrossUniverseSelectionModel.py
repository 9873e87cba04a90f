"""EmaCrossUniverseSelectionModel as a Python class."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import ExponentialMovingAverage
from Selection.FundamentalUniverseSelectionModel import FundamentalUniverseSelectionModel

__all__ = ["EmaCrossUniverseSelectionModel"]

_TOLERANCE = 0.01


class EmaCrossUniverseSelectionModel(FundamentalUniverseSelectionModel):
    """Companies whose fast average of adjusted prices is above the slow one, those with the widest gap first."""

    def __init__(
        self, fastPeriod: int = 100, slowPeriod: int = 300, universeCount: int = 500, universeSettings: Any = None
    ) -> None:
        super().__init__(False, universe_settings=universeSettings)
        self.fast_period, self.slow_period, self.universe_count = fastPeriod, slowPeriod, universeCount
        self.averages: dict[Any, tuple[Any, Any]] = {}

    def select_coarse(self, algorithm: Any, fundamental: Any) -> list[Any]:
        gaps: list[tuple[float, Any]] = []
        for company in fundamental:
            known = self.averages.get(company.symbol)
            if known is None:
                known = ExponentialMovingAverage(self.fast_period), ExponentialMovingAverage(self.slow_period)
                self.averages[company.symbol] = known
            updated = [average.update(company.end_time, company.adjusted_price) for average in known]
            fast, slow = (average.current.value for average in known)
            if all(updated) and fast > slow * (1 + _TOLERANCE):
                gaps.append(((fast - slow) / ((fast + slow) / 2), company.symbol))
        gaps.sort(key=lambda item: item[0], reverse=True)
        return [symbol for _, symbol in gaps[: self.universe_count]]
