"""What the service follows for each symbol: its last bar, its stored observations and its belief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from regime_framework._typing import Flags, FloatArray, Indices
from regime_framework.config import RegimeConfig
from regime_framework.models import FilterBank, RegimeModel
from regime_framework.service.clock import NEVER
from regime_framework.service.intake import History, Tally, bad_prices, observe
from regime_framework.service.schedule import RetrainSchedule
from regime_framework.service.windows import ObservationWindows, Window

__all__ = ["Taken", "Tracks"]

Taken: TypeAlias = tuple[Indices, FloatArray, FloatArray | None]

_FIRST_ROWS: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    # Symbols of one config share the width of their windows and their schedule.
    config: RegimeConfig
    schedule: RetrainSchedule
    windows: ObservationWindows


class Tracks:
    """One row a symbol; all arithmetic on many rows at once.

    Attributes
    ----------
    rows : dict of str to int
    parked : dict of str to int
        Rows of symbols that were removed and are kept.
    names : list of str
        By row; "" for a row that is free.
    last_end, bars : ndarray, shape (R,)
        End of the last bar in microseconds since 1970, and bars accepted so far.
    last_close : ndarray, shape (R,)
    switch : ndarray, shape (R,)
        Each symbol's `switch_probability`.
    tally : Tally
    """

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.names: list[str] = []
        self.generation = 0  # raised whenever a name may lead to another row
        self.tally = Tally()
        self.last_close: FloatArray = np.empty(0)
        self.last_end: Indices = np.empty(0, np.int64)
        self.bars: Indices = np.empty(0, np.int64)
        self.switch: FloatArray = np.empty(0)
        self._group: Indices = np.empty(0, np.int64)
        self._slot: Indices = np.empty(0, np.int64)
        self._ranged: Flags = np.empty(0, np.bool_)
        self._fitted: Flags = np.empty(0, np.bool_)
        self._tried_at: Indices = np.empty(0, np.int64)
        self._tried_bars: Indices = np.empty(0, np.int64)
        self._groups: list[_Group] = []
        self._by_config: dict[RegimeConfig, int] = {}
        self._free: list[int] = []
        self.parked: dict[str, int] = {}
        self._bank = FilterBank(_FIRST_ROWS)
        self._bank_rows = _FIRST_ROWS

    @property
    def capacity(self) -> int:
        """Rows, free ones included."""
        return len(self.names)

    @property
    def nbytes(self) -> int:
        """Bytes of all windows."""
        return sum(group.windows.nbytes for group in self._groups)

    def open(self, symbol: str, config: RegimeConfig, *, listed: bool = True) -> int:
        """A clean row for a symbol that has none; one that is not listed is not found by its name."""
        if not self._free:
            self._grow(max(_FIRST_ROWS, len(self.names) // 4))
        row = self._free.pop()
        if config not in self._by_config:
            self._by_config[config] = len(self._groups)
            self._groups.append(_Group(config, RetrainSchedule(config.retrain), ObservationWindows(config.lookback)))
        group = self._by_config[config]
        if listed:
            self.rows[symbol] = row
        self.names[row] = symbol
        self.generation += 1
        self.last_close[row], self.last_end[row], self.bars[row] = np.nan, NEVER, 0
        self.switch[row] = config.switch_probability
        self._group[row], self._slot[row] = group, self._groups[group].windows.claim()
        self._ranged[row], self._fitted[row] = config.observation != "close", False
        self._tried_at[row], self._tried_bars[row] = NEVER, 0
        return row

    def close(self, symbol: str) -> None:
        """Forget a symbol."""
        row = self.rows.pop(symbol)
        self._windows(row).release(int(self._slot[row]))
        self.names[row] = ""
        self._free.append(row)
        self.generation += 1

    def park(self, symbol: str) -> int:
        """Take a symbol out of use but keep what is known about it."""
        self.parked[symbol] = row = self.rows.pop(symbol)
        self.generation += 1
        return row

    def resume(self, symbol: str) -> bool:
        """Put a parked symbol back into use; False if it was not parked."""
        if symbol not in self.parked:
            return False
        self.rows[symbol] = self.parked.pop(symbol)
        self.generation += 1
        return True

    def config(self, row: int) -> RegimeConfig:
        """The config of a symbol."""
        return self._groups[int(self._group[row])].config

    def window(self, row: int) -> Window:
        """A copy of a symbol's stored observations."""
        return self._windows(row).window(int(self._slot[row]))

    def series(self, row: int) -> tuple[Indices, FloatArray]:
        """Bar ends and returns of a symbol."""
        return self._windows(row).series(int(self._slot[row]))

    def take(self, rows: Indices, closes: FloatArray, bars: FloatArray | None, end: int) -> Taken:
        """One bar for each of several distinct symbols.

        Parameters
        ----------
        rows : ndarray, shape (n,)
        closes : ndarray, shape (n,)
        bars : ndarray, shape (n, 4), or None
        end : int
            End of the bar, in microseconds since 1970.

        Returns
        -------
        rows, returns : ndarray, shape (m,)
            The symbols that took a bar, and its return; NaN for a symbol's first bar.
        variances : ndarray, shape (m,), or None
        """
        fresh = self.last_end[rows] < end
        if not fresh.all():
            self.tally.repeated += int(len(rows) - fresh.sum())
            rows, closes, bars = _only(fresh, rows, closes, bars)
        if not len(rows):
            return rows, closes, None
        good, reasons = bad_prices(closes)
        if reasons:
            self.tally.reject(reasons)
            rows, closes, bars = _only(good, rows, closes, bars)
        returns, variances, incomplete = observe(closes, bars, self.last_close[rows], self._ranged[rows])
        self.tally.incomplete += incomplete
        begun = self.bars[rows] > 0
        broken = begun & ~np.isfinite(returns)
        if broken.any():
            self.tally.reject({"infinite": int(broken.sum())})
            rows, closes, returns, begun = rows[~broken], closes[~broken], returns[~broken], begun[~broken]
            variances = None if variances is None else variances[~broken]
        self.last_close[rows], self.last_end[rows] = closes, end
        self.bars[rows] += 1
        if begun.all():
            self._store(rows, returns, variances, end)
        else:
            self._store(rows[begun], returns[begun], None if variances is None else variances[begun], end)
        return rows, returns, variances

    def take_history(self, row: int, history: History) -> FloatArray:
        """Many bars of one symbol; the beliefs after each of them, shape (m, 5), empty without a model."""
        history = history[history.ends > self.last_end[row]]
        good, reasons = bad_prices(history.closes)
        self.tally.reject(reasons)
        history = history[good]
        if not len(history):
            return np.empty((0, 5))
        previous = np.concatenate([self.last_close[row : row + 1], history.closes[:-1]])
        ranged = np.full(len(history), self._ranged[row])
        returns, variances, incomplete = observe(history.closes, history.bars, previous, ranged)
        self.tally.incomplete += incomplete
        seen = np.isfinite(returns)
        seen[0] &= self.bars[row] > 0
        self.last_close[row], self.last_end[row] = history.closes[-1], history.ends[-1]
        self.bars[row] += len(history)
        returns, variances = returns[seen], None if variances is None else variances[seen]
        self._windows(row).extend(int(self._slot[row]), returns, variances, history.ends[seen])
        if not self._fitted[row]:
            return np.empty((0, 5))
        place = np.array([row])
        path = np.empty((len(returns), 5))
        for bar in range(len(returns)):
            at = slice(bar, bar + 1)
            self.tally.absurd += self._bank.step(place, returns[at], None if variances is None else variances[at])
            path[bar] = self._bank.beliefs[row]
        return path

    def due(self, rows: Iterable[int] | Indices, now: int) -> Indices:
        """Those of `rows` that have enough bars and whose schedule asks for a training."""
        rows = np.asarray(rows, np.int64)
        found = []
        for group, members in self._by_group(rows):
            ready = self.bars[members] >= group.config.min_bars
            if not ready.any():
                continue
            members = members[ready]
            since = self.bars[members] - self._tried_bars[members]
            fit = self._fitted[members]
            due = ~fit
            if fit.any():
                due = due | group.schedule.due_many(self._tried_at[members], now, since)
            if due.any():
                found.append(members[due])
        return np.concatenate(found) if found else rows[:0]

    def tried(self, row: int, now: int) -> None:
        """A training was asked for; the schedule counts from here, whatever comes of it."""
        self._tried_at[row], self._tried_bars[row] = now, self.bars[row]

    def install(self, row: int, model: RegimeModel, belief: FloatArray) -> None:
        """A new model for a symbol, with its belief at the last bar."""
        self._bank.assign(row, model, belief)
        self._fitted[row] = True

    def advance(self, row: int, value: float, variance: float, end: int, *, again: bool) -> None:
        """One bar, given as its observation, for a row that has a model and no window; `again` if it was counted before."""
        absurd = self._bank.step(np.array([row]), np.array([value]), np.array([variance]))
        self.tally.absurd += 0 if again else absurd
        self.last_end[row] = end
        self.bars[row] += not again

    def fitted(self, rows: Indices) -> Indices:
        """Those of `rows` that have a model."""
        which = self._fitted[rows]
        return rows if which.all() else rows[which]

    def beliefs(self, rows: Indices) -> FloatArray:
        """Filtered probabilities, shape (n, 5); zero past a model's last state."""
        return np.asarray(self._bank.beliefs[rows])

    def _windows(self, row: int) -> ObservationWindows:
        return self._groups[int(self._group[row])].windows

    def _store(self, rows: Indices, returns: FloatArray, variances: FloatArray | None, end: int) -> None:
        if not len(rows):
            return
        for group, members, which in self._split(rows):
            group.windows.push(self._slot[members], returns[which], None if variances is None else variances[which], end)
        which = self._fitted[rows]
        if which.all():
            self.tally.absurd += self._bank.step(rows, returns, variances)
        elif which.any():
            self.tally.absurd += self._bank.step(rows[which], returns[which], None if variances is None else variances[which])

    def _split(self, rows: Indices) -> Iterator[tuple[_Group, Indices, Flags | slice]]:
        if len(self._groups) == 1:
            yield self._groups[0], rows, slice(None)
            return
        groups = self._group[rows]
        for number in np.unique(groups):
            which = groups == number
            yield self._groups[number], rows[which], which

    def _by_group(self, rows: Indices) -> Iterator[tuple[_Group, Indices]]:
        for group, members, _ in self._split(rows):
            yield group, members

    def _grow(self, more: int) -> None:
        used = len(self.names)
        of_symbols = ("last_close", "last_end", "bars", "switch", "_group", "_slot", "_ranged", "_fitted")
        for name in (*of_symbols, "_tried_at", "_tried_bars"):
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, np.zeros(more, column.dtype)]))
        self.names += [""] * more
        self._free = list(range(used + more - 1, used - 1, -1))
        if used + more > self._bank_rows:
            self._bank.grow(used + more)
            self._bank_rows = used + more


def _only(
    which: Flags, rows: Indices, closes: FloatArray, bars: FloatArray | None
) -> tuple[Indices, FloatArray, FloatArray | None]:
    return rows[which], closes[which], None if bars is None else bars[which]
