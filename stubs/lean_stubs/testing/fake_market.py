"""What a synthetic market holds, and how it answers as a source of LEAN data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.factor_file import FactorFile, FactorRow
from lean_stubs.data.map_file import STILL_TRADED, MapFile, MapRow
from lean_stubs.data.source import DataProblem, DataSource, RawBars
from lean_stubs.testing.series import DailyPath
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.market_hours_database import MarketHoursDatabase
from lean_stubs.time.nyse_calendar import nyse_database

__all__ = ["FakeMarket", "FakeSecurity"]

_SPANS = {Resolution.MINUTE: timedelta(minutes=1), Resolution.HOUR: timedelta(hours=1)}
_DIGITS = 10_000


@lru_cache(maxsize=1)
def _database() -> MarketHoursDatabase:
    return nyse_database()


def _hours() -> SecurityExchangeHours:
    return _database().get_exchange_hours("usa", Symbol.EMPTY, SecurityType.EQUITY)


@dataclass
class FakeSecurity:
    """Path of one security, and what happens to it."""

    path: DailyPath
    missing: set[date] = field(default_factory=set)
    splits: dict[date, Decimal] = field(default_factory=dict)
    dividends: dict[date, Decimal] = field(default_factory=dict)
    delisted: date | None = None
    former: list[tuple[date, str]] = field(default_factory=list)


class FakeMarket(DataSource):
    """Daily paths of securities from the first trading day to the last, as raw bars, map files and factor files."""

    label = "fake"
    benchmark_resolution = Resolution.DAILY

    def __init__(self, first: date, last: date) -> None:
        hours = _hours()
        #: Trading days of the market.
        self.days: list[date] = [
            day
            for day in (first + timedelta(n) for n in range((last - first).days + 1))
            if hours.is_date_open(datetime(day.year, day.month, day.day))
        ]
        if not self.days:
            raise DataProblem(f"FakeData: no trading day from {first} to {last}")
        self._midnights = [datetime(day.year, day.month, day.day) for day in self.days]
        self._rows = {day: row for row, day in enumerate(self.days)}
        self._securities: dict[str, FakeSecurity] = {}

    def hours(self) -> MarketHoursDatabase:
        return _database()

    def knows(self, ticker: str, market: str) -> bool:
        return self._under(ticker) is not None

    def tickers(self) -> list[str]:
        return sorted(self._securities)

    def _under(self, ticker: str) -> FakeSecurity | None:
        """The security that has, or had, the ticker."""
        own = self._securities.get(ticker.upper())
        if own is not None:
            return own
        return next((s for s in self._securities.values() if any(name == ticker.upper() for _, name in s.former)), None)

    def raw_bars(self, ticker: str, market: str, resolution: Resolution, first: date, last: date) -> RawBars | None:
        security = self._under(ticker)
        if security is None or (resolution is not Resolution.DAILY and resolution not in _SPANS):
            return None
        if security.delisted is not None:
            last = min(last, security.delisted)
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        rows: Sequence[int] = range(low, high)
        if security.missing:
            rows = [row for row in rows if self.days[row] not in security.missing]
        if resolution is Resolution.DAILY:
            return self._daily(security, rows)
        bars = RawBars()
        for row in rows:
            self._append(bars, security, row, self.days[row], resolution)
        return bars

    def _daily(self, security: FakeSecurity, rows: Sequence[int]) -> RawBars:
        """All days in one go; days that are all there share one list of dates, which makes the next security cheaper."""
        bars, path, days = RawBars(), security.path, self._midnights
        bars.starts = days if len(rows) == len(days) else [days[row] for row in rows]
        at = np.asarray(rows, dtype=np.intp)
        factors: Any = 1.0
        if security.splits:
            factors = np.array([_split_factor(security, self.days[row]) for row in rows])
        for column, prices in (
            (bars.opens, path.opens),
            (bars.highs, path.highs),
            (bars.lows, path.lows),
            (bars.closes, path.closes),
        ):
            column += _whole(prices[at] * factors * _DIGITS)
        bars.volumes += _whole(np.trunc(path.volumes[at] / factors))
        return bars

    def _append(self, bars: RawBars, security: FakeSecurity, row: int, day: date, resolution: Resolution) -> None:
        path = security.path
        factor = _split_factor(security, day)
        o, c = (round(float(x[row]) * factor * _DIGITS) for x in (path.opens, path.closes))
        volume = int(path.volumes[row] / factor)
        session = _hours()._session(day)
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

    def _raw_close(self, security: FakeSecurity, row: int) -> Decimal:
        factor = _split_factor(security, self.days[row])
        return Decimal(round(float(security.path.closes[row]) * factor * _DIGITS)) / _DIGITS


def _split_factor(security: FakeSecurity, day: date) -> float:
    """Shares of today for one share of the day."""
    factor = 1.0
    for at, ratio in security.splits.items():
        if at > day:
            factor *= float(ratio)
    return factor


def _whole(values: Any) -> list[int]:
    """The nearest whole numbers, ties to even."""
    if not np.isfinite(values).all():
        raise DataProblem("FakeData: a price or volume is not finite")
    found: list[int] = np.rint(values).astype(np.int64).tolist()
    return found


def _add(bars: RawBars, start: datetime, prices: tuple[int, int, int, int], volume: int) -> None:
    bars.starts.append(start)
    for column, price in zip((bars.opens, bars.highs, bars.lows, bars.closes), prices, strict=True):
        column.append(price)
    bars.volumes.append(volume)
