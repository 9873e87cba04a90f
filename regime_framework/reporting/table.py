"""The figures of a backtest as plain text."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from regime_framework.reporting.measures import Performance
from regime_framework.reporting.results import session_days
from regime_framework.reporting.summary import Summary

__all__ = ["columns", "day", "format_table", "multiple", "number", "percent", "performance_rows"]

_MISSING = "-"


def number(value: float, digits: int = 2) -> str:
    """A number with thousands separators, or a dash."""
    return f"{value:,.{digits}f}" if math.isfinite(value) else _MISSING


def percent(value: float, digits: int = 1, *, signed: bool = False) -> str:
    """A fraction as per cent, or a dash."""
    return f"{value:{'+' if signed else ''},.{digits}%}" if math.isfinite(value) else _MISSING


def multiple(value: float) -> str:
    """A ratio, or a dash."""
    return f"{value:,.1f}x" if math.isfinite(value) else _MISSING


def day(at: np.datetime64) -> str:
    """ISO date of the trading day that a time belongs to."""
    return str(session_days(np.array([at]))[0])


def performance_rows(summary: Summary) -> list[tuple[str, str, str]]:
    """Name, strategy's figure, buy and hold's figure."""
    held = summary.buy_and_hold

    def both(name: str, pick: Callable[[Performance], float], show: Callable[[float], str]) -> tuple[str, str, str]:
        return name, show(pick(summary.strategy)), show(pick(held)) if held is not None else _MISSING

    fees = summary.result.trades.fees
    return [
        both("Total return", lambda p: p.total_return, lambda v: percent(v, signed=True)),
        both("Return a year (CAGR)", lambda p: p.cagr, lambda v: percent(v, signed=True)),
        both("Volatility a year", lambda p: p.volatility, percent),
        both("Sharpe ratio", lambda p: p.sharpe, number),
        both("Maximum drawdown", lambda p: p.maximum_drawdown, percent),
        ("Mean exposure", percent(summary.mean_exposure, 0), percent(1.0, 0) if held is not None else _MISSING),
        ("Turnover a year", multiple(summary.turnover), _MISSING),
        ("Trades", f"{summary.result.trades.count:,}", _MISSING),
        ("Fees", number(fees) if fees is not None else _MISSING, _MISSING),
    ]


def format_table(summary: Summary) -> str:
    """Everything at a glance, in at most 100 columns."""
    result = summary.result
    first, last = summary.period
    parts = [
        f"{result.name}: {day(first)} to {day(last)}, {summary.years:.1f} years, run by {result.source}",
        *result.notes,
        "",
        columns([("", "strategy", "buy & hold"), *performance_rows(summary)]),
        "",
    ]
    if summary.regimes:
        header = ("Regime", "days", "share", "spells", "market a year", "volatility", "strategy a year", "exposure")
        rows = [
            (
                row.regime,
                f"{row.days:,}",
                percent(row.share, 0),
                f"{row.spells:,}",
                percent(row.market_return, signed=True),
                percent(row.market_volatility),
                percent(row.strategy_return, signed=True),
                percent(row.exposure, 0),
            )
            for row in summary.regimes
        ]
        parts += [columns([header, *rows]), ""]
        parts += [f"Regime switches: {summary.switches} ({number(summary.switches_per_year, 1)} a year)"]
    parts += [f"{name[:1].upper()}{name[1:]}: {text}" for name, text in summary.work]
    return "\n".join(parts).rstrip()


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Aligned text: the first column to the left, all others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "   ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in rows
    )
