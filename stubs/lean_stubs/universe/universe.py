"""A set of securities that is chosen anew from time to time (LEAN: Common/Data/UniverseSelection/Universe.cs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.dictionary import ExtendedDictionary
from lean_stubs.clr.hash_set import HashSet
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.universe.settings import UniverseSettings

__all__ = ["Member", "Unchanged", "Universe"]


class UnchangedUniverse(ClrObject, clr="QuantConnect.Data.UniverseSelection"):
    """What a selector returns to leave things as they are."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())


Unchanged = UnchangedUniverse()


@dataclass
class Member:
    """A security in a universe, and since when."""

    added: datetime
    security: Any
    is_internal: bool


class UniverseMembers(ExtendedDictionary[Any], clr="QuantConnect.Data.UniverseSelection"):
    """Securities of a universe by symbol, as they are now."""

    _value_name = "Security"

    def __init__(self, securities: dict[Symbol, Any]) -> None:
        self._securities = securities

    def _find(self, symbol: Symbol) -> Any:
        return self._securities.get(symbol)

    def _entries(self) -> Iterable[tuple[Symbol, Any]]:
        return self._securities.items()


class Universe(ClrObject, clr="QuantConnect.Data.UniverseSelection"):
    """Base; a subclass says when to select and what."""

    UNCHANGED: Any = Unchanged

    #: Whether the first selection comes from what was known a trading day before the start (LEAN: DataManager).
    _starts_a_day_before: Any = False

    def __init__(self, config: SubscriptionDataConfig, _settings: UniverseSettings | None = None) -> None:
        self._config = config
        self._settings = _settings
        self._members: dict[Symbol, Member] = {}
        self._previous: set[Symbol] = set()
        self._selected: dict[Symbol, None] | None = None
        self._disposed = False

    @property
    def configuration(self) -> SubscriptionDataConfig:
        return self._config

    @property
    def symbol(self) -> Symbol:
        return self._config.symbol

    @property
    def security_type(self) -> SecurityType:
        return self._config.security_type

    @property
    def market(self) -> str:
        return self._config.market

    @property
    def universe_settings(self) -> UniverseSettings | None:
        return self._settings

    @universe_settings.setter
    def universe_settings(self, value: UniverseSettings | None) -> None:
        self._settings = value

    @property
    def dispose_requested(self) -> bool:
        return self._disposed

    @dispose_requested.setter
    def dispose_requested(self, value: bool) -> None:
        self._disposed = value

    @property
    def selected(self) -> HashSet[Symbol] | None:
        """Symbols of the last selection; None before the first."""
        return None if self._selected is None else HashSet(self._selected)

    @selected.setter
    def selected(self, value: Iterable[Symbol] | None) -> None:
        self._selected = None if value is None else dict.fromkeys(value)

    @property
    def members(self) -> UniverseMembers:
        return UniverseMembers({symbol: member.security for symbol, member in self._members.items()})

    def contains_member(self, symbol: Any) -> bool:
        return getattr(symbol, "symbol", symbol) in self._members

    def dispose(self) -> None:
        self._disposed = True

    def select_symbols(self, utc_time: datetime, data: Any) -> Iterable[Any]:
        raise NotImplementedError

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        """Selection times in the clock of the universe's configuration."""
        raise NotImplementedError

    #: What the last selection was told, for the caches of the securities concerned.
    _told: Sequence[Any] = ()

    def _take_told(self) -> Sequence[Any]:
        """Hand it over, once."""
        told, self._told = self._told, ()
        return told

    def perform_selection(self, utc_time: datetime, data: Any) -> Any:
        """The symbols now, or Unchanged when they are those of the last time."""
        if self._disposed:
            return {}
        found = self.select_symbols(utc_time, data)
        if found is Unchanged:
            return Unchanged
        selected = dict.fromkeys(found)
        different = set(selected) != self._previous
        self._previous = set(selected)
        return selected if different else Unchanged

    def can_remove_member(self, utc_time: datetime, security: Any) -> bool:
        """A member stays for the minimum time, unless the universe ends or the security is delisted."""
        if self._disposed or security.is_delisted:
            return True
        member = self._members.get(security.symbol)
        if member is None or self._settings is None:
            return False
        minimum = self._settings.minimum_time_in_universe
        return _rounded(utc_time - member.added, minimum) >= minimum

    def _subscription_configs(self, security: Any, manager: Any) -> list[SubscriptionDataConfig]:
        """What to subscribe to for a member."""
        settings = self._settings or UniverseSettings._plain()
        found: list[SubscriptionDataConfig] = manager._get_or_add(
            security.symbol,
            settings.resolution,
            settings.fill_forward,
            settings.extended_market_hours,
            settings.data_normalization_mode,
        )
        return found

    def _add_member(self, utc_time: datetime, security: Any, is_internal: bool) -> bool:
        if self._disposed or security.is_delisted or security.symbol in self._members:
            return False
        self._members[security.symbol] = Member(utc_time, security, is_internal)
        return True

    def _remove_member(self, utc_time: datetime, security: Any) -> bool:
        if self.can_remove_member(utc_time, security):
            return self._members.pop(security.symbol, None) is not None
        return False


def _rounded(span: timedelta, minimum: timedelta) -> timedelta:
    """To the nearest unit of the minimum's size, so that selections a little early count."""
    for unit in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)):
        if minimum >= unit:
            whole, rest = divmod(span, unit)
            return unit * (whole + (1 if rest * 2 >= unit else 0))
    return span
