"""Tables of figures, and the line that says where and when they were measured."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Table", "header"]

_PACKAGES = ("numpy", "numba", "hmmlearn", "scikit-learn", "jumpmodels", "arch")


@dataclass(slots=True)
class Table:
    """A table of ready texts with a title and, below it, what the reader must know."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        self.rows.append([str(cell) for cell in cells])

    def text(self) -> str:
        """The table in Markdown, columns aligned so that it also reads well on a terminal."""
        rows = [list(self.columns), *[list(row) for row in self.rows]]
        widths = [max(len(row[column]) for row in rows) for column in range(len(self.columns))]
        lines = [_line(row, widths) for row in rows]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        head = [f"### {self.title}", ""] if self.title else []
        return "\n".join([*head, *lines, *(["", *self.notes] if self.notes else []), ""])


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            return next(line.split(":", 1)[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return None


def header() -> str:
    """Machine, versions and date of a run."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(text for package in _PACKAGES if (text := _version(package)))
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return f"{_processor()}, {cores} cores, {platform.system()}; Python {platform.python_version()}, {versions}; {today}"
