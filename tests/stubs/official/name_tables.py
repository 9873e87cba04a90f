"""Writes ``members.txt`` and ``namespaces.txt`` of lean_stubs.clr: names only, from QuantConnect's type stubs.

``python -m tests.stubs.official.name_tables`` with the folder of the type stubs in QUANTCONNECT_STUBS.
"""

from __future__ import annotations

from pathlib import Path

import lean_stubs
from lean_stubs.clr import ClrEnum, names

from tests.stubs.official import source
from tests.stubs.official.compare import compared

FOLDER = Path(lean_stubs.__file__).parent / "clr"

#: Members of System.Object.
OBJECT = {"equals", "get_hash_code", "get_type", "memberwise_clone", "reference_equals", "to_string"}


def _public(cls):
    found = {name for name in source.members(cls.__module__, cls.__name__) if not name.startswith("_")} - OBJECT
    return {name for name in found if name.isupper()} if issubclass(cls, ClrEnum) else found


def _base(cls, known):
    """The nearest base, in LEAN, that a table has."""
    kinds = (node.name for _, node in source.definitions(cls.__module__, cls.__name__))
    return next((kind for kind in kinds if kind != cls.__name__ and (kind in known or names.is_recorded(kind))), "")


def members_text():
    """One line for each class of ours that the recording of names has not."""
    classes = {cls.__name__: cls for cls in compared() if not names.is_recorded(cls.__name__)}
    everything = {name: _public(cls) for name, cls in classes.items()}
    lines = []
    for name, cls in sorted(classes.items()):
        base = _base(cls, classes)
        inherited = everything.get(base) or names.of(base)
        head = f"{name}({base})" if base else name
        lines.append(" ".join([f"{head}:", *sorted(everything[name] - inherited)]))
    return "\n".join(lines) + "\n"


def namespaces_text():
    """One line for each namespace: its classes that the star import does not bring."""
    lines = []
    for path in sorted(source.OFFICIAL.glob("QuantConnect/**/__init__.pyi")):
        namespace = ".".join(path.parent.relative_to(source.OFFICIAL).parts)
        public = {name for name in source.module_classes(namespace) if not name.startswith("_")}
        lines.append(" ".join([f"{namespace}:", *sorted(public - names.module_names())]))
    return "\n".join(lines) + "\n"


def tables():
    return {"members.txt": members_text(), "namespaces.txt": namespaces_text()}


if __name__ == "__main__":
    for file, text in tables().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
