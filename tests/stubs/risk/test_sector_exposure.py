from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from AlgorithmImports import (
    ConstantAlphaModel,
    EqualWeightingPortfolioConstructionModel,
    InsightDirection,
    InsightType,
    MaximumSectorExposureRiskManagementModel,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm
from lean_stubs.universe import fundamental

SECTORS = {"A": "N", "B": "N", "C": "I"}


class Limited(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 14)
        self.settings.free_portfolio_value_percentage = 0
        for ticker in SECTORS:
            self.add_equity(ticker, Resolution.DAILY)
        self.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(30)))
        self.set_portfolio_construction(EqualWeightingPortfolioConstructionModel(timedelta(30)))
        self.set_risk_management(MaximumSectorExposureRiskManagementModel(0.4))


def run() -> Any:
    return run_algorithm(Limited, FakeData("2019-06-03", "2019-06-14").flat(*SECTORS, price=10.0))


def test_a_sectors_targets_are_cut_together_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def company(symbol: Any, at: Any) -> Any:
        reference = SimpleNamespace(industry_template_code=SECTORS[symbol.value])
        return SimpleNamespace(has_fundamental_data=True, company_reference=reference)

    monkeypatch.setattr(fundamental, "company_on", company)
    algorithm = run().check().algorithm
    shares = {ticker: algorithm.portfolio[ticker].holdings_value / 100_000 for ticker in SECTORS}
    assert shares == pytest.approx({"A": 0.2, "B": 0.2, "C": 1 / 3}, abs=0.001)


def test_without_fundamental_data_the_first_securities_end_the_run() -> None:
    assert "needs securities with fundamental data" in str(run().error)


def test_a_limit_must_be_positive() -> None:
    with pytest.raises(Exception, match="maximum_sector_exposure must be positive, got 0"):
        MaximumSectorExposureRiskManagementModel(0)
