"""Hold the market in calm regimes, step aside in risky ones: alpha and portfolio model share one service."""

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
from regime_framework.service import RegimeService


class RegimeRotation(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2000, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        for ticker in ("SPY", "QQQ"):
            self.add_equity(ticker, Resolution.DAILY)

        service = RegimeService(RegimeConfig(n_states=2), market="SPY")

        # A bear regime says how risky a market is, not that it falls: be flat there, not short.
        self.add_alpha(RegimeAlphaModel(service, directions={Regime.BEAR: InsightDirection.FLAT}))
        # Half the capital each at most, and less of everything while the market itself is in a bear regime.
        self.set_portfolio_construction(
            RegimePortfolioConstructionModel(
                service,
                portfolio_bias=PortfolioBias.LONG,
                exposure={Regime.BULL: 1.0, Regime.BEAR: 0.3},
                max_weight=0.5,
                tolerance=0.02,
            )
        )
        self.set_execution(ImmediateExecutionModel())
