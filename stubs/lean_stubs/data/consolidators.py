"""Consolidators: bars out of smaller bars (LEAN: Common/Data/Consolidators)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.events import ClrEvent
from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException
from lean_stubs.common.enums import Resolution
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar, wrap
from lean_stubs.data.calendar import CalendarInfo
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_DAY, ONE_HOUR, round_down, span_of

__all__ = [
    "DataConsolidator",
    "IdentityDataConsolidator",
    "MarketHourAwareConsolidator",
    "SequentialConsolidator",
    "TradeBarConsolidator",
]

_NEVER = datetime.min


class DataConsolidator(ClrObject, clr="QuantConnect.Data.Consolidators"):
    """Base: what every consolidator shows."""

    def __init__(self) -> None:
        self._event = ClrEvent()
        self._consolidated: Any = None

    @property
    def data_consolidated(self) -> ClrEvent:
        return self._event

    @data_consolidated.setter
    def data_consolidated(self, value: Any) -> None:
        """Takes the result of ``+=``."""

    @property
    def consolidated(self) -> Any:
        return self._consolidated

    @property
    def working_data(self) -> Any:
        return None

    @property
    def input_type(self) -> Any:
        return TradeBar

    @property
    def output_type(self) -> Any:
        return TradeBar

    def _emit(self, bar: Any) -> None:
        self._consolidated = bar
        self._event(self, bar)

    def update(self, data: Any) -> None:
        raise NotImplementedError

    def scan(self, current_local_time: datetime) -> None:
        """Emit a bar that has ended, though no later data came."""

    def reset(self) -> None:
        self._consolidated = None

    def dispose(self) -> None:
        self._event._handlers.clear()


class TradeBarConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """By time span, by number of bars, by both, or by a function that gives the period of a time."""

    def __init__(self, period: Any, second: Any = None, start_time: timedelta | None = None) -> None:
        super().__init__()
        self._count: int | None = None
        self._period: timedelta | None = None
        self._function: Callable[[datetime], Any] | None = None
        self._start: timedelta | None = start_time
        self._by_span = False
        if type(period) is timedelta:
            self._period, self._by_span = period, True
            if type(second) is timedelta:
                self._start = second
        elif isinstance(period, int) and not isinstance(period, bool):
            self._count = period
            if type(second) is timedelta:
                self._period = second
        elif callable(period):
            self._function, self._period = period, timedelta(seconds=1)
        else:
            raise no_match(".ctor", period)
        self._clear()

    @staticmethod
    def from_resolution(resolution: Resolution) -> TradeBarConsolidator:
        return TradeBarConsolidator(span_of(resolution))

    def _clear(self) -> None:
        self._working: BarState | None = None
        self._last_emit: datetime | None = None
        self._seen = 0
        self._checked = False
        self._id: Any = None

    def reset(self) -> None:
        super().reset()
        self._clear()

    @property
    def working_bar(self) -> TradeBar | None:
        return None if self._working is None else wrap(self._working.clone())

    @property
    def working_data(self) -> TradeBar | None:
        return self.working_bar

    def _rounded(self, at: datetime) -> datetime:
        """Start of the bar that a time falls into."""
        if self._function is not None:
            info = self._function(at)
            if self._working is None:
                self._period = info.period
            start: datetime = info.start
            return start
        if not self._by_span or self._period is None:
            return at
        if self._start is not None:
            origin = at.replace(hour=0, minute=0, second=0, microsecond=0) + self._start
            return origin + (at - origin) // self._period * self._period
        return at if self._period > ONE_DAY else round_down(at, self._period)

    def _bar_start(self, bar: BarState) -> datetime:
        start = self._rounded(bar.time)
        if self._period is not None and start + self._period < bar.end_time:
            # Hour bars of US equities start at 9:00, before the exchange opens.
            if bar.end_time - bar.time == ONE_HOUR and start.date() < bar.time.date():
                return self._rounded(bar.end_time)
            return bar.time
        return start

    def update(self, data: Any) -> None:
        bar: BarState = data._state if isinstance(data, TradeBar) else data
        if self._id is None:
            self._id = bar.symbol.id
        elif bar.symbol.id != self._id:
            raise InvalidOperationException(
                "Consolidators can only be used with a single symbol. The previous consolidated SecurityIdentifier "
                f"({self._id}) is not the same as in the current data ({bar.symbol.id})."
            )
        if not self._checked and self._by_span and self._period is not None:
            self._checked = True
            if bar.end_time - bar.time > self._period:
                raise ArgumentException(
                    f"For Symbol {bar.symbol} can not consolidate bars of period: {self._period}, using data of the same or "
                    f"higher period: {bar.end_time - bar.time}"
                )
        if self._count is not None:
            self._update_by_count(bar)
        else:
            self._update_by_time(bar)

    def _update_by_count(self, bar: BarState) -> None:
        assert self._count is not None
        self._seen += 1
        fire = self._seen >= self._count
        if self._last_emit is None:
            self._last_emit = bar.time
        working = self._working
        if self._period is not None and working is not None and bar.time - working.time >= self._period:
            fire = fire or self._rounded(bar.time) > self._last_emit
        if bar.time >= self._last_emit:
            self._aggregate(bar)
            if self._working is not None:
                self._working.end_time = bar.end_time
        if fire:
            self._seen = 0 if self._seen >= self._count else self._seen
            self._last_emit = bar.time
            self._fire()

    def _update_by_time(self, bar: BarState) -> None:
        if self._last_emit is None:
            self._last_emit = _NEVER
        working, period = self._working, self._period
        assert period is not None
        fire = working is not None and bar.time - working.time >= period and self._bar_start(bar) > self._last_emit
        first = not period
        if first:
            fire = True
            if bar.time >= self._last_emit:
                self._aggregate(bar)
        if fire and self._working is not None:
            self._working.end_time = self._working.time + (self._period or timedelta(0))
            self._last_emit = self._working.end_time
            self._fire()
        if not first and bar.time >= self._last_emit:
            self._aggregate(bar)

    def _fire(self) -> None:
        working = self._working
        if working is not None:
            self._emit(wrap(working))
        self._working = None

    def _aggregate(self, bar: BarState) -> None:
        working = self._working
        if working is None:
            start = self._bar_start(bar)
            span = self._period if self._count is None and self._period is not None else bar.end_time - bar.time
            working = BarState(bar.symbol, start, start + span, bar.open, bar.high, bar.low, bar.close, bar.volume)
            self._working = working
            return
        working.close = bar.close
        working.volume += bar.volume
        working.low = min(working.low, bar.low)
        working.high = max(working.high, bar.high)

    def scan(self, current_local_time: datetime) -> None:
        working, period = self._working, self._period
        if (
            working is not None
            and period
            and current_local_time - working.time >= period
            and self._rounded(current_local_time) > (self._last_emit or _NEVER)
        ):
            self._last_emit = working.end_time
            self._fire()


class IdentityDataConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """Passes bars on; a repeated end time is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self._last: datetime | None = None

    def update(self, data: Any) -> None:
        if self._last is None or self._last != data.end_time:
            self._last = data.end_time
            self._emit(data)

    def reset(self) -> None:
        super().reset()
        self._last = None


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
        if self._period == ONE_DAY:
            self._inner = TradeBarConsolidator(self._daily)
        elif self._period in (ONE_HOUR, timedelta(minutes=1), timedelta(seconds=1)):
            self._inner = TradeBarConsolidator(self._period)
        else:
            self._inner = TradeBarConsolidator(self._intraday if self._period < ONE_DAY else self._daily)
        self._inner.data_consolidated.__iadd__(lambda sender, bar: self._emit(bar))

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
    def first(self) -> Any:
        return self._first

    @property
    def second(self) -> Any:
        return self._second

    def update(self, data: Any) -> None:
        self._first.update(data)

    def scan(self, current_local_time: datetime) -> None:
        self._first.scan(current_local_time)
