""".NET namespaces as modules: ``from QuantConnect.Algorithm.Framework.Portfolio import PortfolioTarget``."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from lean_stubs.clr import exceptions, names
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.generic_collections import MEMBERS
from lean_stubs.clr.placeholders import MissingClass, missing

__all__ = ["attribute", "install"]

_ROOTS = ("QuantConnect", "System")
#: Classes that LEAN's AlgorithmImports does not bring, by the module that has them.
_ELSEWHERE = {"lean_stubs.data.providers": ("DefaultDataProvider",)}


def _exported() -> dict[str, Any]:
    return importlib.import_module("AlgorithmImports").__dict__


def _offered() -> dict[str, Any]:
    elsewhere = {name: getattr(importlib.import_module(home), name) for home, own in _ELSEWHERE.items() for name in own}
    return {**{n: getattr(exceptions, n) for n in exceptions.__all__}, **elsewhere, **_exported()}


def _members(namespace: str) -> dict[str, Any]:
    """Classes shown under exactly that namespace."""
    extra = MEMBERS if namespace == "System.Collections.Generic" else {}
    return extra | {
        name: value
        for name, value in _offered().items()
        if isinstance(value, type) and not isinstance(value, MissingClass) and value.__dict__.get("__module__") == namespace
    }


def _is_known(namespace: str) -> bool:
    if names.is_namespace(namespace):
        return True
    prefix = namespace + "."
    spaces = {str(v.__dict__.get("__module__")) for v in _offered().values() if isinstance(v, type)}
    return namespace in {*_ROOTS, "System.Collections.Generic", *spaces} or any(s.startswith(prefix) for s in spaces)


def _member(namespace: str, name: str) -> Any:
    """The class or namespace that LEAN shows under it; a class that is not offered as a stand-in, None if LEAN lacks it."""
    found = _members(namespace).get(name)
    if found is not None:
        return found
    if name in names.namespace_names(namespace):
        return missing(name)
    stand_in = _exported().get(name)
    if isinstance(stand_in, MissingClass) and not namespace.startswith("System"):
        return stand_in
    inner = f"{namespace}.{name}"
    return importlib.import_module(inner) if names.is_namespace(inner) else None


def attribute(namespace: str, name: str) -> Any:
    """What reading the name from the namespace's module gives."""
    if name == "__all__":
        return sorted(_members(namespace).keys() | names.namespace_names(namespace))
    found = None if name.startswith("__") else _member(namespace, name)
    if found is None:
        raise AttributeError(f"module '{namespace}' has no attribute '{name}'")
    return found


class _Namespace(ModuleType):
    """Members are looked up when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        return attribute(self.__name__, name)


class _Loader(Loader):
    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = _Namespace(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__.startswith("System.") and not _is_known(module.__name__):
            raise NotOffered(f"namespace {module.__name__}")


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        root = fullname.split(".", 1)[0]
        # The root package QuantConnect lies in the distribution; System has no folder.
        if root not in _ROOTS or fullname == "QuantConnect":
            return None
        if root == "QuantConnect" and not _is_known(fullname):
            return None
        return ModuleSpec(fullname, _Loader(), is_package=True)


def install() -> None:
    """Make the namespaces importable."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
