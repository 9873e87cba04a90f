"""Every insight adds a fixed share (Algorithm.Framework/Portfolio/AccumulativeInsightPortfolioConstructionModel.cs)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, overload

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import to_double
from lean_stubs.clr.overloads import bound
from lean_stubs.clr.overrides import compiled
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights.insight import Insight
from lean_stubs.portfolio_construction.bias import PortfolioBias
from lean_stubs.portfolio_construction.equal_weighting import check_insights
from lean_stubs.portfolio_construction.model import PortfolioConstructionModel
from lean_stubs.portfolio_construction.percents import InsightPercents
from lean_stubs.portfolio_construction.rebalancing import of_stock_model

__all__ = ["AccumulativeInsightPortfolioConstructionModel"]


class AccumulativeInsightPortfolioConstructionModel(PortfolioConstructionModel, clr="QuantConnect.Algorithm.Framework.Portfolio"):
    """Adds `percent` per active insight in its direction; a flat one takes one step back towards zero."""

    _bias, _percent = PortfolioBias.LONG_SHORT, 0.03

    @overload
    def __init__(self, rebalance: Any, portfolio_bias: PortfolioBias = ..., percent: float = 0.03) -> None: ...
    @overload
    def __init__(self, rebalancing_date_rules: Any, portfolio_bias: PortfolioBias = ..., percent: float = 0.03) -> None: ...
    @overload
    def __init__(self, rebalancing_func: Any = None, portfolio_bias: PortfolioBias = ..., percent: float = 0.03) -> None: ...
    @overload
    def __init__(self, time_span: timedelta, portfolio_bias: PortfolioBias = ..., percent: float = 0.03) -> None: ...
    @overload
    def __init__(self, resolution: Any, portfolio_bias: PortfolioBias = ..., percent: float = 0.03) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        given = bound(AccumulativeInsightPortfolioConstructionModel.__init__, arguments, named)
        portfolio_bias, percent = given.pop("portfolio_bias", PortfolioBias.LONG_SHORT), given.pop("percent", 0.03)
        self._rebalancing = of_stock_model(next(iter(given.values()), None), portfolio_bias)
        self._bias, self._percent = to_enum(PortfolioBias, portfolio_bias), abs(to_double(percent))

    def get_target_insights(self) -> list[Insight]:
        state, wanted = self._state(), compiled(self, "should_create_target_for_insight")
        active = [Insight._wrap(s) for s in state.insights._active(state.utc)]
        return sorted((i for i in active if wanted(i)), key=lambda i: i._state.generated)

    def determine_target_percent(self, active_insights: list[Insight]) -> Any:
        insights = check_insights(active_insights)
        shares: dict[Symbol, float] = {}
        for insight in insights:
            symbol, direction = insight._state.symbol, int(insight._state.direction)
            share = shares.get(symbol, 0.0)
            if symbol in shares and direction == 0:
                share = 0.0 if abs(share) < self._percent else share - self._percent if share > 0 else share + self._percent
            share += self._percent * direction
            if self._bias is not PortfolioBias.LONG_SHORT and (share > 0) - (share < 0) != int(self._bias):
                share = 0.0
            shares[symbol] = share
        first = {i._state.symbol: i for i in reversed(insights)}
        return InsightPercents({i: shares[i._state.symbol] for i in insights if first[i._state.symbol] is i})
