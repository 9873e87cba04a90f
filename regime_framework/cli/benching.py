"""``bench``: runs the benchmark functions of a checkout and prints their tables."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from regime_framework.errors import InvalidSetting

__all__ = ["benchmark_functions", "run_benchmarks"]


def run_benchmarks(folder: Path, words: Sequence[str]) -> None:
    """Run every ``bench_*`` function of every ``bench_*.py``; each returns the text of its table.

    Parameters
    ----------
    folder : Path
        A package; its module ``tables`` says in ``header()`` what machine and versions the figures belong to.
    words : sequence of str
        Only benchmarks whose name holds one of them; empty runs all.

    Raises
    ------
    InvalidSetting
        If there is no such folder, or nothing in it is named after any of `words`.
    """
    found = [(name, run) for name, run in benchmark_functions(folder) if not words or any(word in name for word in words)]
    if not found:
        raise InvalidSetting("names", f"must name a benchmark in {folder}", list(words))
    print(importlib.import_module(f"{folder.name}.tables").header())
    for i, (name, run) in enumerate(found, start=1):
        title = (run.__doc__ or name).strip().splitlines()[0]
        print(f"\n{name} ({i} of {len(found)}): {title}\n", flush=True)
        print(run(), flush=True)


def benchmark_functions(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """Name and function of every benchmark, files in order of name and functions in order of writing.

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
