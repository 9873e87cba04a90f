"""The last prices before now, which new securities begin with (LEAN: QCAlgorithm.GetLastKnownPrices)."""

from __future__ import annotations

from typing import Any

from lean_stubs.common.enums import Resolution, TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.history_provider import HistoryProvider

__all__ = ["last_known_prices", "last_known_trade"]

_PERIODS = 5
_PERIODS_AGAIN = {Resolution.MINUTE: 24 * 60, Resolution.HOUR: 24, Resolution.DAILY: 10}
_DAYS_AT_LAST = 50


class _Search:
    """Last bar of each kind, asked for up to three times, each time further back."""

    def __init__(self, state: Any, symbol: Symbol) -> None:
        self._state, self._symbol = state, symbol
        self._provider: HistoryProvider = state.history_provider
        self.found: dict[TickType, Any] = {}

    def _configs(self, resolution: Resolution | None = None) -> list[SubscriptionDataConfig]:
        """All subscriptions, the engine's own too; without one what the universe settings would subscribe to."""
        manager = self._state.subscription_manager
        own = [c for c in manager._configs_of(self._symbol) if not c.is_internal_feed]
        own.sort(key=lambda c: (-int(c.resolution), -int(c.tick_type)))
        given = [(c.resolution, c.tick_type, c) for c in own + manager._internal_configs(self._symbol)]
        if not given:
            given = [(self._state.universe_settings.resolution, kind, None) for kind in (TickType.QUOTE, TickType.TRADE)]
        made = []
        for its_own, kind, config in given:
            asked = max(its_own, Resolution.MINUTE, key=int) if resolution is None else resolution
            # Of hours and days there are trades only.
            if kind == TickType.TRADE or int(asked) < int(Resolution.HOUR):
                made.append(self._provider.config(self._symbol, asked, False, None, None, kind, config))
        return made

    def _ask(self, configs: list[SubscriptionDataConfig], count: int | None) -> None:
        last: dict[TickType, Any] = {}
        for config in configs:
            periods = _PERIODS_AGAIN[config.resolution] if count is None else count
            for bar in self._provider.bars(self._provider.bar_count_request(config, periods))[-1:]:
                known = last.get(config.tick_type)
                if known is None or bar.end_time >= known.end_time:
                    last[config.tick_type] = bar
        self.found.update(last)

    def run(self) -> None:
        first = self._configs()
        self._ask(first, _PERIODS)
        missing = [config for config in first if config.tick_type not in self.found]
        if not missing:
            return
        kinds = {config.tick_type for config in missing}
        self._ask([c for c in self._configs(missing[0].resolution) if c.tick_type in kinds], None)
        if not kinds <= self.found.keys():
            # Days have no quotes: what is found now replaces the trades that were found before.
            self._ask(self._configs(Resolution.DAILY), _DAYS_AT_LAST)


def _search(state: Any, symbol: Symbol) -> dict[TickType, Any]:
    search = _Search(state, symbol)
    search.run()
    return search.found


def last_known_prices(state: Any, symbol: Symbol) -> list[Any]:
    """The last trade bar and the last quote bar, of those subscribed to, the older first."""
    found = _search(state, symbol)
    return [found[kind] for kind in sorted(found, key=lambda kind: (found[kind].time, int(kind)))]


def last_known_trade(state: Any, symbol: Symbol) -> Any:
    """The last trade bar, or None."""
    return _search(state, symbol).get(TickType.TRADE)
