"""Stock alpha, stock portfolio model; only the risk model knows regimes, and leaves the market in bear regimes."""

from datetime import timedelta

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeRiskManagementModel
from regime_framework.service import RegimeService


class RiskExit(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2004, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        for ticker in ("SPY", "QQQ"):
            self.add_equity(ticker, Resolution.DAILY)

        service = RegimeService(RegimeConfig(n_states=2, lookback=None), market="SPY")
        # A year at a time: this alpha alone would hold both for ever.
        self.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(252)))
        self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(timedelta(90)))
        # When the regime is over, what the portfolio model last asked for is bought back at once.
        self.set_risk_management(RegimeRiskManagementModel(service, exit_in=[Regime.BEAR]))
        self.set_execution(ImmediateExecutionModel())
