"""When an exchange is open (LEAN: Common/Securities/SecurityExchangeHours.cs)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException
from lean_stubs.clr.overloads import bound
from lean_stubs.time.day_sessions import DaySessions, Segment
from lean_stubs.time.zones import TimeZone

__all__ = ["SecurityExchangeHours"]

DAY = timedelta(days=1)
_ZERO = timedelta(0)
_TICK = timedelta(microseconds=1)
_CLOSED = DaySessions(())


class SecurityExchangeHours(ClrObject, clr="QuantConnect.Securities"):
    """Sessions by date, in the exchange's own clock. Starts are inclusive, ends exclusive: at 16:00:00 the market is closed."""

    def __init__(
        self,
        time_zone: TimeZone,
        holidays: frozenset[date],
        _week: Sequence[tuple[Segment, ...]],
        early_closes: Mapping[date, timedelta] | None = None,
        late_opens: Mapping[date, timedelta] | None = None,
    ) -> None:
        self._zone, self._holidays = time_zone, holidays
        #: By weekday, for dates without a rule of their own.
        self._week = tuple(DaySessions(day) for day in _week)
        self._early, self._late = dict(early_closes or {}), dict(late_opens or {})
        self._open_days: dict[tuple[date, bool], list[tuple[datetime, datetime]]] = {}
        self._open_years: dict[int, list[int]] = {}
        durations = Counter(day.market_duration for day in self._week)
        self._regular = max(durations, key=lambda d: (durations[d], d))
        self._always = all(day.market_duration >= DAY for day in self._week)
        #: The last instant asked about, and the answer: a time step asks for every security and order.
        self._asked: tuple[tuple[datetime, bool], bool] = ((datetime.min, False), False)
        # Hot lookups of the bar stream.
        self._calendars: dict[date, tuple[datetime, datetime]] = {}

    @staticmethod
    def always_open(time_zone: TimeZone) -> SecurityExchangeHours:
        return SecurityExchangeHours(time_zone, frozenset(), [(Segment(_ZERO, DAY),)] * 7)

    @property
    def time_zone(self) -> TimeZone:
        return self._zone

    @property
    def holidays(self) -> set[datetime]:
        return {datetime.combine(day, time()) for day in self._holidays}

    @property
    def early_closes(self) -> dict[datetime, timedelta]:
        return {datetime.combine(day, time()): close for day, close in self._early.items()}

    @property
    def late_opens(self) -> dict[datetime, timedelta]:
        return {datetime.combine(day, time()): at for day, at in self._late.items()}

    @property
    def regular_market_duration(self) -> timedelta:
        return self._regular

    @property
    def is_market_always_open(self) -> bool:
        return self._always

    def _to_utc(self, local: datetime) -> datetime:
        return self._zone.to_utc(local)

    def _from_utc(self, utc: datetime) -> datetime:
        return self._zone.from_utc(utc)

    _to_local = _from_utc

    def get_market_hours(self, local_date_time: datetime) -> DaySessions:
        return self._sessions(local_date_time.date())

    def _sessions(self, day: date) -> DaySessions:
        if day in self._holidays:
            return _CLOSED
        early, late = self._early.get(day), self._late.get(day)
        usual = self._week[day.weekday()]
        if early is None and late is None:
            return usual
        segments = usual.segments
        before = None if early is None else [Segment(s.start, min(s.end, early), s.state) for s in segments if s.start < early]
        after = None if late is None else [Segment(max(s.start, late), s.end, s.state) for s in segments if s.end > late]
        if before is not None and after is not None and early is not None and late is not None:
            if early <= late:
                return DaySessions(tuple(before + after))
            kept = [Segment(max(s.start, late), s.end, s.state) for s in before if s.end > late]
            return DaySessions(tuple(kept))
        return DaySessions(tuple(before or after or ()))

    def _stretches(self, day: date, extended: bool) -> list[tuple[datetime, datetime]]:
        key = (day, extended)
        found = self._open_days.get(key)
        if found is None:
            midnight = datetime(day.year, day.month, day.day)
            found = [(midnight + a, midnight + b) for a, b in self._sessions(day).stretches(extended)]
            self._open_days[key] = found
        return found

    @overload
    def is_open(self, local_date_time: datetime, extended_market_hours: bool) -> bool: ...
    @overload
    def is_open(self, start_local_date_time: datetime, end_local_date_time: datetime, extended_market_hours: bool) -> bool: ...
    def is_open(self, *times: Any, **named: Any) -> bool:
        """Open at an instant, or at any time between two."""
        if named or not 2 <= len(times) <= 3:
            times = tuple(bound(SecurityExchangeHours.is_open, times, named).values())
        at, extended = times[0], times[-1]
        if len(times) == 3 and at != times[1]:
            return self._is_open_between(at, times[1], extended)
        asked, answer = self._asked
        if asked != (at, extended):
            answer = any(a <= at < b for a, b in self._stretches(at.date(), extended))
            self._asked = (at, extended), answer
        return answer

    def _is_open_between(self, start: datetime, end: datetime, extended: bool) -> bool:
        day = start.date()
        while True:
            if any(a < end and b > start for a, b in self._stretches(day, extended)):
                return True
            day += DAY
            if datetime.combine(day, time()) >= end:
                return False

    def is_date_open(self, local_date_time: datetime | date, extended_market_hours: bool = False) -> bool:
        day = local_date_time.date() if isinstance(local_date_time, datetime) else local_date_time
        sessions = self._sessions(day)
        if sessions.is_closed_all_day:
            return False
        return sessions.market_duration > _ZERO or extended_market_hours

    def _days_to_open_day(self, day: date, count: int) -> int:
        """Calendar days from a day to the `count`-th open day after it; 0 for none."""
        if count < 1:
            return 0
        start, year, left = day.toordinal(), day.year, count
        while True:
            open_days = self._open_days_of(year)
            first = bisect_right(open_days, start)
            if len(open_days) - first >= left:
                return open_days[first + left - 1] - start
            left -= len(open_days) - first
            year += 1

    def _open_days_of(self, year: int) -> list[int]:
        """Ordinals of the year's open days."""
        found = self._open_years.get(year)
        if found is None:
            days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            found = self._open_years[year] = [day for day in days if self.is_date_open(date.fromordinal(day))]
        return found

    def _open_days_between(self, first: date, last: date) -> int:
        """How many days are open from the first to the last, both included."""
        years = [self._open_days_of(year) for year in range(first.year, last.year + 1)]
        return sum(bisect_right(days, last.toordinal()) - bisect_left(days, first.toordinal()) for days in years)

    def _from(self, day: date, extended: bool) -> Iterator[tuple[datetime, datetime]]:
        for _ in range(15):
            yield from self._stretches(day, extended)
            day += DAY

    def get_next_market_open(self, local_date_time: datetime, extended_market_hours: bool) -> datetime:
        """First opening after the time."""
        local_date_time = to_date_time(local_date_time)
        for opening, _ in self._from(local_date_time.date(), extended_market_hours):
            if opening > local_date_time:
                return opening
        raise ArgumentException("Unable to locate next market open within two weeks.")

    @overload
    def get_next_market_close(self, local_date_time: datetime, extended_market_hours: bool) -> datetime: ...
    @overload
    def get_next_market_close(self, local_date_time: datetime, extended_market_hours: bool, last_close: bool) -> datetime: ...
    def get_next_market_close(self, local_date_time: datetime, extended_market_hours: bool, last_close: bool = False) -> datetime:
        """First close after the time, or the last one of its day."""
        if last_close:
            return self.get_last_daily_market_close(local_date_time, extended_market_hours)
        local_date_time = to_date_time(local_date_time)
        for _, close in self._from(local_date_time.date(), extended_market_hours):
            if close > local_date_time:
                return close
        raise ArgumentException("Unable to locate next market close within two weeks.")

    def get_previous_market_open(
        self, local_date_time: datetime, extended_market_hours: bool, first_open: bool = False
    ) -> datetime:
        """Last opening at or before the time."""
        local_date_time = to_date_time(local_date_time)
        for back in range(9):
            found = [
                a
                for a, _ in self._stretches((local_date_time - timedelta(days=back)).date(), extended_market_hours)
                if a <= local_date_time
            ]
            if found:
                return found[0] if first_open else found[-1]
        raise InvalidOperationException(f"Unable to find the last market open before {local_date_time}.")

    def get_first_daily_market_open(self, local_date_time: datetime, extended_market_hours: bool) -> datetime:
        return self.get_previous_market_open(local_date_time, extended_market_hours, True)

    def get_last_daily_market_close(self, local_date_time: datetime, extended_market_hours: bool) -> datetime:
        local_date_time = to_date_time(local_date_time)
        for offset in range(15):
            stretches = self._stretches((local_date_time + timedelta(days=offset)).date(), extended_market_hours)
            if stretches and stretches[-1][1] > local_date_time:
                return stretches[-1][1]
        raise ArgumentException("Unable to locate next market close within two weeks.")

    def get_next_trading_day(self, date: datetime) -> datetime:
        at = date + DAY
        while not self.is_date_open(at):
            at += DAY
        return at

    def get_previous_trading_day(self, local_date: datetime) -> datetime:
        at = local_date - DAY
        while not self.is_date_open(at):
            at -= DAY
        return at

    def _daily_calendar(self, at: datetime) -> tuple[datetime, datetime]:
        """Open and close of the last session that opened at or before the time (LEAN: LeanData.GetDailyCalendar)."""
        opening = self.get_previous_market_open(at, False, True)
        return opening, self.get_last_daily_market_close(opening, False)

    def _session(self, day: date) -> tuple[datetime, datetime] | None:
        """First open and last close of a date, regular hours; None on a closed day."""
        found = self._calendars.get(day)
        if found is None:
            stretches = self._sessions(day).stretches(False)
            if not stretches:
                return None
            midnight = datetime(day.year, day.month, day.day)
            found = self._calendars[day] = (midnight + stretches[0][0], midnight + stretches[-1][1])
        return found
