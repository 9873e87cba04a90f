"""What a run on the stand-in costs apart from regime work: run by `make bench`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any, Final

import numpy as np

from benchmarks.regime_share import watched_models
from benchmarks.tables import Table

_EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"
#: The examples that run on daily bars of the two indices.
_DAILY: Final = ("regime_rotation", "mixed_alphas", "models_per_regime", "risk_exit")

#: (symbols, trading days, days between two rebalancings).
_RUNS: Final = ((2, 5000, 1), (500, 500, 21))


def _market(n_symbols: int, n_days: int) -> tuple[Any, Any, Any]:
    from lean_stubs import FakeData

    data = FakeData("1998-01-02", "2019-12-31")
    generator = np.random.default_rng(7)
    for number in range(n_symbols):
        data.closes(f"T{number:03d}", np.round(100.0 * np.exp(np.cumsum(generator.normal(0.0, 0.01, n_days))), 2))
    return data, data.days[0], data.days[n_days - 1]


def _run(n_symbols: int, n_days: int, every: int) -> tuple[float, int, int]:
    """CPU seconds, orders and insights of one run; making up the data is left out."""
    from AlgorithmImports import (
        AlphaModel,
        EqualWeightingPortfolioConstructionModel,
        Insight,
        InsightDirection,
        QCAlgorithm,
        Resolution,
    )
    from lean_stubs import run_algorithm

    data, first, last = _market(n_symbols, n_days)

    class Momentum(AlphaModel):  # type: ignore[misc]
        """Says up or down when the last move changes its sign, every few days."""

        def __init__(self) -> None:
            super().__init__()
            self.name = "Momentum"
            self.closes: dict[Any, float] = {}
            self.said: dict[Any, int] = {}
            self.day = 0

        def update(self, algorithm: Any, data: Any) -> list[Any]:
            self.day += 1
            found = []
            for bar in data.bars.values():
                symbol, close = bar.symbol, bar.close
                before, self.closes[symbol] = self.closes.get(symbol), close
                sign = 1 if before is not None and close > before else -1
                if before is None or self.day % every or self.said.get(symbol) == sign:
                    continue
                self.said[symbol] = sign
                direction = InsightDirection.UP if sign > 0 else InsightDirection.DOWN
                found.append(Insight.price(symbol, timedelta(30), direction))
            return found

    class Bench(QCAlgorithm):  # type: ignore[misc]
        def initialize(self) -> None:
            self.set_start_date(first.year, first.month, first.day)
            self.set_end_date(last.year, last.month, last.day)
            self.settings.minimum_order_margin_portfolio_percentage = 0
            self.settings.rebalance_portfolio_on_insight_changes = every == 1
            for number in range(n_symbols):
                self.add_equity(f"T{number:03d}", Resolution.DAILY)
            self.set_alpha(Momentum())
            self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(timedelta(every)))

    start = process_time()
    result = run_algorithm(Bench, data=data).check()
    return process_time() - start, len(result.orders), len(result.insights)


def bench_examples() -> str:
    """The daily examples over twenty years of two indices: what the stand-in takes, and what the regime models take."""
    from lean_stubs import run_algorithm

    table = Table("The daily examples on the stand-in", ["example", "orders", "CPU seconds", "regime models", "all else"])
    for name in _DAILY:
        with watched_models() as watch:
            start = process_time()
            result = run_algorithm(_EXAMPLES / f"{name}.py", data="index").check()
            seconds = process_time() - start
        rest = seconds - watch.seconds
        table.add(name, len(result.orders), f"{seconds:.1f}", f"{watch.seconds:.1f}", f"{rest:.1f}")
    table.notes.append(
        "From reading the file to the result's frames. Regime models: all that the engine calls of them, with charts,"
    )
    table.notes.append("history and the sizes of targets; the first row loads the kernels. Goal for all else: 3 s.")
    return table.text()


def bench_engine() -> str:
    """CPU seconds of whole runs without regimes, orders included."""
    table = Table("Whole runs on the stand-in, without regimes", ["symbols", "days", "orders", "insights", "CPU seconds"])
    for n_symbols, n_days, every in _RUNS:
        seconds, orders, insights = _run(n_symbols, n_days, every)
        table.add(n_symbols, n_days, orders, insights, f"{seconds:.1f}")
    table.notes.append("Daily bars; two symbols are rebalanced every day, five hundred every 21 days. Goal for five hundred: 60 s.")
    return table.text()


if __name__ == "__main__":
    print(bench_engine())
