"""Names of the rows of the statistics table (LEAN: PerformanceMetrics.cs)."""

from __future__ import annotations

from lean_stubs.clr import ClrObject

__all__ = ["PerformanceMetrics"]


class PerformanceMetrics(ClrObject, clr="QuantConnect.Statistics"):
    ALPHA = "Alpha"
    ANNUAL_STANDARD_DEVIATION = "Annual Standard Deviation"
    ANNUAL_VARIANCE = "Annual Variance"
    AVERAGE_LOSS = "Average Loss"
    AVERAGE_WIN = "Average Win"
    BETA = "Beta"
    COMPOUNDING_ANNUAL_RETURN = "Compounding Annual Return"
    DRAWDOWN = "Drawdown"
    DRAWDOWN_RECOVERY = "Drawdown Recovery"
    END_EQUITY = "End Equity"
    ESTIMATED_STRATEGY_CAPACITY = "Estimated Strategy Capacity"
    EXPECTANCY = "Expectancy"
    INFORMATION_RATIO = "Information Ratio"
    LOSS_RATE = "Loss Rate"
    LOWEST_CAPACITY_ASSET = "Lowest Capacity Asset"
    NET_PROFIT = "Net Profit"
    PORTFOLIO_TURNOVER = "Portfolio Turnover"
    PROBABILISTIC_SHARPE_RATIO = "Probabilistic Sharpe Ratio"
    PROFIT_LOSS_RATIO = "Profit-Loss Ratio"
    SHARPE_RATIO = "Sharpe Ratio"
    SORTINO_RATIO = "Sortino Ratio"
    START_EQUITY = "Start Equity"
    TOTAL_FEES = "Total Fees"
    TOTAL_ORDERS = "Total Orders"
    TRACKING_ERROR = "Tracking Error"
    TREYNOR_RATIO = "Treynor Ratio"
    WIN_RATE = "Win Rate"
