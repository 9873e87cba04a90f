"""Immediate execution: which orders targets make, in which order (LEAN: ImmediateExecutionModel, OrderTargetsByMarginImpact)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from AlgorithmImports import (
    AlphaModel,
    ImmediateExecutionModel,
    NullExecutionModel,
    PortfolioConstructionModel,
    PortfolioTarget,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm


class Silent(AlphaModel):
    def update(self, algorithm, data):
        return []


class Planned(PortfolioConstructionModel):
    """Shares by ticker and day of June 2019."""

    def __init__(self, plan):
        super().__init__()
        self.plan = plan

    def create_targets(self, algorithm, insights):
        return [PortfolioTarget(algorithm.symbol(t), q) for t, q in self.plan.get(algorithm.time.day, {}).items()]


def run(plan, prices=None, execution=None, tickers=("A", "B", "C"), cash=100_000, prepare=None):
    data = FakeData("2019-05-01", "2019-06-28")
    for ticker in tickers:
        data.flat(ticker, price=(prices or {}).get(ticker, 100.0))

    class Algorithm(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 14)
            self.set_cash(cash)
            for ticker in tickers:
                self.add_equity(ticker, Resolution.DAILY)
            self.set_alpha(Silent())
            self.set_portfolio_construction(Planned(plan))
            if execution is not None:
                self.set_execution(execution)
            if prepare is not None:
                prepare(self)

    return run_algorithm(Algorithm, data)


def orders(result):
    found = result.check().orders
    return [(row.ticker, row.quantity) for row in found.itertuples()]


def test_equal_targets_repeated_do_not_order_twice():
    assert orders(run({3: {"A": 100}, 4: {"A": 100}, 5: {"A": 100}})) == [("A", 100.0)]


def test_only_the_difference_is_ordered():
    assert orders(run({3: {"A": 100}, 5: {"A": 40}, 7: {"A": 0}})) == [("A", 100.0), ("A", -60.0), ("A", -40.0)]


def test_what_reduces_comes_first_then_the_larger_value():
    plan = {3: {"A": 100, "B": 100}, 5: {"C": 50, "A": 150, "B": 10}}
    assert orders(run(plan))[2:] == [("B", -90.0), ("A", 50.0), ("C", 50.0)]
    # By value, not by shares.
    assert orders(run({3: {"A": 100, "B": 90}}, {"A": 10.0})) == [("B", 90.0), ("A", 100.0)]


def test_a_flip_counts_as_reducing_only_when_it_becomes_smaller():
    plan = {3: {"A": 100, "B": 100}, 5: {"C": 120, "A": -100, "B": -50}}
    assert orders(run(plan))[2:] == [("B", -150.0), ("A", -200.0), ("C", 120.0)]


def test_ties_keep_the_slots_of_the_collection():
    assert orders(run({3: {"A": 100, "B": 100}, 5: {"A": 0, "B": 0}})) == [("A", 100), ("B", 100), ("B", -100), ("A", -100)]


def test_a_target_whose_order_is_refused_is_tried_again_at_every_step():
    result = run({3: {"A": 2500}, 12: {"A": 1500}})
    made = orders(result)
    assert made[0] == ("A", 2500.0)
    assert made[-1] == ("A", 1500.0)
    assert list(result.orders["status"][:-1]) == ["INVALID"] * (len(made) - 1)
    assert len(made) == 8


def test_a_difference_below_the_least_margin_is_left_alone():
    # A share of 100 needs 50 of margin, a thousandth of the account is 100.
    assert orders(run({3: {"A": 100}, 5: {"A": 101}, 7: {"A": 102}})) == [("A", 100.0), ("A", 2.0)]

    def waive(algorithm):
        algorithm.settings.minimum_order_margin_portfolio_percentage = 0

    assert orders(run({3: {"A": 100}, 5: {"A": 101}}, prepare=waive)) == [("A", 100.0), ("A", 1.0)]


def test_a_fraction_of_a_share_is_cut_towards_zero():
    assert orders(run({3: {"A": 10.9, "B": -10.9}})) == [("A", 10.0), ("B", -10.0)]


def test_null_execution_orders_nothing_and_the_target_is_written():
    result = run({3: {"A": 100}}, execution=NullExecutionModel())
    assert orders(result) == []
    assert result.algorithm.portfolio["A"].target.quantity == 100


@pytest.mark.parametrize("missing", ["execute", "on_securities_changed"])
def test_a_plain_execution_class_needs_both_methods(missing):
    methods = {"execute": lambda self, algorithm, targets: None, "on_securities_changed": lambda self, algorithm, changes: None}
    del methods[missing]
    assert missing in str(run({}, execution=type("Plain", (), methods)()).error)


def test_a_python_model_may_build_on_immediate_execution():
    class Watching(ImmediateExecutionModel):
        def __init__(self):
            super().__init__()
            self.asked = []

        def execute(self, algorithm, targets):
            self.asked.append(len(targets))
            super().execute(algorithm, targets)

    model = Watching()
    assert orders(run({3: {"A": 100}}, execution=model)) == [("A", 100.0)]
    assert model.asked == [1, *[0] * 9]


def test_five_hundred_equal_weights_are_each_below_the_least_margin():
    """A five-hundredth of the account is a thousandth of it in margin at leverage 2: nothing is ever ordered."""
    from AlgorithmImports import EqualWeightingPortfolioConstructionModel, Insight, InsightDirection

    tickers = [f"T{n}" for n in range(500)]

    class Once(AlphaModel):
        def update(self, algorithm, data):
            if algorithm.time.day != 3:
                return []
            return [Insight.price(t, timedelta(30), InsightDirection.UP) for t in tickers]

    def prepare(least):
        def change(algorithm):
            algorithm.settings.minimum_order_margin_portfolio_percentage = least
            algorithm.set_alpha(Once())
            algorithm.set_portfolio_construction(EqualWeightingPortfolioConstructionModel())

        return change

    assert orders(run({}, dict.fromkeys(tickers, 10.0), tickers=tickers, prepare=prepare(0.001))) == []
    assert len(orders(run({}, dict.fromkeys(tickers, 10.0), tickers=tickers, prepare=prepare(0)))) >= 500
