"""Fundamental data that the user gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import QCAlgorithm, SecurityType, Symbol
from lean_stubs.data.given_reports import read_reports
from lean_stubs.data.source import DataProblem
from lean_stubs.testing import FakeData, run_algorithm

GIVEN = {
    "*": {"company_reference.industry_template_code": "B", "valuation_ratios.pe_ratio": 0.0},
    "AAA": {"company_profile.market_cap": 7_000, "earning_ratios.equity_per_share_growth.one_year": 0.25},
    "AAA 2T": {"company_reference.industry_template_code": "N"},
}


def written(folder: Path, given: Any) -> Path:
    file = folder / "reports.json"
    file.write_text(given if isinstance(given, str) else json.dumps(given))
    return file


class Asks(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 3)
        symbols = [Symbol.create(ticker, SecurityType.EQUITY, "usa") for ticker in ("AAA", "BBB")]
        self.told = self.fundamentals(symbols)
        self.read = [self.look(company) for company in self.told]

    def look(self, company: Any) -> Any:
        growth = company.earning_ratios.equity_per_share_growth
        return (
            company.has_fundamental_data,
            company.market_cap,
            company.company_reference.industry_template_code,
            company.valuation_ratios.pe_ratio,
            (growth.has_value, growth.value if growth.has_value else None, growth.has_period_value("OneYear")),
        )


def test_a_companys_own_values_come_before_those_of_all(tmp_path: Path) -> None:
    data = FakeData("2019-06-03", "2019-06-04").flat("AAA", "BBB")
    data.company_reports = {**read_reports(written(tmp_path, GIVEN))}
    read = run_algorithm(Asks, data).check().algorithm.read
    assert read == [(True, 7000, "B", 0.0, (True, 0.25, True)), (True, 0, "B", 0.0, (False, None, False))]


def test_an_id_counts_more_than_a_ticker(tmp_path: Path) -> None:
    data = FakeData("2019-06-03", "2019-06-04")
    data.company_reports = GIVEN
    symbol = Symbol.create("AAA", SecurityType.EQUITY, "usa")
    assert str(symbol.id) == "AAA 2T"
    assert data.reports_of(symbol)["company_reference.industry_template_code"] == "N"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{", "cannot be read"),
        ({"AAA": 3}, "must map companies to values"),
        ({"AAA": {"valuation_ratios.no_such": 1}}, "'AAA' has 'valuation_ratios.no_such'"),
        ({"AAA": {"company_profile": 1}}, "'company_profile'"),
        ({"AAA": {"earning_ratios.dps_growth": 1}}, "'earning_ratios.dps_growth'"),
    ],
)
def test_what_no_report_has_is_refused(tmp_path: Path, given: Any, said: str) -> None:
    with pytest.raises(DataProblem, match=said):
        read_reports(written(tmp_path, given))
