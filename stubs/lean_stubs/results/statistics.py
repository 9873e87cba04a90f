"""Performance figures from samples (LEAN: Statistics, PortfolioStatistics, StatisticsBuilder)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Any

from lean_stubs.results.risk_free import average_rate
from lean_stubs.securities.decimals import ONE, ZERO, to_decimal

__all__ = ["PortfolioStatistics", "drawdown", "portfolio_statistics"]

Samples = Sequence[tuple[datetime, Decimal]]


@dataclass(frozen=True)
class PortfolioStatistics:
    """Fractions, not percent; zero where there are too few samples."""

    start_equity: Decimal
    end_equity: Decimal
    portfolio_turnover: Decimal = ZERO
    average_win_rate: Decimal = ZERO
    average_loss_rate: Decimal = ZERO
    profit_loss_ratio: Decimal = ZERO
    win_rate: Decimal = ZERO
    loss_rate: Decimal = ZERO
    expectancy: Decimal = ZERO
    total_net_profit: Decimal = ZERO
    compounding_annual_return: Decimal = ZERO
    annual_variance: Decimal = ZERO
    annual_standard_deviation: Decimal = ZERO
    sharpe_ratio: Decimal = ZERO
    sortino_ratio: Decimal = ZERO
    probabilistic_sharpe_ratio: Decimal = ZERO
    alpha: Decimal = ZERO
    beta: Decimal = ZERO
    tracking_error: Decimal = ZERO
    information_ratio: Decimal = ZERO
    treynor_ratio: Decimal = ZERO
    drawdown: Decimal = ZERO
    drawdown_recovery: int = 0


def portfolio_statistics(
    equity: Samples,
    performance: Samples,
    benchmark: Samples,
    turnover: Samples,
    records: Sequence[tuple[datetime, Decimal, bool]],
    starting_capital: Decimal,
    risk_free_model: Any,
    trading_days: int,
) -> PortfolioStatistics:
    """Figures of a whole run.

    Parameters
    ----------
    equity
        Samples of the portfolio's value, all of them.
    performance
        Daily change in percent; the samples of the start and of the first day are left out.
    benchmark
        Daily price of the benchmark.
    turnover
        Daily sales volume by portfolio value.
    records
        Time, profit and win of each fill that closed something.
    """
    end = equity[-1][1] if equity else ZERO
    mean_turnover = sum((v for _, v in turnover), ZERO) / len(turnover) if turnover else ZERO
    # LEAN drops the start and the first day, whose orders fill at the open.
    returns = [float(v / 100) for _, v in performance[2:]]
    reference = _differences(benchmark)
    if not starting_capital or len(returns) < 2 or len(reference) < 2:
        return PortfolioStatistics(starting_capital, end, mean_turnover)

    trades = _trades(records, starting_capital)
    years = Decimal((equity[-1][0] - equity[0][0]).total_seconds()) / 86_400 / 365
    variance = to_decimal(_variance(returns) * trading_days)
    deviation = to_decimal(math.sqrt(float(variance)))
    annual = to_decimal(_annual(returns, trading_days))
    rate = average_rate(risk_free_model, [t for t, _ in equity])
    downside = to_decimal(math.sqrt(_variance([r for r in returns if r < 0]) * trading_days))
    beta = _beta(returns, reference)
    reference_annual = to_decimal(_annual(reference, trading_days))
    error = ZERO
    if len(returns) == len(reference):
        error = to_decimal(math.sqrt(_variance([a - b for a, b in zip(returns, reference, strict=True)]) * trading_days))
    fall, recovery = drawdown(equity, 3)
    return PortfolioStatistics(
        starting_capital,
        end,
        mean_turnover,
        *trades,
        total_net_profit=end / starting_capital - 1,
        compounding_annual_return=_compounded(starting_capital, end, years),
        annual_variance=variance,
        annual_standard_deviation=deviation,
        sharpe_ratio=_ratio(annual, deviation, rate),
        sortino_ratio=_ratio(annual, downside, rate),
        probabilistic_sharpe_ratio=to_decimal(_probabilistic_sharpe(returns, trading_days, float(rate))),
        alpha=annual - (rate + beta * (reference_annual - rate)) if beta else ZERO,
        beta=beta,
        tracking_error=error,
        information_ratio=to_decimal(float(annual) - float(reference_annual)) / error if error else ZERO,
        treynor_ratio=to_decimal(float(annual) - float(rate)) / beta if beta else ZERO,
        drawdown=fall,
        drawdown_recovery=recovery,
    )


def _trades(
    records: Sequence[tuple[datetime, Decimal, bool]], capital: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]:
    """Average win and loss of the running capital, their ratio, win and loss rates, expectancy."""
    profit = loss = ZERO
    wins = losses = 0
    running = capital
    for _, amount, _ in sorted(records, key=lambda r: r[0]):
        if amount > 0:
            profit += amount / running
            wins += 1
        else:
            loss += amount / running
            losses += 1
        running += amount
    average_win = profit / wins if wins else ZERO
    average_loss = loss / losses if losses else ZERO
    ratio = average_win / abs(average_loss) if average_loss else ZERO
    won = sum(w for _, _, w in records)
    total = len(records)
    win_rate = Decimal(won) / total if total else ZERO
    loss_rate = Decimal(total - won) / total if total else ZERO
    return average_win, average_loss, ratio, win_rate, loss_rate, win_rate * ratio - loss_rate


def _differences(benchmark: Samples) -> list[float]:
    """Daily returns of the benchmark without the first day's."""
    changes = []
    for (_, before), (_, after) in pairwise(benchmark):
        changes.append(float((after - before) / before) if before else 0.0)
    return changes[1:]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    """Sample variance by the running update that LEAN's library (MathNet) uses; 0 below two values."""
    if len(values) < 2:
        return 0.0
    variance, total = 0.0, values[0]
    for i, value in enumerate(values[1:], 2):
        total += value
        difference = i * value - total
        variance += difference * difference / (i * (i - 1))
    return variance / (len(values) - 1)


