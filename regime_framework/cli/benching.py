"""``bench``: runs the benchmark functions of a checkout and prints their tables."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from regime_framework.errors import InvalidSetting

__all__ = ["benchmark_functions", "machine_text", "run_benchmarks"]

_VERSIONS = ("regime-framework", "numpy", "numba", "hmmlearn", "cachetools", "pandas")


def run_benchmarks(folder: Path, words: Sequence[str]) -> None:
    """Run every ``bench_*`` function of every ``bench_*.py``; each returns the text of its table.

    Raises
    ------
    InvalidSetting
        If there is no such folder, or nothing in it is named after any of `words`.
    """
    found = [(name, run) for name, run in benchmark_functions(folder) if not words or any(word in name for word in words)]
    if not found:
        raise InvalidSetting("names", f"must name a benchmark in {folder}", list(words))
    print(machine_text())
    for name, run in found:
        title = (run.__doc__ or name).strip().splitlines()[0]
        print(f"\n== {name}: {title}", flush=True)
        text = run()
        if text:
            print(text, flush=True)


def benchmark_functions(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and function of every benchmark, files and functions in the order in which they are written.

    Raises
    ------
    InvalidSetting
        If `folder` does not exist.
    """
    if not folder.is_dir():
        raise InvalidSetting("folder", "must be the benchmarks folder of a checkout", str(folder))
    root = str(folder.resolve().parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    for path in sorted(folder.glob("bench_*.py")):
        module = importlib.import_module(f"{folder.name}.{path.stem}")
        for name, member in vars(module).items():
            if name.startswith("bench_") and callable(member) and getattr(member, "__module__", None) == module.__name__:
                yield f"{path.stem.removeprefix('bench_')}.{name.removeprefix('bench_')}", member


def machine_text() -> str:
    """What the figures depend on: machine, versions, date."""
    versions = ", ".join(f"{name} {_version(name)}" for name in _VERSIONS)
    day = datetime.now(UTC).date()  # clock: a date on a table, no result depends on it
    return (
        f"{day}, {platform.machine()} with {os.cpu_count()} cores ({_processor()}), Python {platform.python_version()}\n{versions}"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
