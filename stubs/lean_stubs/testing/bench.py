"""One model, one call: an algorithm that stands still, for tests of a single update."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.common import Resolution, to_symbol
from lean_stubs.data.bar_state import BarState
from lean_stubs.data.slice import Slice
from lean_stubs.data.source import DataProblem, DataSource
from lean_stubs.engine.current import RunContext, active
from lean_stubs.engine.sources import open_data
from lean_stubs.testing.fake_data import FakeData
from lean_stubs.universe.changes import SecurityChanges

__all__ = ["ModelBench"]

Prices = float | Sequence[float]


class ModelBench:
    """An initialized algorithm with daily securities, whose clock moves only when it is told to.

    Use it in a ``with`` statement, or by the pytest fixture ``lean``::

        with ModelBench(["SPY"]) as bench:
            insights = bench.update(MyAlphaModel(), {"SPY": 101.0})

    Parameters
    ----------
    tickers
        Added with daily resolution.
    data
        Where history comes from; flat prices of 100 by default.
    at
        Local time of the algorithm.
    cash
        What the account holds.
    """

    def __init__(
        self,
        tickers: Iterable[str] = ("SPY",),
        data: DataSource | str | Path | None = None,
        at: datetime = datetime(2019, 12, 2, 16),
        cash: float = 100_000,
        object_store: str | Path | None = None,
    ) -> None:
        self._tickers = list(tickers)
        source = FakeData("2018-01-01", "2020-12-31").flat(*self._tickers) if data is None else open_data(data)
        self._context = RunContext(source, {}, None if object_store is None else Path(object_store))
        self._at, self._cash = at, cash
        self._stack = ExitStack()
        self.algorithm: Any = None

    def __enter__(self) -> ModelBench:
        self._stack.enter_context(active(self._context))
        algorithm = self.algorithm = QCAlgorithm()
        state = self._state = algorithm._clr
        algorithm.set_start_date(self._at.year, self._at.month, self._at.day)
        algorithm.set_cash(self._cash)
        for ticker in self._tickers:
            algorithm.add_equity(ticker, Resolution.DAILY)
        state.is_warming_up, state.has_initialized, state.locked = False, True, True
        self.move_to(self._at)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    @property
    def state(self) -> Any:
        """The engine's side of the algorithm."""
        return self._state

    def move_to(self, at: datetime | date) -> ModelBench:
        """Set the clock; a date means its close at 16:00."""
        if not isinstance(at, datetime):
            at = datetime(at.year, at.month, at.day, 16)
        self._state.utc = self._state.time_zone.to_utc(at)
        return self

    def slice(self, bars: Mapping[str, Prices] | None = None, extra: Iterable[Any] = ()) -> Slice:
        """A slice at the bench's time; the securities take over its prices.

        Parameters
        ----------
        bars
            By ticker: a close, or open, high, low, close[, volume] of the day's bar.
        extra
            Splits, dividends and the like.
        """
        state = self._state
        end = state.time
        made = []
        for ticker, prices in (bars or {}).items():
            symbol = to_symbol(ticker)
            security = state.securities._find(symbol)
            if security is None:
                raise DataProblem(f"ModelBench has no {ticker}: name it in its tickers")
            numbers = [float(prices)] * 4 if isinstance(prices, (int, float)) else [float(p) for p in prices]
            volume = numbers[4] if len(numbers) > 4 else 1000.0
            first, high, low, last = numbers[:4]
            bar = BarState(symbol, end.replace(hour=9, minute=30), end, first, high, low, last, volume)
            security._update(bar)
            made.append(bar)
        state.portfolio._invalidate()
        state.current_slice = Slice(end, [*made, *extra], state.utc)
        return state.current_slice  # type: ignore[no-any-return]

    def changes(self, added: Iterable[str] = (), removed: Iterable[str] = ()) -> SecurityChanges:
        """Security changes by ticker."""
        found = self._state.securities._any
        additions, removals = ([found(to_symbol(t)) for t in tickers] for tickers in (added, removed))
        return SecurityChanges._of(additions, removals)._for_user()

    def update(self, model: Any, bars: Mapping[str, Prices] | None = None, extra: Iterable[Any] = ()) -> list[Any]:
        """What an alpha model's ``update`` gives for one slice; its model gets a new wrapper of the algorithm, as in LEAN."""
        data = self.slice(bars, extra)
        return list(model.update(fresh(self._state), data))

    def announce(self, model: Any, added: Iterable[str] | None = None, removed: Iterable[str] = ()) -> None:
        """Call a model's ``on_securities_changed``; by default with all securities of the bench as added."""
        names = self._tickers if added is None else added
        model.on_securities_changed(fresh(self._state), self.changes(names, removed))
