"""Fills a namespace with the names of LEAN's that are not written out: typing, matplotlib, and stand-ins for what is missing."""

from __future__ import annotations

import sys
import typing
from pathlib import Path
from typing import Any

import lean_stubs
from lean_stubs.clr import exceptions, missing_modules, names
from lean_stubs.clr.placeholders import missing

__all__ = ["complete"]

#: Names of LEAN's table that belong to the recorded algorithm or to this import's own machinery.
_NOT_LEAN = {"ApiNames", "AddReference"}


class LazyPyplot:
    """``plt``: matplotlib is imported when it is first used, since it is optional here."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from matplotlib import pyplot

        return getattr(pyplot, name)


def complete(namespace: dict[str, Any]) -> None:
    """Adds what is missing, and makes all of it part of the star import."""
    # LEAN's own import puts the engine's folder on the path too: Portfolio.EqualWeightingPortfolioConstructionModel and others.
    folder = str(Path(lean_stubs.__file__).resolve().parent / "framework_modules")
    if folder not in sys.path:
        sys.path.append(folder)
    missing_modules.install()
    public = set(namespace["__all__"])
    namespace.setdefault("plt", LazyPyplot())
    for name in names.module_names() - _NOT_LEAN - public:
        if name in namespace:
            continue
        if name in exceptions.__all__:
            namespace[name] = getattr(exceptions, name)
        elif hasattr(typing, name):
            namespace[name] = getattr(typing, name)
        else:
            namespace[name] = missing(name)
    public.update(name for name in names.module_names() - _NOT_LEAN if name in namespace)
    namespace["__all__"] = sorted(public)
