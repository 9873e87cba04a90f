"""Universes of a fund's companies (LEAN: ConstituentsUniverse.cs, ETFConstituentsUniverseFactory.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from lean_stubs.common.enums import SecurityType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.etf_constituent import constituents_of
from lean_stubs.data.map_file import MapFile
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_DAY
from lean_stubs.universe.fundamental import DailyFileUniverse, chosen_symbols
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged

__all__ = ["ETFConstituentsUniverseFactory"]

_numbers = count(1)


class ETFConstituentsUniverseFactory(DailyFileUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """Selects at the midnight after each day that has a file of the fund; all its companies without a function."""

    def __init__(
        self, symbol: Symbol, universe_settings: UniverseSettings | None, constituents_filter: Callable[[Any], Any] | None = None
    ) -> None:
        name = f"qc-universe-etf-constituents-{next(_numbers):010d}"
        super().__init__(Symbol.create(name, SecurityType.EQUITY, symbol.id.market), universe_settings)
        self._fund, self._selector = symbol, constituents_filter
        self._names: MapFile | None = None

    def _rows(self, at: datetime) -> list[tuple[str, ...]] | None:
        """What the fund held on a day, under the ticker it had then."""
        from lean_stubs.engine.current import context

        data, market = context().data, self._fund.id.market
        if self._names is None:
            self._names = data.map_file_by_id(self._fund)
        ticker = self._fund.value
        for known, start, end in self._names.segments() if self._names is not None else ():
            if start <= at.date() <= end:
                ticker = known
        return data.fund_rows(ticker, at.date(), market)

    def _is_delisted(self, day: date) -> bool:
        return self._names is not None and day > self._names.delisting_day

    def perform_selection(self, utc_time: datetime, data: Any) -> Any:
        """Ends with the fund: its delisting disposes of the universe (LEAN: SubscriptionSynchronizer)."""
        if self._is_delisted(self._config.exchange_time_zone.from_utc(utc_time).date()):
            self.dispose()
        return super().perform_selection(utc_time, data)

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        zone = self._config.exchange_time_zone
        day, end = zone.from_utc(start_utc).date(), zone.from_utc(end_utc).date()
        while day <= end:
            at = datetime.combine(day, time())
            if self._is_delisted(day):
                yield at
                return
            if hours.is_date_open(day) and self._rows(at) is not None:
                yield at + ONE_DAY
            day += ONE_DAY

    def select_symbols(self, utc_time: datetime, data: Any) -> Any:
        day = self._newest(utc_time)
        if day is None:
            return Unchanged
        companies = constituents_of(self._rows(day) or [], day.date())
        if self._selector is None:
            return [company.symbol for company in companies]
        return chosen_symbols(self._selector(companies))

    def _newest(self, utc_time: datetime) -> datetime | None:
        day = datetime.combine(self._config.exchange_time_zone.from_utc(utc_time).date(), time())
        for _ in range(10):
            day -= timedelta(days=1)
            if self._rows(day) is not None:
                return day
        return None
