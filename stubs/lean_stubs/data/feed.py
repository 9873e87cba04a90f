"""Subscriptions of a run and the order in which their data come (LEAN: DataManager, SubscriptionSynchronizer, Synchronizer)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.brokerages.initializer import apply_brokerage
from lean_stubs.clr.instants import TICK
from lean_stubs.common.enums import DelistingType, Resolution, SecurityType
from lean_stubs.common.symbol import Symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.corporate import Delisting
from lean_stubs.data.moments import MomentSource
from lean_stubs.data.series import EquityFiles
from lean_stubs.data.subscription import Subscription
from lean_stubs.data.subscription_filter import filtered
from lean_stubs.data.time_slice import TimeSlice, build_step
from lean_stubs.securities.security import Equity, Security
from lean_stubs.securities.wiring import check_currency, initialize
from lean_stubs.time.trading_days import ONE_MINUTE
from lean_stubs.universe.changes import SecurityChanges
from lean_stubs.universe.selection import UniverseSelection
from lean_stubs.universe.universe import Universe
from lean_stubs.universe.user_defined import UserDefinedUniverse

__all__ = ["DataFeed"]

_NO_CHANGES = SecurityChanges.NONE


class DataFeed:
    """All running streams, and the loop's source of time slices."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self._subscriptions: dict[tuple[Any, ...], Subscription] = {}
        self._sorted: list[Subscription] | None = None
        self._moments = MomentSource(state, lambda: self.step)
        self.selection = UniverseSelection(state)
        #: Finest resolution of the user's subscriptions: how often a missing bar is filled.
        self.step = ONE_MINUTE
        self._frozen = False
        self._steps: Counter[timedelta] = Counter()

    @property
    def end_utc(self) -> datetime:
        utc: datetime = self._state.time_zone.to_utc(self._state.end_date)
        return utc

    def files(self, symbol: Symbol) -> EquityFiles:
        """Files of a security, opened once a run."""
        return self._moments.files(symbol)

    # Securities and universes.

    def create_security(self, symbol: Symbol, config: SubscriptionDataConfig | None, leverage: float, cache: bool = True) -> Any:
        """The security of a symbol, made if there is none (LEAN: SecurityService)."""
        state = self._state
        existing = state.securities._find(symbol)
        if existing is not None:
            existing.is_tradable = True
            if config is not None:
                existing._config = config
            self._initialize(existing, leverage)
            return existing
        hours = state.market_hours.get_exchange_hours(symbol.id.market, symbol, symbol.security_type)
        if cache:
            SymbolCache.set(symbol.value, symbol)
        kind = Equity if symbol.security_type == SecurityType.EQUITY else Security
        security = kind(state, symbol, config, hours)
        check_currency(security)
        initialize(state, security, leverage)
        self._initialize(security, leverage)
        return security

    def _initialize(self, security: Any, leverage: float) -> None:
        if self._state.security_initializer is None and self._state.brokerage_model is not None:
            apply_brokerage(self._state.brokerage_model, security)
            initialize(self._state, security, leverage)
        if self._state.security_initializer is not None:
            self._state.security_initializer(security)
            initialize(self._state, security, leverage)

    def add_universe(self, universe: Universe, action: str) -> None:
        """Start a universe, or make it select again because its content changed."""
        state = self._state
        start = state.utc
        if state.locked and action == "add" and isinstance(universe, UserDefinedUniverse):
            start += TICK
        if universe.universe_settings is None:
            universe.universe_settings = state.universe_settings
        if universe._starts_a_day_before:
            start = self._moments.day_before(universe, start)
        self.add_subscription(universe.configuration, None, universe, start, self.end_utc, is_universe=True)

    # Subscriptions.

    def _ordered(self) -> list[Subscription]:
        if self._sorted is None:
            self._sorted = sorted(self._subscriptions.values(), key=lambda s: s.sort_key)
        return self._sorted

    def add_subscription(
        self,
        config: SubscriptionDataConfig,
        security: Any,
        universe: Universe | None,
        start_utc: datetime,
        end_utc: datetime,
        is_universe: bool = False,
    ) -> bool:
        """Start a stream; whether something new came for the user."""
        key = (config._key(), is_universe)
        known = self._subscriptions.get(key)
        if known is not None:
            if not known.ended:
                known.add_universe(universe)
                return known.config.is_internal_feed
            del self._subscriptions[key]
            if not is_universe:
                self._count_step(config, -1)
        if not is_universe:
            self._moments.check(config)
            self._count_step(config, 1)
            self._update_step()
        zone = config.exchange_time_zone
        moments = (
            self._moments.of_universe(universe, start_utc, end_utc)
            if is_universe
            else self._moments.of_security(config, start_utc, end_utc)
        )
        if security is not None:
            moments = filtered(moments, security)
        self._subscriptions[key] = Subscription(config, security, moments, zone, start_utc, end_utc, universe, is_universe)
        self._sorted = None
        return True

    def remove_subscription(
        self, config: SubscriptionDataConfig, universe: Universe | None, is_universe: bool = False, force: bool = False
    ) -> bool:
        """Whether the stream ended, because nobody else asks for it."""
        key = (config._key(), is_universe)
        known = self._subscriptions.get(key)
        if known is None:
            if universe is not None:
                self._state.subscription_manager._drop(config)
                return True
            return False
        asked = list(known.universes) if universe is None else [universe]
        if not known.remove_universe(universe):
            return False
        if force or not any(config.symbol in u._members for u in asked):
            known.removed = True
        del self._subscriptions[key]
        self._sorted = None
        if not is_universe:
            self._count_step(config, -1)
            if not known.ended:
                self._update_step()
        known.ended = True
        if known.removed and not is_universe and not force:
            self._state.subscription_manager._drop(config)
        return True

    def _count_step(self, config: SubscriptionDataConfig, change: int) -> None:
        if not config.is_internal_feed and config.resolution != Resolution.TICK:
            self._steps[config.increment] += change

    def _update_step(self) -> None:
        """A finer subscription makes all others fill at its pace: they start anew (SubscriptionCollection)."""
        if self._frozen:
            return
        step = min((step for step, count in self._steps.items() if count), default=ONE_MINUTE)
        if step == self.step:
            return
        self.step = step
        again = [s for s in self._subscriptions.values() if s.config.fill_data_forward and not s.is_universe]
        self._frozen = True
        for old in again:
            self.remove_subscription(old.config, old.universe, force=True)
            self.add_subscription(old.config, old.security, old.universe, self._state.utc + TICK, old.end_utc)
        self._frozen = False

    # The stream of slices.

    def stream(self) -> Iterator[TimeSlice]:
        """Slices in order; pulses that only move the clock between them."""
        state = self._state
        warm_up_end = state.time_zone.to_utc(state.start_date)
        previous: datetime | None = None
        after_pulse = retried = False
        for step in self._synchronised():
            if step.is_pulse and state.utc == step.utc:
                after_pulse = True
                continue
            if state.is_warming_up and step.utc > warm_up_end:
                yield TimeSlice(warm_up_end)
            if step.utc != previous or after_pulse or step.selected:
                previous, after_pulse, retried = step.utc, step.is_pulse, False
                yield step
            else:
                if retried or step.slice is None or not step.slice.has_data:
                    return
                retried = True

    def _frontier(self, now: datetime) -> datetime:
        earliest: datetime | None = None
        for subscription in self._ordered():
            waiting = subscription.emit is None and not subscription.ended
            if waiting and (subscription.is_universe or subscription.start_utc == now):
                subscription.move_next()
            if subscription.emit is not None and (earliest is None or subscription.emit < earliest):
                earliest = subscription.emit
        return now if earliest is None else max(earliest, now)

    def _synchronised(self) -> Iterator[TimeSlice]:
        state = self._state
        now: datetime = state.utc
        while True:
            now = self._frontier(now)
            changes = _NO_CHANGES
            packets: list[tuple[Subscription, list[Any]]] = []
            selected = 0
            told: list[Any] = []
            finished: list[Subscription] = []
            while True:
                new = _NO_CHANGES
                universes: list[Subscription] = []
                for subscription in list(self._ordered()):
                    later = not subscription.ended and subscription.emit is not None and subscription.emit > now
                    if later and not (subscription.is_universe and subscription.universe.dispose_requested):
                        continue
                    taken, delisted = self._take(subscription, now, finished)
                    if delisted is not _NO_CHANGES:
                        changes = changes + delisted
                    if taken and subscription.is_universe:
                        universes.append(subscription)
                    elif taken:
                        packets.append((subscription, taken))
                    if subscription.is_universe and subscription.universe.dispose_requested:
                        if subscription not in universes:
                            universes.append(subscription)
                        self._finish(subscription)
                if universes:
                    yield TimeSlice(now)
                    universes.sort(key=lambda s: (int(s.config.resolution), str(s.config.symbol.id)))
                    for subscription in universes:
                        selected += 1
                        new = new + self.selection.apply(subscription.universe, now)
                        told += subscription.universe._take_told()
                changes = changes + new
                added = self.selection.add_benchmark_feed(now)
                if new._is_none and not added:
                    break
            step = build_step(self._state, now, packets, changes, selected)
            step.told = told
            for subscription in finished:
                self._finish(subscription)
            yield step

    def _take(self, subscription: Subscription, now: datetime, finished: list[Subscription]) -> tuple[list[Any], SecurityChanges]:
        """The points of a stream that are due."""
        changes = _NO_CHANGES
        taken: list[Any] = []
        if subscription.ended:
            self._finish(subscription)
            return taken, changes
        if subscription.emit is None and not subscription.move_next():
            self._finish(subscription)
            return taken, changes
        while subscription.emit is not None and subscription.emit <= now:
            point = subscription.data
            if isinstance(point, Delisting) and point.type == DelistingType.DELISTED:
                changes = changes + self.selection.delisted(point.symbol, subscription.config.is_internal_feed)
            taken.append(point)
            if not subscription.move_next():
                finished.append(subscription)
                break
        return taken, changes

    def _finish(self, subscription: Subscription) -> None:
        key = (subscription.config._key(), subscription.is_universe)
        if self._subscriptions.get(key) is subscription:
            subscription.ended = True
            self.remove_subscription(subscription.config, None, subscription.is_universe)
