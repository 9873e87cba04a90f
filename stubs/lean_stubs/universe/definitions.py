"""``self.universe``: short ways to universes (LEAN: Algorithm/UniverseDefinitions.cs)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.common.market import Market
from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol
from lean_stubs.universe.constituents import ETFConstituentsUniverseFactory
from lean_stubs.universe.fundamental import FundamentalUniverseFactory
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Unchanged, Universe

__all__ = ["DollarVolumeUniverseDefinitions", "UniverseDefinitions"]


class UniverseDefinitions(ClrObject, clr="QuantConnect.Algorithm"):
    def __init__(self, state: Any) -> None:
        self._state = state

    @property
    def unchanged(self) -> Any:
        return Unchanged

    @property
    def dollar_volume(self) -> DollarVolumeUniverseDefinitions:
        return DollarVolumeUniverseDefinitions(self)

    def top(self, count: int, universe_settings: UniverseSettings | None = None) -> Universe:
        """The companies with the greatest dollar volume of the day before."""

        def greatest(companies: Any) -> list[Symbol]:
            return [c.symbol for c in sorted(companies, key=lambda c: c.dollar_volume, reverse=True)[:count]]

        settings = universe_settings or self._state.universe_settings
        return FundamentalUniverseFactory(Market.USA, settings, greatest)

    @property
    def qc_500(self) -> Universe:
        return self.etf("SPY")

    def etf(self, etf_ticker: Any, *rest: Any, **named: Any) -> Universe:
        """etf(ticker or symbol[, market][, settings][, function])."""
        given = [*rest, *named.values()]
        market = next((item for item in given if isinstance(item, str)), Market.USA)
        settings = next((item for item in given if isinstance(item, UniverseSettings)), self._state.universe_settings)
        select: Callable[[Any], Any] | None = next(
            (item for item in given if callable(item) and not isinstance(item, UniverseSettings)), None
        )
        fund = etf_ticker
        if not isinstance(fund, Symbol):
            at = self._state.time
            today = at.replace(hour=0, minute=0, second=0, microsecond=0)
            fund = Symbol(SecurityIdentifier.generate_equity(fund, market, True, mapping_resolve_date=today), fund)
        return ETFConstituentsUniverseFactory(fund, settings, select)


class DollarVolumeUniverseDefinitions(ClrObject, clr="QuantConnect.Algorithm"):
    """LEAN's older name of ``universe.top``."""

    def __init__(self, definitions: UniverseDefinitions) -> None:
        self._definitions = definitions

    def top(self, count: int, universe_settings: UniverseSettings | None = None) -> Universe:
        return self._definitions.top(count, universe_settings)
