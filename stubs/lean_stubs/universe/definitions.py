"""``self.universe``: short ways to universes (LEAN: Algorithm/UniverseDefinitions.cs)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import bound
from lean_stubs.common.market import Market
from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol
from lean_stubs.universe.constituents import ETFConstituentsUniverseFactory
from lean_stubs.universe.fundamental import FundamentalUniverseFactory
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged, Universe

if TYPE_CHECKING:
    from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["DollarVolumeUniverseDefinitions", "UniverseDefinitions"]

Selector = Callable[[Any], Any]


class UniverseDefinitions(ClrObject, clr="QuantConnect.Algorithm"):
    def __init__(self, algorithm: QCAlgorithm) -> None:
        self._state = state_of(algorithm)
        self._dollar_volume = DollarVolumeUniverseDefinitions(algorithm)

    @property
    def unchanged(self) -> Any:
        return Unchanged

    @property
    def dollar_volume(self) -> DollarVolumeUniverseDefinitions:
        return self._dollar_volume

    @dollar_volume.setter
    def dollar_volume(self, value: DollarVolumeUniverseDefinitions) -> None:
        self._dollar_volume = value

    def top(self, count: int, universe_settings: UniverseSettings | None = None) -> Universe:
        """The companies with the greatest dollar volume of the day before."""
        return _top(self._state, count, universe_settings)

    @property
    def qc_500(self) -> Universe:
        return self.etf("SPY")

    @overload
    def etf(
        self,
        etf_ticker: str,
        market: str | None = None,
        universe_settings: UniverseSettings | None = None,
        universe_filter_func: Selector | None = None,
    ) -> Universe: ...
    @overload
    def etf(
        self, etf_ticker: str, universe_settings: UniverseSettings | None, universe_filter_func: Selector | None
    ) -> Universe: ...
    @overload
    def etf(self, etf_ticker: str, market: str | None, universe_filter_func: Selector | None) -> Universe: ...
    @overload
    def etf(self, etf_ticker: str, universe_filter_func: Selector | None) -> Universe: ...
    @overload
    def etf(
        self,
        symbol: Symbol | str,
        universe_settings: UniverseSettings | None = None,
        universe_filter_func: Selector | None = None,
    ) -> Universe: ...
    @overload
    def etf(self, symbol: Symbol | str, universe_filter_func: Selector | None) -> Universe: ...
    def etf(self, *arguments: Any, **named: Any) -> Universe:
        """etf(ticker[, market][, settings][, function]) or etf(symbol[, settings][, function])."""
        given = bound(UniverseDefinitions.etf, arguments, named)
        fund = given["etf_ticker"] if "etf_ticker" in given else given["symbol"]
        if not isinstance(fund, Symbol):
            today = self._state.time.replace(hour=0, minute=0, second=0, microsecond=0)
            market = given.get("market") or Market.USA
            fund = Symbol(SecurityIdentifier.generate_equity(fund, market, True, mapping_resolve_date=today), fund)
        settings = given.get("universe_settings") or self._state.universe_settings
        return ETFConstituentsUniverseFactory(fund, settings, given.get("universe_filter_func"))


class DollarVolumeUniverseDefinitions(ClrObject, clr="QuantConnect.Algorithm"):
    """LEAN's older name of ``universe.top``."""

    def __init__(self, algorithm: QCAlgorithm) -> None:
        self._state = state_of(algorithm)

    def top(self, count: int, universe_settings: UniverseSettings | None = None) -> Universe:
        return _top(self._state, count, universe_settings)


def _top(state: AlgorithmState, count: int, universe_settings: UniverseSettings | None) -> Universe:
    def greatest(companies: Any) -> list[Symbol]:
        return [c.symbol for c in sorted(companies, key=lambda c: c.dollar_volume, reverse=True)[:count]]

    return FundamentalUniverseFactory(Market.USA, universe_settings or state.universe_settings, greatest)
