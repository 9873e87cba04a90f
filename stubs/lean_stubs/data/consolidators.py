"""Consolidators that pass bars on, follow market hours, or stand in a row (LEAN: Common/Data/Consolidators)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import to_enum
from lean_stubs.common.enums import TickType
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.calendar import CalendarInfo
from lean_stubs.data.consolidator_base import DataConsolidator
from lean_stubs.data.quote_bar import QuoteBar
from lean_stubs.data.quote_bar_consolidator import QuoteBarConsolidator
from lean_stubs.data.tick import Tick
from lean_stubs.data.tick_consolidators import TickConsolidator, TickQuoteBarConsolidator
from lean_stubs.data.trade_bar_consolidator import TradeBarConsolidator
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_DAY, ONE_HOUR, round_down, span_of

__all__ = [
    "DataConsolidator",
    "FilteredIdentityDataConsolidator",
    "IdentityDataConsolidator",
    "MarketHourAwareConsolidator",
    "SequentialConsolidator",
    "TradeBarConsolidator",
    "by_clock_of",
]


class IdentityDataConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Passes data on; of bars a repeated end time is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self._last: datetime | None = None
        self._type: Any = TradeBar

    @property
    def input_type(self) -> Any:
        return self._type

    @property
    def output_type(self) -> Any:
        return self._type

    def update(self, data: Any) -> None:
        if self._type is Tick or self._last is None or self._last != data.end_time:
            self._last = data.end_time
            self._emit(data)

    def reset(self) -> None:
        super().reset()
        self._last = None


class FilteredIdentityDataConsolidator(IdentityDataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Passes on what a function accepts."""

    def __init__(self, predicate: Callable[[Any], bool]) -> None:
        super().__init__()
        self._predicate = predicate

    @staticmethod
    def for_tick_type(tick_type: TickType) -> FilteredIdentityDataConsolidator:
        """Of ticks, those of one type."""
        wanted = to_enum(TickType, tick_type)
        made = FilteredIdentityDataConsolidator(lambda tick: tick.tick_type == wanted)
        made._type = Tick
        return made

    def update(self, data: Any) -> None:
        if self._predicate(data):
            super().update(data)


def by_clock_of(data_type: Any, tick_type: Any = None) -> Any:
    """The class that makes bars by the clock out of data of a type (LEAN: QCAlgorithm.CreateConsolidator)."""
    if data_type is Tick:
        return TickQuoteBarConsolidator if tick_type == TickType.QUOTE else TickConsolidator
    return QuoteBarConsolidator if data_type is QuoteBar else TradeBarConsolidator


class MarketHourAwareConsolidator(DataConsolidator, clr="QuantConnect.Data.Common"):
    """Daily bars from open to close (with precise end times), without extended hours unless asked for."""

    def __init__(
        self,
        daily_strict_end_time_enabled: bool,
        resolution: Any,
        data_type: Any = None,
        tick_type: Any = None,
        extended_market_hours: bool = False,
        hours: SecurityExchangeHours | None = None,
    ) -> None:
        super().__init__()
        self._strict, self._extended, self._hours = daily_strict_end_time_enabled, extended_market_hours, hours
        self._period = resolution if type(resolution) is timedelta else span_of(resolution)
        by_clock = by_clock_of(data_type, tick_type)
        if self._period == ONE_DAY:
            self._inner = by_clock(self._daily)
        elif self._period in (ONE_HOUR, timedelta(minutes=1), timedelta(seconds=1)):
            self._inner = by_clock(self._period)
        else:
            self._inner = by_clock(self._intraday if self._period < ONE_DAY else self._daily)
        self._inner.data_consolidated.__iadd__(lambda sender, bar: self._emit(bar))

    @property
    def input_type(self) -> Any:
        return self._inner.input_type

    @property
    def output_type(self) -> Any:
        return self._inner.output_type

    @property
    def working_data(self) -> Any:
        return self._inner.working_data

    def _daily(self, at: datetime) -> CalendarInfo:
        if self._hours is None or not self._strict or self._period > ONE_DAY or self._hours.is_market_always_open:
            return CalendarInfo(at if self._period > ONE_DAY else round_down(at, self._period), self._period)
        opening = self._hours.get_previous_market_open(at, self._extended, True)
        return CalendarInfo(opening, self._hours.get_last_daily_market_close(opening, self._extended) - opening)

    def _intraday(self, at: datetime) -> CalendarInfo:
        if self._hours is None or self._hours.is_market_always_open:
            return CalendarInfo(round_down(at, self._period), self._period)
        opening = self._hours.get_previous_market_open(at, self._extended)
        start = opening + (at - opening) // self._period * self._period
        close = self._hours.get_next_market_close(opening, self._extended)
        return CalendarInfo(start, min(start + self._period, close) - start)

    def update(self, data: Any) -> None:
        if self._hours is None:
            from lean_stubs.engine.current import hours_of

            self._hours = hours_of(data.symbol)
        hours, start, end = self._hours, data.time, data.end_time
        if (
            self._extended
            or hours.is_open(start, False)
            or (self._period == ONE_DAY and end - start >= ONE_HOUR and hours.is_open(start, end, False))
        ):
            self._inner.update(data)

    @property
    def _is_idle(self) -> bool:  # type: ignore[override]
        return bool(self._inner._is_idle)

    def scan(self, current_local_time: datetime) -> None:
        self._inner.scan(current_local_time)

    def reset(self) -> None:
        super().reset()
        self._inner.reset()


class SequentialConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """The output of one is the input of the next."""

    def __init__(self, first: Any, second: Any) -> None:
        super().__init__()
        self._first, self._second = first, second
        first.data_consolidated.__iadd__(lambda sender, bar: second.update(bar))
        second.data_consolidated.__iadd__(lambda sender, bar: self._emit(bar))

    @property
    def input_type(self) -> Any:
        return self._first.input_type

    @property
    def output_type(self) -> Any:
        return self._second.output_type

    @property
    def first(self) -> Any:
        return self._first

    @property
    def second(self) -> Any:
        return self._second

    def update(self, data: Any) -> None:
        self._first.update(data)

    def scan(self, current_local_time: datetime) -> None:
        self._first.scan(current_local_time)
