"""The same share for every insight (Algorithm.Framework/Portfolio/EqualWeightingPortfolioConstructionModel.cs)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, overload

from lean_stubs.clr import to_enum
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.overloads import bound
from lean_stubs.clr.overrides import compiled
from lean_stubs.common.enums import Resolution
from lean_stubs.insights.insight import Insight
from lean_stubs.portfolio_construction.bias import PortfolioBias
from lean_stubs.portfolio_construction.model import PortfolioConstructionModel
from lean_stubs.portfolio_construction.percents import InsightPercents
from lean_stubs.portfolio_construction.rebalancing import of_stock_model

__all__ = ["EqualWeightingPortfolioConstructionModel"]


class EqualWeightingPortfolioConstructionModel(PortfolioConstructionModel, clr="QuantConnect.Algorithm.Framework.Portfolio"):
    """Direction times 1/N, N being the insights that are not flat and respect the bias.

    Parameters
    ----------
    rebalance : Resolution, timedelta, date rule, callable or None
        When to rebalance apart from changes; None for every slice with data. LEAN's other names for it are accepted.
    portfolio_bias : PortfolioBias
        Insights against it get 0.
    """

    # A subclass that never calls super().__init__() still has a compiled base.
    _bias: PortfolioBias = PortfolioBias.LONG_SHORT

    @overload
    def __init__(self, rebalance: Any, portfolio_bias: PortfolioBias = ...) -> None: ...
    @overload
    def __init__(self, rebalancing_date_rules: Any, portfolio_bias: PortfolioBias = ...) -> None: ...
    @overload
    def __init__(self, rebalancing_func: Any, portfolio_bias: PortfolioBias = ...) -> None: ...
    @overload
    def __init__(self, time_span: timedelta, portfolio_bias: PortfolioBias = ...) -> None: ...
    @overload
    def __init__(self, resolution: Resolution = ..., portfolio_bias: PortfolioBias = ...) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        given = bound(EqualWeightingPortfolioConstructionModel.__init__, arguments, named)
        portfolio_bias = given.pop("portfolio_bias", PortfolioBias.LONG_SHORT)
        rebalance = next(iter(given.values()), Resolution.DAILY)
        self._rebalancing = of_stock_model(rebalance, None if portfolio_bias is PortfolioBias.LONG_SHORT else portfolio_bias)
        try:
            self._bias = to_enum(PortfolioBias, portfolio_bias)
        except TypeError:
            raise no_match(".ctor", rebalance, portfolio_bias) from None

    def respect_portfolio_bias(self, insight: Insight) -> bool:
        return self._bias is PortfolioBias.LONG_SHORT or int(insight._state.direction) == int(self._bias)

    def _direction(self, insight: Insight) -> int:
        return int(insight._state.direction) if compiled(self, "respect_portfolio_bias")(insight) else 0

    def determine_target_percent(self, active_insights: list[Insight]) -> Any:
        insights = check_insights(active_insights)
        count = sum(1 for i in insights if self._direction(i))
        share = 1 / count if count else 0.0
        return InsightPercents({i: self._direction(i) * share for i in insights})


def check_insights(given: Any) -> list[Insight]:
    """Compiled code takes a list of insights."""
    if isinstance(given, list) and all(isinstance(i, Insight) for i in given):
        return given
    raise no_match("determine_target_percent", given)
