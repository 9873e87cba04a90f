"""Builds the stream behind a subscription (LEAN: Engine/DataFeeds/FileSystemDataFeed.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.common.enums import DataNormalizationMode, Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.fill_forward import FillForward, Moment
from lean_stubs.data.series import EquityFiles
from lean_stubs.data.tick_points import subscription_points
from lean_stubs.time.trading_days import ONE_DAY, span_of, start_of_bars
from lean_stubs.universe.universe import Universe

__all__ = ["MomentSource"]

_SCHEDULE_LOOKBACK = 365


class MomentSource:
    """Makes streams for the feed; keeps the files of each security open."""

    def __init__(self, state: Any, step: Callable[[], timedelta]) -> None:
        self._state, self._step = state, step
        self._files: dict[Symbol, EquityFiles] = {}

    def files(self, symbol: Symbol) -> EquityFiles:
        found = self._files.get(symbol)
        if found is None:
            hours = self._state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
            found = self._files[symbol] = EquityFiles(self._state.data, symbol, hours)
        return found

    def check(self, config: SubscriptionDataConfig) -> None:
        if config.data_normalization_mode == DataNormalizationMode.SCALED_RAW:
            raise InvalidOperationException("ScaledRaw normalization mode only intended for history requests.")

    def day_before(self, universe: Any, start_utc: datetime) -> datetime:
        """A trading day earlier, or before the last scheduled day, so that the first selection comes at once."""
        state, config = self._state, universe.configuration
        hours = state.market_hours.get_exchange_hours(config.market, config.symbol, config.security_type)
        start = hours._from_utc(start_utc)
        settings = universe.universe_settings
        if settings is not None and settings.schedule.initialized:
            schedule = settings.schedule
            midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
            days = (midnight - timedelta(days=back) for back in range(_SCHEDULE_LOOKBACK))
            start = next((day for day in days if list(schedule.get(day, day))), start)
        begin: datetime = hours._to_utc(start_of_bars(hours, start, ONE_DAY, 1, False, state.settings.daily_precise_end_time))
        return begin

    def of_universe(self, universe: Any, start_utc: datetime, end_utc: datetime) -> Iterator[Moment]:
        config = universe.configuration
        hours = self._state.market_hours.get_exchange_hours(config.market, config.symbol, config.security_type)
        at: Universe = universe
        return ((time, time) for time in at._trigger_times(start_utc, end_utc, hours))

    def of_security(self, config: SubscriptionDataConfig, start_utc: datetime, end_utc: datetime) -> Iterator[Moment]:
        state = self._state
        if state.is_warming_up:
            return self._through_warm_up(config, start_utc, end_utc)
        return self._plain(config, config.resolution, start_utc, end_utc, None)

    def _plain(
        self,
        config: SubscriptionDataConfig,
        resolution: Resolution,
        start_utc: datetime,
        end_utc: datetime,
        previous: BarState | None,
        step: timedelta | None = None,
    ) -> Iterator[Moment]:
        files = self.files(config.symbol)
        hours = files.hours
        start, end = hours._from_utc(start_utc), hours._from_utc(end_utc)
        precise = self._state.settings.daily_precise_end_time
        asked = config if resolution == config.resolution else _at(config, resolution)
        points = subscription_points(files, asked, start, end, precise)
        quotes = config._is_quote()
        strict = precise and resolution == Resolution.DAILY and not hours.is_market_always_open
        if config.fill_data_forward and resolution != Resolution.TICK:
            pace = self._step if step is None else lambda: step
            moments: Iterator[Moment] = iter(
                FillForward(points, hours, pace, asked.increment, start, end, config.extended_market_hours, strict, previous)
            )
        else:
            moments = ((point.end_time, point) for point in points)
        for moment in moments:
            if moment[1].end_time > end:
                return
            # Corporate actions are told with the trades, once (Extensions.ShouldEmitData).
            if not (quotes and moment[1]._is_auxiliary):
                yield moment

    def _through_warm_up(self, config: SubscriptionDataConfig, start_utc: datetime, end_utc: datetime) -> Iterator[Moment]:
        """Warm-up bars, perhaps of another resolution, then the subscription's own from the start date on."""
        state = self._state
        hours = self.files(config.symbol).hours
        pivot_utc = state.time_zone.to_utc(state.start_date)
        pivot = hours._from_utc(pivot_utc)
        resolution = state.settings.warm_up_resolution
        last: Moment | None = None
        precise = state.settings.daily_precise_end_time
        step = None if resolution is None else span_of(resolution)
        for moment in self._plain(
            config, config.resolution if resolution is None else resolution, start_utc, pivot_utc, None, step
        ):
            if moment[1].end_time <= pivot:
                last = moment
                yield moment
        begin = hours._to_utc(start_of_bars(hours, pivot, ONE_DAY, 1, False, precise))
        previous = None if last is None or last[1]._is_auxiliary else last[1]
        for moment in self._plain(config, config.resolution, max(begin, start_utc), end_utc, previous):
            # The day before overlaps so that there is a bar to fill from; it was told already.
            if moment[1].end_time >= pivot and (last is None or moment[1].end_time > last[1].end_time):
                yield moment


def _at(config: SubscriptionDataConfig, resolution: Resolution) -> SubscriptionDataConfig:
    return SubscriptionDataConfig._of(
        config.symbol,
        resolution,
        fill_forward=config.fill_data_forward,
        extended=config.extended_market_hours,
        internal=config.is_internal_feed,
        mode=config.data_normalization_mode,
        zone=config.exchange_time_zone,
        tick_type=config.tick_type,
    )
