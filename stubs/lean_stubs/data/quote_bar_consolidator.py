"""Quote bars out of smaller ones (LEAN: Common/Data/Consolidators/QuoteBarConsolidator.cs)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound
from lean_stubs.data.period_consolidator import PeriodCountConsolidator
from lean_stubs.data.quote_bar import QuoteBar
from lean_stubs.data.quote_state import QuoteState, Side

__all__ = ["QuoteBarConsolidator"]

_ZERO = Decimal(0)


class QuoteBarConsolidator(PeriodCountConsolidator, clr="QuantConnect.Data.Consolidators"):
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
        self._begin(bound(QuoteBarConsolidator.__init__, arguments, named))

    @property
    def input_type(self) -> Any:
        return QuoteBar

    @property
    def output_type(self) -> Any:
        return QuoteBar

    def update(self, data: Any) -> None:
        if not isinstance(getattr(data, "_state", data), QuoteState):
            raise ArgumentException(
                f"Received type of {type(data).__name__} but expected QuoteBar. Consolidators take one type of data."
            )
        super().update(data)

    def aggregate_bar(self, working_bar: Any, data: Any) -> None:
        """Take a quote bar into a working bar, which must not be None here: Python has no argument by reference."""
        _take(working_bar._state, data._state)

    def _aggregate(self, bar: Any) -> None:
        if self._working is None:
            start = self._bar_start(bar)
            self._working = QuoteState(bar.symbol, start, start + self._span(bar), None, 0.0, None, 0.0)
            if self._consolidated is not None:
                # A bar opens where the last one closed.
                last = self._consolidated._state
                bid, ask = (_ZERO if side is None else side.close for side in (last.bid, last.ask))
                self._working.update(_ZERO, bid, ask, last.bid_size, last.ask_size)
        _take(self._working, bar)


def _take(working: QuoteState, bar: QuoteState) -> None:
    bid, ask = bar.bid, bar.ask
    if bid is not None:
        working.bid_size = bar.bid_size
    if ask is not None:
        working.ask_size = bar.ask_size
    working.set_sides(_grown(working.bid, bid), _grown(working.ask, ask))
    working.assigned = bar.exact_close if bar.assigned is None else bar.assigned


def _grown(side: Side | None, by: Side | None) -> Side | None:
    if side is None or by is None:
        return side or by
    return Side(side.open, max(side.high, by.high), min(side.low, by.low), by.close)
