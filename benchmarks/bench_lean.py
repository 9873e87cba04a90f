"""What the LEAN models add to the loop of the stand-in: run by `make bench`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import process_time
from typing import Any, Final

import numpy as np

from benchmarks.tables import Table
from benchmarks.universes import simulate_universe
from benchmarks.worlds import world

_RUNS: Final = (("usual", 10, 250), ("usual", 100, 250), ("usual", 500, 125), ("restless", 500, 60))
_REPEATS: Final = 3
_HISTORY_DAYS: Final = 260
_STORM_DAYS: Final = 90
_LEANS_LOOP: Final = 0.036  # CPU seconds per 1,000 daily bars of a symbol, seen on the real engine without models
_OURS: Final = ("service", "feed", "insights", "portfolio")
_PARTS: Final = (*_OURS, "training", "engine")


class Stopwatch:
    """CPU seconds by part; while a part runs inside another, its time is not the other's."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(_PARTS, 0.0)
        self._open: list[str] = []
        self._since = 0.0

    def start(self, part: str) -> None:
        self._switch()
        self._open.append(part)

    def stop(self) -> None:
        self._switch()
        self._open.pop()

    def _switch(self) -> None:
        now = process_time()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now

    def taken(self) -> dict[str, float]:
        """What was spent since this was asked last."""
        spent, self.spent = self.spent, dict.fromkeys(_PARTS, 0.0)
        return spent

    @contextmanager
    def on(self, owner: type, name: str, part: str) -> Iterator[None]:
        """Time a method of a class."""
        held = vars(owner)[name]
        timed = self._timed(held.__func__ if isinstance(held, staticmethod) else held, part)
        # LEAN's classes refuse a plain assignment.
        type.__setattr__(owner, name, staticmethod(timed) if isinstance(held, staticmethod) else timed)
        try:
            yield
        finally:
            type.__setattr__(owner, name, held)

    def _timed(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            self.start(part)
            try:
                return function(*arguments, **named)
            finally:
                self.stop()

        return timed


@dataclass
class _Run:
    """CPU seconds bar by bar."""

    total: list[float] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in _PARTS})
    insights: int = 0
    rebalances: int = 0


@dataclass
class _Market:
    data: Any
    first: date
    last: date
    tickers: list[str]


