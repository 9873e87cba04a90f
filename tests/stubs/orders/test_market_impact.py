"""Slippage by the order's own weight in the market."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from AlgorithmImports import MarketImpactSlippageModel, QCAlgorithm, Resolution
from lean_stubs import FakeData, run_algorithm


class Asks(QCAlgorithm):
    options: ClassVar[dict[str, Any]] = {}
    shares = 1000

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 3)
        self.asset = self.add_equity("A", Resolution.DAILY)
        self.model = MarketImpactSlippageModel(self, **self.options)
        self.told: list[float] = []

    def on_data(self, data: Any) -> None:
        order = self.limit_order("A", self.shares, 1.0)
        found = self.transactions.get_order_by_id(order.order_id)
        self.told += [self.model.get_slippage_approximation(self.asset, found) for _ in range(200)]


def asked(data: FakeData, **fields: Any) -> list[float]:
    kind = type("Fields", (Asks,), fields)
    found: list[float] = run_algorithm(kind, data).check().algorithm.told
    assert len(found) == 200
    return found


def market() -> FakeData:
    return FakeData("2018-01-02", "2019-06-14", seed=4).regimes("A", seed=2)


def test_numbers_come_from_the_seed() -> None:
    assert asked(market()) == asked(market())
    assert asked(market()) != asked(market(), options={"random_seed": 51})


def test_a_larger_order_costs_more() -> None:
    assert sum(asked(market(), shares=100_000)) > sum(asked(market())) > 0


def test_slippage_to_the_good_is_an_option() -> None:
    assert min(asked(market(), shares=1)) == 0
    assert min(asked(market(), shares=1, options={"non_negative": False})) < 0


def test_prices_that_never_move_are_not_moved() -> None:
    assert asked(FakeData("2018-01-02", "2019-06-14").flat("A")) == [0.0] * 200


@pytest.mark.parametrize("name", ["latency", "impact_time"])
def test_times_must_be_positive(name: str) -> None:
    with pytest.raises(Exception, match="latency and impact_time must be greater than 0"):
        asked(market(), options={name: 0})
