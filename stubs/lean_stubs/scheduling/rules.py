"""Date and time rules made of a name and a function (LEAN: FuncDateRule.cs, FuncTimeRule.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.time.exchange_hours import SecurityExchangeHours

__all__ = ["FuncDateRule", "FuncTimeRule", "RuleFactory"]


class FuncDateRule(ClrObject, clr="QuantConnect.Scheduling"):
    """FuncDateRule(name, function of start and end)."""

    def __init__(self, name: str, get_dates_function: Callable[[datetime, datetime], Iterable[datetime]]) -> None:
        self._name, self._function = name, get_dates_function

    @property
    def name(self) -> str:
        return self._name

    def get_dates(self, start: datetime, end: datetime) -> Iterator[datetime]:
        return iter(self._function(start, end))


class FuncTimeRule(ClrObject, clr="QuantConnect.Scheduling"):
    """FuncTimeRule(name, function from dates to UTC times)."""

    def __init__(self, name: str, create_utc_event_times_function: Callable[[Iterable[datetime]], Iterable[datetime]]) -> None:
        self._name, self._function = name, create_utc_event_times_function

    @property
    def name(self) -> str:
        return self._name

    def create_utc_event_times(self, dates: Iterable[datetime]) -> Iterator[datetime]:
        return iter(self._function(dates))


class RuleFactory(ClrObject, clr="QuantConnect.Scheduling"):
    """What date rules and time rules share: the algorithm's zone and its securities' hours."""

    def __init__(self, _state: Any) -> None:
        self._state = _state

    @property
    def time_zone(self) -> Any:
        return self._state.time_zone

    @time_zone.setter
    def time_zone(self, value: Any) -> None:
        self._state.time_zone = value

    def set_default_time_zone(self, time_zone: Any) -> None:
        self._state.time_zone = time_zone

    def _symbol(self, given: Any) -> Symbol:
        symbol = to_symbol(getattr(given, "symbol", given) if not isinstance(given, (str, Symbol)) else given)
        if symbol not in self._state.securities:
            if isinstance(given, str):
                return Symbol.create(given, SecurityType.EQUITY, "usa")
            return symbol
        return symbol

    def _hours(self, symbol: Symbol) -> SecurityExchangeHours:
        security = self._state.securities._find(symbol)
        if security is not None:
            known: SecurityExchangeHours = security.exchange.hours
            return known
        try:
            found: SecurityExchangeHours = self._state.market_hours.get_exchange_hours(
                symbol.id.market, symbol, symbol.security_type
            )
        except KeyError as error:
            raise KeyNotFoundException(f"No market hours for {symbol}.") from error
        return found

    def _all_hours(self) -> list[SecurityExchangeHours]:
        """Hours of the securities of the algorithm, or of US equities before there are any."""
        found: list[SecurityExchangeHours] = []
        for security in self._state.securities.values():
            if not any(known is security.exchange.hours for known in found):
                found.append(security.exchange.hours)
        return found or [self._state.market_hours.get_exchange_hours("usa", "SPY", SecurityType.EQUITY)]
