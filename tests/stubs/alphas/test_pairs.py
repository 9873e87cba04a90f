"""The pairs models on two securities that go their way together, until one falls."""

from __future__ import annotations

import importlib

from AlgorithmImports import QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm


class Pairs(QCAlgorithm):
    model = "PearsonCorrelationPairsTradingAlphaModel"

    def initialize(self) -> None:
        self.set_start_date(2017, 1, 3)
        self.set_end_date(2019, 4, 30)
        for ticker in ("A", "B"):
            self.add_equity(ticker, Resolution.DAILY)
        kind = getattr(importlib.import_module(f"Alphas.{self.model}"), self.model)
        self.set_alpha(kind(60, Resolution.DAILY))
        self.told: list[tuple[str, str, str]] = []
        self.insights_generated += lambda algorithm, generated: self.told.extend(
            (f"{algorithm.time:%Y-%m-%d}", insight.symbol.value, str(insight.direction)) for insight in generated.insights
        )


def test_the_fallen_one_is_bought_and_the_other_sold_once() -> None:
    data = FakeData("2016-01-04", "2019-04-30").regimes("A", seed=1).regimes("B", seed=1).crash("A", "2019-03-01", fall=0.3)
    told = run_algorithm(Pairs, data).check().algorithm.told
    assert [(ticker, direction) for _, ticker, direction in told] == [("A", "UP"), ("B", "DOWN")]
    assert {day for day, _, _ in told} == {"2019-03-01"}


class Uncorrelated(Pairs):
    pass


def test_a_pair_below_the_least_correlation_is_left_alone() -> None:
    data = FakeData("2016-01-04", "2019-04-30").regimes("A", seed=1).regimes("B", seed=2).crash("A", "2019-03-01", fall=0.3)
    assert run_algorithm(Uncorrelated, data).check().algorithm.told == []
