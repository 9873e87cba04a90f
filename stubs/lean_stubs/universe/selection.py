"""Applies a selection to subscriptions and securities (LEAN: Engine/DataFeeds/UniverseSelection.cs, PendingRemovalsManager.cs)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.time.trading_days import ONE_DAY, start_of_bars
from lean_stubs.universe.changes import SecurityChanges
from lean_stubs.universe.universe import Member, Unchanged, Universe

__all__ = ["UniverseSelection"]


class UniverseSelection:
    """Deselected securities leave at once when nothing holds them; else they wait for a later selection."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self._leaving: dict[int, tuple[Universe, list[Member]]] = {}
        self._new: tuple[datetime | None, dict[Symbol, Any]] = (None, {})
        self._benchmark_added = False
        self._additions: list[tuple[Any, bool]] = []
        self._removals: list[tuple[Any, bool]] = []

    def _flush(self) -> SecurityChanges:
        found = SecurityChanges._of(
            [s for s, internal in self._additions if not internal],
            [s for s, internal in self._removals if not internal],
            [s for s, internal in self._additions if internal],
            [s for s, internal in self._removals if internal],
        )
        self._additions, self._removals = [], []
        return SecurityChanges.NONE if found._is_none else found

    def apply(self, universe: Universe, utc: datetime) -> SecurityChanges:
        """Let the universe select and bring securities and subscriptions in line."""
        if utc > self._state.feed.end_utc:
            return SecurityChanges.NONE
        found = universe.perform_selection(utc, None)
        if found is not Unchanged:
            universe._selected = found
        selected = universe._selected or {}
        self._remove(self._check_leaving(selected, universe), utc)
        if found is Unchanged:
            return SecurityChanges.NONE
        self._deselect(universe, selected, utc)
        self._select(universe, selected, utc)
        changes = self._flush()
        if not changes._is_none and self._state.settings.seed_initial_prices:
            self._state.universe_manager._seed(changes.added_securities)
        return changes

    def _deselect(self, universe: Universe, selected: dict[Symbol, None], utc: datetime) -> None:
        for member in sorted(universe._members.values(), key=lambda m: str(m.security.symbol.id)):
            security = member.security
            if security.symbol in selected or not universe.can_remove_member(utc, security):
                continue
            if not security.is_delisted and not self._is_leaving(security, member.is_internal):
                self._removals.append((security, member.is_internal))
            if self._is_free(security):
                self._remove([(universe, security)], utc)
            else:
                _, members = self._leaving.setdefault(id(universe), (universe, []))
                if not any(known is member for known in members):
                    members.append(member)

    def _select(self, universe: Universe, selected: dict[Symbol, None], utc: datetime) -> None:
        if self._new[0] != utc:
            self._new = (utc, {})
        state = self._state
        for symbol in selected:
            if symbol in universe._members:
                continue
            security = self._new[1].get(symbol)
            if security is None:
                leverage = universe.universe_settings.leverage if universe.universe_settings is not None else 0
                security = self._new[1][symbol] = state.feed.create_security(symbol, None, leverage, cache=False)
            fresh = True
            internal = True
            subscribed = False
            for config in universe._subscription_configs(security, state.subscription_manager):
                fresh = state.feed.add_subscription(config, security, universe, utc, state.feed.end_utc)
                subscribed = True
                internal = internal and config.is_internal_feed
            if subscribed and universe._add_member(utc, security, internal) and fresh:
                self._additions.append((security, internal))

    def _is_free(self, security: Any) -> bool:
        target = security.holdings.target
        return (
            not security.hold_stock
            and not self._state.transactions.get_open_orders(security.symbol)
            and (target is None or target.quantity == 0)
        )

    def _is_leaving(self, security: Any, internal: bool) -> bool:
        return any(
            m.is_internal == internal and m.security.symbol == security.symbol
            for _, members in self._leaving.values()
            for m in members
        )

    def _check_leaving(self, selected: dict[Symbol, None], current: Universe) -> list[tuple[Universe, Any]]:
        found: list[tuple[Universe, Any]] = []
        for key, (universe, members) in list(self._leaving.items()):
            for member in list(members):
                free = self._is_free(member.security)
                if free or (universe is current and member.security.symbol in selected):
                    if free:
                        found.append((universe, member.security))
                    members.remove(member)
            if not members:
                del self._leaving[key]
        return found

    def _remove(self, gone: list[tuple[Universe, Any]], utc: datetime) -> None:
        state = self._state
        for universe, security in gone:
            universe._remove_member(utc, security)
            active = security.symbol in state.universe_manager._member_securities()
            for config in universe._subscription_configs(security, state.subscription_manager):
                if state.feed.remove_subscription(config, universe) and not active:
                    security.reset()
                    security.cache.reset()
                    security.session.reset()
                    state.securities.remove(security.symbol)

    def delisted(self, symbol: Symbol, internal: bool) -> SecurityChanges:
        """A Delisted event came: the security cannot be traded any more and is announced as removed."""
        state = self._state
        security = state.securities._current.get(symbol)
        if security is None:
            return SecurityChanges.NONE
        security.is_delisted = True
        security.reset()
        state.securities.remove(symbol)
        if self._is_leaving(security, internal):
            return SecurityChanges.NONE
        self._removals.append((security, internal))
        return self._flush()

    def add_benchmark_feed(self, utc: datetime) -> bool:
        """Hourly bars of the benchmark, once; they make slices without data for the user."""
        if self._benchmark_added:
            return False
        self._benchmark_added = True
        security = getattr(self._state.benchmark, "security", None)
        if security is None:
            return False
        hours = security.exchange.hours
        config = SubscriptionDataConfig._of(
            security.symbol, self._state.data.benchmark_resolution, fill_forward=False, internal=True, zone=hours.time_zone
        )
        self._state.subscription_manager._add_internal(config)
        precise = self._state.settings.daily_precise_end_time
        start = start_of_bars(hours, hours._from_utc(utc), ONE_DAY, 1, False, precise)
        added: bool = self._state.feed.add_subscription(config, security, None, hours._to_utc(start), self._state.feed.end_utc)
        return added
