"""Warm-up (LEAN: QCAlgorithm.SetWarmup, TryGetWarmupHistoryStartTime)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.clr.overloads import in_order
from lean_stubs.common.enums import Resolution
from lean_stubs.time.trading_days import ONE_DAY, span_of, start_of_bars

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["WarmUpMethods", "warm_up_start"]


class WarmUpMethods:
    _clr: AlgorithmState

    @property
    def is_warming_up(self) -> bool:
        return self._clr.is_warming_up

    @overload
    def set_warm_up(self, time_span: timedelta) -> None: ...
    @overload
    def set_warm_up(self, time_span: timedelta, resolution: Any) -> None: ...
    @overload
    def set_warm_up(self, bar_count: int) -> None: ...
    @overload
    def set_warm_up(self, bar_count: int, resolution: Any) -> None: ...
    def set_warm_up(self, *arguments: Any, **named: Any) -> None:
        """A number of bars, or a calendar span."""
        span, *rest = in_order(named, ("time_span", "bar_count", "resolution"), arguments)
        state, resolution = self._clr, rest[0] if rest else None
        if state.locked:
            raise InvalidOperationException("QCAlgorithm.SetWarmup(): This method cannot be used after algorithm initialized")
        if type(span) is timedelta:
            state.warm_up_span, state.warm_up_bars = span, None
        elif isinstance(span, int) and not isinstance(span, bool):
            state.warm_up_bars, state.warm_up_span = span, None
        elif isinstance(span, float) and span.is_integer():
            state.warm_up_bars, state.warm_up_span = int(span), None
        else:
            raise no_match("set_warm_up", span)
        if resolution is not None:
            state.settings.warm_up_resolution = to_enum(Resolution, resolution)

    @overload
    def set_warmup(self, time_span: timedelta) -> None: ...
    @overload
    def set_warmup(self, time_span: timedelta, resolution: Any) -> None: ...
    @overload
    def set_warmup(self, bar_count: int) -> None: ...
    @overload
    def set_warmup(self, bar_count: int, resolution: Any) -> None: ...
    def set_warmup(self, *arguments: Any, **named: Any) -> None:
        WarmUpMethods.set_warm_up(self, *arguments, **named)

    def set_finished_warming_up(self) -> None:
        self._clr.is_warming_up = False


def warm_up_start(state: AlgorithmState) -> datetime | None:
    """Start of the warm-up in UTC; None without one."""
    if state.warm_up_span is not None:
        return state.time_zone.to_utc(state.time - state.warm_up_span)
    count = state.warm_up_bars
    if count is None:
        return None
    asked = state.settings.warm_up_resolution
    starts = [
        _bars_before(state, config.symbol, asked or config.resolution, count, config.extended_market_hours)
        for symbol, _ in state.securities.items()
        for config in state.subscription_manager._configs_of(symbol)
        if not config.is_internal_feed
    ]
    if starts:
        return min(starts)
    earliest = state.time_zone.to_utc(state.time - count * span_of(asked or state.universe_settings.resolution))
    for universe in state.universe_manager.values():
        config = universe.configuration
        earliest = min(earliest, _bars_before(state, config.symbol, asked or config.resolution, count, False))
    return earliest


def _bars_before(state: AlgorithmState, symbol: Any, resolution: Resolution, count: int, extended: bool) -> datetime:
    hours = state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
    span = span_of(resolution)
    precise = state.settings.daily_precise_end_time and span == ONE_DAY and not hours.is_market_always_open
    wide = extended and int(resolution) < int(Resolution.HOUR)
    utc: datetime = hours._to_utc(start_of_bars(hours, hours._from_utc(state.utc), span, count, wide, precise))
    return utc
