"""Runs one sample in a process of its own and says how it ended."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lean_stubs.samples.expected import Comparison, compare
from lean_stubs.samples.launcher import launcher_parameters
from lean_stubs.samples.securities import besides_equities
from lean_stubs.samples.test_provider import provided_reports
from lean_stubs.samples.twins import Twins

__all__ = ["COMPLETED", "FAILED", "NOT_OFFERED", "NO_ALGORITHM", "TOO_SLOW", "Outcome", "run_sample"]

COMPLETED = "completed"
NOT_OFFERED = "not offered"
FAILED = "failed"
TOO_SLOW = "time limit"
NO_ALGORITHM = "no algorithm"

_LOG = "messages.txt"
_NOT_OFFERED = re.compile(r"(\S+(?: \S+)*?) (?:is|are) not in lean-stubs")
_STOPPED = re.compile(r"^\S+\.py: stopped at (?P<time>\S+(?: \S+)?) by (?P<why>.*)$", re.DOTALL)


@dataclass(frozen=True)
class Outcome:
    """How a sample ended.

    Attributes
    ----------
    name
        Of the file, without its ending.
    besides
        What it uses besides equities.
    status
        One of the constants of this module.
    detail
        What is not offered, or the error; empty when completed.
    comparison
        With LEAN's statistics; None when the run did not complete, or LEAN gives none.
    seconds
        Wall-clock time of the run itself.
    as_in_lean
        The run failed, and LEAN says that it does.
    """

    name: str
    besides: tuple[str, ...]
    status: str
    detail: str
    comparison: Comparison | None
    seconds: float
    as_in_lean: bool = False


def _child(arguments: list[str], folder: str) -> None:
    """The command line in a process of its own; what it writes goes to a file."""
    from lean_stubs.__main__ import main

    sys.path[:] = [os.path.abspath(entry) for entry in sys.path]
    os.chdir(folder)
    log = os.open(_LOG, os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    warnings.simplefilter("ignore")
    sys.exit(main(arguments))


def _processes() -> Any:
    """Children start from a process that has imported everything, where the system has such (POSIX)."""
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(["lean_stubs.__main__", "AlgorithmImports", "pandas"])
    return context


def _run(arguments: list[str], folder: str, limit: float) -> int | None:
    """Exit status; None when the time was over."""
    process = _processes().Process(target=_child, args=(arguments, folder))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    status: int = process.exitcode
    return status


def _ended(errors: str) -> tuple[str, str]:
    """Status and detail of a run that failed, from the last line of what it wrote."""
    lines = [line for line in errors.strip().splitlines() if line.strip()] or ["no message"]
    start = next((i for i in reversed(range(len(lines))) if _STOPPED.match(lines[i])), len(lines) - 1)
    text = " ".join(line.strip() for line in lines[start:])
    stopped = _STOPPED.match(text)
    text = stopped["why"] if stopped else text.removeprefix("lean_stubs: ")
    named = _NOT_OFFERED.search(text)
    if named is not None:
        return NOT_OFFERED, named[1].split(": ")[-1]
    if text.startswith("no class that derives from QCAlgorithm"):
        return NO_ALGORITHM, ""
    return FAILED, text


def run_sample(file: Path, data: Path, twins: Twins, limit: float) -> Outcome:
    """Run a file on a data folder and compare its statistics with those of its C# twin.

    Parameters
    ----------
    file
        The algorithm.
    data
        Folder in LEAN's format.
    twins
        Among them the class of the file's name, if LEAN has one.
    limit
        Seconds after which the run is ended.
    """
    besides = besides_equities(file.read_text(encoding="utf-8-sig"))
    with TemporaryDirectory(prefix="lean-stubs-samples-") as place:
        results = Path(place) / "results"
        options = ["--data", str(data.resolve()), "--results", str(results), "--quiet", "--missing-data", "none"]
        lean = file.resolve().parents[1]
        for name, value in launcher_parameters(lean).items():
            options += ["--parameter", f"{name}={value}"]
        reports = provided_reports(lean)
        if reports:
            given = Path(place) / "reports.json"
            given.write_text(json.dumps(reports), encoding="utf-8")
            options += ["--company-reports", str(given)]
        status_code = _run(["run", str(file.resolve()), *options], place, limit)
        if status_code is None:
            return Outcome(file.stem, besides, TOO_SLOW, f"more than {limit:g} s", None, limit)
        errors = (Path(place) / _LOG).read_text(encoding="utf-8", errors="replace") if status_code else ""
        written = results / "statistics.json"
        document = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
    seconds = float(document.get("seconds", 0.0))
    if status_code:
        status, detail = _ended(errors)
        return Outcome(file.stem, besides, status, detail, None, seconds, status == FAILED and twins.is_to_fail(file.stem))
    comparison = compare(twins.expected_statistics(file.stem), document["statistics"])
    return Outcome(file.stem, besides, COMPLETED, "", comparison, seconds)
