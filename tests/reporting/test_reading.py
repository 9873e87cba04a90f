from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework.reporting import UnreadableResult, read_result, summarize
from tests.reporting.folders import EQUITY, MARKET, STATES, lean_result, stub_folder, write_csv


def test_a_folder_of_the_stubs(tmp_path: Path) -> None:
    result = read_result(stub_folder(tmp_path))
    assert result.name == "Rotation <3"
    assert result.equity.values.tolist() == list(EQUITY)
    assert result.market is not None
    assert result.market.values.tolist() == list(MARKET)
    assert result.exposure is not None
    assert result.exposure.values.tolist() == [0.5] * 10
    assert result.state is not None
    assert result.state.values.tolist() == list(STATES)
    assert list(result.probabilities) == ["Bull", "Bear"]
    assert (result.trades.count, result.trades.value, result.trades.fees) == (2, 680.0, 2.5)
    assert "arch" in result.notes[0]


@pytest.mark.parametrize("pascal", [False, True])
@pytest.mark.parametrize("points_as_objects", [False, True])
def test_lean_s_result_file_of_any_age(tmp_path: Path, pascal: bool, points_as_objects: bool) -> None:
    path = tmp_path / "1234567.json"
    path.write_text(json.dumps(lean_result(pascal=pascal, points_as_objects=points_as_objects)), encoding="utf-8")
    (tmp_path / "1234567-summary.json").write_text("{}", encoding="utf-8")
    (tmp_path / "1234567-order-events.json").write_text("[]", encoding="utf-8")
    for asked in (path, tmp_path):
        result = read_result(asked)
        assert result.source == "LEAN"
        assert result.equity.values.tolist() == list(EQUITY)
        assert result.exposure is not None
        np.testing.assert_allclose(result.exposure.values, 0.6)
        assert list(result.probabilities) == ["Bull", "Bear"]
        assert (result.trades.count, result.trades.value, result.trades.fees) == (2, 680.0, 2.5)


def test_both_sources_give_the_same_figures(tmp_path: Path) -> None:
    (tmp_path / "lean.json").write_text(json.dumps(lean_result()), encoding="utf-8")
    ours, theirs = summarize(read_result(stub_folder(tmp_path / "stubs"))), summarize(read_result(tmp_path / "lean.json"))
    assert ours.strategy == theirs.strategy
    assert ours.buy_and_hold == theirs.buy_and_hold
    assert ours.turnover == theirs.turnover
    assert [(s.regime, s.days, s.market_return) for s in ours.spells] == [
        (s.regime, s.days, s.market_return) for s in theirs.spells
    ]


def test_the_summary_by_hand(tmp_path: Path) -> None:
    summary = summarize(read_result(stub_folder(tmp_path)))
    assert summary.strategy.total_return == pytest.approx(-0.23)
    assert summary.buy_and_hold is not None
    assert summary.buy_and_hold.maximum_drawdown == pytest.approx(50 / 102 - 1)
    years = 9 / 365.25
    assert summary.turnover == pytest.approx(680.0 / np.mean(EQUITY) / years)
    assert summary.switches == 2
    assert summary.switches_per_year == pytest.approx(2 / years)
    assert [(share.regime, share.days, share.spells) for share in summary.regimes] == [("Bull", 5, 2), ("Bear", 5, 1)]
    assert summary.work == (("trainings", "2"), ("seconds, regime update", "0.2"), ("seconds, training", "0.1"))


def test_days_on_which_nothing_moved_are_no_days(tmp_path: Path) -> None:
    # Friday, the weekend that LEAN samples too, Monday.
    folder = stub_folder(tmp_path)
    rows = [("2020-01-04T05:00Z", 10, 5), ("2020-01-05T05:00Z", 10, 5), ("2020-01-06T05:00Z", 10, 5), ("2020-01-07T05:00Z", 11, 5)]
    write_csv(folder / "equity.csv", ("time", "equity", "benchmark"), rows)
    assert summarize(read_result(folder)).equity.tolist() == [10.0, 11.0]


def test_a_backtest_without_regimes_or_benchmark(tmp_path: Path) -> None:
    folder = stub_folder(tmp_path)
    (folder / "charts.csv").unlink()
    write_csv(folder / "equity.csv", ("time", "equity"), [("2020-01-01", 1.0), ("2020-01-02", 2.0)])
    summary = summarize(read_result(folder))
    assert summary.regimes == ()
    assert summary.buy_and_hold is None
    assert summary.strategy.total_return == 1.0


def _no_equity(folder: Path) -> None:
    (folder / "equity.csv").unlink()


def _no_column(folder: Path) -> None:
    write_csv(folder / "equity.csv", ("time", "value"), [("2020-01-01", 1.0)])


def _one_row(folder: Path) -> None:
    write_csv(folder / "equity.csv", ("time", "equity"), [("2020-01-01", 1.0)])


def _bad_time(folder: Path) -> None:
    write_csv(folder / "equity.csv", ("time", "equity"), [("1/2/2020", 1.0)])


def _bad_number(folder: Path) -> None:
    write_csv(folder / "equity.csv", ("time", "equity"), [("2020-01-01", "much")])


def _no_statistics(folder: Path) -> None:
    (folder / "statistics.json").unlink()


def _torn_statistics(folder: Path) -> None:
    (folder / "statistics.json").write_text('{"name": ', encoding="utf-8")


def _state_without_name(folder: Path) -> None:
    rows = [("Regime", "State", "2020-01-01", 7), ("Regime probability", "Bull", "2020-01-01", 1.0)]
    write_csv(folder / "charts.csv", ("chart", "series", "time", "value"), rows)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_no_equity, r"equity\.csv is missing"),
        (_no_column, r"equity\.csv has no column 'equity', it has \['time', 'value'\]"),
        (_one_row, r"equity\.csv has 1 rows, at least two are needed"),
        (_bad_time, r"time must be ISO 8601, got '1/2/2020'"),
        (_bad_number, r"equity must be a number, got 'much'"),
        (_no_statistics, r"statistics\.json is missing"),
        (_torn_statistics, r"statistics\.json cannot be read"),
        (_state_without_name, r"reports state 7, .* names only \['Bull'\]"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path, damage: object, says: str) -> None:
    folder = stub_folder(tmp_path)
    assert callable(damage)
    damage(folder)
    with pytest.raises(UnreadableResult, match=says):
        summarize(read_result(folder))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "cannot be read"),
        ("[1, 2]", "no charts"),
        ('{"charts": {}}', "no chart 'Strategy Equity'"),
        ('{"charts": {"Strategy Equity": {"series": {"Equity": {"values": [[0, 1]]}}}}}', "at least two points"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableResult, match=says):
        read_result(path)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableResult, match="neither a folder nor a file"):
        read_result(tmp_path / "none")


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["series", "Equity", "values", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(json_values)
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, found: object) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "result.json"
    content = {"charts": {"Strategy Equity": {"series": {"Equity": found}}, "Benchmark": found}, "orders": found}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UnreadableResult):
        read_result(path)
