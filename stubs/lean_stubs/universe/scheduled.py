"""A universe that selects on dates and times of a rule (LEAN: ScheduledUniverse.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.zones import UTC, TimeZone
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged, Universe

__all__ = ["ScheduledUniverse"]


class ScheduledUniverse(Universe, clr="QuantConnect.Data.UniverseSelection"):
    """Its selector gets UTC."""

    @overload
    def __init__(
        self, time_zone: TimeZone, date_rule: Any, time_rule: Any, selector: Any, settings: UniverseSettings | None = None
    ) -> None: ...
    @overload
    def __init__(self, date_rule: Any, time_rule: Any, selector: Any, settings: UniverseSettings | None = None) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(ScheduledUniverse.__init__, arguments, named)
        zone, settings = given.get("time_zone") or UTC, given.get("settings")
        self._date_rule, self._time_rule, self._function = (given[name] for name in ("date_rule", "time_rule", "selector"))
        name = f"{self._date_rule.name}_{self._time_rule.name}".replace(" ", "_").replace("|", "_")
        symbol = Symbol.create(name, SecurityType.BASE, Market.USA)
        super().__init__(
            SubscriptionDataConfig._of(symbol, Resolution.DAILY, fill_forward=False, internal=True, zone=zone), settings
        )

    def select_symbols(self, utc_time: datetime, data: Any) -> Any:
        found = self._function(utc_time)
        return found if found is Unchanged else [to_symbol(item) for item in found]

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        zone = self._config.exchange_time_zone
        dates = self._date_rule.get_dates(zone.from_utc(start_utc), zone.from_utc(end_utc))
        for at in self._time_rule.create_utc_event_times(dates):
            if at > end_utc:
                return
            if at >= start_utc:
                yield zone.from_utc(at)
