"""Bars out of smaller bars, by time or count (LEAN: Common/Data/Consolidators/PeriodCountConsolidatorBase.cs)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import ArgumentException, ArgumentNullException, InvalidOperationException
from lean_stubs.clr.overloads import bound
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.consolidator_base import DataConsolidator
from lean_stubs.data.quote_bar import QuoteBar, wrap_point
from lean_stubs.data.tick import Tick
from lean_stubs.data.tick_state import TickState
from lean_stubs.time.trading_days import ONE_DAY, ONE_HOUR, round_down

if TYPE_CHECKING:
    from typing import Self

__all__ = ["PeriodCountConsolidator"]

_NEVER = datetime.min


class PeriodCountConsolidator(DataConsolidator, clr="QuantConnect.Data.Consolidators"):
    """By time span, by number of bars, by both, or by a function that gives the period of a time."""

    def __new__(cls, *arguments: Any, **named: Any) -> Self:
        # The base object exists even if a subclass never calls super().__init__().
        made: Self = object.__new__(cls)
        DataConsolidator.__init__(made)
        made._begin({})
        return made

    def _begin(self, given: dict[str, Any]) -> None:
        """Take the arguments of a constructor, by name: a period, a count or a function first, then what goes with it."""
        start_time: timedelta | None = given.pop("start_time", None)
        period, second = (*given.values(), None, None)[:2]
        self._count: int | None = None
        self._period: timedelta | None = None
        self._function: Callable[[datetime], Any] | None = None
        self._start = start_time
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
        elif period is not None:
            raise no_match(".ctor", period)
        self._clear()

    @property
    def period(self) -> timedelta | None:
        return self._period

    @property
    def is_time_based(self) -> bool:
        return self._count is None

    def _clear(self) -> None:
        self._working: Any = None
        self._last_emit: datetime | None = None
        self._seen = 0
        self._checked = False
        self._id: Any = None

    def reset(self) -> None:
        super().reset()
        self._clear()

    @property
    def working_data(self) -> Any:
        return None if self._working is None else wrap_point(self._working.clone())

    @overload
    def on_data_consolidated(self, consolidated: Any) -> None: ...
    @overload
    def on_data_consolidated(self, e: Any) -> None: ...
    def on_data_consolidated(self, *arguments: Any, **named: Any) -> None:
        """Hand a bar to the handlers and begin a new one."""
        (bar,) = bound(PeriodCountConsolidator.on_data_consolidated, arguments, named).values()
        self._emit(bar)
        self._working = None

    def _rounded(self, at: datetime) -> Any:
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

    def _bar_start(self, bar: Any) -> Any:
        start = self._rounded(bar.time)
        if self._period is not None and start + self._period < bar.end_time:
            # Hour bars of US equities start at 9:00, before the exchange opens.
            if bar.end_time - bar.time == ONE_HOUR and start.date() < bar.time.date():
                return self._rounded(bar.end_time)
            return bar.time
        return start

    #: Whether a point is taken in; without one all are (LEAN: ShouldProcess).
    _processes: Callable[[Any], bool] | None = None

    def _check_type(self, bar: Any) -> None:
        """Refuse ticks where bars are wanted, and the other way round (LEAN: DataConsolidator.Update)."""
        wanted = self.input_type
        if type(bar) is TickState and wanted in (TradeBar, QuoteBar):
            raise ArgumentNullException("data", f"Received type of Tick but expected {wanted.__name__}")
        if wanted is Tick and type(bar) is not TickState:
            raise ArgumentNullException("data", f"Received type of {type(wrap_point(bar)).__name__} but expected Tick")

    def update(self, data: Any) -> None:
        bar = getattr(data, "_state", data)
        if self._id is None:
            self._check_type(bar)
            self._id = bar.symbol.id
        elif bar.symbol.id != self._id:
            raise InvalidOperationException(
                "Consolidators can only be used with a single symbol. The previous consolidated SecurityIdentifier "
                f"({self._id}) is not the same as in the current data ({bar.symbol.id})."
            )
        if self._processes is not None and not self._processes(bar):
            return
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

    def _update_by_count(self, bar: Any) -> None:
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

    def _update_by_time(self, bar: Any) -> None:
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
        if self._working is not None:
            self._emit(wrap_point(self._working))
        self._working = None

    def _span(self, bar: Any) -> timedelta:
        """Length of a bar that begins with this one."""
        return self._period if self._count is None and self._period is not None else bar.end_time - bar.time

    def _aggregate(self, bar: Any) -> None:
        raise NotImplementedError

    @property
    def _is_idle(self) -> bool:  # type: ignore[override]
        return self._working is None

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
