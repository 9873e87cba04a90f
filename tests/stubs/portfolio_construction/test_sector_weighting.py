from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from AlgorithmImports import ConstantAlphaModel, InsightDirection, InsightType, QCAlgorithm, Resolution
from AlgorithmImports import SectorWeightingPortfolioConstructionModel as Compiled
from lean_stubs.testing import FakeData, run_algorithm
from Portfolio.SectorWeightingPortfolioConstructionModel import SectorWeightingPortfolioConstructionModel

SECTORS = {"A": "N", "B": "N", "C": "I", "D": ""}


def shares(model: Any) -> dict[str, float]:
    class Sectors(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 10)
            self.set_end_date(2019, 6, 13)
            self.universe_settings.resolution = Resolution.DAILY
            for ticker in SECTORS:
                self.add_equity(ticker, Resolution.DAILY)
            self.settings.free_portfolio_value_percentage = 0
            self.set_alpha(ConstantAlphaModel(InsightType.PRICE, InsightDirection.UP, timedelta(10)))
            self.set_portfolio_construction(model)

    algorithm = run_algorithm(Sectors, data=FakeData("2019-06-03", "2019-06-21").trend(*SECTORS)).algorithm
    total = algorithm.portfolio.total_portfolio_value
    return {ticker: algorithm.portfolio[ticker].holdings_value / total for ticker in SECTORS}


def test_sectors_share_equally_and_so_do_the_members_of_one() -> None:
    class BySector(SectorWeightingPortfolioConstructionModel):
        def get_sector_code(self, security: Any) -> str:
            return SECTORS[security.symbol.value]

    found = shares(BySector())
    assert [found[ticker] for ticker in "ABCD"] == pytest.approx([0.25, 0.25, 0.5, 0], abs=0.02)


def test_without_company_reports_nothing_has_a_sector() -> None:
    class Unseen(Compiled):
        def get_sector_code(self, security: Any) -> str:
            return "N"

    # The compiled model does not see the override, and LEAN's own data hold no reports.
    assert shares(Unseen()) == dict.fromkeys(SECTORS, 0.0)
