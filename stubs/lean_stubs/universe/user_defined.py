"""Universes of symbols that the user names (LEAN: UserDefinedUniverse.cs, Algorithm/Selection/ManualUniverse.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.zones import UTC
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged, Universe

__all__ = ["ManualUniverse", "UserDefinedUniverse", "universe_symbol"]


def universe_symbol(security_type: SecurityType, market: str, name: str = "qc-universe-userdefined") -> Symbol:
    """Symbol under which the universe manager keeps a universe."""
    return Symbol.create(f"{name}-{market.lower()}-{security_type}", security_type, market)


class UserDefinedUniverse(Universe, clr="QuantConnect.Data.UniverseSelection"):
    """The securities of add_equity, or what a function of the time returns at every interval."""

    _selector: Callable[[datetime], Iterable[Any]] | None
    _symbols: dict[Symbol, None]

    @overload
    def __init__(
        self,
        configuration: SubscriptionDataConfig,
        universe_settings: UniverseSettings,
        interval: timedelta,
        symbols: list[Symbol],
    ) -> None: ...
    @overload
    def __init__(
        self,
        configuration: SubscriptionDataConfig,
        universe_settings: UniverseSettings,
        interval: timedelta,
        selector: Callable[[datetime], Iterable[Any]],
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(UserDefinedUniverse.__init__, arguments, named)
        self._begin(given["configuration"], given["universe_settings"], given["interval"])
        self._selector = given.get("selector")
        self._symbols = dict.fromkeys(given.get("symbols", ()))

    def _begin(self, config: SubscriptionDataConfig, settings: UniverseSettings, interval: timedelta | None) -> None:
        """Without an interval it selects once, and again when its content changes."""
        Universe.__init__(self, config, settings)
        self._interval = interval
        self._configs: dict[tuple[Any, ...], SubscriptionDataConfig] = {}
        self._leaving: list[SubscriptionDataConfig] = []
        self._selector = None
        self._symbols = {}

    @classmethod
    def _of_algorithm(cls, settings: UniverseSettings, security_type: SecurityType, market: str, resolution: Resolution) -> Any:
        """The universe of everything added by name."""
        symbol = universe_symbol(security_type, market)
        universe = object.__new__(cls)
        universe._begin(SubscriptionDataConfig._of(symbol, resolution, fill_forward=False, internal=True, zone=UTC), settings, None)
        return universe

    def _add_config(self, config: SubscriptionDataConfig) -> bool:
        if config._key() in self._configs:
            return False
        self._configs[config._key()] = config
        return True

    def _remove_symbol(self, symbol: Symbol) -> bool:
        found = [key for key, config in self._configs.items() if config.symbol == symbol]
        known = symbol in self._symbols
        self._symbols.pop(symbol, None)
        for key in found:
            self._leaving.append(self._configs.pop(key))
        return bool(found) or known

    def select_symbols(self, utc_time: datetime, data: Any) -> Any:
        if self._selector is None:
            return dict.fromkeys([config.symbol for config in self._configs.values()] + list(self._symbols))
        found = self._selector(self._config.exchange_time_zone.from_utc(utc_time))
        if found is Unchanged:
            return Unchanged
        kind, market = self._config.security_type, self._config.market
        return [item if isinstance(item, Symbol) else Symbol.create(item, kind, market) for item in found]

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        zone = self._config.exchange_time_zone
        at, end = zone.from_utc(start_utc), zone.from_utc(end_utc)
        yield at
        while self._interval is not None:
            at += self._interval
            if at > end:
                return
            if hours.is_open(at, at + self._interval, self._config.extended_market_hours):
                yield at

    def _subscription_configs(self, security: Any, manager: Any) -> list[SubscriptionDataConfig]:
        symbol = security.symbol
        found = [config for config in self._configs.values() if config.symbol == symbol]
        if found:
            return found
        leaving = [config for config in self._leaving if config.symbol == symbol]
        if leaving:
            self._leaving = [config for config in self._leaving if config.symbol != symbol]
            return leaving
        made = super()._subscription_configs(security, manager)
        for config in made:
            self._configs[config._key()] = config
        return made

    def _remove_member(self, utc_time: datetime, security: Any) -> bool:
        if super()._remove_member(utc_time, security):
            self._remove_symbol(security.symbol)
            return True
        return False


class ManualUniverse(UserDefinedUniverse, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Chosen once; symbols that are subscribed already keep their subscriptions."""

    def __init__(
        self, configuration: SubscriptionDataConfig, universe_settings: UniverseSettings, symbols: Iterable[Symbol]
    ) -> None:
        self._begin(configuration, universe_settings, None)
        self._symbols = dict.fromkeys(symbols)

    def _subscription_configs(self, security: Any, manager: Any) -> list[SubscriptionDataConfig]:
        existing = [config for config in manager._configs_of(security.symbol) if not config.is_internal_feed]
        return existing or super()._subscription_configs(security, manager)
