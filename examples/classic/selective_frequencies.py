"""Retrain what moves fast each week and the rest each month, with as many workers as there are assets."""

from AlgorithmImports import *

from regime_framework import Regime
from regime_framework.lean import HiddenRegimeAlgorithmOptimized
from regime_framework.service import RegimeModelCache


class SelectiveFrequencies(HiddenRegimeAlgorithmOptimized):
    def initialize(self) -> None:
        self.set_start_date(2010, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)

        self._assets = ["SPY", "QQQ"]
        self._symbols = {ticker: self.add_equity(ticker, Resolution.DAILY).symbol for ticker in self._assets}
        for ticker in self._assets:
            self.initialize_regime_detection(
                ticker, n_states=2, lookback_days=504, retrain_frequency="weekly" if ticker == "QQQ" else "monthly"
            )
        self.enable_batch_updates(max_workers=min(len(self._assets), 8))
        self._model_cache = RegimeModelCache(max_cache_size=500)

    def on_data(self, data: Slice) -> None:
        for ticker in self._assets:
            if data.bars.contains_key(self._symbols[ticker]):
                self.on_tradebar(ticker, data.bars[self._symbols[ticker]])
        if data.bars.count:
            self.batch_update_regimes(self._assets)

    def on_regime_change(self, old: Regime | None, new: Regime, confidence: float, ticker: str) -> None:
        self.set_holdings(self._symbols[ticker], 0.48 if new is Regime.BULL else 0.15)

    def on_end_of_algorithm(self) -> None:
        stats = self.get_cache_stats()
        self.log(f"{stats['size']} models kept, hit rate {stats['hit_rate']:.1%}")
