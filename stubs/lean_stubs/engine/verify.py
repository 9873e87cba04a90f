"""Runs one file here and in a LEAN that the user has built, and shows the first difference."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.data.source import DataProblem
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.loader import load
from lean_stubs.engine.runner import run

__all__ = ["Run", "first_difference", "verify"]

_LAUNCHER = "QuantConnect.Lean.Launcher"
_STATUS = {0: "NEW", 1: "SUBMITTED", 2: "PARTIALLY_FILLED", 3: "FILLED", 5: "CANCELED", 7: "INVALID", 8: "CANCEL_PENDING"}
_CENTS = 2


@dataclass
class Run:
    """What one engine did. `lines` is None when the algorithm wrote no trace."""

    lines: list[Any] | None
    orders: list[Any]
    insights: list[Any] | None
    equity: float | None


@contextmanager
def _trace_to(path: Path) -> Iterator[None]:
    before = os.environ.get("TRACE_OUT")
    os.environ["TRACE_OUT"] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TRACE_OUT"]
        else:
            os.environ["TRACE_OUT"] = before


def _lines(path: Path) -> list[Any] | None:
    if not path.exists():
        return None
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _here(file: Path, data: Path, name: str | None, parameters: dict[str, str], folder: Path) -> Run:
    trace = folder / "stubs.jsonl"
    with _trace_to(trace):
        state = run(load(file, name).kind, RunContext(LeanFolder(data), parameters, folder / "store"))
    if state.run_error is not None:
        print(f"stubs: {type(state.run_error).__name__}: {state.run_error}")
    return Run(_lines(trace), _orders_here(state), _insights_here(state), round(state.portfolio.total_portfolio_value, _CENTS))


def _orders_here(state: AlgorithmState) -> list[Any]:
    orders = sorted(state.transactions.get_orders(), key=lambda order: order.id)
    return [[o.id, o.symbol.value, float(o.quantity), round(float(o.price), 6), str(o.status)] for o in orders]


def _insights_here(state: AlgorithmState) -> list[Any]:
    return [[i.symbol.value, int(i.direction), i.generated_time_utc.timestamp()] for i in state.insights.get_insights()]


def _command(lean: Path) -> list[str]:
    """The launcher itself, or dotnet with its library."""
    program = lean / _LAUNCHER
    if program.exists() and os.access(program, os.X_OK):
        return [str(program.resolve())]
    if (lean / f"{_LAUNCHER}.dll").exists():
        return ["dotnet", f"{_LAUNCHER}.dll"]
    raise DataProblem(f"no LEAN launcher in {lean}: expected {_LAUNCHER} or {_LAUNCHER}.dll")


def _there(file: Path, lean: Path, data: Path, kind: str, parameters: dict[str, str], folder: Path) -> Run:
    trace, results = folder / "lean.jsonl", folder / "results"
    results.mkdir()
    options = {
        "algorithm-type-name": kind,
        "algorithm-language": "Python",
        "algorithm-location": str(file.resolve()),
        "data-folder": str(data.resolve()),
        "results-destination-folder": str(results),
        "close-automatically": "true",
    }
    if parameters:
        options["parameters"] = ",".join(f"{key}:{value}" for key, value in parameters.items())
    command = _command(lean) + [text for key, value in options.items() for text in (f"--{key}", value)]
    with _trace_to(trace):
        done = subprocess.run(command, cwd=lean, capture_output=True, text=True, check=False)
    # LEAN may abort at exit after everything is written, so its status alone says nothing.
    found = _read_results(results)
    lines = _lines(trace)
    if lines is None and not found:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-5:])
        raise DataProblem(f"LEAN wrote no results (exit status {done.returncode}); it said last:\n{tail}")
    return Run(lines, _orders_there(found), _insights_there(results), _equity_there(found))


def _read_results(folder: Path) -> dict[str, Any]:
    """LEAN's result file: the one with orders in it."""
    for path in sorted(folder.glob("*.json"), key=lambda p: len(p.name)):
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and any(key.lower() == "orders" for key in content):
            return {key.lower(): value for key, value in content.items()}
    return {}


