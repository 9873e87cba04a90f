"""Universes of given constituents, day by day (LEAN: ConstituentsUniverse.cs, ETFConstituentsUniverseFactory.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import BaseData
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.etf_constituent import ETFConstituentUniverse, constituents_of
from lean_stubs.data.map_file import MapFile
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_DAY
from lean_stubs.universe.fundamental import DailyFileUniverse, chosen_symbols
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged

__all__ = ["ConstituentsUniverse", "ConstituentsUniverseData", "ETFConstituentsUniverseFactory"]

_numbers = count(1)


class _SparseDaysUniverse(DailyFileUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """Selects at the midnight after each day that has a file."""

    def _rows(self, at: datetime) -> list[tuple[str, ...]] | None:
        """The file of a day."""
        raise NotImplementedError

    def _is_over(self, day: date) -> bool:
        return False

    def _known_of_day(self, day: datetime) -> list[Any] | None:
        rows = self._rows(day)
        return None if rows is None else self._items(rows, day)

    def _items(self, rows: list[tuple[str, ...]], day: datetime) -> list[Any]:
        raise NotImplementedError

    def _choose(self, constituents: Sequence[Any]) -> Any:
        raise NotImplementedError

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        zone = self._config.exchange_time_zone
        day, end = zone.from_utc(start_utc).date(), zone.from_utc(end_utc).date()
        while day <= end:
            at = datetime.combine(day, time())
            if self._is_over(day):
                yield at
                return
            if hours.is_date_open(day) and self._rows(at) is not None:
                yield at + ONE_DAY
            day += ONE_DAY

    def select_symbols(self, utc_time: datetime, data: Any) -> Any:
        day = self._newest(utc_time)
        if day is None:
            return Unchanged
        self._told = self._known_of_day(day) or []
        return self._choose(self._told)

    def _newest(self, utc_time: datetime) -> datetime | None:
        day = datetime.combine(self._config.exchange_time_zone.from_utc(utc_time).date(), time())
        for _ in range(10):
            day -= timedelta(days=1)
            if self._rows(day) is not None:
                return day
        return None


class ETFConstituentsUniverseFactory(_SparseDaysUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """The companies of a fund that a function chooses; all of them without a function."""

    def __init__(
        self, symbol: Symbol, universe_settings: UniverseSettings | None, constituents_filter: Callable[[Any], Any] | None = None
    ) -> None:
        name = f"qc-universe-etf-constituents-{next(_numbers):010d}"
        super().__init__(Symbol.create(name, SecurityType.EQUITY, symbol.id.market), universe_settings)
        self._fund, self._selector = symbol, constituents_filter
        self._names: MapFile | None = None

    @property
    def data_type(self) -> Any:
        return ETFConstituentUniverse

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

    def _is_over(self, day: date) -> bool:
        return self._names is not None and day > self._names.delisting_day

    def perform_selection(self, utc_time: datetime, data: Any) -> Any:
        """Ends with the fund: its delisting disposes of the universe (LEAN: SubscriptionSynchronizer)."""
        if self._is_over(self._config.exchange_time_zone.from_utc(utc_time).date()):
            self.dispose()
        return super().perform_selection(utc_time, data)

    def _items(self, rows: list[tuple[str, ...]], day: datetime) -> list[Any]:
        return list(constituents_of(rows, day.date()))

    def _choose(self, constituents: Sequence[Any]) -> Any:
        if self._selector is None:
            return [company.symbol for company in constituents]
        return chosen_symbols(self._selector(constituents))


class ConstituentsUniverseData(BaseData, clr="QuantConnect.Data.UniverseSelection"):
    """A constituent of one day; known at its end."""

    def __init__(self, _symbol: Symbol | None = None, _day: datetime | None = None) -> None:
        super().__init__()
        if _symbol is not None and _day is not None:
            self._symbol, self._time, self._end_time = _symbol, _day, _day + ONE_DAY


class ConstituentsUniverse(_SparseDaysUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """Securities that files of the data folder name; a single "NONE" empties the universe."""

    @overload
    def __init__(
        self, symbol: Symbol | str, universe_settings: UniverseSettings | None, constituents_filter: Any = None
    ) -> None: ...
    @overload
    def __init__(
        self,
        subscription_data_config: SubscriptionDataConfig,
        universe_settings: UniverseSettings | None,
        constituents_filter: Any = None,
    ) -> None: ...
    @overload
    def __init__(self, symbol: Symbol | str, universe_settings: UniverseSettings | None, filter_func: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(ConstituentsUniverse.__init__, arguments, named)
        config = given.get("subscription_data_config")
        super().__init__(to_symbol(given["symbol"] if config is None else config.symbol), given["universe_settings"])
        self._selector = given.get("constituents_filter", given.get("filter_func"))

    @property
    def data_type(self) -> Any:
        return ConstituentsUniverseData

    def _rows(self, at: datetime) -> list[tuple[str, ...]] | None:
        from lean_stubs.engine.current import context

        name = self.symbol.id.symbol.rsplit("-", 1)[-1]
        return context().data.constituent_rows(name, at.date(), self.symbol.id.market)

    def _items(self, rows: list[tuple[str, ...]], day: datetime) -> list[Any]:
        return [ConstituentsUniverseData(Symbol(SecurityIdentifier.parse(row[1]), row[0]), day) for row in rows]

    def _choose(self, constituents: Sequence[Any]) -> Any:
        if self._selector is not None:
            return chosen_symbols(self._selector(constituents))
        symbols = [item.symbol for item in constituents]
        return [] if symbols == [Symbol.NONE] else symbols
