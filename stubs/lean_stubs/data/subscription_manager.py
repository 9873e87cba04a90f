"""Subscriptions known to the algorithm, and their consolidators (LEAN: Common/Data/SubscriptionManager.cs)."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr import ClrObject, overrides
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DataNormalizationMode, Resolution, TickType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.consolidator_inputs import config_for
from lean_stubs.data.quote_bar import wrap_point
from lean_stubs.data.scan_times import Feed, ScanTime

__all__ = ["SubscriptionManager"]


class SubscriptionDataConfigService(ClrObject, clr="QuantConnect.Interfaces"):
    """What is subscribed to (LEAN: ISubscriptionDataConfigService)."""

    def __init__(self, _manager: SubscriptionManager) -> None:
        self._manager = _manager

    def get_subscription_data_configs(
        self, symbol: Any = None, include_internal_configs: bool = False
    ) -> list[SubscriptionDataConfig]:
        found = self._manager.subscriptions
        if symbol is not None:
            wanted = to_symbol(symbol)
            found = [c for c in found if c.symbol == wanted]
        return [c for c in found if include_internal_configs or not c.is_internal_feed]


class SubscriptionManager(ClrObject, clr="QuantConnect.Data"):
    """Consolidators hang on the subscription's configuration and end with it."""

    def __init__(self, _state: Any) -> None:
        self._state = _state
        self._configs: dict[tuple[Any, ...], SubscriptionDataConfig] = {}
        self._by_symbol: dict[Symbol, list[SubscriptionDataConfig]] = {}
        self._internal: list[SubscriptionDataConfig] = []
        self._scans: list[tuple[datetime, int, ScanTime]] = []
        self._new_scans: list[ScanTime] = []
        self._count = 0

    @property
    def subscriptions(self) -> list[SubscriptionDataConfig]:
        return [*self._configs.values(), *self._internal]

    @property
    def count(self) -> int:
        return len(self.subscriptions)

    @property
    def subscription_data_config_service(self) -> SubscriptionDataConfigService:
        return SubscriptionDataConfigService(self)

    def _configs_of(self, symbol: Symbol) -> list[SubscriptionDataConfig]:
        """All configurations of a symbol's securities (the engine's door)."""
        return self._by_symbol.get(symbol, [])

    def _internal_configs(self, symbol: Symbol) -> list[SubscriptionDataConfig]:
        """Those that the engine subscribed to for itself."""
        return [config for config in self._internal if config.symbol == symbol]

    def _add_internal(self, config: SubscriptionDataConfig) -> None:
        self._internal.append(config)

    def _get_or_add(
        self,
        symbol: Symbol,
        resolution: Resolution,
        fill_forward: bool,
        extended: bool,
        mode: DataNormalizationMode,
    ) -> list[SubscriptionDataConfig]:
        """Trades, and below hour bars quotes too (LookupSubscriptionConfigDataTypes)."""
        kinds = [TickType.TRADE] if int(resolution) >= int(Resolution.HOUR) else [TickType.TRADE, TickType.QUOTE]
        return [self._get_or_add_kind(symbol, resolution, fill_forward, extended, mode, kind) for kind in kinds]

    def _get_or_add_kind(
        self,
        symbol: Symbol,
        resolution: Resolution,
        fill_forward: bool,
        extended: bool,
        mode: DataNormalizationMode,
        kind: TickType,
    ) -> SubscriptionDataConfig:
        hours = self._state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
        made = SubscriptionDataConfig._of(
            symbol,
            resolution,
            fill_forward=fill_forward,
            extended=extended,
            mode=mode,
            zone=hours.time_zone,
            tick_type=kind,
        )
        known = self._configs.get(made._key())
        if known is not None:
            return known
        self._configs[made._key()] = made
        self._by_symbol.setdefault(symbol, []).append(made)
        return made

    def _drop(self, config: SubscriptionDataConfig) -> None:
        if self._configs.pop(config._key(), None) is not None:
            self._by_symbol[config.symbol] = [c for c in self._by_symbol[config.symbol] if c is not config]

    @overload
    def add_consolidator(self, symbol: Symbol | str, py_consolidator: Any) -> None: ...
    @overload
    def add_consolidator(self, symbol: Symbol | str, consolidator: Any, tick_type: TickType | None = None) -> None: ...
    def add_consolidator(self, *arguments: Any, **named: Any) -> None:
        wanted, consolidator, *kind = bound(SubscriptionManager.add_consolidator, arguments, named).values()
        wanted = to_symbol(wanted)
        configs = [c for c in self._configs_of(wanted) if not c.is_internal_feed]
        if not configs:
            raise ArgumentException(f"Please subscribe to this symbol before adding a consolidator for it. Symbol: {wanted.value}")
        config = config_for(wanted, configs, consolidator, kind[0] if kind else None)
        if any(known.consolidator is consolidator for known in config.consolidators._feeds):
            # A subscription holds a set of consolidators: registered for an indicator too, it still takes a bar once.
            return
        feed = Feed(consolidator)
        config.consolidators._feeds += (feed,)
        if feed.scan is not None:
            hours = self._state.market_hours.get_exchange_hours(wanted.id.market, wanted, wanted.security_type)
            self._count += 1
            self._new_scans.append(ScanTime(feed, config.increment, hours, self._state, self._count))

    @overload
    def remove_consolidator(self, symbol: Symbol | str | None, py_consolidator: Any) -> None: ...
    @overload
    def remove_consolidator(self, symbol: Symbol | str | None, consolidator: Any) -> None: ...
    def remove_consolidator(self, *arguments: Any, **named: Any) -> None:
        symbol, consolidator = bound(SubscriptionManager.remove_consolidator, arguments, named).values()
        configs = self.subscriptions if symbol is None else self._configs_of(to_symbol(symbol))
        for config in configs:
            feeds = config.consolidators._feeds
            for feed in feeds:
                feed.removed = feed.removed or feed.consolidator is consolidator
            config.consolidators._feeds = tuple(feed for feed in feeds if not feed.removed)
        if overrides.has(consolidator, "dispose"):
            overrides.find(consolidator, "dispose")()

    def _scan_past(self, utc: datetime, set_time: Callable[[datetime], None]) -> None:
        """Phase 3: let consolidators whose bar has ended emit it, at that time."""
        if self._new_scans:
            for scan in self._new_scans:
                scan.advance()
                self._push(scan)
            self._new_scans = []
        while self._scans and self._scans[0][0] < utc:
            at, _, scan = heapq.heappop(self._scans)
            if scan.feed.removed:
                continue
            if scan.utc > at:
                self._push(scan)
                continue
            if scan.is_idle:
                scan.skip_to(utc)
            else:
                if at != self._state.utc:
                    set_time(at)
                scan.scan()
            self._push(scan)

    def _push(self, scan: ScanTime) -> None:
        heapq.heappush(self._scans, (scan.utc, scan.number, scan))

    def _update_consolidators(self, config: SubscriptionDataConfig, bars: list[Any], utc: datetime) -> None:
        """Phase 15: the slice's bars of one subscription."""
        for feed in config.consolidators._feeds:
            for bar in bars:
                feed.update(wrap_point(bar))
            if feed.scan is not None:
                feed.scan(config.exchange_time_zone.from_utc(utc))
