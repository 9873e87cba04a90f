"""LEAN's Python modules that the stubs do not offer: importing one says so, instead of ModuleNotFoundError."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any

from lean_stubs.clr.exceptions import NotOffered

__all__ = ["MISSING", "install"]

#: Files of LEAN's folder Algorithm.Framework without a counterpart in framework_modules.
MISSING = frozenset(
    {
        "Selection.FutureUniverseSelectionModel",
        "Selection.OptionUniverseSelectionModel",
        "Selection.QC500UniverseSelectionModel",
    }
)


class _Finder(MetaPathFinder):
    """Asked last, when no file of the name was found: a user's own module of that name goes first."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        if fullname in MISSING:
            raise NotOffered(f"module {fullname}")
        return None


def install() -> None:
    """Put the finder at the end of the path, once."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
