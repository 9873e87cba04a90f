"""Command line: ``python -m lean_stubs run FILE.py``."""

from __future__ import annotations

import argparse
import gc
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.data.given_reports import read_reports
from lean_stubs.data.source import DataProblem
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.loader import load
from lean_stubs.engine.progress import Reporter
from lean_stubs.engine.runner import run
from lean_stubs.engine.sources import open_data
from lean_stubs.results.writer import write_results

__all__ = ["main"]

_RAISED, _BAD_INPUT = 1, 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lean_stubs", description="Run LEAN algorithms without LEAN.")
    commands = parser.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run", help="run an algorithm file bar by bar, as LEAN would")
    runs.add_argument("file", type=Path, help="Python file with a QCAlgorithm")
    runs.add_argument("--class", dest="name", help="name of the class (checked against the one LEAN would run)")
    runs.add_argument("--data", default="index", help="LEAN data folder, or 'index' (default): S&P 500 and NASDAQ from arch")
    runs.add_argument("--parameter", action="append", default=[], metavar="KEY=VALUE", help="what get_parameter gives")
    runs.add_argument("--results", type=Path, help="folder for orders.csv, insights.csv, statistics.json and so on")
    runs.add_argument("--object-store", type=Path, help="folder of the object store (default: a new temporary one)")
    runs.add_argument(
        "--missing-data",
        choices=("stop", "none"),
        default="stop",
        help="a ticker without data stops the run (default), or has no bars, as in LEAN",
    )
    runs.add_argument(
        "--company-reports", type=Path, help="JSON file of fundamental data: values by company and property (default: none known)"
    )
    runs.add_argument("--quiet", action="store_true", help="no messages of the algorithm, no progress")
    checks = commands.add_parser("verify", help="run a file here and in a LEAN you have built, show the first difference")
    checks.add_argument("file", type=Path)
    checks.add_argument("--lean", type=Path, required=True, help="LEAN's Launcher output folder")
    checks.add_argument("--data", type=Path, required=True, help="LEAN data folder, for both")
    checks.add_argument("--class", dest="name")
    checks.add_argument("--parameter", action="append", default=[], metavar="KEY=VALUE")
    tries = commands.add_parser("samples", help="run LEAN's own Python samples and compare with what LEAN says of them")
    tries.add_argument("lean", type=Path, help="checkout of LEAN's repository")
    tries.add_argument("--data", type=Path, help="LEAN data folder (default: the checkout's own)")
    tries.add_argument("--match", default="", metavar="REGEX", help="only samples whose name matches")
    tries.add_argument("--output", type=Path, help="Markdown file to write")
    tries.add_argument("--limit", type=float, default=300.0, metavar="SECONDS", help="time limit of one sample (default: 300)")
    tries.add_argument("--jobs", type=int, default=1, help="how many run at once (default: 1)")
    tries.add_argument("--differences", action="store_true", help="show every statistic that differs")
    return parser


def _parameters(texts: Sequence[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        key, separator, value = text.partition("=")
        if not separator or not key:
            raise DataProblem(f"--parameter must be KEY=VALUE, got {text!r}")
        found[key] = value
    return found


def _message(kind: str, at: datetime, text: str) -> None:
    print(f"{at:%Y-%m-%d %H:%M:%S} {kind.upper()}: {text}", file=sys.stderr)


def _show_statistics(state: AlgorithmState) -> None:
    table = {**state.results.final_table(state.results.table()), **state.runtime_statistics, **state.summary_statistics}
    width = max((len(name) for name in table), default=0)
    for name, value in table.items():
        print(f"STATISTICS:: {name:<{width}}  {value}")


def _run(arguments: argparse.Namespace) -> int:
    context = RunContext(
        open_data(arguments.data),
        _parameters(arguments.parameter),
        arguments.object_store,
        None if arguments.quiet else _message,
    )
    context.data.unknown_ticker_stops = arguments.missing_data == "stop"
    if arguments.company_reports is not None:
        context.data.company_reports = read_reports(arguments.company_reports)
    notice = context.data.notice()
    if notice:
        print(notice)
    loaded = load(arguments.file, arguments.name)
    for warning in loaded.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    reporter = Reporter(loaded.kind.__name__)
    began = time.perf_counter()
    try:
        state = run(loaded.kind, context, None if arguments.quiet else reporter)
    finally:
        reporter.close()
    seconds = time.perf_counter() - began
    error = state.run_error
    if isinstance(error, DataProblem):
        raise error
    if arguments.results is not None and state.has_initialized:
        write_results(
            state,
            arguments.results,
            name=loaded.kind.__name__,
            algorithm=arguments.file.name,
            data=context.data.label,
            seconds=round(seconds, 3),
        )
    if error is not None:
        traceback.print_exception(error)
        print(f"{arguments.file.name}: stopped at {state.time} by {type(error).__name__}: {error}", file=sys.stderr)
        return _RAISED
    _show_statistics(state)
    print(f"{loaded.kind.__name__} on {context.data.label}: {seconds:.2f} s")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 1 when the algorithm raised, 2 for bad input, 0 otherwise."""
    given = _parser().parse_args(arguments)
    try:
        # Each command imports what it alone needs.
        if given.command == "verify":
            from lean_stubs.engine.verify import verify

            return verify(given.file, given.lean, given.data, given.name, _parameters(given.parameter))
        if given.command == "samples":
            from lean_stubs.samples.command import samples

            return samples(given.lean, given.data, given.match, given.output, given.limit, given.jobs, given.differences)
        return _run(given)
    except DataProblem as problem:
        print(f"lean_stubs: {problem}", file=sys.stderr)
        return _BAD_INPUT


if __name__ == "__main__":
    # What was imported lives as long as the process: collections need not go through it.
    gc.freeze()
    sys.exit(main())
