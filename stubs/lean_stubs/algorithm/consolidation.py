"""Consolidators by symbol and period (LEAN: QCAlgorithm.Indicators.cs, ResolveConsolidator and Consolidate)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import ArgumentException, NotOffered, SystemException
from lean_stubs.clr.overloads import bound, in_order
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import TradeBar
from lean_stubs.data.consolidators import (
    DataConsolidator,
    IdentityDataConsolidator,
    MarketHourAwareConsolidator,
    TradeBarConsolidator,
)
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
        symbol, period, *_ = bound(ConsolidationMethods.resolve_consolidator, arguments, named).values()
        return _consolidator(self._clr, symbol, period)

    @staticmethod
    def create_consolidator(period: timedelta, consolidator_input_type: Any, tick_type: Any = None) -> DataConsolidator:
        """A consolidator of bars that is tied to no symbol."""
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
    def consolidate(self, symbol: Symbol | str, calendar: Any, handler: Any) -> DataConsolidator: ...
    @overload
    def consolidate(self, symbol: Symbol | str, calendar: Any, tick_type: Any, handler: Any) -> DataConsolidator: ...
    def consolidate(self, *arguments: Any, **named: Any) -> DataConsolidator:
        """consolidate(symbol, Resolution | timedelta | count | calendar function, [tick type,] handler)."""
        given = in_order(named, ("type", "symbol", "period", "size", "calendar", "tick_type", "handler"), arguments)
        if len(given) < 3 or isinstance(given[0], type):
            raise no_match("consolidate", *given)
        symbol, period, *rest = given
        handlers: list[Callable[[Any], Any]] = [item for item in rest if callable(item) and not isinstance(item, type)]
        if not handlers:
            raise no_match("consolidate", symbol, period, *rest)
        handler = handlers[-1]
        consolidator = _consolidator(self._clr, symbol, period)
        consolidator.data_consolidated.__iadd__(lambda sender, bar: handler(bar))
        self._clr.subscription_manager.add_consolidator(symbol, consolidator)
        return consolidator


def _consolidator(state: AlgorithmState, given: Any, period: Any) -> DataConsolidator:
    symbol = to_symbol(given)
    configs = [c for c in state.subscription_manager.configs(symbol) if not c.is_internal_feed]
    if not configs:
        raise SystemException(f"Please register to receive data for symbol '{symbol}' using the AddSecurity() function.")
    config = configs[0]
    if isinstance(period, bool) or (period is not None and not _is_period(period)):
        raise no_match("consolidate", given, period)
    if isinstance(period, int):
        return TradeBarConsolidator(period)
    if callable(period) and not isinstance(period, (Resolution, timedelta)):
        return TradeBarConsolidator(period)
    span = config.increment if period is None else period if isinstance(period, timedelta) else span_of(to_enum(Resolution, period))
    if span < config.increment:
        raise ArgumentException(
            f"Unable to create {symbol} consolidator because {symbol} is registered for {config.resolution} data. "
            "Consolidators require higher resolution data to produce lower resolution data."
        )
    if span == config.increment:
        return IdentityDataConsolidator()
    if isinstance(period, Resolution) and span == ONE_DAY:
        settings = state.settings
        extended = settings.daily_consolidation_use_extended_market_hours and config.extended_market_hours
        hours = state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
        return MarketHourAwareConsolidator(settings.daily_precise_end_time, period, None, None, extended, hours)
    return TradeBarConsolidator(span)


def _is_period(period: Any) -> bool:
    return isinstance(period, (Resolution, timedelta, int)) or callable(period)
