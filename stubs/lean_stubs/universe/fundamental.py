"""Universes chosen from all companies once a day (LEAN: FundamentalUniverseFactory, CoarseFundamentalUniverse)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data_collection import BaseDataCollection
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.fundamental import Fundamental, fundamentals_of
from lean_stubs.time.exchange_hours import SecurityExchangeHours
from lean_stubs.time.trading_days import ONE_DAY
from lean_stubs.time.zones import NEW_YORK
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged, Universe

__all__ = [
    "CoarseFundamentalUniverse",
    "DailyFileUniverse",
    "FineFundamentalFilteredUniverse",
    "FundamentalFilteredUniverse",
    "FundamentalUniverse",
    "FundamentalUniverseFactory",
    "chosen_symbols",
    "company_on",
]

_numbers = count(1)


def _name(kind: str, market: str) -> Symbol:
    """LEAN adds a GUID to the running number, which sorts universes of one market by their age."""
    return Symbol.create(f"{kind}-{market}-{next(_numbers):010d}", SecurityType.EQUITY, market)


def chosen_symbols(found: Any) -> Any:
    """What a user's selector returned, as symbols (LEAN: ConvertToUniverseSelectionSymbolDelegate)."""
    return found if found is Unchanged else [to_symbol(item) for item in found]


def company_on(symbol: Symbol, local_time: datetime) -> Fundamental:
    """What is known of one company: the file of the day before, if there is one (LEAN: Fundamental.ForDate)."""
    from lean_stubs.engine.current import context

    start = local_time - ONE_DAY
    rows = context().data.coarse_rows(start.date(), symbol.id.market) or []
    name = str(symbol.id)
    return Fundamental._of(start, symbol, next((row for row in rows if row[0] == name), ()))


class DailyFileUniverse(Universe, clr="QuantConnect.Data.UniverseSelection"):
    """A day's file is told at the midnight after it; the first selection is made at once, with the file before."""

    _starts_a_day_before = True

    def _known_of_day(self, day: datetime) -> list[Any] | None:
        """What selection functions are told of a day; None where nothing is known of it."""
        raise NotImplementedError

    def __init__(self, symbol: Symbol, settings: UniverseSettings | None) -> None:
        config = SubscriptionDataConfig._of(symbol, Resolution.DAILY, fill_forward=False, internal=True, zone=NEW_YORK)
        super().__init__(config, settings)

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        zone = self._config.exchange_time_zone
        start, end = zone.from_utc(start_utc), zone.from_utc(end_utc)
        scheduled = self._scheduled_days(start, end)
        day = start.date()
        while day <= end.date():
            at = datetime.combine(day + ONE_DAY, time())
            if at.date() in scheduled if scheduled is not None else hours.is_date_open(day):
                yield at
            day += ONE_DAY

    def _scheduled_days(self, start: datetime, end: datetime) -> set[date] | None:
        if self._settings is None or not self._settings.schedule.initialized:
            return None
        return {at.date() for at in self._settings.schedule.get(start, end)}

    @staticmethod
    def _day_before(at: datetime, hours: SecurityExchangeHours) -> date | None:
        """The last trading day that ended at or before a midnight."""
        day = at.date() - timedelta(days=1)
        for _ in range(10):
            if hours.is_date_open(day):
                return day
            day -= ONE_DAY
        return None

    def _file_day(self, utc_time: datetime) -> date | None:
        from lean_stubs.engine.current import hours_of

        return self._day_before(self._config.exchange_time_zone.from_utc(utc_time), hours_of(self._config.symbol))


class _CompaniesUniverse(DailyFileUniverse, clr="QuantConnect.Data.UniverseSelection"):
    def __init__(self, symbol: Symbol, settings: UniverseSettings | None, selector: Callable[[Any], Any]) -> None:
        super().__init__(symbol, settings)
        self._selector = selector

    @property
    def data_type(self) -> Any:
        return FundamentalUniverse

    def _known_of_day(self, day: datetime) -> list[Fundamental] | None:
        """The companies of a day's file; None without a file."""
        from lean_stubs.engine.current import context

        rows = context().data.coarse_rows(day.date(), self._config.market)
        return None if rows is None else fundamentals_of(rows, day.date())

    def _companies_at(self, utc_time: datetime) -> list[Fundamental]:
        """The companies of the newest file; none where there is no file."""
        day = self._file_day(utc_time)
        found = None if day is None else self._known_of_day(datetime.combine(day, time()))
        return found or []

    def select_symbols(self, utc_time: datetime, data: Any) -> Any:
        companies = self._companies_at(utc_time) if data is None else data
        self._told = companies
        return chosen_symbols(self._selector(companies))