def _field(entry: dict[str, Any], name: str) -> Any:
    return entry.get(name, entry.get(name[0].upper() + name[1:]))


def _orders_there(results: dict[str, Any]) -> list[Any]:
    found = results.get("orders") or {}
    orders = []
    for entry in found.values() if isinstance(found, dict) else found:
        symbol, status = _field(entry, "symbol"), _field(entry, "status")
        ticker = _field(symbol, "value") if isinstance(symbol, dict) else str(symbol).split(" ")[0]
        name = _STATUS.get(status, str(status)) if isinstance(status, int) else _upper_snake(str(status))
        price = round(float(_field(entry, "price")), 6)
        orders.append([int(_field(entry, "id")), ticker, float(_field(entry, "quantity")), price, name])
    return sorted(orders)


def _upper_snake(text: str) -> str:
    return "".join(("_" if c.isupper() and i else "") + c.upper() for i, c in enumerate(text))


def _insights_there(folder: Path) -> list[Any] | None:
    directions = {"up": 1, "down": -1, "flat": 0}
    for path in sorted(folder.rglob("*insights*.json")):
        entries = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(entries, list):
            return [
                [
                    str(e.get("ticker") or e["symbol"]).split(" ")[0].upper(),
                    directions.get(str(e["direction"]).lower(), e["direction"]),
                    float(e.get("generatedTime", e.get("generated-time", 0))),
                ]
                for e in entries
            ]
    return None


def _equity_there(results: dict[str, Any]) -> float | None:
    statistics = results.get("statistics") or {}
    text = statistics.get("End Equity")
    return None if text is None else round(float(str(text).replace(",", "").lstrip("$")), _CENTS)


def first_difference(here: Run, there: Run) -> str | None:
    """The first difference in words: of the traces when there are any, else of orders, insights and equity."""
    if there.lines is not None or here.lines is not None:
        return _first_of("line", here.lines or [], there.lines or [])
    found = _first_of("order", here.orders, there.orders)
    if found is None and here.insights is not None and there.insights is not None:
        found = _first_of("insight", here.insights, there.insights)
    if found is None and there.equity is not None and here.equity != there.equity:
        found = f"end equity differs\n  LEAN   {there.equity}\n  stubs  {here.equity}"
    return found


def _first_of(what: str, here: list[Any], there: list[Any]) -> str | None:
    for number, (mine, theirs) in enumerate(zip(here, there, strict=False)):
        if mine == theirs:
            continue
        if isinstance(mine, dict) and isinstance(theirs, dict):
            keys = [key for key in {**theirs, **mine} if mine.get(key) != theirs.get(key)]
            mine, theirs = ({key: side.get(key) for key in keys} for side in (mine, theirs))
        return f"{what} {number} differs\n  LEAN   {theirs}\n  stubs  {mine}"
    if len(here) != len(there):
        return f"number of {what}s differs: LEAN {len(there)}, stubs {len(here)}"
    return None


def verify(file: Path, lean: Path, data: Path, name: str | None, parameters: dict[str, str]) -> int:
    """Exit status: 0 when both agree, 1 when they differ.

    Raises
    ------
    DataProblem
        No launcher, no data, or LEAN wrote nothing.
    """
    if not lean.is_dir():
        raise DataProblem(f"LEAN launcher folder not found: {lean}")
    _command(lean)
    with TemporaryDirectory(prefix="lean-stubs-verify-") as place:
        folder = Path(place)
        kind = load(file, name).kind
        here = _here(file, data, name, parameters, folder)
        there = _there(file, lean, data, kind.__name__, parameters, folder)
    difference = first_difference(here, there)
    if difference is None:
        compared = f"{len(there.lines)} lines" if there.lines is not None else f"{len(there.orders)} orders"
        print(f"{file.name}: LEAN and the stubs agree ({compared})")
        return 0
    print(f"{file.name}: {difference}", file=sys.stdout)
    return 1
