"""Hold only what is in a calm regime itself: the universe is chosen anew each month."""

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel, RegimeUniverseSelectionModel
from regime_framework.service import RegimeService


class UniverseByRegime(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2015, 1, 1)
        self.set_end_date(2019, 12, 31)
        self.set_cash(100_000)
        self.universe_settings.resolution = Resolution.DAILY

        config = RegimeConfig(n_states=2)
        self.set_universe_selection(
            RegimeUniverseSelectionModel(
                ["SPY", "QQQ", "IWM", "EEM", "AAPL", "BAC"],
                keep=[Regime.BULL],
                config=config,
                always=["SPY"],
            )
        )
        service = RegimeService(config, market="SPY")
        # Members that turn risky between two selections are sold at once.
        self.set_alpha(RegimeAlphaModel(service, directions={Regime.BEAR: InsightDirection.FLAT}))
        self.set_portfolio_construction(
            RegimePortfolioConstructionModel(service, exposure={Regime.BEAR: 0.5}, max_weight=0.4, tolerance=0.05)
        )
        self.set_execution(ImmediateExecutionModel())
