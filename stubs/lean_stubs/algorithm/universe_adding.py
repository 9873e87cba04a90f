"""Universes that the algorithm adds (Algorithm/QCAlgorithm.Universe.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.algorithm.given_universe import given_universe
from lean_stubs.clr.overloads import in_order
from lean_stubs.common.enums import Resolution, SecurityType
from lean_stubs.universe.settings import UniverseSettings
from lean_stubs.universe.universe import Universe

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["UniverseAdding"]


#: Names of the arguments, in the order of their places.
_PLACES = (
    "py_object",
    "pyfine",
    "universe",
    "date_rule",
    "t",
    "data_type",
    "security_type",
    "name",
    "resolution",
    "market",
    "universe_settings",
    "coarse_selector",
    "fine_selector",
    "selector",
    "py_selector",
)


class UniverseAdding:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    @overload
    def add_universe(self, py_object: Any) -> Universe: ...
    @overload
    def add_universe(self, py_object: Any, pyfine: Any) -> Universe: ...
    @overload
    def add_universe(self, name: str, resolution: Resolution, py_selector: Any) -> Universe: ...
    @overload
    def add_universe(self, name: str, py_selector: Any) -> Universe: ...
    @overload
    def add_universe(
        self,
        security_type: SecurityType,
        name: str,
        resolution: Resolution,
        market: str,
        universe_settings: UniverseSettings,
        py_selector: Any,
    ) -> Universe: ...
    @overload
    def add_universe(self, t: Any, name: str, selector: Any) -> Universe: ...
    @overload
    def add_universe(self, t: Any, name: str, resolution: Resolution, selector: Any) -> Universe: ...
    @overload
    def add_universe(
        self, t: Any, name: str, resolution: Resolution, universe_settings: UniverseSettings, selector: Any
    ) -> Universe: ...
    @overload
    def add_universe(self, t: Any, name: str, universe_settings: UniverseSettings, selector: Any) -> Universe: ...
    @overload
    def add_universe(
        self, t: Any, security_type: SecurityType, name: str, resolution: Resolution, market: str, selector: Any
    ) -> Universe: ...
    @overload
    def add_universe(
        self,
        t: Any,
        security_type: SecurityType,
        name: str,
        resolution: Resolution,
        market: str,
        universe_settings: UniverseSettings,
        selector: Any,
    ) -> Universe: ...
    @overload
    def add_universe(
        self,
        data_type: Any,
        security_type: Any = None,
        name: str | None = None,
        resolution: Any = None,
        market: str | None = None,
        universe_settings: UniverseSettings | None = None,
        py_selector: Any = None,
    ) -> Universe: ...
    @overload
    def add_universe(self, universe: Universe) -> Universe: ...
    @overload
    def add_universe(self, selector: Any) -> Universe: ...
    @overload
    def add_universe(self, date_rule: Any, selector: Any) -> Universe: ...
    @overload
    def add_universe(self, universe: Universe, fine_selector: Any) -> Universe: ...
    @overload
    def add_universe(self, coarse_selector: Any, fine_selector: Any) -> Universe: ...
    def add_universe(self, *arguments: Any, **named: Any) -> Universe:
        """add_universe(universe | selector | coarse, fine | date rule, selector | universe, fine selector | name, selector).

        Before the name may stand a security type, before its selector resolution, market and settings.
        """
        state = self._clr
        arguments += tuple(in_order(named, _PLACES)) if named else ()
        universe = given_universe(state, arguments)
        if universe.universe_settings is None:
            universe.universe_settings = state.universe_settings
        state.universe_manager._put(universe)
        state.extra["universes_waiting"] = True
        return universe
