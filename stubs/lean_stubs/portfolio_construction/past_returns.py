"""Past returns of one symbol, as LEAN's optimizing models in Python keep them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd

from lean_stubs.common.symbol import Symbol
from lean_stubs.indicators.data_point import IndicatorDataPoint
from lean_stubs.indicators.momentum import RateOfChange
from lean_stubs.indicators.rolling_window import RollingWindow

__all__ = ["PastReturns"]


class PastReturns:
    """Rates of change of one symbol's prices, and values that a model adds to them.

    Parameters
    ----------
    symbol : Symbol
    lookback : int
        Bars of one return.
    period : int
        Returns to keep.
    """

    def __init__(self, symbol: Symbol, lookback: int, period: int) -> None:
        self._symbol = symbol
        self.roc = RateOfChange(f"{symbol}.roc({lookback})", lookback)
        self.roc.updated += self._on_updated
        self.window = RollingWindow(period)

    def _on_updated(self, roc: Any, point: IndicatorDataPoint) -> None:
        if roc.is_ready:
            self.window.add(point)

    def add(self, time: datetime, value: float) -> None:
        """One more value, such as the return that an insight foretells."""
        self.window.add(IndicatorDataPoint(self._symbol, time, value))

    def series(self) -> pd.Series:
        """Values by time, newest first."""
        return pd.Series([x.value for x in self.window], index=[x.end_time for x in self.window])

    def reset(self) -> None:
        """The symbol is gone."""
        self.roc.updated -= self._on_updated
        self.roc.reset()
        self.window.reset()
