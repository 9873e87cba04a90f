"""The regimes that are reported: who is in which one, since when it differs, and the records handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import Flags, FloatArray, Indices
from regime_framework.models import RegimeModel
from regime_framework.regimes import Regime, RegimeEstimate
from regime_framework.service.clock import moment

__all__ = ["Book", "Estimates", "Fit"]

_UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A model in use.

    Parameters
    ----------
    model : RegimeModel
    trained_at : datetime
        Algorithm time, aware UTC.
    fingerprint : str
        Text of the model's key.
    """

    model: RegimeModel
    trained_at: datetime
    fingerprint: str


class Book:
    """Reported regimes by row. A new regime is reported once its probability passes the symbol's threshold.

    Attributes
    ----------
    lock : context manager
        Held by whoever changes the book, and while a record is made.
    """

    def __init__(self, lock: AbstractContextManager[bool]) -> None:
        self.lock = lock
        self.edition = 0  # raised at every change
        self.state: Indices = np.empty(0, np.int64)
        self._announced: Indices = np.empty(0, np.int64)
        self._renamed: Flags = np.empty(0, np.bool_)  # a refit has left the reported regime without a state
        self._columns: dict[str, NDArray[Any]] = {
            "beliefs": np.empty((0, 5)),
            "state": self.state,
            "changed": np.empty(0, np.bool_),
            "bars": np.empty(0, np.int64),
            "end": np.empty(0, np.int64),
            "edition": np.empty(0, np.int64),
            "fit": np.empty(0, object),
        }
        # With the edition they were made in: a report makes them stale without touching them.
        self._records: list[tuple[int, RegimeEstimate] | None] = []

    def grow(self, capacity: int) -> None:
        """Room for as many rows."""
        more = capacity - len(self._records)
        if more <= 0:
            return
        for name, column in self._columns.items():
            fill = {"state": _UNKNOWN, "fit": None}.get(name, 0)
            self._columns[name] = np.concatenate([column, np.full((more, *column.shape[1:]), fill, column.dtype)])
        self.state = self._columns["state"]
        self._announced = np.concatenate([self._announced, np.full(more, _UNKNOWN, np.int64)])
        self._renamed = np.concatenate([self._renamed, np.zeros(more, np.bool_)])
        self._records += [None] * more

    def clear(self, row: int) -> None:
        """Nothing is known about this row any more."""
        self.state[row] = self._announced[row] = _UNKNOWN
        self._columns["fit"][row] = None
        self._renamed[row] = False
        self._records[row] = None
        self.edition += 1

    def refit(self, row: int, fit: Fit) -> None:
        """Another model is in use; the next report says so.

        A window may show fewer regimes than were asked for, so that the new model has another number of states:
        what was reported is then carried over by the name of its regime, or to the one next to it in risk.
        """
        old: Fit | None = self._columns["fit"][row]
        if old is not None and old.model.n_states != fit.model.n_states:
            before, told = old.model.regimes_[self.state[row]], self._announced[row] == self.state[row]
            self.state[row] = after = _nearest(before, fit.model.regimes_)
            self._renamed[row] = fit.model.regimes_[after] is not before
            self._announced[row] = after if told and not self._renamed[row] else _UNKNOWN
        self._columns["fit"][row] = fit

    def model(self, row: int) -> RegimeModel | None:
        """The model in use for this row."""
        fit: Fit | None = self._columns["fit"][row]
        return None if fit is None else fit.model

    def known(self, row: int) -> bool:
        """Whether a regime is reported for this row."""
        return bool(self.state[row] != _UNKNOWN)

    def begin(self, row: int, path: FloatArray, threshold: float) -> None:
        """Report a first regime: the rule is run over the filtered probabilities of the training window, shape (T, K)."""
        self.state[row] = settled(path, threshold, _UNKNOWN)

    def report(self, rows: Indices, beliefs: FloatArray, threshold: FloatArray, bars: Indices, ends: Indices) -> None:
        """New beliefs of several rows after one bar each, shape (n, 5)."""
        before = self.state[rows]
        likeliest = beliefs.argmax(axis=1)
        passed = beliefs[np.arange(len(rows)), likeliest] > threshold
        after = np.where(passed, likeliest, before)
        changed = (after != before) | self._renamed[rows]
        self._renamed[rows] = False
        self._write(rows, beliefs, after, changed, bars, ends)

    def follow(self, row: int, path: FloatArray, threshold: float, bars: int, end: int) -> None:
        """New beliefs of one row after several bars, shape (m, 5), m > 0."""
        before = settled(path[:-1], threshold, int(self.state[row]))
        after = settled(path, threshold, before)
        at = np.array([row])
        self._write(at, path[-1:], np.array([after]), np.array([after != before]), np.array([bars]), np.array([end]))

    def _write(self, rows: Indices, beliefs: FloatArray, state: Indices, changed: Flags, bars: Indices, ends: Indices) -> None:
        self.edition += 1
        columns = self._columns
        columns["beliefs"][rows] = beliefs
        columns["state"][rows] = state
        columns["changed"][rows] = changed
        columns["bars"][rows] = bars
        columns["end"][rows] = ends
        columns["edition"][rows] = self.edition

    def announce(self, rows: Indices) -> Indices:
        """Those of `rows` whose reported regime became known or changed since this was asked last."""
        state = self.state[rows]
        found: Indices = rows[(self._announced[rows] != state) & (state != _UNKNOWN)]
        self._announced[found] = self.state[found]
        return found

    def reported(self, row: int) -> tuple[int, bool]:
        """What :meth:`recall` needs to undo reports after this."""
        return int(self.state[row]), bool(self._renamed[row])

    def recall(self, row: int, reported: tuple[int, bool]) -> None:
        """The next report of this row follows on what was reported then."""
        self.state[row], self._renamed[row] = reported

    def hide(self, row: int) -> None:
        """The row is out of use for now; its regime is announced anew when it is back."""
        self._announced[row] = _UNKNOWN

    def current(self, row: int, symbol: str) -> RegimeEstimate | None:
        """The record of one row, or None before its first report."""
        with self.lock:
            return self.record(row, symbol, self._columns, row) if self.known(row) else None

    def estimates(self, names: Sequence[str], symbols: Sequence[str], rows: Indices) -> Estimates:
        """Records of some rows as they are now, made when they are looked at.

        Parameters
        ----------
        names, symbols : sequence of str
            Keys of the mapping and the symbols they stand for, n of them.
        rows : ndarray, shape (n,)
        """
        return Estimates(self, names, symbols, rows, {name: column[rows] for name, column in self._columns.items()})

    def record(self, row: int, symbol: str, values: Mapping[str, NDArray[Any]], at: int) -> RegimeEstimate:
        """One record; the same object for as long as the row has no newer bar."""
        edition = int(values["edition"][at])
        with self.lock:
            held = self._records[row]
            if held is not None and held[0] == edition:
                return held[1]
            made = _record(symbol, values, at)
            if edition == self._columns["edition"][row]:
                self._records[row] = (edition, made)
            return made


