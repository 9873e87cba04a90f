"""Regimes are daily whatever the subscription: minute bars are gathered into days, history comes as days."""

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
from regime_framework.service import RegimeService


class MinuteData(QCAlgorithm):
    def initialize(self) -> None:
        # The week of minute bars that comes with LEAN's sample data.
        self.set_start_date(2013, 10, 7)
        self.set_end_date(2013, 10, 11)
        self.set_cash(100_000)
        self.add_equity("SPY", Resolution.MINUTE)

        self._service = RegimeService(RegimeConfig(n_states=2), market="SPY")
        self.set_alpha(RegimeAlphaModel(self._service, directions={Regime.BEAR: InsightDirection.FLAT}))
        self.set_portfolio_construction(RegimePortfolioConstructionModel(self._service, exposure={Regime.BEAR: 0.3}))
        self.set_execution(ImmediateExecutionModel())

    def on_end_of_algorithm(self) -> None:
        market = self._service.market
        if market is not None:
            self.log(f"{market.regime} (p={market.confidence:.2f}) after {market.bars} daily bars, the last at {market.as_of}")
