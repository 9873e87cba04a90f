"""QuantConnect's own type stubs (quantconnect-stubs), read as text: classes, their bases and members. Never imported."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


def official_folder():
    """Where the official stubs lie: QUANTCONNECT_STUBS, or an installation."""
    named = os.environ.get("QUANTCONNECT_STUBS")
    if named:
        return Path(named)
    try:
        files = importlib.metadata.files("quantconnect-stubs") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((Path(str(f.locate())).parents[1] for f in files if str(f) == "QuantConnect/__init__.pyi"), None)


OFFICIAL = official_folder()
_INTERFACE = re.compile(r"I[A-Z][a-z]")


@dataclass
class Member:
    """One name of a class: its overloads, or its property, or its value."""

    name: str
    overloads: list[ast.FunctionDef] = field(default_factory=list)
    getter: ast.FunctionDef | None = None
    settable: bool = False
    value: ast.expr | None = None
    is_value: bool = False
    module: str = ""

    @property
    def is_static(self):
        return bool(self.overloads) and "staticmethod" in decorators(self.overloads[0])


def decorators(function):
    return {ast.unparse(d) for d in function.decorator_list}


@cache
def module_classes(module):
    """Class definitions of a module by name; a class may be defined more than once (with and without type parameters)."""
    path = OFFICIAL.joinpath(*module.split("."), "__init__.pyi")
    found = {}
    if path.exists():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
    return found


def _base_name(base, module):
    if isinstance(base, ast.Subscript):
        base = base.value
    text = ast.unparse(base)
    owner, _, name = text.rpartition(".")
    return (owner or module), name


def definitions(module, name, seen=None):
    """The class and its bases, nearest first, as (module, node)."""
    seen = set() if seen is None else seen
    if (module, name) in seen:
        return
    seen.add((module, name))
    nodes = module_classes(module).get(name, ())
    for node in nodes:
        yield module, node
    for node in nodes:
        for base in node.bases:
            yield from definitions(*_base_name(base, module), seen)


def hides_a_base(module, name):
    """Whether the official text calls a base of the class ``typing.Any`` (a class with and without type parameters)."""
    return any(
        _base_name(base, owner)[1].startswith("QuantConnect_") for owner, node in definitions(module, name) for base in node.bases
    )


def _own_members(module, node):
    found: dict[str, Member] = {}
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            member = found.setdefault(item.name, Member(item.name, module=module))
            marks = decorators(item)
            if "property" in marks:
                member.getter = item
            elif f"{item.name}.setter" in marks:
                member.settable = True
            else:
                member.overloads.append(item)
        elif isinstance(item, (ast.Assign, ast.AnnAssign)):
            target = item.targets[0] if isinstance(item, ast.Assign) else item.target
            if isinstance(target, ast.Name):
                found[target.id] = Member(target.id, value=item.value, is_value=True, module=module)
    return found


@cache
def members(module, name):
    """Members of a class, those of its bases included, by name; empty if the official stubs lack the class."""
    found: dict[str, Member] = {}
    for owner, node in definitions(module, name):
        for key, member in _own_members(owner, node).items():
            have = found.get(key)
            if have is None:
                found[key] = member
            elif have.overloads and member.overloads and key != "__init__" and not _INTERFACE.match(node.name):
                # .NET resolves overloads over the bases too; an interface's names of parameters are not the class's.
                have.overloads = [*have.overloads, *member.overloads]
    return {key: _called(member) for key, member in found.items()}


def _called(member):
    """A generic method is written as a property of a class that can be called and indexed: the method that it is."""
    if member.getter is None or member.getter.returns is None:
        return member
    module, kind = _base_name(member.getter.returns, member.module)
    calls = [f for node in module_classes(module).get(kind, ()) for f in node.body if getattr(f, "name", "") == "__call__"]
    return Member(member.name, overloads=calls, module=member.module) if kind.startswith("_") and calls else member


def constructs(module, name):
    """Whether the class itself names its constructors; .NET's are not inherited."""
    return any("__init__" in _own_members(module, node) for node in module_classes(module).get(name, ()))
