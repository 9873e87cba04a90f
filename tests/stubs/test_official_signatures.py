"""mypy compares our signatures with QuantConnect's own stubs (quantconnect-stubs), for every name that we offer.

From each overload in the official stubs a call is generated that gives every parameter by its official name, and from each
property a read (and a write where the official one can be written); mypy then says what our class does not take.
"""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import lean_stubs
import pytest
from lean_stubs.clr import ClrEnum, ClrMeta, is_lean_class

ROOT = Path(__file__).parents[2]

#: Types of Python's own that official annotations are compared in; others are nominal and count as Any.
PLAIN = {"int", "float", "str", "bool", "datetime.datetime", "datetime.timedelta"}


def official_folder():
    """Where the official stubs lie: QUANTCONNECT_STUBS, or an installation; they are read, never imported."""
    named = os.environ.get("QUANTCONNECT_STUBS")
    if named:
        return Path(named)
    try:
        files = importlib.metadata.files("quantconnect-stubs") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((Path(str(f.locate())).parents[1] for f in files if str(f) == "QuantConnect/__init__.pyi"), None)


OFFICIAL = official_folder()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICIAL is None, reason="needs quantconnect-stubs (installed, or its folder in QUANTCONNECT_STUBS)"),
]


def our_classes():
    modules = [
        importlib.import_module(info.name)
        for info in pkgutil.walk_packages(lean_stubs.__path__, "lean_stubs.")
        if not re.search(r"\.(framework_modules|testing|__main__)", info.name)
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, ClrMeta) and is_lean_class(value)
        if (value.__name__, value.__dict__["_clr_origin"]) == (name, module.__name__)
    }


def decorators(function):
    return {ast.unparse(d) for d in function.decorator_list}


def official_class(cls):
    """Definitions of the class in the official stubs."""
    path = OFFICIAL.joinpath(*cls.__module__.split("."), "__init__.pyi")
    if not path.exists():
        return None
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
            return node
    return None


def plain(annotation):
    """The annotation if it is of Python's own types, else Any."""
    text = "None" if annotation is None else ast.unparse(annotation)
    optional = re.fullmatch(r"typing\.Optional\[(.*)\]", text)
    inner = optional.group(1) if optional else text
    return text if inner in PLAIN else "Any"


def generated(cls, node, number):
    """Lines of checks for one class."""
    ours = f"{cls.__dict__['_clr_origin']}.{cls.__name__}"
    alias = f"C{number}"
    yield f"from {ours.rsplit('.', 1)[0]} import {cls.__name__} as {alias}"
    have = {n for base in cls.__mro__ if base is not object and is_lean_class(base) for n in base.__dict__}
    for place, item in enumerate(n for n in node.body if isinstance(n, ast.FunctionDef)):
        name, marks = item.name, decorators(item)
        if (name.startswith("_") and name != "__init__") or (name not in have and name != "__init__"):
            continue
        check = f"def check_{cls.__name__}_{name}_{place}(x: {alias}"
        if "property" in marks:
            kind = plain(item.returns)
            yield f"{check}) -> None:\n    value: {kind} = x.{name}"
        elif f"{name}.setter" in marks:
            yield f"{check}, value: Any) -> None:\n    x.{name} = value"
        else:
            positional = [a.arg for a in [*item.args.posonlyargs, *item.args.args] if a.arg not in ("self", "cls")]
            rest = [f"*{item.args.vararg.arg}"] if item.args.vararg else []
            if rest:
                call = ", ".join([*positional, *rest])
            else:
                call = ", ".join(f"{a}={a}" for a in [*positional, *(k.arg for k in item.args.kwonlyargs)])
            parameters = "".join(f", {a}: Any" for a in [*positional, *(r.strip("*") for r in rest)])
            target = alias if name == "__init__" else f"x.{name}"
            yield f"{check}{parameters}) -> None:\n    {target}({call})"


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    folder = tmp_path_factory.mktemp("official")
    lines, compared = ["import datetime", "import typing", "from typing import Any"], []
    for number, (name, cls) in enumerate(sorted(our_classes().items())):
        node = official_class(cls)
        if node is None or issubclass(cls, ClrEnum) or not cls.__module__.startswith("QuantConnect"):
            continue
        compared.append(name)
        lines += generated(cls, node, number)
    (folder / "checks.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file=",
        "--no-error-summary",
        "--follow-imports=silent",
        "--cache-dir",
        str(folder / "cache"),
    ]
    command += ["--ignore-missing-imports", str(folder / "checks.py")]
    done = subprocess.run(
        command, env={**os.environ, "MYPYPATH": str(ROOT / "stubs")}, capture_output=True, text=True, check=False, cwd=folder
    )
    source = "\n".join(lines).splitlines()
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        match = re.match(r".*checks\.py:(\d+): error: (.*)", line)
        if match:
            at = int(match[1]) - 1
            while not source[at].startswith(("def check_", "from ")):
                at -= 1
            label = re.match(r"(?:def check_(\w+?)_\w+\(|from .* import (\w+) as)", source[at])
            owner = label[1] or label[2]
            found.setdefault(owner, []).append(
                f"{source[at]}\n      {source[min(at + 1, len(source) - 1)].strip()}\n      {match[2]}"
            )
    assert compared, done.stderr
    return compared, found


def test_signatures_take_what_the_official_ones_take(complaints):
    """Classes in signatures_open.txt are known to differ still; no other may, and what has been mended leaves the list."""
    compared, found = complaints
    assert len(compared) > 30
    still_open = set((Path(__file__).parent / "signatures_open.txt").read_text(encoding="utf-8").split())
    new = {owner: texts for owner, texts in found.items() if owner not in still_open}
    if new:
        pytest.fail("\n".join(f"{owner}:\n    " + "\n    ".join(texts) for owner, texts in sorted(new.items())), pytrace=False)
    assert sorted(still_open - set(found)) == []
