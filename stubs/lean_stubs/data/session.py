"""The trading day so far and the days before it (LEAN: Session.cs, SessionBar.cs, SessionConsolidator.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.tick_state import TickState
from lean_stubs.indicators.rolling_window import RollingWindow
from lean_stubs.time.exchange_hours import SecurityExchangeHours

__all__ = ["Session", "SessionBar"]

_DAY = timedelta(days=1)


class SessionBar(TradeBar, clr="QuantConnect.Data.Market"):
    """Trades of one day within regular hours."""

    def __init__(self, source_tick_type: Any = None) -> None:
        self._begin(Symbol.EMPTY, datetime.max)

    def _begin(self, symbol: Symbol, day: datetime) -> None:
        """Empty; before the first data its day is not known."""
        self._state = BarState(symbol, day, day if day == datetime.max else day + _DAY, 0.0, 0.0, 0.0, 0.0, 0.0)
        self._volume_until = self._until = datetime.min
        self._interest = 0.0

    @property  # type: ignore[misc]  # LEAN overrides the getter only
    def open(self) -> float:
        return self._state.open

    @property  # type: ignore[misc]  # LEAN overrides the getter only
    def high(self) -> float:
        return self._state.high

    @property  # type: ignore[misc]  # LEAN overrides the getter only
    def low(self) -> float:
        return self._state.low

    @property  # type: ignore[misc]  # LEAN overrides the getter only
    def close(self) -> float:
        return self._state.close

    @property  # type: ignore[misc]  # LEAN overrides the getter only
    def end_time(self) -> datetime:
        return self._state.end_time

    @property
    def open_interest(self) -> float:
        return self._interest

    @open_interest.setter
    def open_interest(self, value: float) -> None:
        self._interest = float(value)

    @overload
    def update(self, last_trade: Any, bid_price: Any, ask_price: Any, volume: Any, bid_size: Any, ask_size: Any) -> None: ...
    @overload
    def update(self, data: Any, consolidated: Any) -> None: ...
    def update(self, *arguments: Any, **named: Any) -> None:
        """Take in a trade bar that does not overlap with those before it, or one trade."""
        given = bound(SessionBar.update, arguments, named)
        if "data" in given:
            self._add(getattr(given["data"], "_state", given["data"]))
        else:
            super().update(**given)

    def _add(self, bar: Any) -> None:
        mine = self._state
        if self._until == datetime.min:
            self._until = datetime.combine(bar.time, time())
        if bar.time < self._until:
            return
        if self._volume_until <= bar.time:
            self._volume_until = bar.end_time
            mine.volume += bar.volume
        if not mine.open:
            mine.open, mine.low = bar.open, bar.low
        mine.high, mine.low, mine.close = max(mine.high, bar.high), min(mine.low, bar.low), bar.close
        self._until = bar.end_time


def _empty(symbol: Symbol, day: datetime) -> SessionBar:
    made = SessionBar()
    made._begin(symbol, day)
    return made


class Session(RollingWindow, clr="QuantConnect.Data.Market"):
    """Today at [0], the trading day before it at [1]; with a size of 0, as it begins, nothing is kept."""

    def __init__(self, tick_type: Any, exchange_hours: SecurityExchangeHours, symbol: Symbol, size: int = 0) -> None:
        super().__init__(0)
        self._symbol, self._hours = symbol, exchange_hours
        #: The clock; of a session without one a day ends with the next data.
        self._now: Callable[[], datetime] = lambda: datetime.min
        self._working: SessionBar | None = None
        self._begun = False
        self._resize(size)

    # What the engine does.

    def _take(self, bar: Any) -> None:
        self._catch_up(bar.time)
        working = self._working
        assert working is not None
        day = datetime.combine(bar.time, time())
        if not self._begun:
            if working._state.time == datetime.max or day > working._state.time:
                working._state.time, working._state.end_time = day, day + _DAY
            self._begun = True
        # Quotes begin a day, but only trades are its prices.
        if self._hours.is_open(bar.time, bar.end_time, False) and (type(bar) is not TickState or bar.is_trade):
            working._add(bar)

    def _catch_up(self, now: datetime) -> None:
        """A day that is over moves one place back when the clock passes it."""
        working = self._working
        if working is None or not self._begun or now < working._state.time + _DAY:
            return
        self._begin(self._hours.get_next_trading_day(working._state.time))

    def _begin(self, day: datetime) -> None:
        self._working, self._begun = _empty(self._symbol, day), False
        self.add(self._working)

    def _current(self) -> SessionBar | None:
        self._catch_up(self._now())
        return self._working

    # What users see.

    def _resize(self, size: int) -> None:
        super()._resize(size)
        if size and self._working is None:
            self._begin(datetime.max)

    @property
    def symbol(self) -> Symbol:
        return self._symbol

    @property
    def end_time(self) -> datetime:
        working = self._current()
        return datetime.min if working is None else working.end_time

    def _field(self, name: str) -> float:
        working = self._current()
        return 0.0 if working is None else float(getattr(working._state, name))

    @property
    def open(self) -> float:
        return self._field("open")

    @property
    def high(self) -> float:
        return self._field("high")

    @property
    def low(self) -> float:
        return self._field("low")

    @property
    def close(self) -> float:
        return self._field("close")

    @property
    def volume(self) -> float:
        return self._field("volume")

    @property
    def open_interest(self) -> float:
        return 0.0

    def update(self, data: Any) -> None:
        point = getattr(data, "_state", data)
        if self._working is not None and point.data_type in ("TradeBar", "Tick"):
            self._take(point)

    def scan(self, current_local_time: datetime) -> None:
        self._catch_up(current_local_time)

    def reset(self) -> None:
        if self._working is not None:
            super().reset()
            self._begin(datetime.max)

    def __getitem__(self, index: Any) -> Any:
        self._current()
        return super().__getitem__(index)

    def __str__(self) -> str:
        working = self._current()
        if working is None:
            return ""
        return f"{TradeBar.__str__(working).split(': ', 1)[1]} OI: 0"
