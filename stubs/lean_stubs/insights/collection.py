"""Stored insights (Common/Algorithm/Framework/Alphas/InsightCollection.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from lean_stubs.clr import ClrObject, SlotDict
from lean_stubs.clr.convert import no_match, to_date_time
from lean_stubs.clr.exceptions import ArgumentException, KeyNotFoundException
from lean_stubs.clr.instants import aware_utc
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.insights.insight import Insight
from lean_stubs.insights.state import InsightState

__all__ = ["InsightCollection"]


def _wrapped(states: Iterable[InsightState]) -> list[Insight]:
    return [Insight._wrap(s) for s in states]


class InsightCollection(ClrObject, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """Open insights by symbol, and a complete list that only `remove_insights` shortens."""

    def __init__(self) -> None:
        self._by_symbol: SlotDict[Symbol, list[InsightState]] = SlotDict()
        self._complete: list[InsightState] = []
        self._open = self._total = 0

    # The engine's side: states in, states out.
    def _add(self, state: InsightState) -> None:
        self._open += 1
        self._total += 1
        self._complete.append(state)
        if state.symbol not in self._by_symbol:
            self._by_symbol[state.symbol] = []
        self._by_symbol[state.symbol].append(state)

    def _states(self) -> Iterator[InsightState]:
        for states in self._by_symbol.values():
            yield from states

    def _active(self, utc: datetime) -> list[InsightState]:
        return [s for states in self._by_symbol.values() for s in states if not s.close < utc]

    def _has_active(self, symbol: Symbol, utc: datetime) -> bool:
        return any(not s.close < utc for s in self._by_symbol.get(symbol, ()))

    def _next_expiry(self) -> datetime | None:
        return min((s.close for states in self._by_symbol.values() for s in states), default=None) if self._open else None

    def _remove_state(self, state: InsightState) -> bool:
        states = self._by_symbol.get(state.symbol)
        for place, kept in enumerate(states or ()):
            if kept is state:
                assert states is not None
                del states[place]
                self._open -= 1
                if not states:
                    del self._by_symbol[state.symbol]
                return True
        return False

    def _remove_expired(self, utc: datetime) -> list[InsightState]:
        expired = [s for s in self._states() if s.close < utc]
        for state in expired:
            self._remove_state(state)
        return expired

    # What Python sees.
    @property
    def count(self) -> int:
        """Open insights, expired ones that nothing has removed yet included."""
        return self._open

    @property
    def total_count(self) -> int:
        """Insights ever added."""
        return self._total

    def add(self, item: Insight) -> None:
        if not isinstance(item, Insight):
            raise no_match("add", item)
        self._add(item._state)

    def add_range(self, insights: Iterable[Insight]) -> None:
        for insight in insights:
            self.add(insight)

    def contains(self, item: Insight) -> bool:
        return any(s is item._state for s in self._by_symbol.get(item._state.symbol, ()))

    def contains_key(self, symbol: Symbol | str) -> bool:
        return bool(self._by_symbol.get(to_symbol(symbol)))

    def __contains__(self, item: object) -> bool:
        return self.contains(item) if isinstance(item, Insight) else self.contains_key(item)  # type: ignore[arg-type]

    def remove(self, item: Insight) -> bool:
        return self._remove_state(item._state)

    def __getitem__(self, symbol: Symbol | str) -> list[Insight]:
        """Insights of a symbol; a copy."""
        key = to_symbol(symbol)
        if key not in self._by_symbol:
            raise KeyNotFoundException(f"The given key '{key}' was not present in the dictionary.")
        return _wrapped(self._by_symbol[key])

    def get_item(self, symbol: Symbol | str) -> list[Insight]:
        return self[symbol]

    def __setitem__(self, symbol: Symbol | str, insights: Iterable[Insight]) -> None:
        key, states = to_symbol(symbol), [i._state for i in insights]
        self._open += len(states) - len(self._by_symbol.get(key, ()))
        self._total += len(states)
        self._by_symbol[key] = states

    def set_item(self, symbol: Symbol | str, insights: Iterable[Insight]) -> None:
        self[symbol] = insights

    def __len__(self) -> int:
        return self._open

    def try_get_value(self, symbol: Symbol | str, insights: Any) -> tuple[bool, list[Insight] | None]:
        states = self._by_symbol.get(to_symbol(symbol))
        return states is not None, None if states is None else _wrapped(states)

    def __iter__(self) -> Iterator[Insight]:
        return iter(_wrapped(self._states()))

    def get_enumerator(self) -> Iterator[Insight]:
        return iter(self)

    def clear(self, symbols: Iterable[Symbol | str]) -> None:
        """Drops the open insights of the symbols."""
        for symbol in symbols:
            states = self._by_symbol.pop(to_symbol(symbol), None)
            self._open -= len(states or ())

    def get_next_expiry_time(self) -> datetime | None:
        """Earliest close time of all that is stored, expired or not."""
        found = self._next_expiry()
        return None if found is None else aware_utc(found)

    def get_active_insights(self, utc_time: datetime) -> list[Insight]:
        """Active insights, grouped by symbol in storage order."""
        return _wrapped(self._active(to_date_time(utc_time)))

    def has_active_insights(self, symbol: Symbol | str, utc_time: datetime) -> bool:
        return self._has_active(to_symbol(symbol), to_date_time(utc_time))

    def remove_expired_insights(self, utc_time: datetime) -> list[Insight]:
        return _wrapped(self._remove_expired(to_date_time(utc_time)))

    def remove_insights(self, filter: Callable[[Insight], bool]) -> None:
        """Drops what the filter names, from the complete list too."""
        self._complete = [s for s in self._complete if not filter(Insight._wrap(s))]
        for state in [s for s in self._states() if filter(Insight._wrap(s))]:
            self._remove_state(state)

    def get_insights(self, filter: Callable[[Insight], bool] | None = None) -> list[Insight]:
        """The complete list, or what the filter keeps of it."""
        if filter is not None and not callable(filter):
            raise ArgumentException(f"InsightCollection.GetInsights: {filter!r} is not a valid argument.")
        return [i for i in _wrapped(self._complete) if filter is None or filter(i)]
