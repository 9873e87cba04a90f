"""A made-up market with calm and stormy years, and algorithms that write down what happens to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
from AlgorithmImports import OrderStatus, QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm

from regime_framework import RegimeConfig
from regime_framework.service import RegimeService

FIRST, LAST = date(2013, 1, 2), date(2016, 12, 30)
START, END = (2015, 1, 2), (2016, 12, 30)
CONFIG = RegimeConfig(lookback=252, observation="close", emission="gaussian")


def closes(
    seed: int, n_days: int = 1008, storms: Sequence[tuple[int, int]] = ((150, 250), (400, 460), (600, 680), (850, 900))
) -> np.ndarray:
    """Closes with a daily volatility of 0.6 %, and of 2.5 % between the days of each storm."""
    volatility = np.full(n_days, 0.006)
    for begin, end in storms:
        volatility[begin:end] = 0.025
    returns = np.random.default_rng(seed).normal(0.0003, volatility)
    return np.round(100 * np.exp(np.cumsum(returns)), 2)


def market() -> FakeData:
    """SPY, QQQ and IWM share their storms, TLT has none of its own."""
    data = FakeData(FIRST, LAST)
    for seed, ticker in enumerate(("SPY", "QQQ", "IWM")):
        data.closes(ticker, closes(seed))
    return data.closes("TLT", closes(9, storms=()))


def service(**changes: Any) -> RegimeService:
    """A service for these markets."""
    settings: dict[str, Any] = {"market": "SPY"} | changes
    return RegimeService(settings.pop("config", CONFIG), **settings)


@dataclass
class Diary:
    """What an algorithm saw."""

    insights: list[dict[str, Any]] = field(default_factory=list)
    orders: list[tuple[datetime, str, float]] = field(default_factory=list)
    gaps: list[tuple[datetime, str]] = field(default_factory=list)
    holdings: list[tuple[datetime, dict[str, float]]] = field(default_factory=list)
    algorithm: Any = None
    result: Any = None

    def of(self, ticker: str, source: str = "RegimeAlphaModel") -> list[dict[str, Any]]:
        return [insight for insight in self.insights if insight["ticker"] == ticker and insight["source"] == source]

    def lines(self) -> list[str]:
        """All messages of the run."""
        return [str(line) for line in self.result.logs]

    def weights(self, day: date) -> dict[str, float]:
        """Shares of the portfolio held at the close of a day."""
        return next(weights for moment, weights in self.holdings if moment.date() == day)


def run(
    setup: Callable[[Any], None],
    *,
    data: Any = None,
    tickers: Sequence[str] = ("SPY", "QQQ"),
    resolution: Any = Resolution.DAILY,
    start: tuple[int, int, int] = START,
    end: tuple[int, int, int] = END,
    warm_up: int = 0,
    watch: str = "RegimeAlphaModel",
) -> Diary:
    """Run an algorithm whose models are given by `setup`, and return its diary."""
    diary = Diary()

    class Tested(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(*start)
            self.set_end_date(*end)
            self.set_cash(1_000_000)
            if warm_up:
                self.set_warm_up(warm_up, Resolution.DAILY)
            for ticker in tickers:
                self.add_equity(ticker, resolution)
            self.insights_generated += self.note
            setup(self)

        def note(self, algorithm: Any, collection: Any) -> None:
            for insight in collection.insights:
                diary.insights.append(
                    {
                        "ticker": insight.symbol.value,
                        "utc": insight.generated_time_utc.replace(tzinfo=None),
                        "closes": insight.close_time_utc.replace(tzinfo=None),
                        "direction": int(insight.direction),
                        "magnitude": insight.magnitude,
                        "confidence": insight.confidence,
                        "weight": insight.weight,
                        "source": insight.source_model,
                        "tag": insight.tag,
                        "warming_up": self.is_warming_up,
                    }
                )

        def on_data(self, data: Any) -> None:
            if not data.bars.count:
                return
            active = {
                insight.symbol.value
                for insight in self.insights.get_active_insights(self.utc_time)
                if insight.source_model == watch
            }
            known = {insight["ticker"] for insight in diary.insights if insight["source"] == watch}
            diary.gaps += [(self.time, ticker) for ticker in sorted(known - active)]
            total = self.portfolio.total_portfolio_value
            held = {kv.key.value: kv.value.holdings_value / total for kv in self.portfolio if kv.value.invested}
            diary.holdings.append((self.time, held))

        def on_order_event(self, event: Any) -> None:
            if event.status == OrderStatus.FILLED:
                diary.orders.append((event.utc_time.replace(tzinfo=None), event.symbol.value, event.fill_quantity))

    diary.result = run_algorithm(Tested, data=market() if data is None else data)
    return diary
