"""Adding and removing securities and universes (LEAN: QCAlgorithm.AddSecurity, QCAlgorithm.Universe.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.algorithm.universe_adding import UniverseAdding
from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.clr import overrides, to_enum
from lean_stubs.clr.convert import cannot
from lean_stubs.clr.exceptions import ArgumentException, NotImplementedException, NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DataNormalizationMode, Resolution, SecurityType
from lean_stubs.common.market import Market
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.common.symbol_cache import SymbolCache
from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.source import DataProblem
from lean_stubs.universe.definitions import UniverseDefinitions
from lean_stubs.universe.models import (
    CompositeUniverseSelectionModel,
    ManualUniverseSelectionModel,
    NullUniverseSelectionModel,
    ScheduledUniverseSelectionModel,
    UniverseSelectionModel,
    create_universes,
    next_refresh,
)
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Universe
from lean_stubs.universe.user_defined import UserDefinedUniverse, universe_symbol

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

#: LEAN's own models that are asked once, passed over without a look-up in every step.
_NEVER_REFRESHED = (NullUniverseSelectionModel, ManualUniverseSelectionModel, ScheduledUniverseSelectionModel)

__all__ = ["UniverseMethods", "end_of_time_step", "post_initialize_universes", "refresh_universes"]


class UniverseMethods(UniverseAdding):
    _clr: AlgorithmState

    @property
    def universe_manager(self) -> Any:
        return self._clr.universe_manager

    @property
    def universe(self) -> UniverseDefinitions:
        definitions: UniverseDefinitions = self._clr.extra.setdefault("universe_definitions", UniverseDefinitions(self))  # type: ignore[arg-type]
        return definitions

    @universe.setter
    def universe(self, value: Any) -> None:
        raise cannot(value, "QuantConnect.Algorithm.UniverseDefinitions")

    @property
    def universe_settings(self) -> UniverseSettings:
        settings: UniverseSettings = self._clr.universe_settings
        return settings

    @property
    def universe_selection(self) -> Any:
        return self._clr.universe_selection

    @universe_selection.setter
    def universe_selection(self, value: Any) -> None:
        if not isinstance(value, UniverseSelectionModel):
            raise cannot(value, "QuantConnect.Algorithm.Framework.Selection.IUniverseSelectionModel")
        self._clr.universe_selection = value

    @property
    def active_securities(self) -> Any:
        return self._clr.universe_manager.active_securities

    def set_universe_selection(self, universe_selection: Any) -> None:
        if not overrides.has(universe_selection, "create_universes"):
            raise NotImplementedException("IUniverseSelectionModel.create_universes must be implemented.")
        self._clr.universe_selection = universe_selection

    def add_universe_selection(self, universe_selection: Any) -> None:
        current = self._clr.universe_selection
        if isinstance(current, NullUniverseSelectionModel):
            self.set_universe_selection(universe_selection)
        elif isinstance(current, CompositeUniverseSelectionModel):
            current.add_universe_selection(universe_selection)
        else:
            self._clr.universe_selection = CompositeUniverseSelectionModel(current, universe_selection)

    def add_equity(
        self,
        ticker: str,
        resolution: Any = None,
        market: str | None = None,
        fill_forward: bool = True,
        leverage: float = 0.0,
        extended_market_hours: bool = False,
        data_normalization_mode: Any = None,
    ) -> Any:
        if isinstance(ticker, Symbol):
            # .NET converts a symbol to its text where text is wanted.
            ticker = str(ticker)
        if not isinstance(ticker, str):
            raise cannot(ticker, "System.String")
        symbol = _symbol_of(self._clr, ticker, market)
        return self.add_security(symbol, resolution, fill_forward, leverage, extended_market_hours, None, data_normalization_mode)

    @overload
    def add_security(
        self,
        symbol: Symbol | str,
        resolution: Any = None,
        fill_forward: bool | None = None,
        leverage: float = ...,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int = 0,
    ) -> Any: ...
    @overload
    def add_security(
        self,
        security_type: SecurityType,
        ticker: str,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
    ) -> Any: ...
    @overload
    def add_security(
        self,
        security_type: SecurityType,
        ticker: str,
        resolution: Any,
        fill_forward: bool | None,
        leverage: float,
        extended_market_hours: bool | None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
    ) -> Any: ...
    @overload
    def add_security(
        self,
        security_type: SecurityType,
        ticker: str,
        resolution: Any,
        market: str,
        fill_forward: bool | None,
        leverage: float,
        extended_market_hours: bool | None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
    ) -> Any: ...
    def add_security(self, *arguments: Any, **named: Any) -> Any:
        """add_security(symbol, ...) or add_security(security_type, ticker, ...)."""
        if not arguments:
            arguments = tuple(named.pop(name) for name in ("security_type", "ticker", "symbol") if name in named)
        if isinstance(arguments[0], SecurityType):
            kind, ticker, *rest = arguments
            if kind != SecurityType.EQUITY:
                raise NotOffered(f"SecurityType.{kind}", "only equities have data here")
            given = bound(UniverseMethods.add_security, (kind, ticker, *rest), named)
            market = given.pop("market", None)
            for name in ("security_type", "ticker", "symbol"):
                given.pop(name, None)
            return self._add(to_symbol(ticker) if isinstance(ticker, Symbol) else _symbol_of(self._clr, ticker, market), **given)
        symbol, *rest = arguments
        names = (
            "resolution",
            "fill_forward",
            "leverage",
            "extended_market_hours",
            "data_mapping_mode",
            "data_normalization_mode",
            "contract_depth_offset",
        )
        return self._add(to_symbol(symbol), **dict(zip(names, rest, strict=False), **named))

    def _add(
        self,
        symbol: Symbol,
        resolution: Any = None,
        fill_forward: bool = True,
        leverage: float = 0.0,
        extended_market_hours: bool = False,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int = 0,
    ) -> Any:
        state = self._clr
        if symbol.security_type != SecurityType.EQUITY:
            raise NotOffered(f"SecurityType.{symbol.security_type}", "only equities have data here")
        settings = state.universe_settings
        resolution = settings.resolution if resolution is None else to_enum(Resolution, resolution)
        if resolution == Resolution.TICK and not state.data.has_ticks:
            raise NotOffered("Resolution.TICK", f"{state.data.label} has bars only")
        mode = settings.data_normalization_mode
        if data_normalization_mode is not None:
            mode = to_enum(DataNormalizationMode, data_normalization_mode)
        check_ticker(state, symbol)
        configs = state.subscription_manager._get_or_add(symbol, resolution, fill_forward, extended_market_hours, mode)
        security = state.feed.create_security(symbol, configs[0], leverage)
        state.securities.add(symbol, security)
        universe = self._own_universe(security, configs[0])
        state.extra.setdefault("universe_updates", []).extend((universe, security, config) for config in configs)
        if state.settings.seed_initial_prices:
            state.universe_manager._seed([security])
        return security

    def _own_universe(self, security: Any, config: SubscriptionDataConfig) -> UserDefinedUniverse:
        """The universe of everything added by name."""
        state = self._clr
        symbol = security.symbol
        key = universe_symbol(symbol.security_type, symbol.id.market)
        found = state.universe_manager._find(key)
        if found is None:
            settings = UniverseSettings(
                config.resolution, security.leverage, config.fill_data_forward, config.extended_market_hours, timedelta(0)
            )
            found = UserDefinedUniverse._of_algorithm(settings, symbol.security_type, symbol.id.market, config.resolution)
            state.universe_manager._put(found)
            state.extra["universes_waiting"] = True
        own: UserDefinedUniverse = found
        return own

    def remove_security(self, symbol: Any, tag: str | None = None) -> bool:
        state, wanted = self._clr, to_symbol(symbol)
        security = state.securities._find(wanted)
        if security is None:
            return False
        if not state.is_warming_up:
            state.transactions.cancel_open_orders(wanted, tag or "Removed")
        if security.hold_stock:
            algorithm: Any = self
            algorithm.liquidate(wanted, tag=tag or "Removed")
        security.reset()
        updates = state.extra.setdefault("universe_updates", [])
        updates[:] = [update for update in updates if update[1].symbol != wanted]
        for universe in state.universe_manager.values():
            if isinstance(universe, UserDefinedUniverse) and universe.contains_member(wanted):
                updates.append((universe, security, None))
        return True


def _symbol_of(state: AlgorithmState, ticker: str, market: str | None) -> Symbol:
    """The symbol that the cache has for the ticker, or that of the security which has the ticker today."""
    markets = getattr(state.brokerage_model, "default_markets", {})
    name = market or markets.get(SecurityType.EQUITY, Market.USA)
    known = SymbolCache._find(ticker)
    if known is not None and known.id.market == name and known.security_type == SecurityType.EQUITY:
        return known
    return Symbol.create(ticker, SecurityType.EQUITY, name)


def check_ticker(state: AlgorithmState, symbol: Symbol) -> None:
    """Say at once that there is no data, where LEAN would run on in silence; a source may want it as LEAN does."""
    source = state.data
    if source.unknown_ticker_stops and not source.knows(symbol.value, symbol.id.market):
        known = ", ".join(source.tickers()[:12])
        raise DataProblem(f"unknown ticker {symbol.value!r}: {source.label} has {known or 'no equities'}")


def end_of_time_step(state: AlgorithmState) -> None:
    """Give universes what was added and removed in this step (QCAlgorithm.OnEndOfTimeStep)."""
    updates = state.extra.get("universe_updates") or []
    if not updates and not state.extra.get("universes_waiting"):
        return
    for universe, security, config in updates:
        if config is None:
            if universe._remove_symbol(security.symbol):
                state.universe_manager._touch(universe, "replace")
        elif universe._add_config(config):
            state.universe_manager._touch(universe, "add")
    state.extra["universe_updates"] = []
    state.universe_manager.process_changes()
    state.extra["universes_waiting"] = False


def post_initialize_universes(state: AlgorithmState, algorithm: Any) -> None:
    """Universes of the selection model, once (QCAlgorithm.FrameworkPostInitialize)."""
    _take_universes(state, create_universes(state.universe_selection, algorithm))


def _take_universes(state: AlgorithmState, universes: Iterable[Universe]) -> list[Symbol]:
    chosen: list[Symbol] = []
    for universe in universes:
        if not isinstance(universe, Universe):
            raise ArgumentException("create_universes must return universes")
        if universe.universe_settings is None:
            universe.universe_settings = state.universe_settings
        state.universe_manager._put(universe)
        state.extra["universes_waiting"] = True
        chosen.append(universe.symbol)
    state.extra["model_universes"] = list(dict.fromkeys([*state.extra.get("model_universes", []), *chosen]))
    return chosen


def refresh_universes(state: AlgorithmState) -> None:
    """Ask the selection model again when it wants to be asked (first part of QCAlgorithm.OnFrameworkData)."""
    model = state.universe_selection
    if type(model) in _NEVER_REFRESHED or state.utc < next_refresh(model):
        return
    manager = state.universe_manager
    for symbol, universe in list(manager.items()):
        if universe.dispose_requested:
            manager.remove(symbol)
            state.extra["model_universes"] = [s for s in state.extra.get("model_universes", []) if s != symbol]
    before = list(state.extra.get("model_universes", []))
    chosen = _take_universes(state, create_universes(model, fresh(state)))
    for symbol in before:
        if symbol not in chosen:
            manager[symbol].dispose()
