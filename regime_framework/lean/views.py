"""Which symbols an alpha must speak about at a bar: first known, changed, or about to expire."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from regime_framework.regimes import Regime, RegimeEstimate

__all__ = ["View", "ViewBook"]

I = TypeVar("I")  # noqa: E741  an insight, whatever its type


@dataclass(slots=True)
class View(Generic[I]):
    """What was last said about one symbol."""

    regime: Regime
    insights: list[I] = field(default_factory=list)
    closes: datetime | None = None  # of the newest insight, aware UTC; None until it was read back


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

    def __getitem__(self, row: str) -> View[I]:
        return self._views[row]

    def forget(self, rows: Iterable[str]) -> None:
        """Rows that left the universe."""
        for row in rows:
            self._views.pop(row, None)
            self._unsure.discard(row)

    @property
    def unsure(self) -> Set[str]:
        """Rows whose regime is known but not surely enough."""
        return self._unsure

    def expiring(self, ends_before_next_session: Callable[[str, View[I]], bool]) -> Iterator[str]:
        """Rows whose newest insight would end before anyone could renew it."""
        return (row for row, view in self._views.items() if view.insights and ends_before_next_session(row, view))

    def judge(self, rows: Iterable[str], estimates: Mapping[str, RegimeEstimate], renew: Set[str]) -> Iterator[tuple[str, list[I]]]:
        """Rows to speak about, sorted, each with the insights that no longer stand.

        A row whose new regime is not sure yet is yielded as well when something said before must be withdrawn; ask
        :attr:`unsure` before speaking.
        """
        for row in sorted(set(rows)):
            estimate = estimates.get(row)
            if estimate is None:
                continue
            view = self._views.get(row)
            changed = view is None or view.regime is not estimate.regime
            if not changed and row not in renew:
                self._unsure.discard(row)
                continue
            withdrawn = view.insights if view is not None and changed else []
            if estimate.confidence < self._min_confidence:
                self._unsure.add(row)
                if changed:
                    self._views.pop(row, None)
                    if withdrawn:
                        yield row, withdrawn
                continue
            self._unsure.discard(row)
            if changed:
                self._views[row] = View(estimate.regime)
            yield row, withdrawn

    def said(self, row: str, insight: I) -> None:
        """Note an insight just made; the one before it stands until it expires."""
        view = self._views[row]
        view.insights = [*view.insights[-1:], insight]
        view.closes = None
