"""Selection models that choose from all companies or from a fund (LEAN: Algorithm.Framework/Selection)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, overload

from lean_stubs.clr import overrides
from lean_stubs.clr.exceptions import ArgumentException, NotImplementedException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.universe.fundamental import (
    CoarseFundamentalUniverse,
    FineFundamentalFilteredUniverse,
    FundamentalUniverseFactory,
)
from lean_stubs.universe.models import UniverseSelectionModel
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Universe

__all__ = [
    "CoarseFundamentalUniverseSelectionModel",
    "ETFConstituentsUniverseSelectionModel",
    "FineFundamentalUniverseSelectionModel",
    "FundamentalUniverseSelectionModel",
]

Selector = Callable[[Any], Any]

_ASYNCHRONOUS = (
    "Asynchronous universe setting is not supported for coarse & fine selections, "
    "please use the new Fundamental single pass selection"
)


class FundamentalUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Calls ``select`` once a day; with ``filter_fine_data`` given, ``select_coarse`` (and, if true, ``select_fine``)."""

    @overload
    def __init__(self, market: str, selector: Selector, universe_settings: UniverseSettings | None = None) -> None: ...
    @overload
    def __init__(self, selector: Selector, universe_settings: UniverseSettings | None = None) -> None: ...
    @overload
    def __init__(self, market: str, universe_settings: UniverseSettings | None) -> None: ...
    @overload
    def __init__(self, universe_settings: UniverseSettings | None) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        """The form (filter_fine_data, universe_settings), which LEAN calls obsolete, is taken too."""
        self._filter: bool | None = None
        if arguments and isinstance(arguments[0], bool):
            self._filter, *rest = arguments
            arguments = tuple(rest)
        else:
            self._filter = named.pop("filter_fine_data", None)
        if self._filter is not None and arguments:
            named, arguments = {"universe_settings": arguments[0], **named}, ()
        given = bound(FundamentalUniverseSelectionModel.__init__, arguments, named)
        self._market: str = given.get("market", Market.USA)
        self._selector: Selector | None = given.get("selector")
        self._universe_settings: UniverseSettings | None = given.get("universe_settings")

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
        super().__init__(universe_settings)
        self._filter, self._coarse = False, coarse_selector

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
        super().__init__(universe_settings)
        self._filter, self._coarse, self._fine = True, coarse_selector, fine_selector

    def select_coarse(self, algorithm: Any, coarse: Any) -> Iterable[Symbol]:
        found: Iterable[Symbol] = self._coarse(coarse)
        return found

    def select_fine(self, algorithm: Any, fine: Any) -> Iterable[Symbol]:
        found: Iterable[Symbol] = self._fine(fine)
        return found


class ETFConstituentsUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """The companies of a fund, or those of them that a function returns."""

    @overload
    def __init__(
        self,
        etf_symbol: Symbol | str,
        universe_settings: UniverseSettings | None = None,
        universe_filter_func: Selector | None = None,
    ) -> None: ...
    @overload
    def __init__(self, etf_symbol: Symbol | str, universe_filter_func: Selector | None) -> None: ...
    @overload
    def __init__(
        self, etf_ticker: str, universe_settings: UniverseSettings | None = None, universe_filter_func: Selector | None = None
    ) -> None: ...
    @overload
    def __init__(self, etf_ticker: str, universe_filter_func: Selector | None) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(ETFConstituentsUniverseSelectionModel.__init__, arguments, named)
        fund = given["etf_symbol"] if "etf_symbol" in given else given["etf_ticker"]
        if isinstance(fund, str):
            known = SymbolCache._find(fund)
            equity = known is not None and known.security_type == SecurityType.EQUITY
            fund = known if equity else Symbol.create(fund, SecurityType.EQUITY, Market.USA)
        self._fund: Symbol = fund
        self._settings, self._function = given.get("universe_settings"), given.get("universe_filter_func")
        self._made: Universe | None = None

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        if self._made is None:
            self._made = algorithm.universe.etf(self._fund, self._settings, self._function)
        return [self._made]
