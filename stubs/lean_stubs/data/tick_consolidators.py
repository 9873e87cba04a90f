"""Bars out of ticks (LEAN: Common/Data/Consolidators/{TickConsolidator,TickQuoteBarConsolidator}.cs)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import TickType
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar, wrap
from lean_stubs.data.period_consolidator import PeriodCountConsolidator
from lean_stubs.data.quote_bar import QuoteBar
from lean_stubs.data.quote_state import QuoteState
from lean_stubs.data.tick import Tick
from lean_stubs.data.tick_state import TickState

__all__ = ["TickConsolidator", "TickQuoteBarConsolidator"]

_ZERO = Decimal(0)
_ONE_MINUTE = timedelta(minutes=1)


class TickConsolidator(PeriodCountConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Trade bars out of trades; quotes are passed over."""

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
        self._begin(bound(TickConsolidator.__init__, arguments, named))

    @property
    def input_type(self) -> Any:
        return Tick

    @property
    def working_bar(self) -> TradeBar | None:
        return None if self._working is None else wrap(self._working.clone())

    def _processes(self, point: Any) -> bool:
        return bool(point.tick_type == TickType.TRADE)

    def _aggregate(self, bar: Any) -> None:
        working, value = self._working, bar.value
        if working is None:
            start = self._bar_start(bar)
            end = start + (_ONE_MINUTE if self._period is None else self._period)
            self._working = BarState(bar.symbol, start, end, value, value, value, value, bar.quantity)
            return
        working.close = value
        working.volume += bar.quantity
        working.low = min(working.low, value)
        working.high = max(working.high, value)


class TickQuoteBarConsolidator(PeriodCountConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Quote bars out of quotes; trades are passed over."""

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
        self._begin(bound(TickQuoteBarConsolidator.__init__, arguments, named))

    @property
    def input_type(self) -> Any:
        return Tick

    @property
    def output_type(self) -> Any:
        return QuoteBar

    def _processes(self, point: Any) -> bool:
        return bool(point.tick_type == TickType.QUOTE)

    def _aggregate(self, bar: Any) -> None:
        tick: TickState = bar
        if self._working is None:
            start = self._bar_start(tick)
            end = start + (_ONE_MINUTE if self._period is None else self._period)
            self._working = QuoteState(tick.symbol, start, end, None, 0.0, None, 0.0)
            if self._consolidated is not None:
                # A bar opens where the last one closed.
                last = self._consolidated._state
                bid, ask = (_ZERO if side is None else side.close for side in (last.bid, last.ask))
                self._working.update(_ZERO, bid, ask, last.bid_size, last.ask_size)
        self._working.update(_ZERO, tick.bid, tick.ask, tick.bid_size, tick.ask_size)
