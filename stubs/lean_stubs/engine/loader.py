"""Finds the algorithm class of a file as LEAN does (LEAN: AlgorithmPythonWrapper's constructor)."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lean_stubs.algorithm.qc_algorithm import QCAlgorithm
from lean_stubs.data.source import DataProblem

__all__ = ["LoadedAlgorithm", "load"]


@dataclass
class LoadedAlgorithm:
    """The class that LEAN runs, and what may surprise about it."""

    kind: type
    warnings: list[str] = field(default_factory=list)


def _import(path: Path) -> Any:
    """The file as a module of its own name, its folder first on the path."""
    folder = str(path.parent)
    stubs = str(Path(__file__).resolve().parents[2])
    for place in (stubs, folder):
        if place in sys.path:
            sys.path.remove(place)
        sys.path.insert(0, place)
    # LEAN's Python models by their module names; the import of AlgorithmImports may lie in a parent process.
    models = str(Path(__file__).resolve().parents[1] / "framework_modules")
    if models not in sys.path:
        sys.path.append(models)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise DataProblem(f"not a Python file: {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def load(path: Path, name: str | None = None) -> LoadedAlgorithm:
    """Import a file and choose its class.

    LEAN takes the last class, in the sorted list of the module's names, that derives from QCAlgorithm and whose module's name
    begins with the file's; the name asked for does not decide.

    Raises
    ------
    DataProblem
        No such file, or no algorithm class in it.
    """
    if not path.is_file():
        raise DataProblem(f"algorithm file not found: {path}")
    path = path.resolve()
    module = _import(path)
    candidates: list[tuple[str, type]] = []
    for attribute in sorted(dir(module)):
        value = getattr(module, attribute, None)
        if not isinstance(value, type) or value is QCAlgorithm or not issubclass(value, QCAlgorithm):
            continue
        if value.__module__.startswith(path.stem):
            candidates.append((attribute, value))
    if not candidates:
        raise DataProblem(f"no class that derives from QCAlgorithm in {path.name}")
    chosen, kind = candidates[-1]
    loaded = LoadedAlgorithm(kind)
    if name is not None and name != kind.__name__:
        if not any(item.__name__ == name for _, item in candidates):
            raise DataProblem(f"no algorithm class {name} in {path.name}: it has {', '.join(n for n, _ in candidates)}")
        loaded.warnings.append(
            f"LEAN runs {kind.__name__} of {path.name}, not {name}: it takes the last algorithm class by name. "
            f"Give {name} its own file."
        )
    elif name is None and len(candidates) > 1:
        others = ", ".join(n for n, _ in candidates[:-1])
        loaded.warnings.append(f"LEAN runs {chosen} of {path.name}, the last algorithm class by name; not {others}.")
    if kind.__module__ != path.stem:
        loaded.warnings.append(
            f"LEAN runs {kind.__name__}, which {path.name} imports from {kind.__module__}: "
            "that module's name begins with the file's."
        )
    return loaded
