"""Repeats the last bar where one is missing (LEAN: Engine/DataFeeds/Enumerators/FillForwardEnumerator.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.common.enums import DelistingType
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.corporate import Delisting
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_HOUR, round_down

__all__ = ["FillForward", "Moment"]

_ZERO = timedelta(0)

#: A data point and the exchange-local time at which it is due.
Moment = tuple[datetime, Any]


class FillForward:
    """Wraps the points of one subscription, which come in order of time.

    Parameters
    ----------
    points
        Bars and auxiliary points.
    step
        Finest resolution of the run's subscriptions, asked anew for every bar.
    span
        Resolution of the points.
    start, end
        Bounds of the subscription in the exchange's clock.
    precise
        Daily bars that end at the close rather than at midnight.
    previous
        Last bar known before the start (of the warm-up).
    """

    def __init__(
        self,
        points: Iterator[Any],
        hours: SecurityExchangeHours,
        step: Callable[[], timedelta],
        span: timedelta,
        start: datetime,
        end: datetime,
        extended: bool,
        precise: bool,
        previous: BarState | None = None,
    ) -> None:
        self._points, self._hours, self._step, self._span = points, hours, step, span
        self._end, self._extended, self._precise = end, extended, precise
        self._bar: BarState | None = previous
        self._time = self._bar_end = datetime.min
        self._was_filled = False
        if previous is not None:
            self._time, self._bar_end = start - span, start

    def _keep(self, bar: BarState) -> None:
        self._bar, self._time, self._bar_end, self._was_filled = bar, bar.time, bar.end_time, bar.is_fill_forward

    def __iter__(self) -> Iterator[Moment]:
        delisted: datetime | None = None
        last: Any = None
        for point in self._points:
            if point._is_auxiliary and isinstance(point, Delisting) and point.type == DelistingType.DELISTED:
                delisted = point.end_time
            while self._bar is not None:
                filled = self._fill_before(point.time, point.end_time, point._is_auxiliary)
                if filled is None:
                    break
                if self._bar_end >= self._end:
                    return
                last = self._filled(*filled)
                yield last
            last = (point.end_time, point)
            yield last
            if not point._is_auxiliary:
                self._keep(point)
        if delisted is None:
            yield from self._to_the_end(last)

    def _to_the_end(self, last: Moment | None) -> Iterator[Moment]:
        """Data ended before the subscription: fill up to its end."""
        while self._bar is not None and self._bar_end < self._end:
            start, close = self._last_span()
            filled = self._fill_before(start, close, False)
            if filled is not None:
                last = self._filled(*filled)
                yield last
                continue
            if not self._hours.is_open(start, close, self._extended) or (last is not None and last[0] == close):
                return
            last = self._filled(start, close)
            yield last

    def _last_span(self) -> tuple[datetime, datetime]:
        if not self._precise:
            start = round_down(self._end, self._span)
            return start, start + self._span
        start, close = self._hours._daily_calendar(self._end)
        while close > self._end:
            start, close = self._hours._daily_calendar(start - timedelta(days=1))
        return start, close

    def _filled(self, start: datetime, close: datetime) -> Moment:
        assert self._bar is not None
        bar = self._bar.clone(fill_forward=True)
        bar.time, bar.end_time = start, close
        self._keep(bar)
        if self._precise and close - start > ONE_HOUR:
            # Filled within the session, it shows the times of the last whole day (SubscriptionData.Create).
            bar = bar.clone(fill_forward=True)
            bar.time, bar.end_time = self._hours._daily_calendar(start)
        return close, bar

    def _gap(self, start: datetime, step: timedelta) -> bool:
        gap = start - self._time
        return gap > step or gap > self._span

    def _fill_before(self, start: datetime, end: datetime, auxiliary: bool) -> tuple[datetime, datetime] | None:
        """Times of the bar that is due before the next point, or None."""
        if end < self._time:
            return None
        step = self._step()
        if not self._gap(start, step):
            return None
        length = end - start
        if self._was_filled and (not self._precise or length <= ONE_HOUR) and not self._gap(round_down(start, length), step):
            return None
        period = length if self._precise else (_ZERO if start == end else self._span)
        limit = start + period
        try:
            candidates = self._candidates(step)
            for opening, span in candidates:
                at = opening if self._precise and span > ONE_HOUR else round_down(opening, span)
                due = at + span
                if not (due < limit or (auxiliary and due == limit)):
                    return None
                if self._hours.is_open(at, due, self._extended):
                    return due - self._length(due, opening), due
        except ArgumentException:
            # No market hours for two weeks ahead: nothing to fill.
            return None
        return None

    def _length(self, due: datetime, opening: datetime) -> timedelta:
        if not self._precise:
            return self._span
        at = max(due - self._hours.regular_market_duration, opening)
        return self._hours.get_market_hours(at).market_duration

    def _candidates(self, step: timedelta) -> Iterator[tuple[datetime, timedelta]]:
        """Starts and lengths of the bars that may come next, in order of their ends."""
        hours, end = self._hours, self._bar_end
        if step == self._span:
            if self._precise:
                yield self._calendar_after(end)
                return
            if hours.is_open(end, end + step, self._extended):
                yield end, step
            yield hours.get_next_market_open(end, self._extended), step
            return
        small, large = min(step, self._span), max(step, self._span)
        found: list[tuple[datetime, timedelta]] = []
        if hours.is_open(end, end + small, self._extended):
            if not self._precise:
                yield end, small
            else:
                found.append((end, small))
        if self._precise:
            start, close = hours._daily_calendar(end)
            if end < close:
                found.append((start, close - start))
        else:
            start = round_down(end, large)
            if hours.is_open(start, start + large, self._extended):
                found.append((start, large))
        found.append((hours.get_next_market_open(end, self._extended), small))
        if self._precise:
            found.append(self._calendar_after(end))
        yield from sorted(found, key=lambda item: item[0] + item[1])

    def _calendar_after(self, at: datetime) -> tuple[datetime, timedelta]:
        start, close = self._hours._daily_calendar(self._hours.get_next_market_open(at, False))
        return start, close - start
