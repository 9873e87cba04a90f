"""Trade bars out of smaller ones (LEAN: Common/Data/Consolidators/TradeBarConsolidator.cs)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import BaseData, TradeBar, wrap
from lean_stubs.data.period_consolidator import PeriodCountConsolidator
from lean_stubs.time.trading_days import span_of

__all__ = ["BaseDataConsolidator", "TradeBarConsolidator"]


class TradeBarConsolidator(PeriodCountConsolidator, clr="QuantConnect.Data.Consolidators"):
    """By time span, by number of bars, by both, or by a function that gives the period of a time."""

    @overload
    def __init__(self, pyfuncobj: Any) -> None: ...
    @overload
    def __init__(self, period: timedelta, start_time: timedelta | None = None) -> None: ...
    @overload
    def __init__(self, max_count: int) -> None: ...
    @overload
    def __init__(self, max_count: int, period: timedelta) -> None: ...
    @overload
    def __init__(self, func: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        self._begin(bound(TradeBarConsolidator.__init__, arguments, named))

    @staticmethod
    def from_resolution(resolution: Resolution) -> TradeBarConsolidator:
        return TradeBarConsolidator(span_of(resolution))

    @property
    def working_bar(self) -> TradeBar | None:
        return None if self._working is None else wrap(self._working.clone())

    def _aggregate(self, bar: Any) -> None:
        working = self._working
        if working is None:
            start = self._bar_start(bar)
            end = start + self._span(bar)
            self._working = BarState(bar.symbol, start, end, bar.open, bar.high, bar.low, bar.close, bar.volume)
            return
        working.close = bar.close
        working.volume += bar.volume
        working.low = min(working.low, bar.low)
        working.high = max(working.high, bar.high)


class BaseDataConsolidator(PeriodCountConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Trade bars out of the values of any data, without volume (LEAN: BaseDataConsolidator.cs)."""

    @overload
    def __init__(self, pyfuncobj: Any) -> None: ...
    @overload
    def __init__(self, period: timedelta) -> None: ...
    @overload
    def __init__(self, max_count: int) -> None: ...
    @overload
    def __init__(self, max_count: int, period: timedelta) -> None: ...
    @overload
    def __init__(self, func: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        self._begin(bound(BaseDataConsolidator.__init__, arguments, named))

    @staticmethod
    def from_resolution(resolution: Resolution) -> BaseDataConsolidator:
        return BaseDataConsolidator(span_of(resolution))

    @property
    def input_type(self) -> Any:
        return BaseData

    @property
    def working_bar(self) -> TradeBar | None:
        return None if self._working is None else wrap(self._working.clone())

    def _aggregate(self, bar: Any) -> None:
        working, value = self._working, bar.value
        if working is None:
            start = self._bar_start(bar)
            self._working = BarState(bar.symbol, start, start + self._span(bar), value, value, value, value, 0.0)
            return
        working.close = value
        working.low = min(working.low, value)
        working.high = max(working.high, value)
