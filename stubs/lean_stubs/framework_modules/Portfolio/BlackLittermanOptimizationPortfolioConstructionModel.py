"""Views of alpha models on top of market returns (Algorithm.Framework/Portfolio/BlackLittermanOptimizationPortfolio...Model.py)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from AlgorithmImports import (
    ArgumentNullException,
    Extensions,
    Insight,
    InsightDirection,
    PortfolioBias,
    PortfolioConstructionModel,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    Symbol,
)

from lean_stubs.insights.periods import span_of
from lean_stubs.portfolio_construction.past_returns import PastReturns
from lean_stubs.portfolio_construction.rebalancing import follow_in_python

from .MaximumSharpeRatioPortfolioOptimizer import MaximumSharpeRatioPortfolioOptimizer

__all__ = ["BlackLittermanOptimizationPortfolioConstructionModel", "MaximumSharpeRatioPortfolioOptimizer"]

_YEAR = 252
_Numbers = npt.NDArray[np.float64]


class BlackLittermanOptimizationPortfolioConstructionModel(PortfolioConstructionModel):
    """The market's implied returns, moved by the views that insights express, go to an optimizer; needs magnitudes.

    Parameters
    ----------
    rebalance : Resolution, timedelta or callable
        When to rebalance.
    portfolio_bias : PortfolioBias
        Weights against it become zero.
    lookback, period : int
        Bars of one return, and how many returns.
    resolution : Resolution
        Of the bars.
    risk_free_rate : float
        Taken off the market's return.
    delta : float
        Risk aversion by which the covariance is scaled.
    tau : float
        Uncertainty of the market's returns.
    optimizer : object, optional
        With a method ``optimize(returns, expected, covariance)``; the greatest Sharpe ratio by default.
    """

    def __init__(
        self,
        rebalance: Any = Resolution.DAILY,
        portfolio_bias: PortfolioBias = PortfolioBias.LONG_SHORT,
        lookback: int = 1,
        period: int = 63,
        resolution: Resolution = Resolution.DAILY,
        risk_free_rate: float = 0,
        delta: float = 2.5,
        tau: float = 0.05,
        optimizer: Any = None,
    ) -> None:
        super().__init__()
        self.lookback, self.period, self.resolution, self.portfolio_bias = lookback, period, resolution, portfolio_bias
        self.risk_free_rate, self.delta, self.tau = risk_free_rate, delta, tau
        low = 0 if portfolio_bias == PortfolioBias.LONG else -1
        high = 0 if portfolio_bias == PortfolioBias.SHORT else 1
        self.optimizer = MaximumSharpeRatioPortfolioOptimizer(low, high, risk_free_rate) if optimizer is None else optimizer
        self._by_symbol: dict[Symbol, PastReturns] = {}
        follow_in_python(self, span_of(rebalance) if isinstance(rebalance, Resolution) else rebalance)

    def should_create_target_for_insight(self, insight: Insight) -> bool:
        algorithm: Any = self.algorithm
        return len(PortfolioConstructionModel.filter_invalid_insight_magnitude(algorithm, [insight])) > 0

    def get_target_insights(self) -> list[Insight]:
        """The last active insight of each model on each symbol."""
        algorithm: Any = self.algorithm
        active = [i for i in algorithm.insights.get_active_insights(algorithm.utc_time) if self.should_create_target_for_insight(i)]
        last: dict[tuple[str, Symbol], Insight] = {}
        for insight in sorted(active, key=lambda i: (i.source_model, i.symbol.value, i.generated_time_utc)):
            last[insight.source_model, insight.symbol] = insight
        return list(last.values())

    def determine_target_percent(self, active_insights: list[Insight]) -> dict[Insight, float]:
        columns: dict[Symbol, pd.Series] = {}
        if any(insight.magnitude is None for insight in active_insights):
            raise ArgumentNullException(
                "magnitude", "BlackLittermanOptimizationPortfolioConstructionModel does not accept None as magnitude."
            )
        symbols = list(dict.fromkeys(insight.symbol for insight in active_insights))
        links, views = self._views(active_insights, symbols)
        if not len(views):
            return {}
        for insight in active_insights:
            known = self._by_symbol.get(insight.symbol) or PastReturns(insight.symbol, self.lookback, self.period)
            if known.window.samples == 0 or known.window[0].end_time != insight.generated_time_utc:
                known.add(insight.generated_time_utc, insight.magnitude or 0.0)
            columns[insight.symbol] = known.series()
        returns = pd.DataFrame({str(symbol.id): columns[symbol] for symbol in symbols})
        expected, covariance = self.get_equilibrium_return(returns)
        expected, covariance = self.apply_blacklitterman_master_formula(expected, covariance, links, views)
        weights = dict(zip(symbols, np.asarray(self.optimizer.optimize(returns, expected, covariance)), strict=True))
        first: dict[Symbol, Insight] = {}
        for insight in active_insights:
            first.setdefault(insight.symbol, insight)
        return {insight: self._allowed(float(weights[symbol])) for symbol, insight in first.items()}

    def _allowed(self, weight: float) -> float:
        against = self.portfolio_bias != PortfolioBias.LONG_SHORT and np.sign(weight) != int(self.portfolio_bias)
        return 0.0 if against else weight

    def _views(self, insights: list[Insight], symbols: list[Symbol]) -> tuple[_Numbers, _Numbers]:
        """Shapes (K, N) and (K, 1): each model's weights of the symbols, and the return it foretells of them."""
        links, views = [], []
        for _, group in groupby(insights, lambda insight: insight.source_model):
            own = list(group)
            sums = {way: sum(abs(i.magnitude or 0.0) for i in own if i.direction == way) for way in _WAYS}
            view = max(sums.values())
            if view:
                signed = {i.symbol: int(i.direction) * abs(i.magnitude or 0.0) / view for i in own}
                links.append([signed.get(symbol, 0.0) for symbol in symbols])
                views.append([view])
        return np.array(links), np.array(views)

    def get_equilibrium_return(self, returns: pd.DataFrame) -> tuple[Any, Any]:
        """Implied yearly returns, shape (N,), and covariance, shape (N, N), of a market of equal weights."""
        size = len(returns.columns)
        weights = np.full(size, 1 / size)
        covariance = returns.cov() * _YEAR
        yearly = np.sum(((1 + returns.mean()) ** _YEAR - 1) * weights)
        aversion = (yearly - self.risk_free_rate) / np.dot(weights, np.dot(covariance, weights))
        return np.dot(np.dot(aversion, covariance), weights), covariance

    def apply_blacklitterman_master_formula(self, Pi: Any, Sigma: Any, P: _Numbers, Q: _Numbers) -> tuple[Any, Any]:  # noqa: N803
        """Posterior mean and covariance; the prior ones where the views' errors are singular."""
        prior = self.tau * Sigma
        spread = np.dot(np.dot(P, prior), P.T)
        errors = spread * np.eye(len(Q))
        if np.linalg.det(errors) == 0:
            return Pi, Sigma
        gain = np.dot(np.dot(prior, P.T), np.linalg.inv(spread + errors))
        moved = np.expand_dims(Pi, axis=0).T + np.dot(gain, Q - np.expand_dims(np.dot(P, Pi), axis=1))
        left = prior - np.dot(np.dot(gain, P), prior)
        return np.squeeze(np.asarray(moved)), (Sigma + left) * self.delta

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        super().on_securities_changed(algorithm, changes)
        for security in changes.removed_securities:
            gone = self._by_symbol.pop(security.symbol, None)
            if gone is not None:
                gone.reset()
        added = {security.symbol: security.exchange.time_zone for security in changes.added_securities}
        history = algorithm.history(list(added), self.lookback * self.period, self.resolution)
        if history.empty:
            return
        closes = history["close"].unstack(0)
        for symbol, zone in added.items():
            if symbol not in closes.columns:
                continue
            known = self._by_symbol.setdefault(symbol, PastReturns(symbol, self.lookback, self.period))
            for time, close in closes[symbol].items():
                known.roc.update(Extensions.convert_to_utc(time, zone), close)


_WAYS = (InsightDirection.UP, InsightDirection.DOWN)
