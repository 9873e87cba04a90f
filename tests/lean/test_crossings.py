"""Crossings into LEAN per symbol and bar, counted on the stand-in: each costs a fraction of a microsecond to several."""

import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from AlgorithmImports import AlphaModel, Insight, InsightDirection, PortfolioBias, QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm

import regime_framework
from regime_framework import Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel, RegimeRiskManagementModel
from regime_framework.service import RegimeService
from tests.lean.worlds import closes, market

OURS = str(Path(regime_framework.__file__).parent)
THEIRS = str(Path(sys.modules["lean_stubs"].__file__ or "").parent.parent)


class Crossings:
    """Counts calls between our files and LEAN's, by what is called, bar by bar."""

    def __init__(self) -> None:
        self.now: Counter[str] = Counter()
        self.bars: list[Counter[str]] = []

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event != "call" or frame.f_back is None:
            return
        callee, caller = frame.f_code.co_filename, frame.f_back.f_code.co_filename
        if (callee.startswith(THEIRS) and caller.startswith(OURS)) or (callee.startswith(OURS) and caller.startswith(THEIRS)):
            self.now[frame.f_code.co_name] += 1

    def next_bar(self) -> None:
        self.bars.append(self.now)
        self.now = Counter()

    def watch(self, algorithm: type[QCAlgorithm], data: FakeData) -> None:
        """Count through a whole run."""
        before = sys.getprofile()
        sys.setprofile(self)
        try:
            run_algorithm(algorithm, data=data).check()
        finally:
            sys.setprofile(before)


def market_of(n_symbols: int) -> tuple[FakeData, list[str]]:
    """So many quiet symbols and their tickers."""
    data, tickers = market(), [f"T{i:02d}" for i in range(n_symbols)]
    for seed, ticker in enumerate(tickers, start=40):
        data.closes(ticker, closes(seed, storms=()))
    return data, tickers


def quiet_bar(n_symbols: int, resolution: Resolution, observation: str) -> Counter[str]:
    """Crossings of the quietest bar of a run with all our models and `n_symbols` symbols."""
    data, tickers = market_of(n_symbols)
    counted, notes = Crossings(), []
    config = RegimeConfig(lookback=252, observation=observation, emission="gaussian", retrain="never")
    shared = RegimeService(config, market="universe")
    portfolio = RegimePortfolioConstructionModel(shared, exposure={Regime.BEAR: 0.3}, portfolio_bias=PortfolioBias.LONG)

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 2, 27)
            for ticker in tickers:
                self.add_equity(ticker, resolution)
            self.set_alpha(RegimeAlphaModel(shared))
            self.set_portfolio_construction(portfolio)
            self.set_risk_management(RegimeRiskManagementModel(shared, exit_in=[Regime.CRISIS]))

        def on_data(self, data: Any) -> None:
            if self.time.hour == 16:
                counted.next_bar()
                notes.append((self.insights.total_count, sum(portfolio.rebalances.values())))

    counted.watch(Tested, data)
    # The bars between one note and the next without an insight or a rebalance.
    quiet = [bar for i, bar in enumerate(counted.bars[1:], start=1) if notes[i] == notes[i - 1]]
    assert len(quiet) > 10
    return min(quiet, key=lambda bar: bar.total())


@pytest.mark.parametrize(("observation", "fields"), [("close", 2), ("range", 5)])
def test_a_quiet_daily_bar_costs_its_own_reading_and_nothing_else(observation, fields):
    few, many = quiet_bar(4, Resolution.DAILY, observation), quiet_bar(16, Resolution.DAILY, observation)
    growth = many - few
    # The symbol's id as text, the end, and the prices.
    assert sum(growth.values()) <= (3 + fields) * 12, growth
    assert few.total() - (3 + fields) * 4 <= 45, few


def test_gathered_days_cost_one_call_a_symbol_besides():
    few, many = quiet_bar(4, Resolution.HOUR, "close"), quiet_bar(16, Resolution.HOUR, "close")
    growth = many - few
    assert sum(growth.values()) <= 3 * 12, growth


def test_the_bars_counted_hold_a_reading_of_every_symbol():
    bar = quiet_bar(4, Resolution.DAILY, "close")
    assert bar["close"] == 4


class TurnsOne(AlphaModel):
    """Up for everything on the first bar; the first symbol turns down on the tenth."""

    def __init__(self, tickers: list[str]) -> None:
        super().__init__()
        self.name, self.tickers, self.day = "Turns", tickers, -1

    def update(self, algorithm: Any, data: Any) -> list[Insight]:
        self.day += 1
        if self.day == 0:
            return [Insight.price(ticker, timedelta(90), InsightDirection.UP) for ticker in self.tickers]
        return [Insight.price(self.tickers[0], timedelta(90), InsightDirection.DOWN)] if self.day == 10 else []

    def on_securities_changed(self, algorithm: Any, changes: Any) -> None:
        pass


def bar_of_one_turn(n_symbols: int) -> Counter[str]:
    """Crossings of a bar at which one of so many symbols has another view, and the portfolio follows."""
    data, tickers = market_of(n_symbols)
    counted = Crossings()
    shared = RegimeService(RegimeConfig(lookback=252, observation="close", retrain="never"))
    portfolio = RegimePortfolioConstructionModel(shared)

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 2, 6)
            for ticker in tickers:
                self.add_equity(ticker, Resolution.DAILY)
            self.set_alpha(TurnsOne(tickers))
            self.set_portfolio_construction(portfolio)

        def on_data(self, data: Any) -> None:
            counted.next_bar()

    counted.watch(Tested, data)
    assert portfolio.rebalances == {"securities": 1, "insights": 1}
    return max(counted.bars[5:], key=lambda bar: bar.total())


def test_a_rebalance_for_one_view_crosses_no_more_the_more_symbols_there_are():
    few, many = bar_of_one_turn(4), bar_of_one_turn(16)
    growth = many - few
    # As on a quiet bar: the symbol's id as text, the end, and the close.
    assert sum(growth.values()) <= 5 * 12, growth
    assert few.total() - 5 * 4 <= 60, few
