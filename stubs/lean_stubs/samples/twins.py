"""C# classes of LEAN's repository that bear the names of Python samples: what LEAN says that they do, read at run time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["Twins"]

#: A class of a namespace, not one inside another class, and what it derives from.
_CLASS = re.compile(r"^(?: {4})?(?:public |internal |abstract |sealed |partial )*class (\w+)(?:\s*:\s*(\w+))?", re.MULTILINE)
_STATISTICS = re.compile(r"ExpectedStatistics\b.*?\{(.*?)\}\s*;", re.DOTALL)
_PAIR = re.compile(r'\{\s*"([^"]+)"\s*,\s*"([^"]*)"\s*\}')
_STATUS = re.compile(r"=>\s*AlgorithmStatus\.(\w+)\b")


class Twins:
    """The classes below a folder, by name; what a class does not say itself, its base says.

    Parameters
    ----------
    folder
        Need not exist; then there are none.
    """

    def __init__(self, folder: Path) -> None:
        self._classes: dict[str, tuple[str, str]] = {}
        for file in sorted(folder.rglob("*.cs")):
            text = file.read_text(encoding="utf-8-sig")
            end = len(text)
            for found in reversed(list(_CLASS.finditer(text))):
                self._classes.setdefault(found[1], (found[2] or "", text[found.start() : end]))
                end = found.start()

    def expected_statistics(self, name: str) -> dict[str, str]:
        """Name to text; empty if LEAN says nothing."""
        for text in self._lineage(name):
            block = _STATISTICS.search(text)
            if block is not None:
                return dict(_PAIR.findall(block[1]))
        return {}

    def is_to_fail(self, name: str) -> bool:
        """Whether LEAN says that the algorithm ends with a runtime error, or already in its set-up (which it calls running)."""
        for text in self._lineage(name):
            status = _STATUS.search(text)
            if status is not None:
                return status[1] in ("RuntimeError", "Running")
        return False

    def _lineage(self, name: str) -> Iterator[str]:
        seen: set[str] = set()
        while name in self._classes and name not in seen:
            seen.add(name)
            name, text = self._classes[name]
            yield text
