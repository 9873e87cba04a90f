"""What the LEAN models add to the loop of the stand-in: run by `make bench`."""

from __future__ import annotations

import logging
from time import process_time
from typing import Any, Final

import numpy as np

from benchmarks.tables import Table

_SIZES: Final = ((10, 300), (100, 100), (500, 45))
_HISTORY_DAYS: Final = 260
_PARTS: Final = ("reading bars", "filter", "training", "insights", "portfolio")


def _market(n_symbols: int, n_days: int) -> Any:
    from lean_stubs import FakeData

    data = FakeData("2014-01-01", "2017-12-31")
    days = _HISTORY_DAYS + n_days
    generator = np.random.default_rng(7)
    storms = np.where((np.arange(days) // 90) % 2 == 0, 0.007, 0.022)
    for number in range(n_symbols):
        data.closes(f"T{number:03d}", np.round(100.0 * np.exp(np.cumsum(generator.normal(0.0, storms))), 2))
    return data, data.days[_HISTORY_DAYS], data.days[days - 1]


def _timed(n_symbols: int, n_days: int, *, models: bool) -> dict[str, float]:
    """CPU seconds from the second bar to the end of the run, all in and by part, per 1,000 bars."""
    from AlgorithmImports import AlphaModel, QCAlgorithm, Resolution
    from lean_stubs import run_algorithm

    from regime_framework import Regime, RegimeConfig
    from regime_framework.lean import DailyBarFeed, RegimeAlphaModel, RegimePortfolioConstructionModel
    from regime_framework.service import BatchRegimeUpdater, RegimeService

    data, first, last = _market(n_symbols, n_days)
    spent = dict.fromkeys(_PARTS, 0.0)
    clock = {"start": 0.0, "bars": 0.0}

    class Timed(BatchRegimeUpdater):
        def train(self, requests: Any) -> Any:
            start = process_time()
            results = super().train(requests)
            spent["training"] += process_time() - start
            return results

    service = RegimeService(RegimeConfig(lookback=252), batch=Timed(), market="universe")

    class Silent(AlphaModel):  # type: ignore[misc]
        def update(self, algorithm: Any, data: Any) -> list[Any]:
            return []

    class Alpha(RegimeAlphaModel):
        def update(self, algorithm: Any, data: Any) -> list[Any]:
            start = process_time()
            DailyBarFeed.of(service).refresh(algorithm)
            middle = process_time()
            insights = super().update(algorithm, data)
            spent["filter"] += middle - start
            spent["insights"] += process_time() - middle
            return insights

    class Portfolio(RegimePortfolioConstructionModel):
        def create_targets(self, algorithm: Any, insights: Any) -> list[Any]:
            start = process_time()
            targets = super().create_targets(algorithm, insights)
            spent["portfolio"] += process_time() - start
            return targets

    class Bench(QCAlgorithm):  # type: ignore[misc]
        def initialize(self) -> None:
            self.set_start_date(first.year, first.month, first.day)
            self.set_end_date(last.year, last.month, last.day)
            self.settings.minimum_order_margin_portfolio_percentage = 0
            for number in range(n_symbols):
                self.add_equity(f"T{number:03d}", Resolution.DAILY)
            self.set_alpha(Alpha(service) if models else Silent())
            if models:
                # No orders: they cost far more than anything here, with and without regimes.
                self.set_portfolio_construction(Portfolio(service, exposure=dict.fromkeys(Regime, 0.0)))

        def on_data(self, data: Any) -> None:
            clock["bars"] += 1
            if clock["bars"] == 2:  # history, first trainings and first orders are not what a bar costs
                spent.update(dict.fromkeys(_PARTS, 0.0))
                clock["start"] = process_time()

    logging.disable(logging.WARNING)
    try:
        run_algorithm(Bench, data=data).check()
    finally:
        logging.disable(logging.NOTSET)
    spent["total"] = process_time() - clock["start"]
    spent["filter"] -= spent["training"]
    return {name: seconds * 1000.0 / (n_days - 1) for name, seconds in spent.items()}


def bench_lean_models() -> str:
    """What the LEAN models add to the loop: CPU seconds per 1,000 daily bars of all symbols."""
    table = Table(
        "What the LEAN models add to the loop, in CPU seconds per 1,000 bars", ["symbols", "loop alone", "with the models", *_PARTS]
    )
    for n_symbols, n_days in _SIZES:
        alone = _timed(n_symbols, n_days, models=False)["total"]
        all_in = _timed(n_symbols, n_days, models=True)
        # What no part accounts for is what the engine spends on handing each bar to the feed, and the feed on reading it.
        named = sum(all_in[part] for part in _PARTS)
        all_in["reading bars"] = max(all_in["total"] - alone - named, 0.0)
        table.add(n_symbols, f"{alone:.2f}", f"{all_in['total']:.2f}", *(f"{all_in[part]:.2f}" for part in _PARTS))
    table.notes.append(
        "Loop of the stand-in, daily bars, monthly trainings of a 252-day window (the first one aside), one insight a "
        "change. LEAN's own loop takes about 0.036 s per 1,000 bars of one symbol."
    )
    return table.text()


if __name__ == "__main__":
    print(bench_lean_models())
