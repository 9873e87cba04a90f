"""A regime alpha beside a stock trend alpha: each gets its share of the capital, less of it in risky markets."""

from datetime import timedelta

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
from regime_framework.service import RegimeService


class MixedAlphas(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2004, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        for ticker in ("SPY", "QQQ"):
            self.add_equity(ticker, Resolution.DAILY)

        service = RegimeService(RegimeConfig(n_states=2), market="SPY")
        self.add_alpha(RegimeAlphaModel(service, directions={Regime.BEAR: InsightDirection.FLAT}))
        self.add_alpha(EmaCrossAlphaModel(50, 200, Resolution.DAILY))

        # LEAN's stock models keep only the last insight of a symbol, whoever gave it; here both alphas are heard.
        self.set_portfolio_construction(
            RegimePortfolioConstructionModel(
                service,
                rebalance=timedelta(30),
                portfolio_bias=PortfolioBias.LONG,
                sources={"RegimeAlphaModel": 0.7, "*": {Regime.BULL: 0.3}},
                exposure={Regime.BEAR: 0.5},
                tolerance=0.02,
            )
        )
        self.set_execution(ImmediateExecutionModel())
