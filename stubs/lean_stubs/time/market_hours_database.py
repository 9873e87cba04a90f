"""Hours of all exchanges, as LEAN's data folder holds them (LEAN: Common/Securities/MarketHoursDatabase.cs)."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol
from lean_stubs.time.day_sessions import Segment
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.zones import UTC, TimeZone, time_zone

__all__ = ["MarketHoursDatabase", "MarketHoursEntry"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _span(text: str) -> timedelta:
    days, _, clock = text.rpartition(".")
    hours, minutes, seconds = clock.split(":")
    return timedelta(days=int(days or 0), hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def _date(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


class MarketHoursEntry(ClrObject, clr="QuantConnect.Securities"):
    """Zone of the data and hours of the exchange."""

    def __init__(self, data_time_zone: TimeZone, exchange_hours: SecurityExchangeHours) -> None:
        self._zone, self._hours = data_time_zone, exchange_hours

    @property
    def data_time_zone(self) -> TimeZone:
        return self._zone

    @property
    def exchange_hours(self) -> SecurityExchangeHours:
        return self._hours


def _parse(entry: dict[str, Any]) -> MarketHoursEntry:
    week = [tuple(Segment(_span(s["start"]), _span(s["end"]), s["state"]) for s in entry.get(day) or []) for day in _DAYS]
    hours = SecurityExchangeHours(
        time_zone(entry["exchangeTimeZone"]),
        frozenset(_date(text) for text in entry.get("holidays") or []),
        week,
        {_date(day): _span(at) for day, at in (entry.get("earlyCloses") or {}).items()},
        {_date(day): _span(at) for day, at in (entry.get("lateOpens") or {}).items()},
    )
    return MarketHoursEntry(time_zone(entry["dataTimeZone"]), hours)


class MarketHoursDatabase(ClrObject, clr="QuantConnect.Securities"):
    """Entries by security type, market and ticker; "[*]" stands for every ticker."""

    def __init__(self, _entries: dict[str, Any]) -> None:
        self._raw = {key.lower(): value for key, value in _entries.items()}
        self._parsed: dict[str, MarketHoursEntry] = {}
        self._always = MarketHoursEntry(UTC, SecurityExchangeHours.always_open(UTC))

    @classmethod
    def _read(cls, path: Path) -> MarketHoursDatabase:
        """The database of a file named market-hours-database.json."""
        return cls(json.loads(path.read_text(encoding="utf-8"))["entries"])

    def get_entry(self, market: str, symbol: Any, security_type: Any) -> MarketHoursEntry:
        """Entry of the ticker, else of its market, else always open in UTC (custom data)."""
        kind = str(security_type).replace("_", "")
        ticker = symbol.value if isinstance(symbol, Symbol) else str(symbol)
        for key in (f"{kind}-{market}-{ticker}", f"{kind}-{market}-[*]"):
            found = self._entry(key.lower())
            if found is not None:
                return found
        return self._always

    def _entry(self, key: str) -> MarketHoursEntry | None:
        found = self._parsed.get(key)
        if found is None and key in self._raw:
            raw = self._raw[key]
            found = self._parsed[key] = raw if isinstance(raw, MarketHoursEntry) else _parse(raw)
        return found

    @overload
    def get_exchange_hours(self, market: str, symbol: Symbol | str, security_type: Any) -> SecurityExchangeHours: ...
    @overload
    def get_exchange_hours(self, configuration: Any) -> SecurityExchangeHours: ...
    def get_exchange_hours(self, *arguments: Any, **named: Any) -> SecurityExchangeHours:
        if len(arguments) == 3 and not named:
            # The usual call, which the engine makes often.
            return self.get_entry(*arguments).exchange_hours
        given = bound(MarketHoursDatabase.get_exchange_hours, arguments, named)
        if "configuration" in given:
            symbol = given["configuration"].symbol
            return self.get_entry(symbol.id.market, symbol, symbol.security_type).exchange_hours
        return self.get_entry(given["market"], given["symbol"], given["security_type"]).exchange_hours

    def get_data_time_zone(self, market: str, symbol: Any, security_type: Any) -> TimeZone:
        return self.get_entry(market, symbol, security_type).data_time_zone

    def set_entry(
        self,
        market: str,
        symbol: str,
        security_type: Any,
        exchange_hours: SecurityExchangeHours,
        data_time_zone: TimeZone | None = None,
    ) -> MarketHoursEntry:
        kind = str(security_type).replace("_", "")
        entry = MarketHoursEntry(data_time_zone or exchange_hours.time_zone, exchange_hours)
        self._parsed[f"{kind}-{market}-{symbol}".lower()] = entry
        return entry