def _annual(returns: Sequence[float], days: int) -> float:
    return float(math.pow(_mean(returns) + 1, days) - 1)


def _compounded(start: Decimal, end: Decimal, years: Decimal) -> Decimal:
    if not years or not start:
        return ZERO
    base = float(end) / float(start)
    if base <= 0:
        return -ONE if base == 0 else ZERO
    result = math.pow(base, 1 / float(years)) - 1
    return to_decimal(result) if math.isfinite(result) else ZERO


def _ratio(annual: Decimal, deviation: Decimal, rate: Decimal) -> Decimal:
    if not deviation:
        return ZERO
    return to_decimal((float(annual) - float(rate)) / float(deviation))


def _beta(returns: Sequence[float], reference: Sequence[float]) -> Decimal:
    variance = _variance(reference)
    if not variance or len(returns) != len(reference):
        return ZERO
    mean, other = _mean(returns), _mean(reference)
    covariance = sum((a - mean) * (b - other) for a, b in zip(returns, reference, strict=True)) / (len(returns) - 1)
    return to_decimal(covariance / variance)


def _probabilistic_sharpe(returns: Sequence[float], days: int, rate: float) -> float:
    """Probability that the true Sharpe ratio is above one (Bailey and Lopez de Prado 2012)."""
    n, mean, deviation = len(returns), _mean(returns), math.sqrt(_variance(returns))
    observed = (mean - rate / days) / deviation if deviation else 0.0
    if n < 4 or not deviation:
        return 0.0
    central = [r - mean for r in returns]
    # Unbiased sample skewness and excess kurtosis, as MathNet gives them.
    skew = n / ((n - 1) * (n - 2)) * sum((c / deviation) ** 3 for c in central)
    fourth = sum((c / deviation) ** 4 for c in central)
    kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourth - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
    spread = (1 - skew * observed + (kurtosis - 1) / 4 * observed**2) / (n - 1)
    if spread < 0:
        return 0.0
    error = math.sqrt(spread)
    if not error:
        return 0.5
    return 0.5 * math.erfc(-(observed - 1 / math.sqrt(days)) / error / math.sqrt(2))


def drawdown(equity: Samples, digits: int) -> tuple[Decimal, int]:
    """Greatest fall from a peak, and the longest whole days from a peak until it was reached again."""
    if len(equity) < 2:
        return ZERO, 0
    peak_time, peak = equity[0]
    began: datetime | None = None
    worst, longest = ZERO, 0.0
    for time, value in equity:
        if value >= peak:
            if began is not None:
                longest = max(longest, (time - began).total_seconds() / 86_400)
                began = None
            peak, peak_time = value, time
        fall = value / peak - 1
        if fall < 0:
            worst = min(worst, fall)
            if began is None:
                began = peak_time
    if not worst:
        return ZERO, int(longest)
    return abs(worst).quantize(ONE.scaleb(-digits), ROUND_HALF_EVEN), int(longest)
