"""The samples command on a folder that is laid out like LEAN's repository."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lean_stubs.__main__ import main
from lean_stubs.samples.page import agreeing

DAYS = ["20190102", "20190103", "20190104", "20190107", "20190108"]
BUYS = """
from AlgorithmImports import *


class {name}(QCAlgorithm):
    def initialize(self):
        self.set_start_date(2019, 1, 2)
        self.set_end_date(2019, 1, 8)
        self.add_equity("{ticker}", Resolution.DAILY)
        {line}

    def on_data(self, data):
        if not self.portfolio.invested:
            self.market_order("SPY", 10)
"""
TWIN = """
public class {name} : QCAlgorithm {{
    public AlgorithmStatus AlgorithmStatus => AlgorithmStatus.{status};
    public Dictionary<string, string> ExpectedStatistics => new Dictionary<string, string>
    {{
        {{"Total Orders", "{orders}"}},
        {{"End Equity", "100039"}},
        {{"Total Fees", "$1.00"}},
        {{"Net Profit", "7%"}},
        {{"Estimated Strategy Capacity", "$27000000.00"}},
    }};
}}
"""


@pytest.fixture
def lean(tmp_path: Path) -> Path:
    daily = tmp_path / "Data" / "equity" / "usa" / "daily"
    daily.mkdir(parents=True)
    rows = [f"{day} 00:00,{1000000 + 10000 * i},1200000,900000,{1010000 + 10000 * i},5000" for i, day in enumerate(DAYS)]
    with zipfile.ZipFile(daily / "spy.zip", "w") as archive:
        archive.writestr("spy.csv", "\n".join(rows))
    for folder in ("Algorithm.Python", "Algorithm.CSharp"):
        (tmp_path / folder).mkdir()
    return tmp_path


def sample(lean: Path, name: str, line: str = "pass", ticker: str = "SPY", orders: str = "", status: str = "Completed") -> None:
    (lean / "Algorithm.Python" / f"{name}.py").write_text(BUYS.format(name=name, line=line, ticker=ticker))
    if orders:
        (lean / "Algorithm.CSharp" / f"{name}.cs").write_text(TWIN.format(name=name, orders=orders, status=status))


def test_every_way_a_sample_can_end(lean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample(lean, "Agrees", orders="1")
    sample(lean, "NamesAModule", line="from Alphas.ConstantAlphaModel import ConstantAlphaModel")
    (lean / "Algorithm.Python" / "Alphas").mkdir()  # as in LEAN, where it holds other files
    sample(lean, "Differs", orders="3")
    sample(lean, "NoTwin")
    sample(lean, "OtherKind", line='self.add_forex("EURUSD")  # and so on')
    sample(lean, "Raises", line="raise ValueError('a | b')")
    sample(lean, "RaisesToo", line="raise ValueError('c')", orders="0", status="RuntimeError")
    sample(lean, "Unknown", ticker="NOTHING", line="self.add_equity('SPY', Resolution.DAILY)")
    (lean / "Algorithm.Python" / "Empty.py").write_text("x = 1\n")
    output = lean / "page.md"
    assert main(["samples", str(lean), "--output", str(output), "--differences"]) == 0
    shown = capsys.readouterr().out
    assert "Total Orders: LEAN 3, here 1" in shown
    rows = [line for line in output.read_text().splitlines() if line.startswith("| ")]
    assert "| Agrees | equities only | agrees, 3 of 4 statistics |" in rows
    assert "| Differs | equities only | differs in Total Orders |" in rows
    assert "| NamesAModule | equities only | completed, nothing to compare |" in rows
    assert "| NoTwin | equities only | completed, nothing to compare |" in rows
    assert "| OtherKind | forex | not offered: QCAlgorithm.add_forex |" in rows
    assert "| Raises | equities only | failed: ValueError: a \\| b |" in rows
    assert "| RaisesToo | equities only | stopped with an error, as in LEAN (ValueError: c) |" in rows
    assert "| Unknown | equities only | completed, nothing to compare |" in rows
    assert "| Empty | equities only | no algorithm |" in rows
    assert "| samples | 8 | 9 |" in rows
    assert "| completed | 5 | 5 |" in rows
    assert "| stopped with another error | 1 | 1 |" in rows
    assert agreeing(output.read_text()) == ["Agrees"]
    assert "| stopped with a line that names what is not offered | 0 | 1 |" in rows


def test_a_sample_that_takes_too_long(lean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample(lean, "Sleeps", line="import time as t; t.sleep(60)")
    assert main(["samples", str(lean), "--limit", "0.2"]) == 0
    assert "Sleeps: time limit: more than 0.2 s" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "no LEAN repository in nowhere: it has no folder Algorithm.Python/"),
        (["LEAN", "--match", "("], "--match must be a regular expression, got '('"),
        (["LEAN", "--match", "Absent"], "matches 'Absent'"),
    ],
)
def test_bad_input(lean: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    sample(lean, "Agrees")
    assert main(["samples", *(str(lean) if text == "LEAN" else text for text in arguments)]) == 2
    assert message in capsys.readouterr().err
