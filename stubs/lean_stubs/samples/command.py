"""``python -m lean_stubs samples LEAN_FOLDER``."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from lean_stubs.data.source import DataProblem
from lean_stubs.samples.outcome import Outcome, run_sample
from lean_stubs.samples.page import page, verdict
from lean_stubs.samples.twins import Twins

__all__ = ["SAMPLE_FOLDER", "run_samples", "sample_files", "samples"]

SAMPLE_FOLDER = "Algorithm.Python"
_TWINS = "Algorithm.CSharp"


def sample_files(lean: Path, match: str = "") -> list[Path]:
    """The samples whose name matches, whatever its case, in order.

    Raises
    ------
    DataProblem
        No such folder, a bad expression, or nothing matches.
    """
    folder = lean / SAMPLE_FOLDER
    if not folder.is_dir():
        raise DataProblem(f"no LEAN repository in {lean}: it has no folder {SAMPLE_FOLDER}/")
    try:
        wanted = re.compile(match, re.IGNORECASE)
    except re.error as error:
        raise DataProblem(f"--match must be a regular expression, got {match!r}: {error}") from error
    found = [file for file in sorted(folder.glob("*.py")) if wanted.search(file.stem)]
    if not found:
        raise DataProblem(f"no sample in {folder} matches {match!r}")
    return found


def run_samples(lean: Path, files: Iterable[Path], data: Path | None, limit: float, jobs: int = 1) -> Iterator[Outcome]:
    """Outcomes in the order of the files."""
    folder = lean / "Data" if data is None else data
    twins = Twins(lean / _TWINS)
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda file: run_sample(file, folder, twins, limit), files)


def _commit(lean: Path) -> str:
    """Short name of the checked-out commit; empty for a folder that is no git checkout."""
    if not (lean / ".git").exists():
        return ""
    done = subprocess.run(["git", "-C", str(lean), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def samples(lean: Path, data: Path | None, match: str, output: Path | None, limit: float, jobs: int, differences: bool) -> int:
    """Run, show a line each, and write the page if asked to; the exit status is 0 whatever the samples do."""
    files = sample_files(lean, match)
    outcomes = []
    for number, outcome in enumerate(run_samples(lean, files, data, limit, jobs), start=1):
        outcomes.append(outcome)
        uses = f" [{', '.join(outcome.besides)}]" if outcome.besides else ""
        print(f"{number:>3}/{len(files)} {outcome.seconds:6.1f} s  {outcome.name}{uses}: {verdict(outcome)}", flush=True)
        if differences and outcome.comparison is not None:
            for name, (expected, found) in {**outcome.comparison.headlines, **outcome.comparison.others}.items():
                print(f"      {name}: LEAN {expected}, here {found}")
    if output is not None:
        part = f" Only samples whose name matches `{match}`." if match else ""
        conditions = f"Python {platform.python_version()}, {date.today():%Y-%m-%d}, time limit {limit:g} s a sample.{part}"
        output.write_text(page(outcomes, _commit(lean), conditions), encoding="utf-8")
        print(f"wrote {output}", file=sys.stderr)
    return 0
