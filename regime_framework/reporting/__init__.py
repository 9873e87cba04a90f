"""Figures, tables and pictures of a finished backtest."""

from regime_framework.reporting.report import report_html
from regime_framework.reporting.results import BacktestResult, Curve, Trades, UnreadableResult
from regime_framework.reporting.summary import Summary, read_result, summarize
from regime_framework.reporting.table import format_table

__all__ = [
    "BacktestResult",
    "Curve",
    "Summary",
    "Trades",
    "UnreadableResult",
    "format_table",
    "read_result",
    "report_html",
    "summarize",
]
