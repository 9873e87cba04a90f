"""Universe selection models (LEAN: Algorithm/Selection, Algorithm.Framework/Selection)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject, overrides
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import ArgumentException, NotImplementedException
from lean_stubs.clr.overloads import bound, in_order
from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.time.trading_days import ONE_DAY
from lean_stubs.time.zones import NEW_YORK, UTC, TimeZone
from lean_stubs.universe.scheduled import ScheduledUniverse
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Universe
from lean_stubs.universe.user_defined import ManualUniverse, UserDefinedUniverse, universe_symbol

__all__ = [
    "CompositeUniverseSelectionModel",
    "CustomUniverseSelectionModel",
    "ManualUniverseSelectionModel",
    "NullUniverseSelectionModel",
    "ScheduledUniverseSelectionModel",
    "UniverseSelectionModel",
    "create_universes",
    "next_refresh",
]

_NEVER = datetime.max


class UniverseSelectionModel(ClrObject, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Base of the user's models."""

    def get_next_refresh_time_utc(self) -> datetime:
        """When the universes are to be made anew."""
        return _NEVER

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        raise NotImplementedException("Types deriving from 'UniverseSelectionModel' must implement the 'create_universes' method.")


class NullUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """No universe of its own: securities come by add_equity."""

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        return []


class ManualUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Fixed symbols: a list, or the symbols one by one; a last argument may be the settings."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, symbols: list[Any]) -> None: ...
    @overload
    def __init__(self, *symbols: Any) -> None: ...
    @overload
    def __init__(self, symbols: list[Any], universe_settings: UniverseSettings) -> None: ...
    def __init__(self, *given_symbols: Any, **named: Any) -> None:
        symbols = in_order(named, ("symbols", "universe_settings"), given_symbols)
        universe_settings: UniverseSettings | None = None
        given: list[Any] = []
        for item in symbols:
            if isinstance(item, UniverseSettings):
                universe_settings = item
            elif isinstance(item, (Symbol, str)):
                given.append(item)
            elif item is None:
                continue
            elif isinstance(item, Iterable):
                given.extend(item)
            else:
                raise no_match(".ctor", *symbols)
        self._symbols = [to_symbol(item) for item in given]
        self._settings = universe_settings
        for symbol in self._symbols:
            SymbolCache.set(symbol.value, symbol)

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        settings = self._settings or algorithm.universe_settings
        groups: dict[tuple[str, int], list[Symbol]] = {}
        for symbol in self._symbols:
            groups.setdefault((symbol.id.market, int(symbol.security_type)), []).append(symbol)
        made: list[Universe] = []
        for (market, _), symbols in groups.items():
            kind = symbols[0].security_type
            name = "manual-universe-selection-model-" + "-".join(str(s.id) for s in symbols).replace(" ", "_")
            config = SubscriptionDataConfig._of(
                universe_symbol(kind, market, name), settings.resolution, fill_forward=False, internal=True, zone=NEW_YORK
            )
            made.append(ManualUniverse(config, settings, symbols))
        return made


class ScheduledUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """ScheduledUniverseSelectionModel([time_zone,] date_rule, time_rule, selector, settings=None)."""

    @overload
    def __init__(self, date_rule: Any, time_rule: Any, selector: Any, settings: UniverseSettings | None = None) -> None: ...
    @overload
    def __init__(
        self, time_zone: Any, date_rule: Any, time_rule: Any, selector: Any, settings: UniverseSettings | None = None
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        settings = named.pop("settings", None)
        rest = in_order(named, ("time_zone", "date_rule", "time_rule", "selector"), arguments)
        self._zone = rest.pop(0) if rest and isinstance(rest[0], TimeZone) else UTC
        if len(rest) < 3:
            raise no_match(".ctor", *arguments)
        self._date_rule, self._time_rule, self._selector = rest[:3]
        if not callable(self._selector):
            raise ArgumentException(
                f"Unable to create a scheduled universe selector from {self._selector}: it is not a function. "
                "Please provide a function that takes the firing date time and returns the selected symbols."
            )
        self._settings = rest[3] if len(rest) > 3 else settings

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        settings = self._settings or algorithm.universe_settings
        return [ScheduledUniverse(self._zone, self._date_rule, self._time_rule, self._selector, settings)]


class CustomUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Tickers that a function of the date returns, once a day."""

    _settings: UniverseSettings | None
    _selector: Callable[[datetime], Iterable[str]] | None

    @overload
    def __init__(self, name: str, selector: Any) -> None: ...
    @overload
    def __init__(
        self,
        security_type: SecurityType,
        name: str,
        market: str,
        selector: Any,
        universe_settings: UniverseSettings,
        interval: timedelta,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        names = ("security_type", "name", "market", "selector", "universe_settings", "interval")
        arguments = tuple(in_order(named, names, arguments))
        kinds = [item for item in arguments if isinstance(item, SecurityType)]
        texts = [item for item in arguments if isinstance(item, str)]
        functions = [item for item in arguments if callable(item) and not isinstance(item, (SecurityType, UniverseSettings))]
        settings = [item for item in arguments if isinstance(item, UniverseSettings)]
        if not texts or not functions:
            raise no_match(".ctor", *arguments)
        self._begin(texts[0], functions[0])
        if kinds:
            self._kind = kinds[0]
        if len(texts) > 1:
            self._market = texts[1]
        if settings:
            self._settings = settings[0]

    def _begin(self, name: str, selector: Callable[[datetime], Iterable[str]] | None = None) -> None:
        self._name, self._selector = name, selector
        self._kind, self._market = SecurityType.EQUITY, Market.USA
        self._settings = None

    def select(self, algorithm: Any, date: datetime) -> Iterable[str]:
        """Override point: the tickers of a date."""
        if self._selector is None:
            raise NotImplementedException("CustomUniverseSelectionModel.select must be implemented.")
        return self._selector(date)

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        settings = self._settings or algorithm.universe_settings
        symbol = Symbol.create(self._name, self._kind, self._market)
        config = SubscriptionDataConfig._of(symbol, Resolution.DAILY, fill_forward=False, internal=True, zone=NEW_YORK)
        return [UserDefinedUniverse(config, settings, ONE_DAY, lambda date: overrides.find(self, "select")(algorithm, date))]


class CompositeUniverseSelectionModel(UniverseSelectionModel, clr="QuantConnect.Algorithm.Framework.Selection"):
    """Several models side by side."""

    def __init__(self, *models: Any) -> None:
        if not models:
            raise ArgumentException("Must specify at least 1 universe selection model for the CompositeUniverseSelectionModel")
        self._models = list(models)

    @overload
    def add_universe_selection(self, universe_selection_model: Any) -> None: ...
    @overload
    def add_universe_selection(self, py_universe_selection_model: Any) -> None: ...
    def add_universe_selection(self, *arguments: Any, **named: Any) -> None:
        self._models.extend(bound(CompositeUniverseSelectionModel.add_universe_selection, arguments, named).values())

    def get_next_refresh_time_utc(self) -> datetime:
        return min(next_refresh(model) for model in self._models)

    def create_universes(self, algorithm: Any) -> Iterable[Universe]:
        return [universe for model in self._models for universe in create_universes(model, algorithm)]


def create_universes(model: Any, algorithm: Any) -> list[Universe]:
    """Universes of a model, the user's or LEAN's."""
    return list(overrides.find(model, "create_universes")(algorithm))


def next_refresh(model: Any) -> datetime:
    """When the model wants to be asked again; naive UTC."""
    if not overrides.has(model, "get_next_refresh_time_utc"):
        return _NEVER
    at: datetime = overrides.find(model, "get_next_refresh_time_utc")()
    return at.replace(tzinfo=None)
