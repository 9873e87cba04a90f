"""Selection models that choose from all companies or from a fund (LEAN: Algorithm.Framework/Selection)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from lean_stubs.clr import overrides
from lean_stubs.clr.exceptions import ArgumentException, NotImplementedException
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.universe.fundamental import (
    CoarseFundamentalUniverse,
    FineFundamentalFilteredUniverse,
    FundamentalUniverseFactory,
)
from lean_stubs.universe.models import CustomUniverseSelectionModel, UniverseSelectionModel
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged, Universe

__all__ = [
    "CoarseFundamentalUniverseSelectionModel",
    "ETFConstituentsUniverseSelectionModel",
    "FineFundamentalUniverseSelectionModel",
    "FundamentalUniverseSelectionModel",
    "InceptionDateUniverseSelectionModel",
]

_ASYNCHRONOUS = (
    "Asynchronous universe setting is not supported for coarse & fine selections, "
    "please use the new Fundamental single pass selection"
)


class FundamentalUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Calls ``select`` once a day; with ``filter_fine_data`` given, ``select_coarse`` (and, if true, ``select_fine``)."""

    def __init__(self, *arguments: Any, universe_settings: UniverseSettings | None = None, **named: Any) -> None:
        given = [*arguments, *named.values()]
        self._market = next((item for item in given if isinstance(item, str)), Market.USA)
        self._filter: bool | None = next((item for item in given if isinstance(item, bool)), None)
        self._selector: Callable[[Any], Any] | None = next(
            (item for item in given if callable(item) and not isinstance(item, UniverseSettings)), None
        )
        own = next((item for item in given if isinstance(item, UniverseSettings)), None)
        self._universe_settings = universe_settings or own

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        settings = self._universe_settings or algorithm.universe_settings
        if self._filter is None:
            select = overrides.find(self, "select")
            return [FundamentalUniverseFactory(self._market, settings, lambda companies: select(algorithm, companies))]
        universe = overrides.find(self, "create_coarse_fundamental_universe")(algorithm)
        if self._filter:
            if settings.asynchronous:
                raise ArgumentException(_ASYNCHRONOUS)
            fine = overrides.find(self, "select_fine")
            universe = FineFundamentalFilteredUniverse(universe, lambda companies: fine(algorithm, companies))
        return [universe]

    def create_coarse_fundamental_universe(self, algorithm: Any) -> Universe:
        """Override point: the universe before fine selection."""
        select = overrides.find(self, "select_coarse")

        def chosen(companies: Any) -> Any:
            if self._filter:
                companies = [company for company in companies if company.has_fundamental_data]
            return select(algorithm, companies)

        return CoarseFundamentalUniverse(self._universe_settings or algorithm.universe_settings, chosen)

    def select(self, algorithm: Any, fundamental: Any) -> Iterable[Symbol]:
        if self._selector is None:
            raise NotImplementedException(
                "If inheriting, please override the 'Select' fundamental function, else provide it as a constructor parameter"
            )
        found: Iterable[Symbol] = self._selector(fundamental)
        return found

    def select_coarse(self, algorithm: Any, coarse: Any) -> Iterable[Symbol]:
        raise NotImplementedException("Please override the 'Select' fundamental function")

    def select_fine(self, algorithm: Any, fine: Any) -> Iterable[Symbol]:
        return [company.symbol for company in fine]


class CoarseFundamentalUniverseSelectionModel(FundamentalUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Coarse selection by a function."""

    def __init__(self, coarse_selector: Callable[[Any], Any], universe_settings: UniverseSettings | None = None) -> None:
        super().__init__(False, universe_settings=universe_settings)
        self._coarse = coarse_selector

    def select_coarse(self, algorithm: Any, coarse: Any) -> Iterable[Symbol]:
        found: Iterable[Symbol] = self._coarse(coarse)
        return found


class FineFundamentalUniverseSelectionModel(FundamentalUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Coarse, then fine selection by functions."""

    def __init__(
        self,
        coarse_selector: Callable[[Any], Any],
        fine_selector: Callable[[Any], Any],
        universe_settings: UniverseSettings | None = None,
    ) -> None:
        super().__init__(True, universe_settings=universe_settings)
        self._coarse, self._fine = coarse_selector, fine_selector

    def select_coarse(self, algorithm: Any, coarse: Any) -> Iterable[Symbol]:
        found: Iterable[Symbol] = self._coarse(coarse)
        return found

    def select_fine(self, algorithm: Any, fine: Any) -> Iterable[Symbol]:
        found: Iterable[Symbol] = self._fine(fine)
        return found


class ETFConstituentsUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """The companies of a fund, or those of them that a function returns."""

    def __init__(
        self, etf_symbol: Any, universe_settings: UniverseSettings | None = None, universe_filter_func: Any = None
    ) -> None:
        if isinstance(etf_symbol, str):
            known = SymbolCache._find(etf_symbol)
            equity = known is not None and known.security_type == SecurityType.EQUITY
            etf_symbol = known if equity else Symbol.create(etf_symbol, SecurityType.EQUITY, Market.USA)
        self._fund: Symbol = etf_symbol
        self._settings, self._function = universe_settings, universe_filter_func
        self._made: Universe | None = None

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        if self._made is None:
            self._made = algorithm.universe.etf(self._fund, self._settings, self._function)
        return [self._made]


class InceptionDateUniverseSelectionModel(CustomUniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Tickers that join on the day each is first traded."""

    def __init__(self, name: str, tickers_by_date: dict[str, datetime]) -> None:
        super().__init__(name, self._joined)
        self._waiting = list(tickers_by_date.items())
        self._tickers: list[str] = []

    def _joined(self, date: datetime) -> Any:
        added = 0
        while self._waiting and self._waiting[0][1] <= date:
            self._tickers.append(self._waiting.pop(0)[0])
            added += 1
        return list(self._tickers) if added else Unchanged
