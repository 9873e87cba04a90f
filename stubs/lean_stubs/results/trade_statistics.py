"""Figures of closed trades (LEAN: Common/Statistics/TradeStatistics.cs)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any, ClassVar, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import argument
from lean_stubs.results.figures import count, moment, number, span
from lean_stubs.results.trades import Trade
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = ["TradeStatistics"]

_TEN = Decimal(10)
_NONE = timedelta(0)


class TradeStatistics(ClrObject, clr="QuantConnect.Statistics"):
    """A trade that gains something is a winning one, any other a losing one."""

    _pascal: ClassVar[dict[str, str]] = {
        "average_mae": "AverageMAE",
        "average_mfe": "AverageMFE",
        "largest_mae": "LargestMAE",
        "largest_mfe": "LargestMFE",
    }

    _start: datetime | None = None
    _end: datetime | None = None
    _trades = _won = _lost = _longest_won = _longest_lost = 0
    _result = _gained = _given = _most = _least = ZERO
    _mean_result = _mean_gained = _mean_given = ZERO
    _time = _time_won = _time_lost = _middle_time = _middle_time_won = _middle_time_lost = _NONE
    _result_ratio = _won_ratio = _win_rate = _loss_rate = ZERO
    _mean_worst = _mean_best = _worst = _best = ZERO
    _fall = _deepest = _deviation = _downside = ZERO
    _factor = _sharpe = _sortino = _fall_ratio = ZERO
    _most_back = _mean_back = _fees = ZERO
    _longest_fall = _NONE

    start_date_time = moment("_start")
    end_date_time = moment("_end")
    total_number_of_trades = count("_trades")
    number_of_winning_trades = count("_won")
    number_of_losing_trades = count("_lost")
    total_profit_loss = number("_result")
    total_profit = number("_gained")
    total_loss = number("_given")
    largest_profit = number("_most")
    largest_loss = number("_least")
    average_profit_loss = number("_mean_result")
    average_profit = number("_mean_gained")
    average_loss = number("_mean_given")
    average_trade_duration = span("_time")
    average_winning_trade_duration = span("_time_won")
    average_losing_trade_duration = span("_time_lost")
    median_trade_duration = span("_middle_time")
    median_winning_trade_duration = span("_middle_time_won")
    median_losing_trade_duration = span("_middle_time_lost")
    max_consecutive_winning_trades = count("_longest_won")
    max_consecutive_losing_trades = count("_longest_lost")
    profit_loss_ratio = number("_result_ratio")
    win_loss_ratio = number("_won_ratio")
    win_rate = number("_win_rate")
    loss_rate = number("_loss_rate")
    average_mae = number("_mean_worst")
    average_mfe = number("_mean_best")
    largest_mae = number("_worst")
    largest_mfe = number("_best")
    maximum_closed_trade_drawdown = number("_fall")
    maximum_intra_trade_drawdown = number("_deepest")
    profit_loss_standard_deviation = number("_deviation")
    profit_loss_downside_deviation = number("_downside")
    profit_factor = number("_factor")
    sharpe_ratio = number("_sharpe")
    sortino_ratio = number("_sortino")
    profit_to_max_drawdown_ratio = number("_fall_ratio")
    maximum_end_trade_drawdown = number("_most_back")
    average_end_trade_drawdown = number("_mean_back")
    maximum_drawdown_duration = span("_longest_fall")
    total_fees = number("_fees")

    @overload
    def __init__(self, trades: Iterable[Trade]) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        trades = list(argument(TradeStatistics.__init__, arguments, named)) if arguments or named else []
        if trades:
            self._count(trades)
            self._extremes(trades)
            self._falls(trades)
            self._ratios()

    def _count(self, trades: list[Trade]) -> None:
        """Sums, averages, durations and runs."""
        won = [t for t in trades if t._profit > 0]
        lost = [t for t in trades if t._profit <= 0]
        self._start, self._end = min(t._entry_time for t in trades), max(t._exit_time for t in trades)
        self._trades, self._won, self._lost = len(trades), len(won), len(lost)
        results, gains, losses = ([t._profit for t in some] for some in (trades, won, lost))
        self._result, self._gained, self._given = (sum(some, ZERO) for some in (results, gains, losses))
        self._most, self._least = max(gains, default=ZERO), min(losses, default=ZERO)
        self._mean_result, self._deviation = _spread(results)
        self._mean_gained, _ = _spread(gains)
        self._mean_given, self._downside = _spread(losses)
        for some, mean, middle in (
            (trades, "_time", "_middle_time"),
            (won, "_time_won", "_middle_time_won"),
            (lost, "_time_lost", "_middle_time_lost"),
        ):
            spans = [t.duration for t in some]
            if spans:
                setattr(self, mean, sum(spans, _NONE) / len(spans))
                setattr(self, middle, _median(spans))
        self._longest_won = _longest(trades, lambda t: t._profit > 0)
        self._longest_lost = _longest(trades, lambda t: t._profit <= 0)
        self._fees = sum((t._fees for t in trades), ZERO)

    def _extremes(self, trades: list[Trade]) -> None:
        """What trades had reached before they were closed."""
        self._mean_worst, _ = _spread([t._worst for t in trades])
        self._mean_best, _ = _spread([t._best for t in trades])
        self._worst = min(min(t._worst for t in trades), ZERO)
        self._best = max(max(t._best for t in trades), ZERO)
        self._most_back = max(max(t._given_back for t in trades), ZERO)
        self._mean_back = self._mean_result - self._mean_best

    def _falls(self, trades: list[Trade]) -> None:
        """Falls of the summed result, from trade to trade and with what trades had reached within."""
        before = list(accumulate((t._profit for t in trades), initial=ZERO))
        peak = high = ZERO
        since, falling = trades[0]._entry_time, False
        for trade, start, end in zip(trades, before, before[1:], strict=False):
            high = max(high, start + trade._best)
            self._deepest = min(self._deepest, start + trade._worst - high)
            if trade._profit <= 0:
                self._fall = min(self._fall, end - peak)
                falling = True
            elif end > peak:
                peak = end
                if falling:
                    self._longest_fall = max(self._longest_fall, trade._exit_time - since)
                since, falling = trade._exit_time, False

    def _ratios(self) -> None:
        """LEAN writes ten where there is nothing to divide by."""
        self._result_ratio = self._mean_gained / abs(self._mean_given) if self._mean_given else ZERO
        self._won_ratio = Decimal(self._won) / self._lost if self._lost else _TEN
        self._win_rate = Decimal(self._won) / self._trades
        self._loss_rate = 1 - self._win_rate
        if self._gained:
            self._factor = self._gained / abs(self._given) if self._given else _TEN
        self._sharpe = self._mean_result / self._deviation if self._deviation else ZERO
        self._sortino = self._mean_result / self._downside if self._downside else ZERO
        if self._result:
            self._fall_ratio = self._result / abs(self._fall) if self._fall else _TEN


def _spread(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Mean and sample deviation by LEAN's running update."""
    mean = total = ZERO
    for i, value in enumerate(values, 1):
        before = mean
        mean += (value - mean) / i
        total += (value - before) * (value - mean)
    return mean, to_decimal(math.sqrt(total / (len(values) - 1))) if len(values) > 1 else ZERO


def _median(spans: list[timedelta]) -> timedelta:
    ordered, half = sorted(spans), len(spans) // 2
    return ordered[half] if len(spans) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _longest(trades: list[Trade], kind: Callable[[Trade], bool]) -> int:
    longest = run = 0
    for trade in trades:
        run = run + 1 if kind(trade) else 0
        longest = max(longest, run)
    return longest
