"""Code that mypy judges: each official overload called by the official names and types, each property read and written."""

from __future__ import annotations

import ast
import re

from tests.stubs.official import source
from tests.stubs.official.compare import made_by_engine, offered

#: Types of Python's own that official annotations are compared in; others are nominal and count as Any.
PLAIN = {"int", "float", "str", "bool", "datetime.datetime", "datetime.timedelta"}


def plain(annotation):
    """The annotation if it is of Python's own types, else Any."""
    text = "None" if annotation is None else ast.unparse(annotation)
    text = text.replace("typing.Union[datetime.datetime, datetime.date]", "datetime.datetime")
    optional = re.fullmatch(r"typing\.Optional\[(.*)\]", text)
    inner = optional.group(1) if optional else text
    if inner not in PLAIN:
        return "None" if text == "None" else "Any"
    return f"typing.Optional[{inner}]" if optional else inner


def _call(function, target, static):
    """Parameters of a check, and the call in it."""
    arguments = function.args
    given = [a for a in [*arguments.posonlyargs, *arguments.args] if a.arg not in ("self", "cls")]
    parameters = "".join(f", {a.arg}_: {plain(a.annotation)}" for a in [*given, *arguments.kwonlyargs])
    parameters = parameters.replace(": None", ": Any")
    if arguments.vararg:
        parts = [f"{a.arg}_" for a in given] + [f"*{arguments.vararg.arg}_"]
        parameters += f", {arguments.vararg.arg}_: list[Any]"
    else:
        parts = [f"{a.arg}={a.arg}_" for a in [*given, *arguments.kwonlyargs]]
    return parameters, f"{target}({', '.join(parts)})"


def _class(cls, number):
    alias = f"C{number}"
    yield f"from {cls.__dict__['_clr_origin']} import {cls.__name__} as {alias}"
    official, ours = source.members(cls.__module__, cls.__name__), offered(cls)
    if not source.constructs(cls.__module__, cls.__name__) or made_by_engine(cls):
        ours.pop("__init__", None)
    for name in sorted(ours.keys() & official.keys()):
        member = official[name]
        if member.is_value or (name.startswith("__") and name != "__init__"):
            continue
        check = f"def check_{number}_{name}(x: {alias}"
        if member.getter is not None:
            yield f"{check}) -> None:\n    value: {plain(member.getter.returns)} = x.{name}"
            if member.settable:
                kind = plain(member.getter.returns)
                yield f"def check_{number}_{name}_0(x: {alias}, value: {kind}) -> None:\n    x.{name} = value"
        for place, function in enumerate(member.overloads):
            target = alias if name == "__init__" else f"{alias}.{name}" if member.is_static else f"x.{name}"
            parameters, call = _call(function, target, member.is_static)
            gives = "None" if name == "__init__" else plain(function.returns)
            answer = call if gives == "None" else f"value: {gives} = {call}"
            yield f"{check.replace('(x:', f'_{place}(x:')}{parameters}) -> None:\n    {answer}"


def checks(classes):
    lines = ["import datetime", "import typing", "from typing import Any"]
    for number, cls in enumerate(classes):
        lines += _class(cls, number)
    return "\n".join(lines).splitlines()


def complaints_of(output, lines, classes):
    """mypy's errors as (class, member, text)."""
    aliases = {m[2]: m[1] for line in lines if (m := re.match(r"from .* import (\w+) as C(\d+)$", line))}
    found = []
    for line in output.splitlines():
        match = re.match(r".*checks\.py:(\d+): error: (.*)", line)
        if match:
            at = int(match[1]) - 1
            while not lines[at].startswith(("def check_", "from ")):
                at -= 1
            label = re.match(r"def check_(\d+)_(\w+?)(?:_\d+)?\(", lines[at])
            assert label, lines[at]
            found.append((classes[aliases[label[1]]], label[2], f"{lines[at + 1].strip()}  # {match[2]}"))
    return found
