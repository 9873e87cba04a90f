from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regime_framework import Regime, RegimeConfig
from regime_framework.cli import main
from regime_framework.service import DirectoryModelStore, RegimeService
from tests.cli.files import prices, weekdays, write_bars, write_prices
from tests.reporting.folders import stub_folder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return command


def test_detect_writes_table_and_page(run: Run, tmp_path: Path) -> None:
    status, out, err = run("detect", write_bars(tmp_path / "SPX.csv"))
    assert status == 0
    assert "Now: Bear" in out
    assert "Detecting SPX: 420 of 420" in err  # plain lines, since this is no terminal
    with (tmp_path / "SPX-regimes.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[-1]["date"] == str(weekdays(420)[-1])
    assert rows[-1]["regime"] == "Bear"
    assert float(rows[-1]["p_bull"]) + float(rows[-1]["p_bear"]) == pytest.approx(1.0)
    assert "Regimes of SPX" in (tmp_path / "SPX-regimes.html").read_text(encoding="utf-8")


def test_detect_gives_what_the_service_gives(run: Run, tmp_path: Path) -> None:
    path = write_prices(tmp_path / "SPX.csv")
    assert run("detect", path, "--states", 3, "--lookback", 300, "--retrain", 21, "--switch-probability", 0.6)[0] == 0
    service = RegimeService(RegimeConfig(3, lookback=300, retrain=21, switch_probability=0.6))
    service.add("SPX")
    expected = []
    for day, price in zip(weekdays(420), prices(), strict=True):
        found = service.update(datetime(day.year, day.month, day.day, 21, tzinfo=UTC), {"SPX": float(f"{price:.4f}")})
        expected += [str(found["SPX"].regime)] if "SPX" in found else []
    with (tmp_path / "SPX-regimes.csv").open(newline="", encoding="utf-8") as file:
        assert [row["regime"] for row in csv.DictReader(file)] == expected
    assert len(expected) > 100


def test_detect_writes_parquet_and_png(run: Run, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    status, _, _ = run(
        "detect", write_prices(tmp_path / "SPX.csv"), "--table", "a/t.parquet", "--picture", "a/p.png", "--expanding"
    )
    assert status == 0
    frame = pandas.read_parquet(tmp_path / "a" / "t.parquet")
    assert set(frame["regime"]) <= {str(regime) for regime in Regime}
    assert frame["date"].is_monotonic_increasing
    assert (tmp_path / "a" / "p.png").read_bytes().startswith(b"\x89PNG")


def test_train_keeps_models_that_a_service_finds(run: Run, tmp_path: Path) -> None:
    files = [write_prices(tmp_path / f"{name}.csv", seed=seed) for seed, name in enumerate(("AAA", "BBB"))]
    status, out, _ = run("train", *files, "--store", "models")
    assert status == 0
    assert "2 of 2 symbols have a model: 2 trained, 0 found in the store, 2 written to models" in out
    assert len(DirectoryModelStore(tmp_path / "models").keys()) >= 2
    assert "0 trained, 2 found in the store" in run("train", *files, "--store", "models")[1]


@pytest.mark.slow
def test_processes_train_the_same_models(run: Run, tmp_path: Path) -> None:
    files = [write_prices(tmp_path / f"{name}.csv", seed=seed) for seed, name in enumerate(("AAA", "BBB"))]
    assert run("train", *files, "--store", "threads")[0] == 0
    assert run("train", *files, "--store", "processes", "--executor", "processes", "--workers", 2)[0] == 0
    ours, theirs = DirectoryModelStore(tmp_path / "threads"), DirectoryModelStore(tmp_path / "processes")
    assert ours.keys() == theirs.keys()
    assert [ours.get(key) for key in ours.keys()] == [theirs.get(key) for key in theirs.keys()]  # noqa: SIM118


def test_train_says_who_has_no_model(run: Run, tmp_path: Path) -> None:
    files = [write_prices(tmp_path / "AAA.csv"), write_prices(tmp_path / "BBB.csv", n_days=30)]
    status, out, _ = run("train", *files, "--store", "models")
    assert status == 0
    assert "not trained: BBB: 30 bars, 253 are needed" in out


def test_report_prints_the_table_and_writes_the_page(run: Run, tmp_path: Path) -> None:
    folder = stub_folder(tmp_path / "result")
    status, out, _ = run("report", folder)
    assert status == 0
    assert "Maximum drawdown" in out
    assert f"Report: {folder / 'report.html'}" in out
    assert (folder / "report.html").stat().st_size < 5_000_000


def test_bench_runs_the_functions_of_a_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "speed_checks"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "tables.py").write_text("def header():\n    return 'on this machine'\n", encoding="utf-8")
    code = 'def bench_sum():\n    """Sums."""\n    return str(1 + 1)\n\ndef bench_other():\n    """Other."""\n    return "no"\n'
    (folder / "bench_add.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(sys, "path", list(sys.path))
    status, out, _ = run("bench", "sum", "--folder", "speed_checks")
    assert status == 0
    assert out.split() == ["on", "this", "machine", "add.sum", "(1", "of", "1):", "Sums.", "2"]
    assert run("bench", "nothing", "--folder", "speed_checks")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("detect", "none.csv"), "none.csv: No such file"),
        (("detect", "short.csv"), "short has 30 bars, 253 are needed"),
        (("detect", "good.csv", "--states", "9"), "n_states must be a whole number from 2 to 5, got 9"),
        (("detect", "good.csv", "--states", "two"), "--states"),
        (("detect", "good.csv", "--lookback", "3"), "lookback must be a whole number of at least 20, got 3"),
        (("detect", "good.csv", "--lookback", "300", "--expanding"), "lookback must not be given together with --expanding"),
        (("detect", "good.csv", "--retrain", "hourly"), "retrain must be one of"),
        (("detect", "good.csv", "--retrain", "0"), "retrain must be one of"),
        (("detect", "good.csv", "--estimator", "magic"), "estimator must be one of ['grid', 'em', 'hmmlearn'], got 'magic'"),
        (("detect", "good.csv", "--switch-probability", "1.5"), "switch_probability must be a number of at least 0 and below 1"),
        (("detect", "good.csv", "--table", "t.xlsx"), "table must end in .csv or .parquet, got 't.xlsx'"),
        (("detect", "good.csv", "--picture", "p.gif"), "picture must end in .html or .png, got 'p.gif'"),
        (("detect", "good.csv", "--column", "last"), "no column 'last'"),
        (("train", "good.csv", "--store", "m", "--executor", "magic"), "executor must be one of"),
        (("train", "good.csv", "--store", "m", "--workers", "0"), "workers must be at least 1, got 0"),
        (("train", "good.csv", "--store", "m", "--address", "x"), "address needs --executor dask"),
        (("train", "good.csv", "sub/good.csv", "--store", "m"), "two files are named good"),
        (("train", "short.csv", "--store", "m"), "no model was trained. short: 30 bars, 253 are needed"),
        (("train", "good.csv"), "--store"),
        (("report", "none"), "none is neither a folder nor a file"),
        (("bench", "--folder", "none"), "folder must be the benchmarks folder of a checkout"),
        (("nonsense",), "nonsense"),
        (("detect", "good.csv", "--nonsense"), "--nonsense"),
        ((), "ommand"),
    ],
)
def test_bad_input_is_one_clear_line_and_status_2(run: Run, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    write_prices(tmp_path / "good.csv")
    write_prices(tmp_path / "short.csv", n_days=30)
    (tmp_path / "sub").mkdir()
    write_prices(tmp_path / "sub" / "good.csv")
    status, out, err = run(*arguments)
    lines = [line for line in err.splitlines() if not line.startswith(("Detecting", "Reading"))]
    assert status == 2
    assert len(lines) == 1
    assert says in lines[0]
    assert "Traceback" not in out + err


def test_help_names_the_commands(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert all(name in out for name in ("detect", "train", "report", "bench"))


def test_a_missing_extra_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise ModuleNotFoundError(\"No module named 'typer'\", name='typer')\n", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from regime_framework.cli import main; sys.exit(main(['report', 'x']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 2
    assert done.stderr == "regime-framework: needs typer, which is not installed: pip install 'regime-framework[cli]'\n"


def test_the_module_is_the_command(tmp_path: Path) -> None:
    folder = stub_folder(tmp_path / "result")
    about = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
    command = [sys.executable, "-m", "regime_framework", "report", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0
    assert done.stdout.lstrip().startswith(about["name"])
    assert subprocess.run([*command[:-1], "none"], capture_output=True, check=False, cwd=Path(__file__).parents[2]).returncode == 2
