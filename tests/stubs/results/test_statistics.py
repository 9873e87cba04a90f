"""Statistics of the recorded scenarios, key by key against what the real engine printed."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.loader import load
from lean_stubs.engine.runner import run
from lean_stubs.results.risk_free import InterestRateProvider, average_rate
from lean_stubs.results.statistics import drawdown, portfolio_statistics
from lean_stubs.results.summary import summary
from lean_stubs.results.writer import result_document

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
TRACES, DATA = SHARED / "lean-traces", SHARED / "lean-data"
PRINTED = json.loads((TRACES / "statistics.json").read_text()) if (TRACES / "statistics.json").exists() else {}


@pytest.mark.engine
@pytest.mark.parametrize(
    "scenario", sorted(PRINTED) or [pytest.param("none", marks=pytest.mark.skip("needs ../shared/lean-traces"))]
)
def test_statistics_are_those_that_lean_printed(scenario, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACE_OUT", str(tmp_path / "trace.jsonl"))
    loaded = load(TRACES / "TraceAlgorithm.py")
    state = run(loaded.kind, RunContext(LeanFolder(DATA), {"scenario": scenario}))
    assert state.run_error is None
    written = result_document(state)["statistics"]
    assert {name: written.get(name) for name in PRINTED[scenario]} == PRINTED[scenario]


def days(values):
    return [(datetime(2019, 1, 1) + timedelta(n), Decimal(str(v))) for n, v in enumerate(values)]


def test_drawdown_and_the_days_to_recover_from_it():
    assert drawdown(days([100, 90, 95, 100, 80, 120]), 3) == (Decimal("0.200"), 3)
    assert drawdown(days([100, 90]), 3) == (Decimal("0.100"), 0)
    assert drawdown(days([100]), 3) == (0, 0)


def test_win_and_loss_rates_run_on_the_running_capital():
    start = datetime(2019, 1, 1)
    records = [(start, Decimal(1000), True), (start + timedelta(1), Decimal(-505), False)]
    equity = days([10_000, 11_000, 10_495, 10_495])
    figures = portfolio_statistics(
        equity, days([0, 0, 1, 2]), days([1, 2, 3, 4]), [], records, Decimal(10_000), InterestRateProvider(), 252
    )
    assert figures.average_win_rate == Decimal("0.1")
    assert figures.average_loss_rate == Decimal(-505) / 11_000
    assert (figures.win_rate, figures.loss_rate) == (Decimal("0.5"), Decimal("0.5"))
    assert figures.total_net_profit == Decimal("0.0495")


def test_a_rate_too_small_to_print_has_no_sign():
    records = [(datetime(2019, 1, 1), Decimal("-0.04"), False)]
    equity, rest = days([10_000] * 4), (days([0, 0, 1, 2]), days([1, 2, 3, 4]), [], records)
    figures = portfolio_statistics(equity, *rest, Decimal(10_000), InterestRateProvider(), 252)
    assert figures.average_loss_rate < 0
    assert summary(figures, 1, Decimal(0))["Average Loss"] == "0.00%"


def test_too_few_samples_give_zeros():
    figures = portfolio_statistics(days([100, 101]), days([0, 1]), days([1, 1]), [], [], Decimal(100), InterestRateProvider(), 252)
    assert (figures.end_equity, figures.sharpe_ratio, figures.drawdown) == (101, 0, 0)


def test_interest_rates_hold_until_the_next_one_and_before_the_first(tmp_path):
    folder = tmp_path / "alternative" / "interest-rate" / "usa"
    folder.mkdir(parents=True)
    (folder / "interest-rate.csv").write_text("DATE,PCREDIT8\n2003-01-09,2.25\n2003-06-26,2.00\n")
    rates = InterestRateProvider(tmp_path)
    asked = [datetime(1999, 1, 1), datetime(2003, 1, 9), datetime(2003, 6, 25), datetime(2003, 6, 26), datetime(2030, 1, 1)]
    assert [rates.get_interest_rate(t) for t in asked] == [0.0225, 0.0225, 0.0225, 0.02, 0.02]
    assert average_rate(rates, asked[2:4]) == Decimal("0.02125")
    assert InterestRateProvider(tmp_path / "none").get_interest_rate(asked[0]) == 0.01
