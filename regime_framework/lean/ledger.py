"""What the active insights say and whether that has changed, kept beside LEAN's collection to spare walks over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from regime_framework.lean.clock import aware

if TYPE_CHECKING:
    from AlgorithmImports import Insight, Symbol

__all__ = ["InsightLedger", "OpenInsight"]

_NEAR: Final = 0.1  # a renewal carries today's probability: a tenth more or less is the same view
_Said = tuple[tuple[str, int, tuple[float | None, ...]], ...]


@dataclass(slots=True, eq=False)
class OpenInsight:
    """An insight with what is read of it more than once: every read crosses into the engine.

    Parameters
    ----------
    row : str
        ``str(symbol.id)``.
    insight : Insight
    symbol : Symbol
    source : str
        Name of the alpha model.
    direction : int
        -1, 0 or 1.
    numbers : tuple of float or None
        Weight, confidence, magnitude; empty where nobody looks at them.
    closes : datetime
        End of its life when it was made, in LEAN's own UTC; a cancelled insight ends earlier.
    """

    row: str
    insight: Insight
    symbol: Symbol
    source: str
    direction: int
    numbers: tuple[float | None, ...]
    closes: datetime

    @classmethod
    def read(cls, insight: Insight, *, numbers: bool = False) -> OpenInsight:
        """Take an insight as the engine hands it over, with its numbers where they are wanted."""
        symbol = insight.symbol
        return cls(
            str(symbol.id),
            insight,
            symbol,
            str(insight.source_model),
            int(insight.direction),
            (insight.weight, insight.confidence, insight.magnitude) if numbers else (),
            insight.close_time_utc,
        )


class InsightLedger:
    """Follows LEAN's collection of insights step by step.

    Parameters
    ----------
    by_source : bool
        The last insight of each source model counts; otherwise only the last one of a symbol.
    by_numbers : bool
        Weight, confidence and magnitude count as well as the direction: a number that moved by more than a tenth is
        another view.
    """

    def __init__(self, *, by_source: bool, by_numbers: bool) -> None:
        self._by_source, self._by_numbers = by_source, by_numbers
        self._open: dict[str, list[OpenInsight]] = {}
        self._rows: list[str] | None = None  # of `_open`, sorted; None after a change
        self._size = 0
        self._acted: dict[str, _Said] = {}
        self._touched: dict[str, str | None] = {}

    @property
    def cause(self) -> str | None:
        """Why the portfolio no longer is what the insights say: "insights", "expiry", or None where it still is."""
        causes = set(self._touched.values())
        return "insights" if "insights" in causes else "expiry" if "expiry" in causes else None

    def follow(self, collection: Any, new: Sequence[Insight], now: datetime) -> None:
        """Take in a step's new insights and notice what has ended.

        A step without news costs two crossings, whatever the number of insights.

        Parameters
        ----------
        collection : InsightManager
            ``algorithm.insights``; what has expired is removed from it.
        new : sequence of Insight
            Those of this step.
        now : datetime
            The algorithm's UTC time.
        """
        for insight in new:
            self._take(OpenInsight.read(insight, numbers=self._by_numbers))
        next_expiry = collection.get_next_expiry_time()
        # An insight that was put there by hand may have an end without a zone.
        if next_expiry is not None and aware(next_expiry) < aware(now):
            for insight in collection.remove_expired_insights(now):
                self._drop(insight, aware(now))
        if collection.count != self._size:
            self._rebuild(collection.get_active_insights(now))

    def acted(self) -> None:
        """The portfolio now is what the insights say."""
        for row in self._touched:
            said = self._said(row)
            if said:
                self._acted[row] = said
            else:
                self._acted.pop(row, None)
        self._touched.clear()

    def speaking(self, accepts: Callable[[Insight], bool] | None = None) -> list[OpenInsight]:
        """The insights that count, by row in order, and in the order of their making within a row.

        Parameters
        ----------
        accepts : callable, optional
            Leave out insights for which it is false, before the last one is chosen.
        """
        if self._rows is None:
            self._rows = sorted(self._open)
        if accepts is None and not self._by_source:
            return [self._open[row][-1] for row in self._rows]
        spoken: list[OpenInsight] = []
        for row in self._rows:
            found = self._open[row]
            spoken += self._last(found if accepts is None else [entry for entry in found if accepts(entry.insight)])
        return spoken

    def _last(self, entries: list[OpenInsight]) -> Iterable[OpenInsight]:
        if not self._by_source:
            return entries[-1:]
        last: dict[str, OpenInsight] = {}
        for entry in entries:
            last.pop(entry.source, None)  # to the end: of two sources that share an entry the one that spoke last counts
            last[entry.source] = entry
        return last.values()

    def _said(self, row: str) -> _Said:
        return tuple((entry.source, entry.direction, entry.numbers) for entry in self._last(self._open.get(row, [])))

    def _take(self, entry: OpenInsight) -> None:
        entries = self._open.get(entry.row)
        if entries is None:
            self._open[entry.row], self._rows = [entry], None
        else:
            entries.append(entry)
        self._size += 1
        self._touch(entry.row, "insights")

    def _touch(self, row: str, cause: str) -> None:
        if _repeats(self._acted.get(row, ()), self._said(row)):
            self._touched[row] = None
        elif self._touched.get(row) is None:
            self._touched[row] = cause

    def _drop(self, insight: Insight, now: datetime) -> None:
        row = str(insight.symbol.id)
        entries = self._open.get(row, [])
        place = next((i for i, entry in enumerate(entries) if entry.insight == insight), None)
        if place is None:
            return  # made behind the engine's back; the count tells
        ended = entries.pop(place)
        self._size -= 1
        if not entries:
            del self._open[row]
            self._rows = None
        self._touch(row, "expiry" if aware(ended.closes) < now else "insights")

    def _rebuild(self, active: Iterable[Insight]) -> None:
        """Somebody took insights out of the collection, or put some in, without a word."""
        before = self._open.keys()
        self._open, self._rows, self._size = {}, None, 0
        for insight in active:
            self._take(OpenInsight.read(insight, numbers=self._by_numbers))
        for row in before - self._open.keys():
            self._touch(row, "insights")


def _repeats(before: _Said, after: _Said) -> bool:
    if before == after:
        return True
    if len(before) != len(after):
        return False
    return all(
        one[:2] == two[:2] and all(map(_near, one[2], two[2])) for one, two in zip(sorted(before), sorted(after), strict=True)
    )


def _near(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    if one != one or two != two:
        return one != one and two != two  # a number that is missing twice
    return abs(one - two) <= _NEAR * max(abs(one), abs(two))
