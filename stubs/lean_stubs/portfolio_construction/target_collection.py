"""Targets by symbol (Common/Algorithm/Framework/Portfolio/PortfolioTargetCollection.cs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, overload

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr import ClrObject, SlotDict
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.clr.overloads import bound
from lean_stubs.clr.pairs import KeyValuePair
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.portfolio_construction.target import PortfolioTarget

__all__ = ["PortfolioTargetCollection"]


class PortfolioTargetCollection(ClrObject, clr="QuantConnect.Algorithm.Framework.Portfolio"):
    """The last target of each symbol."""

    def __init__(self) -> None:
        self._targets: SlotDict[Symbol, PortfolioTarget] = SlotDict()

    @property
    def count(self) -> int:
        return len(self._targets)

    @property
    def is_empty(self) -> bool:
        return not self._targets

    @property
    def is_read_only(self) -> bool:
        return False

    @property
    def keys(self) -> list[Symbol]:
        return list(self._targets)

    @property
    def values(self) -> list[PortfolioTarget]:
        return list(self._targets.values())

    @overload
    def add(self, target: PortfolioTarget | KeyValuePair[Symbol, PortfolioTarget] | None) -> None: ...
    @overload
    def add(self, symbol: Symbol | str, target: PortfolioTarget | None) -> None: ...
    def add(self, *given: Any, **named: Any) -> None:
        """One target, or a symbol and its target; None is ignored."""
        added = list(bound(PortfolioTargetCollection.add, given, named).values())[-1]
        added = added.value if isinstance(added, KeyValuePair) else added
        if added is not None:
            self._targets[added.symbol] = added

    def add_range(self, targets: Iterable[PortfolioTarget]) -> None:
        for target in targets:
            self._targets[target.symbol] = target

    def clear(self) -> None:
        self._targets.clear()

    def clear_fulfilled(self, algorithm: Any) -> None:
        """Drops targets that the holdings meet within a lot."""
        securities = state_of(algorithm).securities
        for target in self.values:
            security = securities[target.symbol]
            if abs(target.quantity - security.holdings.quantity) < security.symbol_properties.lot_size:
                del self._targets[target.symbol]

    def contains(self, target: Any) -> bool:
        """Whether there is a target of that one's symbol (or of a pair's target)."""
        target = target.value if isinstance(target, KeyValuePair) else target
        return target is not None and target.symbol in self._targets

    def contains_key(self, symbol: Symbol | str) -> bool:
        return to_symbol(symbol) in self._targets

    def __contains__(self, item: object) -> bool:
        return self.contains(item) if isinstance(item, PortfolioTarget) else self.contains_key(item)  # type: ignore[arg-type]

    @overload
    def remove(self, symbol: Symbol | str) -> bool: ...
    @overload
    def remove(self, target: Any) -> bool: ...
    def remove(self, *given: Any, **named: Any) -> bool:
        """A symbol's target, or exactly this target."""
        (item,) = (*given, *named.values())
        item = item.value if isinstance(item, KeyValuePair) else item
        if isinstance(item, PortfolioTarget):
            return self._targets.get(item.symbol) is item and self._targets.pop(item.symbol, None) is not None
        return self._targets.pop(to_symbol(item), None) is not None

    def try_get_value(self, symbol: Symbol | str, target: Any) -> tuple[bool, PortfolioTarget | None]:
        found = self._targets.get(to_symbol(symbol))
        return found is not None, found

    def __getitem__(self, symbol: Symbol | str) -> PortfolioTarget:
        key = to_symbol(symbol)
        if key not in self._targets:
            raise KeyNotFoundException(f"The given key '{key}' was not present in the dictionary.")
        return self._targets[key]

    def __setitem__(self, symbol: Symbol | str, target: PortfolioTarget) -> None:
        self._targets[to_symbol(symbol)] = target

    def __len__(self) -> int:
        return len(self._targets)

    def __iter__(self) -> Iterator[PortfolioTarget]:
        return iter(self.values)

    def order_by_margin_impact(self, algorithm: Any) -> list[PortfolioTarget]:
        """Targets that need an order: those that free margin first, then the largest; nothing while warming up."""
        from lean_stubs.orders.sizing import order_targets_by_margin_impact

        return [] if self.is_empty else list(order_targets_by_margin_impact(self.values, state_of(algorithm)))
