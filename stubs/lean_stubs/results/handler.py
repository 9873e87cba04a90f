"""Samples a run as it goes, and makes its result (LEAN: BaseResultsHandler, BacktestingResultHandler)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from lean_stubs.results.order_hash import ORDER_LIST_HASH, order_list_hash
from lean_stubs.results.performance import AlgorithmPerformance, StatisticsResults
from lean_stubs.results.points import smart
from lean_stubs.results.risk_free import InterestRateProvider
from lean_stubs.results.statistics import PortfolioStatistics, portfolio_statistics
from lean_stubs.results.summary import runtime_statistics, summary
from lean_stubs.results.trades import FillGroupingMethod, FillMatchingMethod, TradeBuilder
from lean_stubs.securities.decimals import ZERO

__all__ = ["ResultHandler"]

_SAMPLES = 4000
_SHORTEST = timedelta(minutes=4)
_FOUR = Decimal("0.0001")
_TEN = Decimal("1E-10")
_TWO = Decimal("0.01")


class _Kept:
    """A rounding that is done anew only for another number: most samples follow one of the same value."""

    def __init__(self, rule: Callable[[Any], Decimal]) -> None:
        self._rule = rule
        self._given: Any = None
        self._answer = ZERO

    def __call__(self, given: Any) -> Decimal:
        if given != self._given:
            self._given, self._answer = given, self._rule(given)
        return self._answer


class ResultHandler:
    """Equity is sampled at the end of steps, at most 4000 times a run; everything else once a day at midnight."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self.trades = TradeBuilder(FillGroupingMethod.FILL_TO_FILL, FillMatchingMethod.FIFO)
        self.equity: list[tuple[datetime, Decimal]] = []
        self.performance: list[tuple[datetime, Decimal]] = []
        self.benchmark: list[tuple[datetime, Decimal]] = []
        self.drawdown: list[tuple[datetime, Decimal]] = []
        self.turnover: dict[datetime, Decimal] = {}
        self.exposure: list[tuple[datetime, Decimal, Decimal]] = []
        self.daily: list[tuple[datetime, Decimal, Decimal, Decimal, Decimal]] = []
        self.targets: list[tuple[datetime, Any, float, str]] = []
        self.starting_value: Decimal | None = None
        self._daily_value = self._highest = ZERO
        self._every = _SHORTEST
        self._next: datetime | None = None
        self._volumes = [ZERO, ZERO]
        self._last_turnover: datetime | None = None
        self._last_sample: datetime | None = None
        self._shown_equity = _Kept(lambda value: smart(value.quantize(_FOUR, ROUND_HALF_EVEN)))
        self._shown_benchmark = _Kept(lambda price: smart(price if isinstance(price, Decimal) else Decimal(repr(float(price)))))

    # Called by the loop.

    def start(self) -> None:
        """Note the value the run begins with and how often to sample."""
        state = self._state
        self.starting_value = self._daily_value = self._highest = state.portfolio._total()
        if state.end_date is not None:
            length = state.end_date - state.start_date
            self._every = length / _SAMPLES if length >= _SHORTEST * _SAMPLES else _SHORTEST

    def on_warmup_finished(self) -> None:
        """A position or a rate may be worth something else after warm-up."""
        if self.starting_value is None:
            self.start()
        value = self._state.portfolio._total()
        self.starting_value = self._daily_value = self._highest = value

    def on_slice(self, utc: datetime) -> None:
        if self._next is None or utc > self._next:
            if self.starting_value is None:
                self.start()
            self._next = utc + self._every
            self._sample_equity(utc)

    def sample(self, utc: datetime) -> None:
        """The daily sample; called at midnight and at the end."""
        state = self._state
        if self.starting_value is None:
            self.start()
        value = state.portfolio._total()
        change = ZERO
        if self._daily_value and value != self._daily_value:
            change = ((value - self._daily_value) * 100 / self._daily_value).quantize(_TEN, ROUND_HALF_EVEN)
        self._highest = max(value, self._highest)
        self._sample_equity(utc)
        if not state.is_warming_up:
            self._sample_day(utc, value, change)
        self._daily_value = value

    def finish(self, utc: datetime | None = None, completed: bool = True) -> None:
        """Last samples; a run that ended with an error gets only the equity."""
        utc = utc or self._state.utc
        self._next = None
        self.on_slice(utc)
        if completed:
            self.sample(utc)

    def note_targets(self, targets: list[Any]) -> None:
        """Keep what is handed to the execution model."""
        utc = self._state.utc
        self.targets.extend((utc, t.symbol, float(t.quantity), t.tag) for t in targets)

    # Samples.

    def _sample_equity(self, utc: datetime) -> None:
        if self._state.is_warming_up or (self.equity and utc <= self.equity[-1][0]):
            return
        self.equity.append((utc, self._shown_equity(self._state.portfolio._total())))

    def _sample_day(self, utc: datetime, value: Decimal, change: Decimal) -> None:
        state = self._state
        if not self._last_sample or utc > self._last_sample:
            price = self._benchmark_price(utc)
            self.performance.append((utc, smart(change)))
            self.benchmark.append((utc, price))
            if self._highest:
                fall = ((value / self._highest - 1) * 100).quantize(_TWO, ROUND_HALF_EVEN)
                self.drawdown.append((utc, smart(fall)))
            longs = shorts = ZERO
            for security in state.portfolio._positions():
                worth = security._holdings._value
                if security._holdings._position.quantity > 0:
                    longs += worth
                else:
                    shorts += worth
            if value:
                self.exposure.append((utc, (longs / value).quantize(_FOUR), (shorts / value).quantize(_FOUR)))
            self.daily.append((utc, value, price, longs - shorts, state.portfolio._cash_book._total()))
            self._last_sample = utc
        self._sample_turnover(utc, value)

    def _sample_turnover(self, utc: datetime, value: Decimal) -> None:
        state = self._state
        # The first sample is taken at the start, before anything was traded.
        if not value or state.time_zone.from_utc(utc) == state.start_date:
            return
        volume = state.portfolio._sum("sales")
        # The last sample of a run can fall on the same instant as the one before: it replaces that one.
        before = self._volumes[-2] if self._last_turnover == utc else self._volumes[-1]
        self.turnover[utc] = smart((volume - before) / value) if volume != before else ZERO
        self._volumes.append(volume)
        self._last_turnover = utc

    def _benchmark_price(self, utc: datetime) -> Decimal:
        benchmark = self._state.benchmark
        if benchmark is None:
            return ZERO
        return self._shown_benchmark(benchmark.evaluate(utc))

    # Results.

    def figures(self) -> PortfolioStatistics:
        state = self._state
        model = state.risk_free_interest_rate_model
        if model is None:
            model = state.risk_free_interest_rate_model = InterestRateProvider(getattr(state.data, "path", None))
        records = [(t, p, w) for t, (p, w) in state.transactions._records.items()]
        return portfolio_statistics(
            self.equity,
            self.performance,
            self.benchmark,
            sorted(self.turnover.items()),
            records,
            self.starting_value if self.starting_value is not None else state.portfolio._total(),
            model,
            state.settings.trading_days_per_year or 252,
        )

    def table(self) -> dict[str, str]:
        """Statistics by LEAN's names, the algorithm's own last."""
        state = self._state
        fees = state.portfolio._sum("fees")
        own: dict[str, str] = state.summary_statistics
        return summary(self.figures(), state.transactions._handler.order_count, fees) | own

    def final_table(self, table: dict[str, str]) -> dict[str, str]:
        """The statistics of an ended run: the hash of its orders comes last (LEAN: Messaging.Send)."""
        return table | {ORDER_LIST_HASH: order_list_hash(self._state.transactions._handler._orders)}

    def runtime_table(self, table: dict[str, str]) -> dict[str, str]:
        starting = self.starting_value if self.starting_value is not None else ZERO
        return runtime_statistics(self._state, starting, table)

    def statistics_results(self) -> StatisticsResults:
        performance = AlgorithmPerformance(self.figures(), self.trades.closed_trades)
        return StatisticsResults(performance, None, self.table())