def _market(kind: str, n_symbols: int, n_days: int) -> _Market:
    """Made-up daily bars, with a history before the run."""
    from lean_stubs import FakeData

    days = _HISTORY_DAYS + n_days
    data = FakeData(date(2014, 1, 1), date(2014, 1, 1) + timedelta(days=int(days * 1.5) + 20))
    tickers = [f"T{number:03d}" for number in range(n_symbols)]
    if kind == "usual":
        bars = simulate_universe(world("hardy2"), n_symbols, days, 7, own_regimes=True, noise=0.3).bars  # type: ignore[arg-type]
        for ticker, table in zip(tickers, np.round(bars[:, 1:], 2), strict=True):
            data.bars(ticker, table)
    else:
        generator = np.random.default_rng(7)
        storms = np.where((np.arange(days) // _STORM_DAYS) % 2 == 0, 0.007, 0.022)
        for ticker in tickers:
            data.closes(ticker, np.round(100.0 * np.exp(np.cumsum(generator.normal(0.0, storms))), 2))
    return _Market(data, data.days[_HISTORY_DAYS], data.days[days - 1], tickers)


def _run(market: _Market, *, models: bool) -> _Run:
    from AlgorithmImports import AlphaModel, NullExecutionModel, QCAlgorithm, Resolution
    from lean_stubs import run_algorithm

    from regime_framework import Regime, RegimeConfig
    from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel
    from regime_framework.service import RegimeService

    run, watch = _Run(), Stopwatch()
    service = RegimeService(RegimeConfig(lookback=252), market="universe")
    portfolio = RegimePortfolioConstructionModel(service, exposure={Regime.BEAR: 0.3})

    class Silent(AlphaModel):  # type: ignore[misc]
        def update(self, algorithm: Any, data: Any) -> list[Any]:
            return []

    class Bench(QCAlgorithm):  # type: ignore[misc]
        def initialize(self) -> None:
            self.set_start_date(market.first.year, market.first.month, market.first.day)
            self.set_end_date(market.last.year, market.last.month, market.last.day)
            for ticker in market.tickers:
                self.add_equity(ticker, Resolution.DAILY)
            self.set_alpha(RegimeAlphaModel(service) if models else Silent())
            if models:
                self.set_portfolio_construction(portfolio)
            # Targets, but no orders: those cost far more than anything here, with and without regimes.
            self.set_execution(NullExecutionModel())
            self._since = process_time()

        def on_data(self, data: Any) -> None:
            now = process_time()
            run.total.append(now - self._since)
            for part, seconds in watch.taken().items():
                run.parts[part].append(seconds)
            self._since = now

        def on_end_of_algorithm(self) -> None:
            run.insights, run.rebalances = int(self.insights.total_count), sum(portfolio.rebalances.values())

    logging.disable(logging.WARNING)
    try:
        with ExitStack() as stack:
            for timed in _timed_methods():
                stack.enter_context(watch.on(*timed))
            run_algorithm(Bench, data=market.data).check()
    finally:
        logging.disable(logging.NOTSET)
    return run


def _timed_methods() -> list[tuple[type, str, str]]:
    """Where a part begins; LEAN's own methods that ours call count as the engine's."""
    from AlgorithmImports import Insight, PortfolioConstructionModel, PortfolioTarget

    from regime_framework.lean import DailyBarFeed, RegimeAlphaModel, RegimePortfolioConstructionModel
    from regime_framework.service import BatchRegimeUpdater, RegimeService

    hooks = ("create_targets", "is_rebalance_due", "get_target_insights", "determine_target_percent")
    return [
        (RegimeService, "update", "service"),
        (BatchRegimeUpdater, "train", "training"),
        (DailyBarFeed, "refresh", "feed"),
        (RegimeAlphaModel, "update", "insights"),
        *((RegimePortfolioConstructionModel, hook, "portfolio") for hook in hooks),
        (PortfolioConstructionModel, "create_targets", "engine"),
        (PortfolioTarget, "percent", "engine"),
        (Insight, "price", "engine"),
    ]


def _quietest(runs: list[_Run]) -> dict[str, float]:
    """CPU seconds per 1,000 bars, of every bar the repeat that other processes disturbed least.

    From the third bar on: history, first trainings and first targets are not what a bar costs. Bars with a training
    count for the training alone: preparing windows and taking models over belong to it.
    """
    training = np.min([run.parts["training"] for run in runs], axis=0) > 0.0
    chosen = ~training
    chosen[:2] = False

    def per_thousand(series: list[list[float]]) -> Any:
        return np.min(np.asarray(series), axis=0) * 1000.0

    total = per_thousand([run.total for run in runs])
    found = {part: float(per_thousand([run.parts[part] for run in runs])[chosen].mean()) for part in _PARTS}
    whole = total[2:].mean()
    return found | {"total": float(total[chosen].mean()), "training": float(whole - total[chosen].mean())}


def bench_lean_models() -> str:
    """What the LEAN models add to the loop: CPU seconds per 1,000 daily bars of all symbols."""
    table = Table(
        "What the LEAN models add to the loop, in CPU seconds per 1,000 bars",
        ["market", "symbols", "loop alone", "models", "of the loop", "of LEAN's", *_OURS, "engine within", "whole run", "training"],
    )
    counts = []
    for kind, n_symbols, n_days in _RUNS:
        market = _market(kind, n_symbols, n_days)
        both = [(_run(market, models=False), _run(market, models=True)) for _ in range(_REPEATS)]
        alone = _quietest([run for run, _ in both])["total"]
        parts = _quietest([run for _, run in both])
        models = sum(parts[part] for part in _OURS)
        more = (parts["total"] - alone) / alone
        table.add(
            kind,
            n_symbols,
            f"{alone:.2f}",
            f"{models:.2f}",
            f"{models / alone:.0%}",
            f"{models / (_LEANS_LOOP * n_symbols):.0%}",
            *(f"{parts[part]:.2f} ({parts[part] / models:.0%})" for part in _OURS),
            f"{parts['engine']:.2f}",
            f"{more:+.0%}",
            f"{parts['training']:.2f}",
        )
        run = both[0][1]
        n_bars = len(run.total)
        counts.append(
            f"{kind}, {n_symbols} symbols: {run.insights / n_bars:.1f} insights and {run.rebalances / n_bars:.2f} rebalances a bar"
        )
    table.notes.append(
        "Models are the service's step (`service`), reading bars (`feed`), `insights` and `portfolio`, without what LEAN does "
        "when they call it: making insights, sizing targets (`engine within`, here the stand-in's). Whole run: how much longer "
        "than the loop alone, with everything that LEAN does about insights and targets, such as storing them. Training is "
        "apart because it goes by the schedule: here monthly on a 252-day window, the first one not counted. Loop of the stand-in, "
        f"daily bars, targets but no orders. LEAN's own loop takes about {_LEANS_LOOP} s per 1,000 bars of one symbol."
    )
    table.notes.append(
        "Usual: whole bars, a market regime and one of each symbol's own, lasting as Hardy (2001) found them. Restless: "
        f"volatilities that triple for all every {_STORM_DAYS} days, and bars without ranges of their own, which make regimes "
        f"flicker. {'; '.join(counts)}."
    )
    return table.text()


if __name__ == "__main__":
    print(bench_lean_models())
