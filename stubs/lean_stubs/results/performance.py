"""What ``algorithm.statistics`` gives (LEAN: StatisticsResults, AlgorithmPerformance)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.generic_collections import Dictionary
from lean_stubs.clr.overloads import bound
from lean_stubs.results.statistics import PortfolioStatistics
from lean_stubs.results.trade_statistics import TradeStatistics
from lean_stubs.securities.decimals import ZERO

__all__ = ["AlgorithmPerformance", "StatisticsResults"]


class AlgorithmPerformance(ClrObject, clr="QuantConnect.Statistics"):
    """Figures of the portfolio, and the trades that are done."""

    def __init__(self, _figures: PortfolioStatistics, _trades: list[Any]) -> None:
        self._figures, self._trades = _figures, _trades
        self._trade_figures = TradeStatistics(_trades)

    @property
    def trade_statistics(self) -> TradeStatistics:
        return self._trade_figures

    @trade_statistics.setter
    def trade_statistics(self, value: TradeStatistics) -> None:
        self._trade_figures = value

    @property
    def portfolio_statistics(self) -> PortfolioStatistics:
        return self._figures

    @portfolio_statistics.setter
    def portfolio_statistics(self, value: PortfolioStatistics) -> None:
        self._figures = value

    @property
    def closed_trades(self) -> list[Any]:
        return self._trades

    @closed_trades.setter
    def closed_trades(self, value: list[Any]) -> None:
        self._trades = value


class StatisticsResults(ClrObject, clr="QuantConnect.Statistics"):
    """What ``algorithm.statistics`` gives."""

    @overload
    def __init__(
        self,
        total_performance: AlgorithmPerformance,
        rolling_performances: dict[str, AlgorithmPerformance] | None,
        summary: dict[str, str],
    ) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(StatisticsResults.__init__, arguments, named) if arguments or named else _nothing()
        self._performance: AlgorithmPerformance = given["total_performance"]
        self._rolling: dict[str, AlgorithmPerformance] | None = given["rolling_performances"]
        self._summary = Dictionary(given["summary"])

    @property
    def rolling_performances(self) -> dict[str, AlgorithmPerformance]:
        if self._rolling is None:
            raise NotOffered("StatisticsResults.rolling_performances", "figures are those of the whole run")
        return self._rolling

    @property
    def summary(self) -> dict[str, str]:
        return self._summary

    @property
    def total_performance(self) -> AlgorithmPerformance:
        return self._performance


def _nothing() -> dict[str, Any]:
    performance = AlgorithmPerformance(PortfolioStatistics(ZERO, ZERO), [])
    return {"total_performance": performance, "rolling_performances": {}, "summary": {}}
