"""The tables of docs/performance-guide.md, measured anew.

Run as `python -m benchmarks.performance_guide [--only PART ...] [--write]`: prints the page's tables in Markdown, or
puts them into the page, between the comments that name their benchmarks.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.tables import header
from regime_framework.cli.benching import benchmark_functions

__all__ = ["main", "tables_of"]

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "performance-guide.md"
_MARK: Final = re.compile(r"<!-- (measured|bench \S+) -->\n(.*?)<!-- end -->", re.DOTALL)


def tables_of(text: str) -> list[str]:
    """Names of the benchmarks that a page shows, in its order."""
    return [mark[1].removeprefix("bench ") for mark in _MARK.finditer(text) if mark[1] != "measured"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=None, metavar="PART", help="benchmarks to run, such as guide.workers")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance-guide.md")
    options = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    benchmarks = dict(benchmark_functions(Path(__file__).resolve().parent))
    text = PAGE.read_text(encoding="utf-8")
    for name in tables_of(text):
        if options.only is None or name in options.only:
            text = _filled(text, f"bench {name}", benchmarks[name]().strip())
            print(f"{name}\n\n{_body(text, f'bench {name}')}\n", flush=True)
            if options.write:  # one by one, so that a run that is cut short leaves what it has
                text = _filled(text, "measured", header())
                PAGE.write_text(text, encoding="utf-8")


def _filled(text: str, mark: str, body: str) -> str:
    return _MARK.sub(lambda found: f"<!-- {mark} -->\n{body}\n<!-- end -->" if found[1] == mark else found[0], text)


def _body(text: str, mark: str) -> str:
    return next(found[2].strip() for found in _MARK.finditer(text) if found[1] == mark)


if __name__ == "__main__":
    main()
