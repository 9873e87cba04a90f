"""Several assets, all optimisations on: equal weights of what is bullish, a defensive mix when the market is not."""

from AlgorithmImports import *

from regime_framework import Regime
from regime_framework.lean import HiddenRegimeAlgorithmOptimized

DEFENSIVE = {"TLT": 0.5, "GLD": 0.3, "SHY": 0.2}


class OptimizedMultiAsset(HiddenRegimeAlgorithmOptimized):
    def initialize(self) -> None:
        self.set_start_date(2010, 1, 1)
        self.set_end_date(2019, 12, 31)
        self.set_cash(100_000)

        self.enable_caching(max_cache_size=200, retrain_frequency="monthly")
        self.enable_batch_updates(max_workers=4, use_parallel=True)
        self.enable_profiling()

        self._assets = ["SPY", "QQQ", "IWM", "TLT", "GLD", "SHY"]
        self._symbols = {ticker: self.add_equity(ticker, Resolution.DAILY).symbol for ticker in self._assets}
        for ticker in self._assets:
            self.initialize_regime_detection(ticker, n_states=3, lookback_days=504, min_confidence=0.65)
        self._weights: dict[str, float] = {}

    def on_data(self, data: Slice) -> None:
        for ticker, symbol in self._symbols.items():
            if data.bars.contains_key(symbol):
                self.on_tradebar(ticker, data.bars[symbol])
        if not data.bars.contains_key(self._symbols["SPY"]) or not self.regime_is_ready():
            return

        self.batch_update_regimes(self._assets)
        weights = self._wanted()
        # Only a change of regime moves the portfolio: daily rebalancing would trade on noise.
        if weights != self._weights:
            self._weights = weights
            targets = [PortfolioTarget(symbol, weights.get(ticker, 0.0) * 0.98) for ticker, symbol in self._symbols.items()]
            self.set_holdings(targets)

    def _wanted(self) -> dict[str, float]:
        if self.regime_of("SPY") in (Regime.BEAR, Regime.CRISIS):
            return DEFENSIVE
        bullish = [ticker for ticker in self._assets if self.regime_of(ticker) is Regime.BULL]
        return {ticker: 1.0 / len(bullish) for ticker in bullish} if bullish else DEFENSIVE

    def on_end_of_algorithm(self) -> None:
        self.log_performance_summary()
