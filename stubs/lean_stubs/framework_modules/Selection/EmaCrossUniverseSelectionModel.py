"""EmaCrossUniverseSelectionModel as a Python class."""

from __future__ import annotations

from typing import Any

from AlgorithmImports import ExponentialMovingAverage, FundamentalUniverseSelectionModel

__all__ = ["EmaCrossUniverseSelectionModel"]

_TOLERANCE = 0.01
_DEFAULTS: dict[str, Any] = {"fastPeriod": 100, "slowPeriod": 300, "universeCount": 500, "universeSettings": None}


class EmaCrossUniverseSelectionModel(FundamentalUniverseSelectionModel):
    """Companies whose fast average of adjusted prices is above the slow one, those with the widest gap first."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """(fastPeriod=100, slowPeriod=300, universeCount=500, universeSettings=None), in LEAN's spelling."""
        given = {**_DEFAULTS, **dict(zip(_DEFAULTS, arguments, strict=False)), **named}
        super().__init__(False, given["universeSettings"])  # type: ignore[call-overload]  # LEAN's older form
        self.fast_period, self.slow_period, self.universe_count = (given[name] for name in list(_DEFAULTS)[:3])
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
