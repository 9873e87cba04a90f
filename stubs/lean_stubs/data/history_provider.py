"""Past bars on request (LEAN: HistoryRequestFactory.cs, SubscriptionDataReaderHistoryProvider.cs)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import DataNormalizationMode, Resolution, TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.fill_forward import FillForward
from lean_stubs.data.frames import BarColumns, quote_columns
from lean_stubs.data.series import EquityFiles, Series
from lean_stubs.data.tick_points import subscription_points
from lean_stubs.data.tick_state import TickState
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import span_of, start_of_bars

__all__ = ["HistoryProvider", "HistoryRequest"]


@dataclass(frozen=True)
class HistoryRequest:
    """Bars that end after `start` and not after `end`, both in UTC."""

    config: SubscriptionDataConfig
    start: datetime
    end: datetime

    @property
    def symbol(self) -> Symbol:
        return self.config.symbol


def _first_given(given: Any, otherwise: Any) -> Any:
    return otherwise if given is None else given


def _sessions_over(hours: SecurityExchangeHours, opening: datetime, end: datetime) -> int:
    """Sessions from the one of that opening to the last that has closed at the end."""
    today = hours._session(end.date())
    unfinished = today is not None and today[1] > end
    return hours._open_days_between(opening.date(), end.date()) - unfinished


class HistoryProvider(ClrObject, clr="QuantConnect.Lean.Engine.HistoricalData"):
    def __init__(self, state: Any) -> None:
        self._state = state

    def _files(self, symbol: Symbol) -> EquityFiles:
        found: EquityFiles = self._state.feed.files(symbol)
        return found

    # Requests.

    def config(
        self,
        symbol: Symbol,
        resolution: Resolution | None,
        fill_forward: bool | None,
        extended: bool | None,
        mode: DataNormalizationMode | None,
        kind: TickType = TickType.TRADE,
        known: SubscriptionDataConfig | None = None,
    ) -> SubscriptionDataConfig:
        """What to read: the symbol's subscription, or the universe settings, with what the request changes."""
        known = known or next(iter(self.subscriptions(symbol)), None)
        base: Any = known or self._state.universe_settings
        if fill_forward is None:
            fill_forward = base.fill_forward if known is None else known.fill_data_forward
        return SubscriptionDataConfig._of(
            symbol,
            base.resolution if resolution is None else resolution,
            fill_forward=fill_forward,
            extended=base.extended_market_hours if extended is None else extended,
            mode=base.data_normalization_mode if mode is None else mode,
            zone=self._files(symbol).hours.time_zone,
            tick_type=kind,
        )

    def subscriptions(self, symbol: Symbol) -> list[SubscriptionDataConfig]:
        """The user's subscriptions to a symbol, the finest first; else the engine's own (LEAN: GetMatchingSubscriptions)."""
        manager = self._state.subscription_manager
        found = [c for c in manager._configs_of(symbol) if not c.is_internal_feed] or manager._internal_configs(symbol)
        return sorted(found, key=lambda c: int(c.resolution))

    def bar_count_request(self, config: SubscriptionDataConfig, count: int) -> HistoryRequest:
        """The last `count` bars that are complete now."""
        hours, now = self._files(config.symbol).hours, self._state.utc
        wide = config.extended_market_hours and int(config.resolution) < int(Resolution.HOUR)
        precise = self._precise(config, hours)
        span = max(span_of(config.resolution), timedelta(seconds=1))
        start = start_of_bars(hours, hours._from_utc(now), span, count, wide, precise)
        return HistoryRequest(config, hours._to_utc(start), now)

    def _precise(self, config: SubscriptionDataConfig, hours: SecurityExchangeHours) -> bool:
        return bool(
            self._state.settings.daily_precise_end_time
            and config.resolution == Resolution.DAILY
            and not hours.is_market_always_open
        )

    # Answers.

    def bars(self, request: HistoryRequest) -> list[Any]:
        """Bars with those filled in for missing ones."""
        found = self._rows(request)
        if found is not None:
            series, low, high = found
            return [series.bar(row) for row in range(low, high)]
        return list(self._slow(request))

    def columns(self, request: HistoryRequest) -> BarColumns:
        """The same, column by column."""
        if request.config._is_quote():
            return quote_columns(request.symbol, list(self._slow(request)))
        found = self._rows(request)
        if found is not None:
            series, low, high = found
            cut = slice(low, high)
            columns = {
                "close": series.closes[cut],
                "high": series.highs[cut],
                "low": series.lows[cut],
                "open": series.opens[cut],
                "volume": series.volumes[cut],
            }
            return BarColumns(request.symbol, series.ends[cut], columns)
        bars = list(self._slow(request))
        return BarColumns(
            request.symbol,
            [bar.end_time for bar in bars],
            {name: [getattr(bar, name) for bar in bars] for name in ("close", "high", "low", "open", "volume")},
        )

    def _bounds(self, request: HistoryRequest) -> tuple[EquityFiles, datetime, datetime]:
        files = self._files(request.symbol)
        return files, files.hours._from_utc(request.start), files.hours._from_utc(request.end)

    def _rows(self, request: HistoryRequest) -> tuple[Series, int, int] | None:
        """Rows of the file when they can be taken as they are: daily bars of which none is missing."""
        config = request.config
        mode = config.data_normalization_mode
        files, start, end = self._bounds(request)
        precise = self._precise(config, files.hours)
        if config.resolution != Resolution.DAILY or mode == DataNormalizationMode.TOTAL_RETURN:
            return None
        series = files.whole(config.resolution, mode, config.extended_market_hours, precise, end.date())
        low, high = bisect_right(series.ends, start), bisect_right(series.ends, end)
        if config.fill_data_forward:
            if not precise:
                return None
            first = low - 1 if low and series.ends[low - 1] == start else low
            if first >= len(series) or series.ends[first] > end:
                return series, low, low
            expected = _sessions_over(files.hours, series.starts[first], end)
            if expected != high - first or (files.map_file is not None and files.map_file.delisting_day < end.date()):
                return None
        return series, low, high

    def points(self, request: HistoryRequest) -> Iterator[Any]:
        """Bars and auxiliary points; bars filled forward if asked."""
        config = request.config
        files, start, end = self._bounds(request)
        if start >= end:
            return
        precise = self._precise(config, files.hours)
        points = subscription_points(files, config, start, end, bool(self._state.settings.daily_precise_end_time))
        if not config.fill_data_forward:
            yield from points
            return
        span = config.increment
        filled = FillForward(points, files.hours, lambda: span, span, start, end, config.extended_market_hours, precise)
        for _, point in filled:
            yield point

    def _slow(self, request: HistoryRequest) -> Iterator[Any]:
        if request.config.resolution == Resolution.TICK:
            yield from self.ticks(request)
            return
        _, start, end = self._bounds(request)
        for point in self.points(request):
            if not point._is_auxiliary and start < point.end_time <= end:
                yield point

    def ticks(self, request: HistoryRequest) -> Iterator[TickState]:
        """Trades or quotes from the start to the end, both included (LEAN: SubscriptionDataReaderHistoryProvider)."""
        return (point for point in self.points(request) if type(point) is TickState)

    def events(self, request: HistoryRequest, kind: Any) -> list[Any]:
        """Splits, dividends and so on of the span."""
        _, start, end = self._bounds(request)
        return [p for p in self.points(request) if isinstance(p, kind) and start < p.end_time <= end]
