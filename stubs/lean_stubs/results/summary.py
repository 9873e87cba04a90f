"""Statistics as LEAN prints them (LEAN: StatisticsBuilder.GetSummary, BaseResultsHandler.GetAlgorithmRuntimeStatistics)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

from lean_stubs.results.statistics import PortfolioStatistics
from lean_stubs.securities.decimals import ZERO

__all__ = ["runtime_statistics", "summary"]


def _rounded(value: Decimal, digits: int) -> str:
    """C#'s Math.Round of a decimal and its invariant text: trailing zeros stay."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= digits:
        return format(value, "f")
    # .NET writes a decimal's negative zero without its sign.
    return format(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN), "f").removeprefix(
        "-" if abs(value) * 10**digits * 2 <= 1 else ""
    )


def _percent(value: Decimal, digits: int) -> str:
    return _rounded(value * 100, digits) + "%"


def _double(value: Decimal) -> str:
    """C#'s Math.Round of a double to three digits: trailing zeros go."""
    text = repr(round(float(value), 3))
    return text.removesuffix(".0") if text not in ("-0.0", "0.0") else ("-0" if text[0] == "-" else "0")


def summary(figures: PortfolioStatistics, total_orders: int, total_fees: Decimal, currency: str = "$") -> dict[str, str]:
    """LEAN's table; capacity is not offered."""
    return {
        "Total Orders": str(total_orders),
        "Average Win": _percent(figures.average_win_rate, 2),
        "Average Loss": _percent(figures.average_loss_rate, 2),
        "Compounding Annual Return": _percent(figures.compounding_annual_return, 3),
        "Drawdown": _percent(figures.drawdown, 3),
        "Expectancy": _rounded(figures.expectancy, 3),
        "Start Equity": _rounded(figures.start_equity, 2),
        "End Equity": _rounded(figures.end_equity, 2),
        "Net Profit": _percent(figures.total_net_profit, 3),
        "Sharpe Ratio": _double(figures.sharpe_ratio),
        "Sortino Ratio": _double(figures.sortino_ratio),
        "Probabilistic Sharpe Ratio": _percent(figures.probabilistic_sharpe_ratio, 3),
        "Loss Rate": _percent(figures.loss_rate, 0),
        "Win Rate": _percent(figures.win_rate, 0),
        "Profit-Loss Ratio": _rounded(figures.profit_loss_ratio, 2),
        "Alpha": _double(figures.alpha),
        "Beta": _double(figures.beta),
        "Annual Standard Deviation": _double(figures.annual_standard_deviation),
        "Annual Variance": _double(figures.annual_variance),
        "Information Ratio": _double(figures.information_ratio),
        "Tracking Error": _double(figures.tracking_error),
        "Treynor Ratio": _double(figures.treynor_ratio),
        "Total Fees": currency + format(total_fees.quantize(Decimal("0.01"), ROUND_HALF_UP), "f"),
        "Portfolio Turnover": _percent(figures.portfolio_turnover, 2),
        "Drawdown Recovery": str(figures.drawdown_recovery),
    }


def _money(value: Any, currency: str) -> str:
    return f"{currency}{Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def runtime_statistics(state: Any, starting: Decimal, table: dict[str, str], currency: str = "$") -> dict[str, str]:
    """What LEAN's result page shows beside the chart: the user's own, then the engine's."""
    portfolio = state.portfolio
    value = portfolio._total()
    held = portfolio._positions()
    gain = (value - starting) / starting if starting > 0 else ZERO
    fees = portfolio._sum("fees")
    own = {
        "Probabilistic Sharpe Ratio": table.get("Probabilistic Sharpe Ratio", "0%"),
        "Unrealized": _money(sum((s._holdings._close_profit() for s in held), ZERO), currency),
        "Fees": "-" + _money(fees, currency),
        "Net Profit": _money(portfolio._sum("profit") + portfolio._sum("dividends") - fees, currency),
        "Return": f"{(gain * 100).quantize(Decimal('0.01'), ROUND_HALF_UP):,} %",
        "Equity": _money(value, currency),
        "Holdings": _money(sum((abs(s._holdings._value) for s in held), ZERO), currency),
        "Volume": _money(portfolio._sum("sales"), currency),
    }
    return dict(sorted((state.runtime_statistics | own).items()))
