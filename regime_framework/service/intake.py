"""Prices at the door: from what users hand over to arrays, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final

import numpy as np

from regime_framework._typing import Flags, FloatArray, Indices
from regime_framework.bars import PriceBar
from regime_framework.errors import InvalidSetting
from regime_framework.models import bar_observations
from regime_framework.service.clock import micros_of

__all__ = ["History", "Tally", "bad_prices", "observe", "read_history", "read_prices", "sane_bars"]

_NUMBERS: Final = frozenset({float, int, np.float64})
_BARS: Final = "must be closes (T,) or open, high, low, close (T, 4)"


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Bars of one symbol, oldest first.

    Parameters
    ----------
    ends : ndarray, shape (T,)
        Microseconds since 1970.
    closes : ndarray, shape (T,)
    bars : ndarray, shape (T, 4), or None
        Open, high, low, close; None if only closes are known.
    """

    ends: Indices
    closes: FloatArray
    bars: FloatArray | None

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, which: Flags | slice) -> History:
        return History(self.ends[which], self.closes[which], None if self.bars is None else self.bars[which])

    def scaled(self, factor: float) -> History:
        """The same bars at prices multiplied by `factor`."""
        return replace(self, closes=self.closes * factor, bars=None if self.bars is None else self.bars * factor)


@dataclass(slots=True)
class Tally:
    """Bars counted at the door."""

    seen: int = 0
    repeated: int = 0
    incomplete: int = 0
    absurd: int = 0
    rejected: dict[str, int] = field(default_factory=dict)

    def reject(self, reasons: Mapping[str, int]) -> None:
        for reason, count in reasons.items():
            self.rejected[reason] = self.rejected.get(reason, 0) + count


def read_prices(values: Collection[Any]) -> tuple[FloatArray, FloatArray | None]:
    """Closes, shape (n,), and whole bars, shape (n, 4), or None if there is none.

    What is no number becomes NaN; the row of a value that is a close only is NaN but for the close.
    """
    kinds = set(map(type, values))
    count = len(values)
    try:
        if kinds <= _NUMBERS:
            return np.fromiter(values, np.float64, count), None
        if kinds == {PriceBar}:
            bars = np.fromiter(chain.from_iterable(values), np.float64, 4 * count).reshape(count, 4)
            return bars[:, 3].copy(), bars
    except (TypeError, ValueError, OverflowError):
        pass  # one of them is no number: the slow way below finds out which
    bars = np.array([_bar(value) for value in values], np.float64).reshape(count, 4)
    whole = any(isinstance(value, tuple | list | np.ndarray) for value in values)
    return bars[:, 3].copy(), bars if whole else None


def _bar(value: Any) -> tuple[float, float, float, float]:
    if isinstance(value, tuple | list | np.ndarray) and np.shape(value) == (4,):
        first, high, low, close = (_number(price) for price in value)
        return first, high, low, close
    return np.nan, np.nan, np.nan, _number(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def read_history(bars: Any, times: Any) -> History:
    """Bars and their ends as arrays, sorted by time; of bars with one end the first counts.

    Raises
    ------
    InvalidSetting
        If shapes or types do not fit.
    """
    if not len(times) and not callable(getattr(bars, "index", None)) and hasattr(bars, "index"):
        times = bars.index  # a pandas object brings its own
    table = _table(bars)
    if len(times) != len(table):
        raise InvalidSetting("times", f"must be the ends of all {len(table)} bars", f"{len(times)} times")
    ends = micros_of("times", times)
    if len(ends) > 1 and not (ends[1:] > ends[:-1]).all():
        ends, firsts = np.unique(ends, return_index=True)
        table = table[firsts]
    if table.ndim == 2:
        return History(ends, table[:, 3].copy(), table)
    return History(ends, table, None)


def _table(bars: Any) -> FloatArray:
    try:
        table = np.array(bars, np.float64)
    except (TypeError, ValueError):
        try:
            closes, whole = read_prices(list(bars))
        except TypeError:
            raise InvalidSetting("bars", _BARS, bars) from None
        return closes if whole is None else whole
    if table.ndim == 2 and table.shape[1] == 1:
        table = table[:, 0]
    if table.ndim not in (1, 2) or (table.ndim == 2 and table.shape[1] != 4):
        raise InvalidSetting("bars", _BARS, f"an array of shape {table.shape}")
    return table


def bad_prices(closes: FloatArray) -> tuple[Flags, dict[str, int]]:
    """Which closes can be used, shape (n,), and how many cannot, by reason."""
    good = (closes > 0.0) & (closes < np.inf)
    if good.all():
        return good, {}
    found = {
        "nan": np.isnan(closes),
        "infinite": np.isinf(closes),
        "zero": closes == 0.0,
        "negative": (closes < 0.0) & np.isfinite(closes),
    }
    return good, {reason: int(which.sum()) for reason, which in found.items() if which.any()}


def sane_bars(bars: FloatArray) -> Flags:
    """Which whole bars make sense, shape (n,): all prices positive, high and low enclosing open and close."""
    first, high, low, close = bars.T
    return np.asarray(
        (low > 0.0) & (high < np.inf) & (high >= first) & (high >= close) & (low <= first) & (low <= close) & (high >= low)
    )


def observe(
    closes: FloatArray, bars: FloatArray | None, previous: FloatArray, ranged: Flags
) -> tuple[FloatArray, FloatArray | None, int]:
    """What a model sees of n bars, and how many of them came whole but made no sense.

    Parameters
    ----------
    closes, previous : ndarray, shape (n,)
    bars : ndarray, shape (n, 4), or None
    ranged : ndarray, shape (n,)
        Where the range is wanted.

    Returns
    -------
    returns : ndarray, shape (n,)
    variances : ndarray, shape (n,), or None
        NaN where there is no range.
    incomplete : int
    """
    with np.errstate(all="ignore"):
        if bars is None or not ranged.any():
            returns: FloatArray = np.log(closes / previous)
            return returns, None, 0
        whole = sane_bars(bars)
        incomplete = 0 if whole.all() else int((~whole & ~np.isnan(bars[:, :3]).all(axis=1)).sum())
        returns, variances = bar_observations(bars, previous)
        kept = whole & ranged
        return returns, variances if kept.all() else np.where(kept, variances, np.nan), incomplete