class FundamentalUniverseFactory(_CompaniesUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """From all companies of a market."""

    @overload
    def __init__(self, market: str, universe_settings: UniverseSettings | None, selector: Callable[[Any], Any]) -> None: ...
    @overload
    def __init__(
        self, symbol: Symbol | str, universe_settings: UniverseSettings | None, selector: Callable[[Any], Any]
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(FundamentalUniverseFactory.__init__, arguments, named)
        symbol = to_symbol(given["symbol"]) if "symbol" in given else _name("FundamentalUniverse", given["market"])
        super().__init__(symbol, given["universe_settings"], given["selector"])


class CoarseFundamentalUniverse(_CompaniesUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """From all companies, by price and volume."""

    @overload
    def __init__(self, universe_settings: UniverseSettings | None, selector: Callable[[Any], Any]) -> None: ...
    @overload
    def __init__(
        self, symbol: Symbol | str, universe_settings: UniverseSettings | None, selector: Callable[[Any], Any]
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(CoarseFundamentalUniverse.__init__, arguments, named)
        symbol = to_symbol(given["symbol"]) if "symbol" in given else _name("FundamentalUniverse", Market.USA)
        super().__init__(symbol, given["universe_settings"], given["selector"])


class FundamentalUniverse(BaseDataCollection, clr="QuantConnect.Data.Fundamental"):
    """Makes universes of US companies; an object of it is a day's companies."""

    @overload
    def __init__(self, time: datetime, symbol: Symbol | str) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        if not arguments and not named:
            super().__init__()
            return
        given = bound(FundamentalUniverse.__init__, arguments, named)
        super().__init__(given["time"], given["symbol"])

    @staticmethod
    def usa(selector: Callable[[Any], Any], universe_settings: UniverseSettings | None = None) -> FundamentalUniverseFactory:
        return FundamentalUniverseFactory(Market.USA, universe_settings, selector)


class _FilteredUniverse(Universe, clr="QuantConnect.Data.UniverseSelection"):
    """Another universe's choice, chosen from again by what is known of the companies (UniverseSelection.ApplyUniverseSelection)."""

    def __init__(self, universe: Universe, _selector: Callable[[Any], Any]) -> None:
        super().__init__(universe.configuration, universe.universe_settings)
        self._inner = universe
        self._second = FundamentalUniverseFactory(Market.USA, universe.universe_settings, _selector)

    @property
    def _starts_a_day_before(self) -> Any:
        return self._inner._starts_a_day_before

    def _trigger_times(self, start_utc: datetime, end_utc: datetime, hours: SecurityExchangeHours) -> Iterator[datetime]:
        return self._inner._trigger_times(start_utc, end_utc, hours)

    def select_symbols(self, utc_time: datetime, data: Any) -> Any:
        return self._inner.select_symbols(utc_time, data)

    def perform_selection(self, utc_time: datetime, data: Any) -> Any:
        if self._disposed:
            return {}
        first = self._inner.select_symbols(utc_time, data)
        if first is Unchanged:
            return Unchanged
        self._told = self._companies(dict.fromkeys(first), utc_time)
        return self._second.perform_selection(utc_time, self._told)

    def _companies(self, symbols: Iterable[Symbol], utc_time: datetime) -> list[Fundamental]:
        companies = self._inner._companies_at(utc_time) if isinstance(self._inner, _CompaniesUniverse) else []
        if companies:
            wanted = set(symbols)
            return [c for c in companies if c.symbol in wanted and c.has_fundamental_data]
        at = NEW_YORK.from_utc(utc_time)
        return [Fundamental._of(at, symbol) for symbol in symbols]

    def _subscription_configs(self, security: Any, manager: Any) -> list[SubscriptionDataConfig]:
        return self._inner._subscription_configs(security, manager)


class FineFundamentalFilteredUniverse(_FilteredUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """Coarse, then fine selection."""

    def __init__(self, universe: Universe, fine_selector: Callable[[Any], Any]) -> None:
        super().__init__(universe, fine_selector)


class FundamentalFilteredUniverse(_FilteredUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """Any universe, then a selection by fundamental data."""

    def __init__(self, universe: Universe, fundamental_selector: Callable[[Any], Any]) -> None:
        super().__init__(universe, fundamental_selector)
