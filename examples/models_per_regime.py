"""Another portfolio model in every regime: LEAN's equal weights when calm, inverse volatility when not."""

from datetime import timedelta
from typing import Any

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimePortfolioConstructionModel
from regime_framework.service import RegimeService


class InverseVolatility(PortfolioConstructionModel):
    """A model of the user's own: weights by the inverse of each symbol's volatility, scaled to a target."""

    def __init__(self, service: RegimeService, target: float) -> None:
        super().__init__()
        self.service, self.target = service, target

    def determine_target_percent(self, insights: list[Insight]) -> Any:
        estimates = self.service.estimates
        known = [insight for insight in insights if str(insight.symbol.id) in estimates]
        volatility = {insight: estimates[str(insight.symbol.id)].volatility * 252**0.5 for insight in known}
        return {insight: int(insight.direction) * min(1.0, self.target / volatility[insight]) / len(known) for insight in known}


class ModelsPerRegime(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2004, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        for ticker in ("SPY", "QQQ"):
            self.add_equity(ticker, Resolution.DAILY)

        # Only the portfolio model is ours: it feeds the service and hears any alpha.
        service = RegimeService(RegimeConfig(n_states=2), market="SPY")
        self.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(60)))
        self.set_portfolio_construction(
            RegimePortfolioConstructionModel(
                service,
                rebalance=timedelta(30),
                models={
                    Regime.BULL: EqualWeightingPortfolioConstructionModel(),
                    Regime.BEAR: InverseVolatility(service, target=0.10),
                },
                tolerance=0.02,
            )
        )
        self.set_execution(ImmediateExecutionModel())
