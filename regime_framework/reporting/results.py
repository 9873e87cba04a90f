"""A finished backtest as the report sees it, wherever it was run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray
from regime_framework.errors import RegimeError

__all__ = ["BacktestResult", "Curve", "Trades", "UnreadableResult", "parse_time", "session_days"]

_AFTER_MIDNIGHT: Final = np.timedelta64(5 * 3600 + 1, "s")


class UnreadableResult(RegimeError):
    """A result that cannot be read; the text names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Values over time.

    Parameters
    ----------
    times : ndarray of datetime64[s], shape (T,)
        UTC, strictly rising.
    values : ndarray, shape (T,)
    """

    times: NDArray[np.datetime64]
    values: FloatArray

    def __post_init__(self) -> None:
        if self.times.shape != self.values.shape or self.times.ndim != 1:
            raise ValueError(f"times and values must have one equal length, got {self.times.shape} and {self.values.shape}")
        if np.any(np.diff(self.times) <= np.timedelta64(0, "s")):
            raise ValueError("times must rise")

    @classmethod
    def of(cls, points: Mapping[datetime, float]) -> Curve:
        """Points in any order; those that are not finite are left out."""
        kept = sorted((at, value) for at, value in points.items() if np.isfinite(value))
        times = np.array([at for at, _ in kept], dtype="datetime64[s]")
        return cls(times, np.array([value for _, value in kept], dtype=np.float64))

    def __len__(self) -> int:
        return len(self.times)

    def daily(self) -> Curve:
        """The last value of each day, by :func:`session_days`."""
        days = session_days(self.times)
        last = np.append(days[1:] != days[:-1], True) if len(days) else np.zeros(0, dtype=np.bool_)
        return Curve(self.times[last], self.values[last])

    def at(self, times: NDArray[np.datetime64]) -> FloatArray:
        """The last value known at each time; NaN before the first."""
        index = np.searchsorted(self.times, times, side="right") - 1
        known = np.where(index >= 0, self.values[np.maximum(index, 0)], np.nan) if len(self) else np.full(len(times), np.nan)
        return np.asarray(known, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Trades:
    """What was traded.

    Parameters
    ----------
    count : int
        Orders that filled.
    value : float
        Sum of the absolute value of all fills, in account currency.
    fees : float or None
        Sum of all fees; None when the result does not say.
    """

    count: int = 0
    value: float = 0.0
    fees: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BacktestResult:
    """One finished backtest.

    Parameters
    ----------
    name : str
        The algorithm's name.
    source : str
        Who ran it.
    equity : Curve
        Account value, one point a day.
    market : Curve or None
        Price of the benchmark, for buy and hold.
    exposure : Curve or None
        Holdings as a share of the account value.
    close, state : Curve or None
        The market symbol's close and the index of its reported regime, calmest first.
    probabilities : Mapping[str, Curve]
        Filtered probability by regime name, calmest first.
    trades : Trades
    statistics, runtime_statistics : Mapping[str, str]
        As LEAN names and prints them.
    notes : tuple of str
        What a reader of the figures must know.
    """

    name: str
    source: str
    equity: Curve
    market: Curve | None = None
    exposure: Curve | None = None
    close: Curve | None = None
    state: Curve | None = None
    probabilities: Mapping[str, Curve] = field(default_factory=dict)
    trades: Trades = field(default_factory=Trades)
    statistics: Mapping[str, str] = field(default_factory=dict)
    runtime_statistics: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def session_days(times: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """The trading day that a time belongs to, as datetime64[D].

    LEAN samples a day at the exchange's next midnight, which must not count as the next day. Five hours back puts New
    York's midnight, in winter and in summer, and that of all markets east of it before the end of the day that it closes.
    """
    days: NDArray[np.datetime64] = (times - _AFTER_MIDNIGHT).astype("datetime64[D]")
    return days


def parse_time(text: str) -> datetime:
    """A naive UTC time from ISO 8601; a time without a zone is UTC.

    Raises
    ------
    ValueError
        If the text is not ISO 8601.
    """
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)
