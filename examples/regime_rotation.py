"""Hold the market in calm regimes, step aside in risky ones: alpha and portfolio model share one service."""

from datetime import datetime

from AlgorithmImports import *

from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
from regime_framework.service import RegimeService


class RegimeRotation(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2000, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        self._equities = [self.add_equity(ticker, Resolution.DAILY) for ticker in ("SPY", "QQQ")]
        self._first_prices: list[float] = []
        self.set_benchmark(self._both_held)

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

    def _both_held(self, time: datetime) -> float:
        """What to compare with: both bought on the first day, for half of the capital each."""
        prices = [equity.price for equity in self._equities]
        if not self._first_prices and all(prices):
            self._first_prices = prices
        if not self._first_prices:
            return 100.0
        return 50 * sum(price / first for price, first in zip(prices, self._first_prices, strict=True))
