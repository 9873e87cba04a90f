"""Synthetic LEAN data: whole markets for a test, with crashes, gaps, splits, dividends, renames and delistings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from lean_stubs.data.source import DataProblem
from lean_stubs.testing.fake_market import FakeMarket, FakeSecurity
from lean_stubs.testing.series import DailyPath, regime_path

__all__ = ["FakeData"]

Day = str | date


def _day(value: Day) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value)


class FakeData(FakeMarket):
    """A market of made-up securities on NYSE's calendar, usable as the ``data`` of a run.

    Every method that adds or changes something returns the object, so that a market is written in one expression::

        FakeData("2019-01-01", "2020-12-31").regimes("SPY", seed=1).crash("SPY", "2020-03-02").split("SPY", "2020-08-31", 4)

    Parameters
    ----------
    start, end
        First and last date of the market, both included.
    seed
        Added to the seeds of all series.

    Notes
    -----
    Prices are those of the last share count: before a split of 2 for 1 the raw price is twice the price of the path.
    Minute and hour bars are made from the daily ones: straight from open to close.
    """

    def __init__(self, start: Day = "2018-01-01", end: Day = "2019-12-31", seed: int = 0) -> None:
        super().__init__(_day(start), _day(end))
        self._seed = seed

    # Series.

    def regimes(
        self,
        *tickers: str,
        seed: int | None = None,
        price: float = 100.0,
        volatilities: Sequence[float] = (0.006, 0.02),
        drifts: Sequence[float] | None = None,
        stay: float = 0.98,
    ) -> FakeData:
        """Add securities that change between calm and stormy states; each ticker gets a path of its own.

        Parameters
        ----------
        volatilities, drifts
            Daily standard deviation and mean of log returns, one a state; drifts default to a rise in the calm state and falls in
            the others.
        stay
            Probability of staying in a state.
        """
        means = drifts if drifts is not None else [0.0006, *([-0.0008] * (len(volatilities) - 1))]
        for number, ticker in enumerate(tickers):
            own = (sum(ord(c) * 31**i for i, c in enumerate(ticker)) if seed is None else seed + number) + self._seed
            self._securities[ticker.upper()] = FakeSecurity(
                regime_path(len(self.days), own % 2**32, price, volatilities, means, stay)
            )
        return self

    def flat(self, *tickers: str, price: float = 100.0) -> FakeData:
        """Add securities that never move."""
        return self.trend(*tickers, price=price, daily=0.0)

    def trend(self, *tickers: str, price: float = 100.0, daily: float = 0.001) -> FakeData:
        """Add securities that rise by the same rate every day."""
        closes = price * (1 + daily) ** np.arange(len(self.days))
        for ticker in tickers:
            self._securities[ticker.upper()] = FakeSecurity(DailyPath.from_closes(closes))
        return self

    def closes(self, ticker: str, prices: Iterable[float], opens: Iterable[float] | None = None) -> FakeData:
        """Add a security with given closes, from the first day on; the last one is held to the end of the market."""
        given = list(prices)
        if not given:
            raise DataProblem(f"FakeData: no prices for {ticker}")
        ends = np.array((given + [given[-1]] * len(self.days))[: len(self.days)], dtype=float)
        starts = None
        if opens is not None:
            first = list(opens)
            starts = np.array((first + list(ends[len(first) :]))[: len(self.days)], dtype=float)
        self._securities[ticker.upper()] = FakeSecurity(DailyPath.from_closes(ends, starts))
        return self

    def bars(self, ticker: str, prices: Iterable[Sequence[float]]) -> FakeData:
        """Add a security with given opens, highs, lows and closes, a row a day from the first day on; the last close is held."""
        table = np.array(list(prices), dtype=float)
        if table.ndim != 2 or table.shape[1] != 4 or not len(table):
            raise DataProblem(f"FakeData: bars of {ticker} must be rows of open, high, low and close")
        self.closes(ticker, table[:, 3])
        path, known = self._security(ticker).path, table[: len(self.days)]
        for place, prices_of in enumerate((path.opens, path.highs, path.lows)):
            prices_of[: len(known)] = known[:, place]
        return self

    # Events.

    def crash(self, ticker: str, day: Day, fall: float = 0.3, days: int = 10, recovery: int = 0) -> FakeData:
        """Let the price fall by a fraction over some days, and rise back over others."""
        path, row = self._security(ticker).path, self._row(day)
        step = (1 - fall) ** (1 / days)
        for n in range(min(days, len(path) - row)):
            path.scale_from(row + n, step)
        for n in range(min(recovery, max(len(path) - row - days, 0))):
            path.scale_from(row + days + n, (1 - fall) ** (-1 / recovery))
        return self

    def gap(self, ticker: str, day: Day, size: float) -> FakeData:
        """Open a day away from the last close by a fraction, and stay there."""
        self._security(ticker).path.scale_from(self._row(day), 1 + size)
        path, row = self._security(ticker).path, self._row(day)
        if row:
            path.opens[row] = path.closes[row - 1] * (1 + size)
            path.highs[row] = max(path.highs[row], path.opens[row])
            path.lows[row] = min(path.lows[row], path.opens[row])
        return self

    def bar(self, ticker: str, day: Day, **fields: float) -> FakeData:
        """Set open, high, low, close or volume of one day as they are (a zero or a bad tick, say)."""
        path, row = self._security(ticker).path, self._row(day)
        for name, value in fields.items():
            if name not in ("open", "high", "low", "close", "volume"):
                raise DataProblem(f"FakeData: a bar has no {name}")
            getattr(path, name + "s")[row] = value
        return self

    def missing(self, ticker: str, *days: Day) -> FakeData:
        """Leave out the bars of some days."""
        for day in days:
            self._row(day)
        self._security(ticker).missing |= {_day(day) for day in days}
        return self

    def split(self, ticker: str, day: Day, ratio: float) -> FakeData:
        """Split the shares at the open of a day: 2.0 makes two of one."""
        self._row(day)
        self._security(ticker).splits[_day(day)] = Decimal(repr(float(ratio)))
        return self

    def dividend(self, ticker: str, day: Day, amount: float) -> FakeData:
        """Pay a dividend a share; the day is the ex-date."""
        self._row(day)
        self._security(ticker).dividends[_day(day)] = Decimal(repr(float(amount)))
        return self

    def delist(self, ticker: str, day: Day) -> FakeData:
        """Trade for the last time on a day."""
        self._row(day)
        self._security(ticker).delisted = _day(day)
        return self

    def rename(self, old: str, ticker: str, day: Day) -> FakeData:
        """Let a security go by another ticker up to and including a day."""
        self._security(ticker).former.append((_day(day), old.upper()))
        return self

    # What a test asks.

    def states(self, ticker: str) -> list[int]:
        """Hidden state of each trading day of a series made by :meth:`regimes`."""
        return [int(s) for s in self._security(ticker).path.states]

    def _security(self, ticker: str) -> FakeSecurity:
        found = self._securities.get(ticker.upper())
        if found is None:
            raise DataProblem(f"FakeData: no security {ticker}; there are {', '.join(self.tickers()) or 'none'}")
        return found

    def _row(self, day: Day) -> int:
        found = self._rows.get(_day(day))
        if found is None:
            raise DataProblem(f"FakeData: {day} is no trading day from {self.days[0]} to {self.days[-1]}")
        return found
