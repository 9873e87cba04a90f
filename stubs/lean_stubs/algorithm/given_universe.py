"""The universe that the arguments of add_universe mean (LEAN: QCAlgorithm.Universe.cs, QCAlgorithm.Python.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lean_stubs.clr.exceptions import ArgumentException, NotOffered
from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.fundamental import CoarseFundamental
from lean_stubs.time.trading_days import span_of
from lean_stubs.time.zones import NEW_YORK
from lean_stubs.universe.fundamental import (
    CoarseFundamentalUniverse,
    FineFundamentalFilteredUniverse,
    FundamentalFilteredUniverse,
    FundamentalUniverseFactory,
)
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Universe
from lean_stubs.universe.user_defined import UserDefinedUniverse

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["given_universe"]


def given_universe(state: AlgorithmState, arguments: tuple[Any, ...]) -> Universe:
    """What the overloads of QCAlgorithm.AddUniverse(PyObject...) make of their arguments."""
    first, *rest = arguments
    if isinstance(first, Universe):
        if not rest:
            return first
        kind = FineFundamentalFilteredUniverse if isinstance(first, CoarseFundamentalUniverse) else FundamentalFilteredUniverse
        return kind(first, rest[-1])
    if isinstance(first, type) and issubclass(first, CoarseFundamental):
        # Without a selector every company of the day (QCAlgorithm.AddUniverse(Type, ...)).
        select = next((item for item in rest if callable(item)), lambda companies: [c.symbol for c in companies])
        own = next((item for item in rest if isinstance(item, UniverseSettings)), state.universe_settings)
        return FundamentalUniverseFactory(Market.USA, own, select)
    if not callable(first) or isinstance(first, (type, SecurityType)):
        if len(rest) == 1 and hasattr(first, "get_dates"):
            settings = UniverseSettings(state.universe_settings)
            settings.schedule.on(first)
            return FundamentalUniverseFactory(Market.USA, settings, rest[0])
        return _selected_universe(state, arguments)
    settings = state.universe_settings
    if not rest:
        return FundamentalUniverseFactory(Market.USA, settings, first)
    if settings.asynchronous:
        raise ArgumentException(
            "Asynchronous universe setting is not supported for coarse & fine selections, "
            "please use the new Fundamental single pass selection"
        )
    return FineFundamentalFilteredUniverse(CoarseFundamentalUniverse(settings, first), rest[0])


def _selected_universe(state: AlgorithmState, arguments: tuple[Any, ...]) -> Universe:
    rest = list(arguments)
    kind = rest.pop(0) if rest and isinstance(rest[0], SecurityType) else SecurityType.EQUITY
    if not rest or not isinstance(rest[0], str) or not callable(rest[-1]):
        raise NotOffered("QCAlgorithm.add_universe", "universes of options and of custom data have no data here")
    name, selector = rest[0], rest[-1]
    resolution, market, settings = Resolution.DAILY, Market.USA, state.universe_settings
    for item in rest[1:-1]:
        if isinstance(item, Resolution):
            resolution = item
        elif isinstance(item, UniverseSettings):
            settings = item
        elif isinstance(item, str):
            market = item
    symbol = Symbol.create(name, kind, market)
    config = SubscriptionDataConfig._of(symbol, resolution, fill_forward=False, internal=True, zone=NEW_YORK)
    return UserDefinedUniverse(config, settings, span_of(resolution), selector)
