"""Views on top of the market's implied returns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from AlgorithmImports import ConstantAlphaModel, InsightDirection, InsightType, QCAlgorithm, Resolution
from lean_stubs.testing import FakeData, run_algorithm
from Portfolio.BlackLittermanOptimizationPortfolioConstructionModel import BlackLittermanOptimizationPortfolioConstructionModel


def returns() -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(5).standard_normal((80, 3)) * 0.01 + 0.001, columns=["A", "B", "C"])


def test_implied_returns_are_those_that_make_equal_weights_the_best() -> None:
    model = BlackLittermanOptimizationPortfolioConstructionModel(risk_free_rate=0.01)
    implied, covariance = model.get_equilibrium_return(returns())
    # Greatest ratio of return to risk: weights are proportional to the inverse covariance times the returns.
    weights = np.linalg.solve(covariance.to_numpy(), np.asarray(implied))
    assert weights / weights.sum() == pytest.approx([1 / 3] * 3)


def test_a_view_that_the_market_shares_changes_no_return() -> None:
    model = BlackLittermanOptimizationPortfolioConstructionModel()
    implied, covariance = model.get_equilibrium_return(returns())
    links = np.array([[0.5, -0.5, 0.0]])
    view = np.array([links @ np.asarray(implied)])
    moved, _ = model.apply_blacklitterman_master_formula(implied, covariance, links, view)
    assert moved == pytest.approx(np.asarray(implied))
    higher, _ = model.apply_blacklitterman_master_formula(implied, covariance, links, view + 0.1)
    assert (links @ np.asarray(higher))[0] > view[0][0]


def run(magnitude: float | None) -> Any:
    class Views(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 14)
            for ticker in ("A", "B"):
                self.add_equity(ticker, Resolution.DAILY)
            self.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(5), magnitude))
            self.set_portfolio_construction(BlackLittermanOptimizationPortfolioConstructionModel())

    return run_algorithm(Views, FakeData("2018-01-02", "2019-06-28", seed=3).regimes("A", seed=1).regimes("B", seed=2))


def test_in_a_run_the_optimizers_weights_are_bought() -> None:
    result = run(0.01).check()
    assert len(result.orders) >= 2
    held = result.algorithm.portfolio
    total = sum(abs(held[ticker].holdings_value) for ticker in ("A", "B"))
    assert total / held.total_portfolio_value == pytest.approx(1, abs=0.05)


def test_views_need_a_magnitude() -> None:
    assert "does not accept None as magnitude" in str(run(None).error)
