"""Synthetic LEAN data: whole markets for a test, with crashes, gaps, splits, dividends, renames and delistings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from lean_stubs.common.enums import Resolution
from lean_stubs.data.factor_file import FactorFile, FactorRow
from lean_stubs.data.map_file import STILL_TRADED, MapFile, MapRow
from lean_stubs.data.source import DataProblem, DataSource, RawBars
from lean_stubs.testing.series import DailyPath, regime_path
from lean_stubs.time.market_hours_database import MarketHoursDatabase
from lean_stubs.time.nyse_calendar import nyse_database

__all__ = ["FakeData"]

Day = str | date
_SPANS = {Resolution.MINUTE: timedelta(minutes=1), Resolution.HOUR: timedelta(hours=1)}
_DIGITS = 10_000


def _day(value: Day) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value)


@lru_cache(maxsize=1)
def _database() -> MarketHoursDatabase:
    return nyse_database()


@dataclass
class _Security:
    path: DailyPath
    missing: set[date] = field(default_factory=set)
    splits: dict[date, Decimal] = field(default_factory=dict)
    dividends: dict[date, Decimal] = field(default_factory=dict)
    delisted: date | None = None
    former: list[tuple[date, str]] = field(default_factory=list)


class FakeData(DataSource):
    """A market of made-up securities on NYSE's calendar, usable as the ``data`` of a run.

    Every method that adds or changes something returns the object, so that a market is written in one expression::

        FakeData("2019-01-01", "2020-12-31").regimes("SPY", seed=1).crash("SPY", "2020-03-02").split("SPY", "2020-08-31", 4)

    Parameters
    ----------
    start, end
        First and last date of the market, both included.
    seed
        Added to the seeds of all series.

    Notes
    -----
    Prices are those of the last share count: before a split of 2 for 1 the raw price is twice the price of the path.
    Minute and hour bars are made from the daily ones: straight from open to close.
    """

    label = "fake"
    benchmark_resolution = Resolution.DAILY

    def __init__(self, start: Day = "2018-01-01", end: Day = "2019-12-31", seed: int = 0) -> None:
        self._seed = seed
        hours = _hours()
        first, last = _day(start), _day(end)
        #: Trading days of the market.
        self.days: list[date] = [
            day
            for day in (first + timedelta(n) for n in range((last - first).days + 1))
            if hours.is_date_open(datetime(day.year, day.month, day.day))
        ]
        if not self.days:
            raise DataProblem(f"FakeData: no trading day from {first} to {last}")
        self._rows = {day: row for row, day in enumerate(self.days)}
        self._securities: dict[str, _Security] = {}

    # Series.

    def regimes(
        self,
        *tickers: str,
        seed: int | None = None,
        price: float = 100.0,
        volatilities: Sequence[float] = (0.006, 0.02),
        drifts: Sequence[float] | None = None,
        stay: float = 0.98,
    ) -> FakeData:
        """Add securities that change between calm and stormy states; each ticker gets a path of its own.

        Parameters
        ----------
        volatilities, drifts
            Daily standard deviation and mean of log returns, one a state; drifts default to a rise in the calm state and falls in
            the others.
        stay
            Probability of staying in a state.
        """
        means = drifts if drifts is not None else [0.0006, *([-0.0008] * (len(volatilities) - 1))]
        for number, ticker in enumerate(tickers):
            own = (sum(ord(c) * 31**i for i, c in enumerate(ticker)) if seed is None else seed + number) + self._seed
            self._securities[ticker.upper()] = _Security(regime_path(len(self.days), own % 2**32, price, volatilities, means, stay))
        return self

    def flat(self, *tickers: str, price: float = 100.0) -> FakeData:
        """Add securities that never move."""
        return self.trend(*tickers, price=price, daily=0.0)

    def trend(self, *tickers: str, price: float = 100.0, daily: float = 0.001) -> FakeData:
        """Add securities that rise by the same rate every day."""
        closes = price * (1 + daily) ** np.arange(len(self.days))
        for ticker in tickers:
            self._securities[ticker.upper()] = _Security(DailyPath.from_closes(closes))
        return self

    def closes(self, ticker: str, prices: Iterable[float], opens: Iterable[float] | None = None) -> FakeData:
        """Add a security with given closes, from the first day on; the last one is held to the end of the market."""
        given = list(prices)
        if not given:
            raise DataProblem(f"FakeData: no prices for {ticker}")
        ends = np.array((given + [given[-1]] * len(self.days))[: len(self.days)], dtype=float)
        starts = None
        if opens is not None:
            first = list(opens)
            starts = np.array((first + list(ends[len(first) :]))[: len(self.days)], dtype=float)
        self._securities[ticker.upper()] = _Security(DailyPath.from_closes(ends, starts))
        return self

    # Events.

    def crash(self, ticker: str, day: Day, fall: float = 0.3, days: int = 10, recovery: int = 0) -> FakeData:
        """Let the price fall by a fraction over some days, and rise back over others."""
        path, row = self._security(ticker).path, self._row(day)
        step = (1 - fall) ** (1 / days)
        for n in range(min(days, len(path) - row)):
            path.scale_from(row + n, step)
        for n in range(min(recovery, max(len(path) - row - days, 0))):
            path.scale_from(row + days + n, (1 - fall) ** (-1 / recovery))
        return self

    def gap(self, ticker: str, day: Day, size: float) -> FakeData:
        """Open a day away from the last close by a fraction, and stay there."""
        self._security(ticker).path.scale_from(self._row(day), 1 + size)
        path, row = self._security(ticker).path, self._row(day)
        if row:
            path.opens[row] = path.closes[row - 1] * (1 + size)
            path.highs[row] = max(path.highs[row], path.opens[row])
            path.lows[row] = min(path.lows[row], path.opens[row])
        return self

    def bar(self, ticker: str, day: Day, **fields: float) -> FakeData:
        """Set open, high, low, close or volume of one day as they are (a zero or a bad tick, say)."""
        path, row = self._security(ticker).path, self._row(day)
        for name, value in fields.items():
            if name not in ("open", "high", "low", "close", "volume"):
                raise DataProblem(f"FakeData: a bar has no {name}")
            getattr(path, name + "s")[row] = value
        return self

    def missing(self, ticker: str, *days: Day) -> FakeData:
        """Leave out the bars of some days."""
        for day in days:
            self._row(day)
        self._security(ticker).missing |= {_day(day) for day in days}
        return self

    def split(self, ticker: str, day: Day, ratio: float) -> FakeData:
        """Split the shares at the open of a day: 2.0 makes two of one."""
        self._row(day)
        self._security(ticker).splits[_day(day)] = Decimal(repr(float(ratio)))
        return self

    def dividend(self, ticker: str, day: Day, amount: float) -> FakeData:
        """Pay a dividend a share; the day is the ex-date."""
        self._row(day)
        self._security(ticker).dividends[_day(day)] = Decimal(repr(float(amount)))
        return self

    def delist(self, ticker: str, day: Day) -> FakeData:
        """Trade for the last time on a day."""
        self._row(day)
        self._security(ticker).delisted = _day(day)
        return self

    def rename(self, old: str, ticker: str, day: Day) -> FakeData:
        """Let a security go by another ticker up to and including a day."""
        self._security(ticker).former.append((_day(day), old.upper()))
        return self

    # What a test asks.

    def states(self, ticker: str) -> list[int]:
        """Hidden state of each trading day of a series made by :meth:`regimes`."""
        return [int(s) for s in self._security(ticker).path.states]

    def _security(self, ticker: str) -> _Security:
        found = self._securities.get(ticker.upper())
        if found is None:
            raise DataProblem(f"FakeData: no security {ticker}; there are {', '.join(self.tickers()) or 'none'}")
        return found

    def _row(self, day: Day) -> int:
        found = self._rows.get(_day(day))
        if found is None:
            raise DataProblem(f"FakeData: {day} is no trading day from {self.days[0]} to {self.days[-1]}")
        return found

    # DataSource.

    def hours(self) -> MarketHoursDatabase:
        return _database()

    def knows(self, ticker: str, market: str) -> bool:
        return self._under(ticker) is not None

    def tickers(self) -> list[str]:
        return sorted(self._securities)

    def _under(self, ticker: str) -> _Security | None:
        """The security that has, or had, the ticker."""
        own = self._securities.get(ticker.upper())
        if own is not None:
            return own
        return next((s for s in self._securities.values() if any(name == ticker.upper() for _, name in s.former)), None)

    def raw_bars(self, ticker: str, market: str, resolution: Resolution, first: date, last: date) -> RawBars | None:
        security = self._under(ticker)
        if security is None or (resolution is not Resolution.DAILY and resolution not in _SPANS):
            return None
        bars = RawBars()
        for row, day in enumerate(self.days):
            if first <= day <= last and day not in security.missing and (security.delisted is None or day <= security.delisted):
                self._append(bars, security, row, day, resolution)
        return bars

    def _append(self, bars: RawBars, security: _Security, row: int, day: date, resolution: Resolution) -> None:
        path = security.path
        factor = _split_factor(security, day)
        o, h, low, c = (round(float(x[row]) * factor * _DIGITS) for x in (path.opens, path.highs, path.lows, path.closes))
        volume = int(path.volumes[row] / factor)
        if resolution is Resolution.DAILY:
            _add(bars, datetime(day.year, day.month, day.day), (o, h, low, c), volume)
            return
        session = _hours().session(day)
        assert session is not None
        span = _SPANS[resolution]
        opened, closed = session
        start = opened if resolution is Resolution.MINUTE else opened.replace(minute=0)
        count = -(-(closed - start) // span)
        at = [o + (c - o) * n // count for n in range(count)] + [c]
        for n in range(count):
            a, b = at[n], at[n + 1]
            _add(bars, start + n * span, (a, max(a, b), min(a, b), b), volume // count)

    def map_file(self, ticker: str, market: str) -> MapFile | None:
        security = self._under(ticker)
        if security is None:
            return None
        current = next(name for name, s in self._securities.items() if s is security)
        former = sorted(security.former)
        rows = [MapRow(self.days[0], former[0][1] if former else current), *(MapRow(day, name) for day, name in former)]
        return MapFile([*rows, MapRow(security.delisted or STILL_TRADED, current)])

    def factor_file(self, ticker: str, market: str) -> FactorFile | None:
        security = self._under(ticker)
        if security is None:
            return None
        price, split = Decimal(1), Decimal(1)
        rows = [FactorRow(STILL_TRADED, price, split, Decimal(0))]
        for day in sorted({*security.splits, *security.dividends}, reverse=True):
            row = self._rows[day] - 1
            if row < 0:
                continue
            reference = self._raw_close(security, row)
            if day in security.splits:
                split /= security.splits[day]
            if day in security.dividends and reference:
                price *= 1 - security.dividends[day] / reference
            rows.append(FactorRow(self.days[row], price.quantize(Decimal("1E-7")), split.quantize(Decimal("1E-7")), reference))
        rows.append(FactorRow(self.days[0] - timedelta(1), rows[-1].price_factor, rows[-1].split_factor, Decimal(0)))
        return FactorFile(rows)

    def _raw_close(self, security: _Security, row: int) -> Decimal:
        factor = _split_factor(security, self.days[row])
        return Decimal(round(float(security.path.closes[row]) * factor * _DIGITS)) / _DIGITS


def _split_factor(security: _Security, day: date) -> float:
    """Shares of today for one share of the day."""
    factor = 1.0
    for at, ratio in security.splits.items():
        if at > day:
            factor *= float(ratio)
    return factor


def _add(bars: RawBars, start: datetime, prices: tuple[int, int, int, int], volume: int) -> None:
    bars.starts.append(start)
    for column, price in zip((bars.opens, bars.highs, bars.lows, bars.closes), prices, strict=True):
        column.append(price)
    bars.volumes.append(volume)


def _hours() -> Any:
    from lean_stubs.common.enums import SecurityType
    from lean_stubs.common.symbol import Symbol

    return _database().get_exchange_hours("usa", Symbol.EMPTY, SecurityType.EQUITY)
