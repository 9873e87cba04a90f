"""What the LEAN models add to the loop of the stand-in: run by `make bench`."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import process_time
from typing import Any, Final

import numpy as np

from benchmarks.tables import Table

_SIZES: Final = ((10, 250), (100, 100), (500, 45))
_REPEATS: Final = 3
_HISTORY_DAYS: Final = 260
_STORM_DAYS: Final = 90
_PARTS: Final = ("reading bars", "filter", "insights", "portfolio", "training")


@dataclass
class _Run:
    """CPU seconds a bar from the second bar on: history, first trainings and first targets are not what a bar costs."""

    total: list[float] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in _PARTS})
    insights: int = 0
    rebalances: int = 0


def _market(n_symbols: int, n_days: int) -> Any:
    """Made-up closes; every volatility triples for every second quarter, at once for all."""
    from lean_stubs import FakeData

    days = _HISTORY_DAYS + n_days
    data = FakeData(date(2014, 1, 1), date(2014, 1, 1) + timedelta(days=int(days * 1.5) + 20))
    generator = np.random.default_rng(7)
    storms = np.where((np.arange(days) // _STORM_DAYS) % 2 == 0, 0.007, 0.022)
    for number in range(n_symbols):
        data.closes(f"T{number:03d}", np.round(100.0 * np.exp(np.cumsum(generator.normal(0.0, storms))), 2))
    return data, data.days[_HISTORY_DAYS], data.days[days - 1]


def _run(n_symbols: int, n_days: int, *, models: bool) -> _Run:
    from AlgorithmImports import AlphaModel, NullExecutionModel, QCAlgorithm, Resolution
    from lean_stubs import run_algorithm

    from regime_framework import Regime, RegimeConfig
    from regime_framework.lean import DailyBarFeed, RegimeAlphaModel, RegimePortfolioConstructionModel
    from regime_framework.service import BatchRegimeUpdater, RegimeService

    data, first, last = _market(n_symbols, n_days)
    run = _Run()
    spent = dict.fromkeys(_PARTS, 0.0)
    at = {"bar": process_time()}

    class Timed(BatchRegimeUpdater):
        def train(self, requests: Any) -> Any:
            start = process_time()
            results = super().train(requests)
            spent["training"] += process_time() - start
            return results

    class Service(RegimeService):
        def update(self, now: Any, bars: Any) -> Any:
            start, trained = process_time(), spent["training"]
            estimates = super().update(now, bars)
            took = process_time() - start
            if spent["training"] > trained:  # preparing windows and taking over models belong to it
                spent["training"] = trained + took
            else:
                spent["filter"] += took
            return estimates

    service = Service(RegimeConfig(lookback=252), batch=Timed(), market="universe")

    class Silent(AlphaModel):  # type: ignore[misc]
        def update(self, algorithm: Any, data: Any) -> list[Any]:
            return []

    class Alpha(RegimeAlphaModel):
        def update(self, algorithm: Any, data: Any) -> list[Any]:
            start, filtered = process_time(), spent["filter"] + spent["training"]
            DailyBarFeed.of(service).refresh(algorithm)
            middle = process_time()
            insights = super().update(algorithm, data)
            spent["reading bars"] += middle - start - (spent["filter"] + spent["training"] - filtered)
            spent["insights"] += process_time() - middle
            run.insights += len(insights)
            return insights

    class Portfolio(RegimePortfolioConstructionModel):
        def create_targets(self, algorithm: Any, insights: Any) -> list[Any]:
            start = process_time()
            targets = super().create_targets(algorithm, insights)
            spent["portfolio"] += process_time() - start
            run.rebalances = sum(self.rebalances.values())
            return targets

    class Bench(QCAlgorithm):  # type: ignore[misc]
        def initialize(self) -> None:
            self.set_start_date(first.year, first.month, first.day)
            self.set_end_date(last.year, last.month, last.day)
            for number in range(n_symbols):
                self.add_equity(f"T{number:03d}", Resolution.DAILY)
            self.set_alpha(Alpha(service) if models else Silent())
            if models:
                self.set_portfolio_construction(Portfolio(service, exposure={Regime.BEAR: 0.3}))
            # Targets, but no orders: those cost far more than anything here, with and without regimes.
            self.set_execution(NullExecutionModel())

        def on_data(self, data: Any) -> None:
            now = process_time()
            run.total.append(now - at["bar"])
            for part, seconds in spent.items():
                run.parts[part].append(seconds)
            spent.update(dict.fromkeys(_PARTS, 0.0))
            at["bar"] = now

    logging.disable(logging.WARNING)
    try:
        run_algorithm(Bench, data=data).check()
    finally:
        logging.disable(logging.NOTSET)
    return run


def _quietest(n_symbols: int, n_days: int, *, models: bool) -> tuple[dict[str, float], _Run]:
    """CPU seconds per 1,000 bars: of every bar the repeat that other processes disturbed least."""
    runs = [_run(n_symbols, n_days, models=models) for _ in range(_REPEATS)]

    def per_thousand(series: list[list[float]]) -> float:
        return float(np.min(np.asarray(series)[:, 2:], axis=0).mean() * 1000.0)

    found = {part: per_thousand([run.parts[part] for run in runs]) for part in _PARTS}
    return found | {"total": per_thousand([run.total for run in runs])}, runs[0]


def bench_lean_models() -> str:
    """What the LEAN models add to the loop: CPU seconds per 1,000 daily bars of all symbols."""
    table = Table(
        "What the LEAN models add to the loop, in CPU seconds per 1,000 bars",
        ["symbols", "loop alone", "models", "of the loop", *_PARTS[:-1], "training", "LEAN's work on what they say"],
    )
    counts = []
    for n_symbols, n_days in _SIZES:
        alone = _quietest(n_symbols, n_days, models=False)[0]["total"]
        parts, run = _quietest(n_symbols, n_days, models=True)
        models = sum(parts[part] for part in _PARTS[:-1])
        shares = [f"{parts[part]:.2f} ({parts[part] / models:.0%})" for part in _PARTS[:-1]]
        rest = parts["total"] - alone - models - parts["training"]
        table.add(
            n_symbols, f"{alone:.2f}", f"{models:.2f}", f"{models / alone:.0%}", *shares, f"{parts['training']:.2f}", f"{rest:.2f}"
        )
        bars = len(run.total)
        counts.append(f"{n_symbols} symbols: {run.insights / bars:.1f} insights and {run.rebalances / bars:.2f} rebalances a bar")
    table.notes.append(
        "Models are reading bars, filter, insights and portfolio; training is apart because it goes by the schedule: here "
        "monthly on a 252-day window, the first one not counted. LEAN's work is storing insights and passing on targets, which "
        "the stand-in does slower than LEAN. "
        f"Loop of the stand-in, daily bars, volatilities that change every {_STORM_DAYS} days for all, targets but no orders. "
        "LEAN's own loop takes about 0.036 s per 1,000 bars of one symbol."
    )
    table.notes.append(f"{'; '.join(counts)}.")
    return table.text()


if __name__ == "__main__":
    print(bench_lean_models())
