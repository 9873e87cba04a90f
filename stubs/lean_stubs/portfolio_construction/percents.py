"""The CLR dictionary that stock models answer determine_target_percent with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.clr import ClrObject, pair_type
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.clr.pairs import KeyValuePair
from lean_stubs.insights.insight import Insight

__all__ = ["InsightPercents"]


class InsightPercents(ClrObject, clr="System.Collections.Generic"):
    """Insight to share of the portfolio; iterating gives pairs with ``key`` and ``value``."""

    def __init__(self, percents: dict[Insight, float] | None = None) -> None:
        self._percents = dict(percents or {})

    def __getitem__(self, insight: Insight) -> float:
        if insight not in self._percents:
            raise KeyNotFoundException(f"The given key '{insight}' was not present in the dictionary.")
        return self._percents[insight]

    def __setitem__(self, insight: Insight, percent: float) -> None:
        self._percents[insight] = float(percent)

    def __contains__(self, insight: object) -> bool:
        return insight in self._percents

    def contains_key(self, insight: Insight) -> bool:
        return insight in self._percents

    def __len__(self) -> int:
        return len(self._percents)

    @property
    def count(self) -> int:
        return len(self._percents)

    def __iter__(self) -> Iterator[KeyValuePair[Insight, float]]:
        pair: Any = pair_type("Insight", "Double")
        return iter([pair(i, p) for i, p in self._percents.items()])

    def keys(self) -> list[Insight]:
        return list(self._percents)

    def values(self) -> list[float]:
        return list(self._percents.values())

    def items(self) -> list[tuple[Insight, float]]:
        return list(self._percents.items())

    def get(self, insight: Insight, default_value: float | None = None) -> float | None:
        return self._percents.get(insight, default_value)


type.__setattr__(InsightPercents, "__name__", "Dictionary[Insight,Double]")
type.__setattr__(InsightPercents, "__qualname__", "Dictionary[Insight,Double]")