class Estimates(Mapping[str, RegimeEstimate]):
    """Estimates by symbol at one moment; a record is made when it is first looked at and then kept."""

    def __init__(
        self, book: Book, names: Sequence[str], symbols: Sequence[str], rows: Indices, values: dict[str, NDArray[Any]]
    ) -> None:
        self._book = book
        self._names = names
        self._symbols = symbols
        self._rows = rows
        self._values = values
        self._places: dict[str, int] | None = None
        self._made: dict[int, RegimeEstimate] = {}

    def __getitem__(self, symbol: str) -> RegimeEstimate:
        if self._places is None:
            self._places = {name: place for place, name in enumerate(self._names)}
        place = self._places[symbol]
        made = self._made.get(place)
        if made is None:
            row = int(self._rows[place])
            made = self._made.setdefault(place, self._book.record(row, self._symbols[place], self._values, place))
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<{len(self)} regime estimates>"


def settled(path: FloatArray, threshold: float, before: int) -> int:
    """The reported state after a path of beliefs, shape (T, K).

    The rule moves to the likeliest state whenever its probability exceeds the threshold, so the last bar at which
    that happens decides. Without one, what was reported before stays; if nothing was, the likeliest state is taken.
    """
    passing = np.flatnonzero(path.max(axis=1) > threshold) if len(path) else path
    if len(passing):
        return int(path[passing[-1]].argmax())
    return before if before != _UNKNOWN or not len(path) else int(path[-1].argmax())


def _nearest(regime: Regime, regimes: Sequence[Regime]) -> int:
    # The calmer one of two that are equally near.
    return min(range(len(regimes)), key=lambda state: (abs(regimes[state].risk - regime.risk), state))


def _record(symbol: str, values: Mapping[str, NDArray[Any]], at: int) -> RegimeEstimate:
    fit: Fit = values["fit"][at]
    model, state = fit.model, int(values["state"][at])
    probabilities: FloatArray = values["beliefs"][at, : model.n_states].copy()
    probabilities.flags.writeable = False
    return RegimeEstimate(
        symbol=symbol,
        as_of=moment(values["end"][at]),
        regime=model.regimes_[state],
        state=state,
        probabilities=probabilities,
        confidence=float(probabilities[state]),
        expected_return=float(model.expected_returns_[state]),
        volatility=float(model.volatilities_[state]),
        changed=bool(values["changed"][at]),
        bars=int(values["bars"][at]),
        trained_at=fit.trained_at,
        fingerprint=fit.fingerprint,
    )
