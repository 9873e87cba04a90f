"""Consolidators by symbol and period (LEAN: QCAlgorithm.Indicators.cs, ResolveConsolidator and Consolidate)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import ArgumentException, NotOffered, SystemException
from lean_stubs.clr.overloads import bound, in_order
from lean_stubs.common.enums import Resolution, TickType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.consolidators import (
    DataConsolidator,
    IdentityDataConsolidator,
    MarketHourAwareConsolidator,
    TradeBarConsolidator,
    by_clock_of,
)
from lean_stubs.data.period_consolidator import PeriodCountConsolidator
from lean_stubs.data.price_bars import RangeBar
from lean_stubs.data.price_consolidators import RenkoConsolidator, VolumeRenkoConsolidator
from lean_stubs.data.quote_bar import QuoteBar
from lean_stubs.data.quote_bar_consolidator import QuoteBarConsolidator
from lean_stubs.data.range_consolidators import RangeConsolidator
from lean_stubs.data.renko_bars import RenkoBar, VolumeRenkoBar
from lean_stubs.data.tick import Tick
from lean_stubs.data.trade_bar_consolidator import BaseDataConsolidator
from lean_stubs.time.trading_days import ONE_DAY, span_of

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["ConsolidationMethods"]


class ConsolidationMethods:
    _clr: AlgorithmState

    @overload
    def resolve_consolidator(self, symbol: Symbol | str, resolution: Any, data_type: Any = None) -> DataConsolidator: ...
    @overload
    def resolve_consolidator(
        self, symbol: Symbol | str, time_span: timedelta | None, data_type: Any = None
    ) -> DataConsolidator: ...
    def resolve_consolidator(self, *arguments: Any, **named: Any) -> DataConsolidator:
        """A consolidator that is not registered; without a period the subscription's own bars pass."""
        symbol, period, *rest = bound(ConsolidationMethods.resolve_consolidator, arguments, named).values()
        kind = TickType.QUOTE if rest and rest[0] is QuoteBar else None
        return _consolidator(self._clr, symbol, period, kind)

    @staticmethod
    def create_consolidator(period: timedelta, consolidator_input_type: Any, tick_type: Any = None) -> DataConsolidator:
        """A consolidator of bars that is tied to no symbol."""
        if not period:
            return _identity(consolidator_input_type)
        if consolidator_input_type is Tick:
            made: DataConsolidator = by_clock_of(Tick, tick_type)(period)
            return made
        if issubclass(consolidator_input_type, QuoteBar):
            return QuoteBarConsolidator(period)
        if not issubclass(consolidator_input_type, TradeBar):
            raise NotOffered(f"create_consolidator of {consolidator_input_type.__name__}", "bars are")
        return TradeBarConsolidator(period)

    @overload
    def consolidate(self, type: Any, symbol: Symbol | str, size: float, tick_type: Any, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, period: Resolution, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, period: Resolution, tick_type: Any, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, period: timedelta, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, period: timedelta, tick_type: Any, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, calendar: Any, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, calendar: Any, tick_type: Any, handler: Any) -> DataConsolidator: ...
    def consolidate(self, *arguments: Any, **named: Any) -> DataConsolidator:
        """consolidate([type,] symbol, Resolution | timedelta | count | calendar function | size, [tick type,] handler)."""
        given = in_order(named, ("type", "symbol", "period", "size", "calendar", "tick_type", "handler"), arguments)
        kind = given.pop(0) if given and isinstance(given[0], type) else None
        if len(given) < 3 or (kind is not None and len(given) != 4):
            raise no_match("consolidate", *given)
        symbol, period, *between, handler = given
        if isinstance(handler, type) or not callable(handler) or len(between) > 1:
            raise no_match("consolidate", *given)
        tick_type = None if not between or between[0] is None else to_enum(TickType, between[0])
        if kind is None:
            consolidator = _consolidator(self._clr, symbol, period, tick_type)
        else:
            consolidator = _sized(kind, period, _config(self._clr, symbol, None), tick_type)
        consolidator.data_consolidated.__iadd__(lambda sender, bar: handler(bar))
        self._clr.subscription_manager.add_consolidator(symbol, consolidator, tick_type)
        return consolidator


def _sized(kind: Any, size: Any, config: Any, tick_type: TickType | None) -> Any:
    """A consolidator of bars of a type and size; of bars by the clock the size is their number."""
    by_size = {RenkoBar: RenkoConsolidator, VolumeRenkoBar: VolumeRenkoConsolidator}.get(kind)
    if by_size is not None:
        return by_size(size)
    if kind is RangeBar:
        return RangeConsolidator(int(size))
    if config.type is Tick:
        return by_clock_of(Tick, tick_type)(int(size))
    by_count = {TradeBar: TradeBarConsolidator, QuoteBar: QuoteBarConsolidator}
    return by_count.get(kind, BaseDataConsolidator)(int(size))


def _identity(kind: Any) -> IdentityDataConsolidator:
    made = IdentityDataConsolidator()
    made._type = kind
    return made


def _config(state: AlgorithmState, given: Any, tick_type: TickType | None) -> Any:
    """Of a symbol's subscriptions that of the tick type, else the first (GetSubscription)."""
    symbol = to_symbol(given)
    configs = [c for c in state.subscription_manager._configs_of(symbol) if not c.is_internal_feed]
    if not configs:
        raise SystemException(f"Please register to receive data for symbol '{symbol}' using the AddSecurity() function.")
    configs.sort(key=lambda config: int(config.tick_type))
    return next((c for c in configs if tick_type is None or c.tick_type is tick_type), configs[0])


def _consolidator(state: AlgorithmState, given: Any, period: Any, tick_type: TickType | None = None) -> DataConsolidator:
    symbol = to_symbol(given)
    config = _config(state, given, tick_type)
    by_clock: type[PeriodCountConsolidator] = by_clock_of(config.type, config.tick_type)
    if isinstance(period, bool) or (period is not None and not _is_period(period)):
        raise no_match("consolidate", given, period)
    if isinstance(period, int):
        return by_clock(period)
    if callable(period) and not isinstance(period, (Resolution, timedelta)):
        return by_clock(period)
    span = config.increment if period is None else period if isinstance(period, timedelta) else span_of(to_enum(Resolution, period))
    if span < config.increment:
        raise ArgumentException(
            f"Unable to create {symbol} consolidator because {symbol} is registered for {config.resolution} data. "
            "Consolidators require higher resolution data to produce lower resolution data."
        )
    if span == config.increment:
        return _identity(config.type)
    if isinstance(period, Resolution) and span == ONE_DAY:
        settings = state.settings
        extended = settings.daily_consolidation_use_extended_market_hours and config.extended_market_hours
        hours = state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
        return MarketHourAwareConsolidator(settings.daily_precise_end_time, period, config.type, config.tick_type, extended, hours)
    return by_clock(span)


def _is_period(period: Any) -> bool:
    return isinstance(period, (Resolution, timedelta, int)) or callable(period)
