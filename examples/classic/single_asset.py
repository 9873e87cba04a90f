"""The classic way: derive from the base class, ask for the regime in on_data, trade on its change."""

from AlgorithmImports import *

from regime_framework import Regime
from regime_framework.lean import HiddenRegimeAlgorithm


class SingleAsset(HiddenRegimeAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2005, 1, 1)
        self.set_end_date(2018, 12, 31)
        self.set_cash(100_000)
        self._symbol = self.add_equity("SPY", Resolution.DAILY).symbol
        self.initialize_regime_detection("SPY", n_states=2, lookback_days=504, retrain_frequency="monthly")

    def on_data(self, data: Slice) -> None:
        if not data.bars.contains_key(self._symbol):
            return
        self.on_tradebar("SPY", data.bars[self._symbol])
        self.update_regime("SPY")

    def on_regime_change(self, old: Regime | None, new: Regime, confidence: float, ticker: str) -> None:
        self.log(f"{ticker}: {old} -> {new} ({confidence:.0%})")
        self.set_holdings(self._symbol, 0.95 if new is Regime.BULL else 0.3)
