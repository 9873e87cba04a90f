"""The command line: exit status, messages, and verify against a launcher that is not LEAN."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lean_stubs.__main__ import main

DAYS = ["20190102", "20190103", "20190104", "20190107", "20190108"]
BUYS = """
from AlgorithmImports import *
import json, os


class Buys(QCAlgorithm):
    def initialize(self):
        self.set_start_date(2019, 1, 2)
        self.set_end_date(2019, 1, 8)
        self.size = self.get_parameter("size", 10)
        self.add_equity(self.get_parameter("ticker", "SPY"), Resolution.DAILY)
        self.lines = []

    def on_data(self, data):
        self.lines.append({"time": str(self.time), "close": data.bars["SPY"].close})
        if not self.portfolio.invested:
            self.market_order("SPY", self.size)

    def on_end_of_algorithm(self):
        if self.get_parameter("raise"):
            raise ValueError("at the end")
        if self.get_parameter("trace"):
            with open(os.environ["TRACE_OUT"], "w") as file:
                file.writelines(json.dumps(line) + "\\n" for line in self.lines)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "equity" / "usa" / "daily"
    folder.mkdir(parents=True)
    rows = [f"{day} 00:00,{1000000 + 10000 * i},1200000,900000,{1010000 + 10000 * i},5000" for i, day in enumerate(DAYS)]
    with zipfile.ZipFile(folder / "spy.zip", "w") as archive:
        archive.writestr("spy.csv", "\n".join(rows))
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "buys_shares.py"
    path.write_text(BUYS)
    return path


def test_a_run_imports_nothing_that_only_other_commands_need() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, lean_stubs.__main__; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert not {"lean_stubs.engine.verify", "lean_stubs.samples.command", "multiprocessing", "tqdm"} & set(found.stdout.split())


def test_a_run_prints_statistics_and_writes_results(
    file: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["run", str(file), "--data", str(data), "--parameter", "size=7", "--results", str(tmp_path / "out")])
    assert status == 0
    assert "STATISTICS:: Total Orders" in capsys.readouterr().out
    written = json.loads((tmp_path / "out" / "statistics.json").read_text())
    assert (written["name"], written["algorithm"], written["data"]) == ("Buys", "buys_shares.py", "data")
    orders = (tmp_path / "out" / "orders.csv").read_text().splitlines()
    assert len(orders) == 2
    assert ",7.0," in orders[1]


def test_an_exception_of_the_algorithm_is_status_one(file: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(file), "--data", str(data), "--parameter", "raise=1", "--quiet"]) == 1
    assert "ValueError: at the end" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "nowhere"], "data folder not found: nowhere"),
        (["--parameter", "ticker=QQQ"], "unknown ticker 'QQQ': data has SPY"),
        (["--parameter", "size"], "--parameter must be KEY=VALUE, got 'size'"),
        (["--class", "Other"], "no algorithm class Other in buys_shares.py: it has Buys"),
    ],
)
def test_bad_input_is_one_line_and_status_two(
    file: Path, data: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = arguments if "--data" in arguments else ["--data", str(data), *arguments]
    assert main(["run", str(file), "--quiet", *given]) == 2
    assert capsys.readouterr().err.strip() == f"lean_stubs: {message}"


def test_files_without_an_algorithm(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty_file.py"
    empty.write_text("x = 1\n")
    assert main(["run", str(empty), "--data", str(data)]) == 2
    assert "no class that derives from QCAlgorithm in empty_file.py" in capsys.readouterr().err
    assert main(["run", str(tmp_path / "absent.py"), "--data", str(data)]) == 2
    assert "algorithm file not found" in capsys.readouterr().err


def test_of_two_classes_the_last_by_name_runs_with_a_warning(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "two_classes.py"
    path.write_text(BUYS.replace("class Buys", "class Zeta") + BUYS.replace("class Buys", "class Alpha"))
    assert main(["run", str(path), "--data", str(data), "--class", "Alpha"]) == 0
    shown = capsys.readouterr()
    assert "LEAN runs Zeta of two_classes.py, not Alpha" in shown.err
    assert "Zeta on data" in shown.out


def launcher(tmp_path: Path, close: float = 101.0, equity: str = "100039.00", views: Any = None) -> Path:
    """A program that is called like LEAN's and writes what it was told to."""
    folder = tmp_path / "lean"
    folder.mkdir()
    lines = [{"time": f"{day[:4]}-{day[4:6]}-{day[6:]} 16:00:00", "close": 101.0 + i} for i, day in enumerate(DAYS)]
    lines[3]["close"] = close + 3
    orders = {"1": {"id": 1, "symbol": {"value": "SPY"}, "quantity": 10, "price": close, "status": 3}}
    program = folder / "QuantConnect.Lean.Launcher"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, os, sys\n"
        "options = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
        f"if 'trace' in options.get('--parameters', ''):\n"
        f"    open(os.environ['TRACE_OUT'], 'w').write({chr(10).join(json.dumps(line) for line in lines)!r})\n"
        f"found = {{'orders': {orders!r}, 'statistics': {{'End Equity': '{equity}'}}}}\n"
        f"views = {views!r}\n"
        "if views is not None:\n"
        "    open(options['--results-destination-folder'] + '/insights.json', 'w').write(json.dumps(views))\n"
        "open(options['--results-destination-folder'] + '/x.json', 'w').write(json.dumps(found))\n"
        "sys.exit(134)\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


def test_verify_agrees(file: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lean = str(launcher(tmp_path))
    assert main(["verify", str(file), "--lean", lean, "--data", str(data), "--parameter", "trace=1"]) == 0
    assert "LEAN and the stubs agree (5 lines)" in capsys.readouterr().out
    assert main(["verify", str(file), "--lean", lean, "--data", str(data)]) == 0
    assert "agree (1 orders)" in capsys.readouterr().out


def test_verify_shows_the_first_difference(file: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lean = str(launcher(tmp_path, close=200.0))
    assert main(["verify", str(file), "--lean", lean, "--data", str(data), "--parameter", "trace=1"]) == 1
    shown = capsys.readouterr().out
    assert "line 3 differs" in shown
    assert "LEAN   {'close': 203.0}" in shown
    assert "stubs  {'close': 104.0}" in shown
    assert main(["verify", str(file), "--lean", lean, "--data", str(data)]) == 1
    assert "order 0 differs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"equity": "100,038.99"}, "end equity differs"),
        ({"views": [{"symbol": "SPY", "direction": "up", "generatedTime": 1.0}]}, "number of insights differs: LEAN 1, stubs 0"),
    ],
)
def test_verify_without_a_trace_compares_orders_then_insights_then_equity(
    file: Path, data: Path, tmp_path: Path, there: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lean = str(launcher(tmp_path, **there))
    assert main(["verify", str(file), "--lean", lean, "--data", str(data)]) == 1
    assert said in capsys.readouterr().out


def test_verify_without_results_shows_what_lean_said_last(
    file: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = launcher(tmp_path)
    (folder / "QuantConnect.Lean.Launcher").write_text(
        f"#!{sys.executable}\nprint('Engine.Main(): no data')\nraise SystemExit(1)\n"
    )
    assert main(["verify", str(file), "--lean", str(folder), "--data", str(data)]) == 2
    assert "no data" in capsys.readouterr().err


def test_verify_without_a_launcher(file: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(file), "--lean", str(tmp_path), "--data", str(data)]) == 2
    assert "no LEAN launcher in" in capsys.readouterr().err
