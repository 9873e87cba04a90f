"""Universes of the algorithm (LEAN: Common/Securities/UniverseManager.cs)."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any, overload

from lean_stubs.clr.dictionary import ExtendedDictionary
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.clr.pairs import KeyValuePair
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.last_known_prices import last_known_prices
from lean_stubs.universe.universe import Universe

__all__ = ["ActiveSecurities", "UniverseManager"]


class ActiveSecurities(ExtendedDictionary[Any], clr="QuantConnect"):
    """Members of all universes at this moment. LEAN promises no order: a fixed seed shuffles it here."""

    _value_name = "Security"

    def __init__(self, securities: dict[Symbol, Any], turn: int) -> None:
        order = sorted(securities.items(), key=lambda item: str(item[0].id))
        random.Random(turn).shuffle(order)
        self._securities = dict(order)

    def _find(self, symbol: Symbol) -> Any:
        return self._securities.get(symbol)

    def _entries(self) -> Iterable[tuple[Symbol, Any]]:
        return self._securities.items()


class UniverseManager(ExtendedDictionary[Universe], clr="QuantConnect.Securities"):
    _value_name = "Universe"

    def __init__(self, _state: Any) -> None:
        self._state = _state
        self._universes: dict[Symbol, Universe] = {}
        self._pending: list[tuple[str, Universe]] = []
        self._turn = 0

    @property
    def is_read_only(self) -> bool:
        return False

    def _find(self, symbol: Symbol) -> Universe | None:
        return self._universes.get(symbol)

    def _entries(self) -> Iterable[tuple[Symbol, Universe]]:
        return self._universes.items()

    def _store(self, symbol: Symbol, value: Universe) -> None:
        self._put(value)

    def _remove(self, symbol: Symbol) -> bool:
        universe = self._universes.pop(symbol, None)
        if universe is None:
            return False
        universe.dispose()
        return True

    @overload
    def remove(self, item: KeyValuePair[Symbol, Universe]) -> bool: ...
    @overload
    def remove(self, key: Any) -> bool: ...
    def remove(self, *arguments: Any, **named: Any) -> bool:
        return self._remove_given(argument(UniverseManager.remove, arguments, named))

    @overload
    def update(self, other: Any) -> None: ...
    @overload
    def update(self, key: Any, value: Universe, action: Any) -> None: ...
    def update(self, *arguments: Any, **named: Any) -> None:
        """A mapping of universes, or a universe whose content changed: it is selected from again after this step."""
        given = bound(UniverseManager.update, arguments, named)
        if "other" in given:
            super().update(given["other"])
            return
        if to_symbol(given["key"]) in self._universes:
            self._touch(given["value"], str(given["action"]).lower())

    def _put(self, universe: Universe) -> None:
        """Add a universe; its first selection comes after this step."""
        if universe.symbol not in self._universes:
            self._universes[universe.symbol] = universe
            self._pending.append(("add", universe))

    def _touch(self, universe: Universe, action: str) -> None:
        """A universe's content changed: it selects again after this step."""
        if universe.symbol in self._universes and not any(known is universe for _, known in self._pending):
            self._pending.append((action, universe))

    def process_changes(self) -> None:
        while self._pending:
            action, universe = self._pending.pop(0)
            self._state.feed.add_universe(universe, action)

    def _member_securities(self) -> dict[Symbol, Any]:
        """The engine's own view of the active securities."""
        found: dict[Symbol, Any] = {}
        for universe in self._universes.values():
            for symbol, member in universe._members.items():
                found.setdefault(symbol, member.security)
        return found

    @property
    def active_securities(self) -> ActiveSecurities:
        self._turn += 1
        return ActiveSecurities(self._member_securities(), self._turn)

    def _seed(self, securities: Iterable[Any]) -> None:
        """Give new securities their last known price (LEAN: AlgorithmUtils.SeedSecurities)."""
        for security in securities:
            if not security.price:
                for point in last_known_prices(self._state, security.symbol):
                    security.set_market_price(point)
