"""Bars of one security from its files: mapped, adjusted and timed as LEAN gives them.

Rules: SubscriptionDataReader (renames), PriceScaleFactorEnumerator and Extensions.Scale (prices, volume),
LeanData.SetStrictEndTimes (times of daily bars), SubscriptionFilterEnumerator (bars outside market hours).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.common.enums import DataNormalizationMode, Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_series import Series
from lean_stubs.data.daily_sessions import daily_sessions
from lean_stubs.data.factor_file import FactorFile
from lean_stubs.data.map_file import MapFile
from lean_stubs.data.quote_series import QuoteSeries
from lean_stubs.data.source import DataSource, RawBars, RawQuotes
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_DAY, span_of

__all__ = ["EquityFiles", "Series"]

_ONE = Decimal(1)
_UNSCALED = (1, 0)
_LAST = date(2100, 1, 1)
_KEPT_DAYS = 64


def _whole(factor: Decimal) -> tuple[int, int]:
    """A factor as an integer over a power of ten."""
    _, digits, exponent = factor.as_tuple()
    number = int("".join(map(str, digits)))
    if not isinstance(exponent, int):
        raise ValueError(f"factor {factor} is not finite")
    return (number * 10**exponent, 0) if exponent > 0 else (number, -exponent)


class EquityFiles:
    """Files of one security, and the series made from them."""

    def __init__(self, source: DataSource, symbol: Symbol, hours: SecurityExchangeHours) -> None:
        self.source, self.symbol, self.hours = source, symbol, hours
        market = symbol.id.market
        self.market = market
        self.map_file: MapFile | None = source.map_file_by_id(symbol) or source.map_file(symbol.value, market)
        ticker = self.map_file.permanent_ticker if self.map_file is not None else symbol.value
        self.factor_file: FactorFile | None = source.factor_file(ticker, market)
        self._named: dict[str, Symbol] = {}
        self._series: dict[tuple[int, int, bool, bool, date | None], Series] = {}
        self._days: dict[tuple[int, int, bool, date, date | None], Series] = {}
        self._quotes: dict[tuple[int, int, bool, date, date | None], QuoteSeries] = {}

    def has_data(self, day: date) -> bool:
        return self.map_file is None or self.map_file.has_data(day)

    def symbol_on(self, day: date) -> Symbol:
        """The security's symbol under its ticker of the day (LEAN: SubscriptionDataConfig.MappedSymbol).

        Before the first day of its map file it has the ticker that the user asked for.
        """
        if self.map_file is None or day < self.map_file.first_day:
            return self.symbol
        return self.named(self.map_file.ticker_on(day) or self.map_file.rows[-1].ticker)

    def named(self, ticker: str) -> Symbol:
        if ticker == self.symbol.value:
            return self.symbol
        found = self._named.get(ticker)
        if found is None:
            found = self._named[ticker] = self.symbol.update_mapped_symbol(ticker)
        return found

    def _segments(self, first: date, last: date) -> Iterator[tuple[str, date, date]]:
        if self.map_file is None:
            yield self.symbol.value, first, last
            return
        for ticker, start, end in self.map_file.segments():
            if start <= last and end >= first:
                yield ticker, max(start, first), min(end, last)

    def whole(
        self, resolution: Resolution, mode: DataNormalizationMode, extended: bool, precise: bool, until: date | None = None
    ) -> Series:
        """All daily or hour bars; `until` is the day that scaled raw prices are scaled to."""
        key = (int(resolution), int(mode), extended, precise, until if mode == DataNormalizationMode.SCALED_RAW else None)
        found = self._series.get(key)
        if found is None:
            found = self._series[key] = self._build(resolution, mode, extended, precise, date(1, 1, 1), _LAST, until)
        return found

    def day(
        self, resolution: Resolution, mode: DataNormalizationMode, extended: bool, day: date, until: date | None = None
    ) -> Series:
        """Minute or second bars of one day."""
        key = (int(resolution), int(mode), extended, day, until if mode == DataNormalizationMode.SCALED_RAW else None)
        found = self._days.get(key)
        if found is None:
            found = self._days[key] = self._build(resolution, mode, extended, True, day, day, until)
            if len(self._days) > _KEPT_DAYS:
                del self._days[next(iter(self._days))]
        return found

    def quotes(
        self, resolution: Resolution, mode: DataNormalizationMode, extended: bool, day: date, until: date | None = None
    ) -> QuoteSeries:
        """Minute or second quotes of one day."""
        key = (int(resolution), int(mode), extended, day, until if mode == DataNormalizationMode.SCALED_RAW else None)
        found = self._quotes.get(key)
        if found is None:
            found = self._quotes[key] = QuoteSeries(self.symbol)
            self._fill(found, self._quotes_of, resolution, mode, extended, True, day, day, until)
            if len(self._quotes) > _KEPT_DAYS:
                del self._quotes[next(iter(self._quotes))]
        return found

    def _quotes_of(self, ticker: str, resolution: Resolution, first: date, last: date) -> RawQuotes | None:
        return self.source.raw_quotes(ticker, self.market, resolution, first)

    def _bars_of(self, ticker: str, resolution: Resolution, first: date, last: date) -> RawBars | None:
        return self.source.raw_bars(ticker, self.market, resolution, first, last)

    def _build(
        self,
        resolution: Resolution,
        mode: DataNormalizationMode,
        extended: bool,
        precise: bool,
        first: date,
        last: date,
        until: date | None,
    ) -> Series:
        series = Series(self.symbol)
        self._fill(series, self._bars_of, resolution, mode, extended, precise, first, last, until)
        return series

    def _fill(
        self,
        series: Any,
        read: Callable[[str, Resolution, date, date], Any],
        resolution: Resolution,
        mode: DataNormalizationMode,
        extended: bool,
        precise: bool,
        first: date,
        last: date,
        until: date | None,
    ) -> None:
        factors = self.factor_file
        if factors is not None and factors.minimum_day is not None:
            first = max(first, factors.minimum_day)
        anchor = _ONE
        if mode == DataNormalizationMode.SCALED_RAW and factors is not None and until is not None:
            anchor = factors.factor(until, mode)
        for ticker, start, end in self._segments(first, last):
            raw = read(ticker, resolution, start, end)
            if raw is not None:
                self._append(series, self.named(ticker), raw, resolution, mode, extended, precise, start, end, anchor)

    def _append(
        self,
        series: Any,
        symbol: Symbol,
        raw: Any,
        resolution: Resolution,
        mode: DataNormalizationMode,
        extended: bool,
        precise: bool,
        first: date,
        last: date,
        anchor: Decimal,
    ) -> None:
        hours = self.hours
        seen = series.ends[-1] if series.ends else datetime.min
        if resolution == Resolution.DAILY and precise and not hours.is_market_always_open:
            rows, starts, ends = daily_sessions(hours, raw.starts, first, last, seen)
        else:
            rows, starts, ends = self._spans(raw.starts, resolution, extended, first, last, seen)
        if rows:
            series.append(symbol, raw, rows, starts, ends, self._scales(starts, mode, anchor))

    def _spans(
        self, stamps: list[datetime], resolution: Resolution, extended: bool, first: date, last: date, seen: datetime
    ) -> tuple[list[int], list[datetime], list[datetime]]:
        """Rows of bars that last as long as their resolution says and lie within market hours, with start and end."""
        daily, span, hours = resolution == Resolution.DAILY, span_of(resolution), self.hours
        rows: list[int] = []
        starts: list[datetime] = []
        ends: list[datetime] = []
        for row, start in enumerate(stamps):
            day = start.date()
            if day < first or day > last:
                continue
            end = start + span
            if not (hours.is_date_open(day) if daily else hours.is_open(start, end, extended)) or end <= seen:
                continue
            seen = end
            rows.append(row)
            starts.append(start)
            ends.append(end)
        return rows, starts, ends

    def _scales(self, starts: list[datetime], mode: DataNormalizationMode, anchor: Decimal) -> list[tuple[int, int]]:
        """Factor of each bar, by the day it begins on."""
        if mode == DataNormalizationMode.RAW or self.factor_file is None:
            return [_UNSCALED] * len(starts)
        found: list[tuple[int, int]] = []
        while len(found) < len(starts):
            scale, until = self._scale(starts[len(found)].date(), mode, anchor)
            following = bisect_left(starts, datetime.combine(until, time.max), len(found)) if until < _LAST else len(starts)
            found += [scale] * (following - len(found))
        return found

    def _scale(self, day: date, mode: DataNormalizationMode, anchor: Decimal) -> tuple[tuple[int, int], date]:
        """Factor of a day, and the last day that shares it."""
        factors = self.factor_file
        if factors is None:
            return (1, 0), _LAST
        factor = factors.factor(day, mode)
        later = [row.day for row in factors.rows if row.day >= day]
        return _whole(factor if anchor == _ONE else factor / anchor), later[0] if later else _LAST

    def next_open_day(self, day: date) -> date:
        after = day + ONE_DAY
        while not self.hours.is_date_open(after):
            after += timedelta(days=1)
        return after
