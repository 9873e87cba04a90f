"""Which symbols an alpha must speak about at a bar: first known, changed, or about to expire."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from regime_framework.regimes import Regime, RegimeEstimate

__all__ = ["View", "ViewBook"]

I = TypeVar("I")  # noqa: E741  an insight, whatever its type

_HORIZON: Final = timedelta(days=14)  # holds a session of any exchange for sure: what ends later needs no look at a calendar


@dataclass(slots=True)
class View(Generic[I]):
    """What was last said about one symbol."""

    regime: Regime
    insight: I | None = None
    group: tuple[datetime, str] | None = None  # the insight's end, aware UTC, and exchange; None until it was read back


class ViewBook(Generic[I]):
    """Remembers what was said, and finds what has to be said now.

    Parameters
    ----------
    min_confidence : float
        A regime is spoken about only once its probability reaches this; a standing view is then not renewed below it.
    """

    def __init__(self, min_confidence: float) -> None:
        self._min_confidence = min_confidence
        self._views: dict[str, View[I]] = {}
        self._unsure: set[str] = set()
        self._unread: set[str] = set()
        # Views that end together are looked at together: a bar without news then costs nothing a symbol.
        self._groups: dict[tuple[datetime, str], set[str]] = {}

    def forget(self, rows: Iterable[str]) -> None:
        """Rows that left the universe."""
        for row in rows:
            self._leave_group(row)
            self._views.pop(row, None)
            self._unsure.discard(row)

    @property
    def unsure(self) -> Set[str]:
        """Rows whose regime is known but not surely enough."""
        return self._unsure

    def read_back(self, read: Callable[[str, I], tuple[datetime, str]]) -> None:
        """Learn when the insights said at the last bar end; the engine sets that when it takes them.

        Parameters
        ----------
        read : callable
            From row and insight to the insight's end and the row's exchange.
        """
        for row in sorted(self._unread):
            view = self._views.get(row)
            if view is not None and view.insight is not None:
                view.group = read(row, view.insight)
                self._groups.setdefault(view.group, set()).add(row)
        self._unread.clear()

    def due(self, now: datetime, ends_too_soon: Callable[[str, datetime], bool], within: timedelta) -> frozenset[str]:
        """Rows to renew, all together, so that renewals fall on few bars.

        Parameters
        ----------
        now : datetime
        ends_too_soon : callable
            Whether an end comes before anyone could renew at the next bar of this row's exchange.
        within : timedelta
            Once one must be renewed, all are that end within this time.

        Returns
        -------
        frozenset of str
            They are not returned again before something was said of them.
        """
        near = [(end, rows) for (end, _), rows in self._groups.items() if end - now <= _HORIZON and rows]
        if not any(ends_too_soon(min(rows), end) for end, rows in near):
            return frozenset()
        found = [group for group in self._groups if group[0] - now <= within]
        renewed = frozenset().union(*(self._groups.pop(group) for group in found))
        for row in renewed:
            self._views[row].group = None
        return renewed

    def judge(
        self, rows: Iterable[str], estimates: Mapping[str, RegimeEstimate], renew: Set[str]
    ) -> Iterator[tuple[str, I | None]]:
        """Rows to speak about, sorted, each with the insight that no longer stands, if there is one.

        A renewal takes the place of the insight before it, so that there is one a symbol at any time: models that add
        insights up, or that keep a number for each, would count the regime twice. A row whose new regime is not sure
        yet is yielded as well when something said before must be withdrawn; ask :attr:`unsure` before speaking.
        """
        for row in sorted(set(rows)):
            estimate, view = estimates.get(row), self._views.get(row)
            if estimate is None:
                if view is not None:
                    self._unsure.add(row)
                continue
            changed = view is None or view.regime is not estimate.regime
            if not changed and row not in renew and row not in self._unsure:
                continue
            withdrawn = None if view is None else view.insight
            if changed:
                self._leave_group(row)
            if estimate.confidence < self._min_confidence:
                self._unsure.add(row)
                if changed:
                    self._views.pop(row, None)
                    if withdrawn is not None:
                        yield row, withdrawn
                continue
            self._unsure.discard(row)
            if changed:
                self._views[row] = View(estimate.regime)
            yield row, withdrawn

    def said(self, row: str, insight: I) -> None:
        """Note an insight just made."""
        self._leave_group(row)
        self._views[row].insight = insight
        self._unread.add(row)

    def _leave_group(self, row: str) -> None:
        view = self._views.get(row)
        if view is not None and view.group is not None:
            rows = self._groups[view.group]
            rows.discard(row)
            if not rows:
                del self._groups[view.group]
            view.group = None
