"""A security's exchange at the algorithm's time (LEAN: SecurityExchange)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject

__all__ = ["EquityExchange", "SecurityExchange"]


class SecurityExchange(ClrObject, clr="QuantConnect.Securities"):
    def __init__(self, _state: Any, hours: Any) -> None:
        self._state, self._hours = _state, hours

    def _now(self) -> datetime:
        local: datetime = self._hours._to_local(self._state.utc)
        return local

    @property
    def hours(self) -> Any:
        return self._hours

    @property
    def time_zone(self) -> Any:
        return self._hours.time_zone

    @property
    def local_time(self) -> datetime:
        return self._now()

    @property
    def trading_days_per_year(self) -> int:
        return 252

    @property
    def exchange_open(self) -> bool:
        """Whether regular trading goes on now; at the closing minute itself it does not."""
        return bool(self._hours.is_open(self._now(), False))

    @property
    def closing_soon(self) -> bool:
        return self.is_closing_soon(10)

    def is_closing_soon(self, minutes_to_close: int) -> bool:
        return not self._hours.is_open(self._now() + timedelta(minutes=minutes_to_close), False)

    def date_is_open(self, date_to_check: datetime, extended_market_hours: bool = False) -> bool:
        return bool(self._hours.is_date_open(date_to_check, extended_market_hours))

    def date_time_is_open(self, date_time: datetime) -> bool:
        return bool(self._hours.is_open(date_time, False))

    def is_open_during_bar(self, bar_start_time: datetime, bar_end_time: datetime, is_extended_market_hours: bool) -> bool:
        return bool(self._hours.is_open(bar_start_time, bar_end_time, is_extended_market_hours))


class EquityExchange(SecurityExchange, clr="QuantConnect.Securities.Equity"):
    """An exchange of equities."""
