"""The public names of LEAN's classes, to tell what LEAN lacks from what the stubs lack.

``names.txt`` is what the real engine showed, one class a line. ``members.txt`` has the other classes that the stubs offer, in the
form ``Class(Base): names beyond the base's``, and ``namespaces.txt`` the classes that the star import does not bring, by namespace;
both are written from QuantConnect's type stubs (``python -m tests.stubs.official.name_tables``).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from lean_stubs.clr.casing import to_snake

__all__ = ["is_namespace", "is_recorded", "module_names", "namespace_names", "of", "owner"]

#: Members of System.Object that no table repeats.
_OBJECT = frozenset({"memberwise_clone", "reference_equals"})


def _rows(file: str) -> dict[str, str]:
    """Names by class, as the file has them: a run asks for few classes."""
    text = resources.files("lean_stubs.clr").joinpath(file).read_text(encoding="utf-8")
    rows = (line.partition(":") for line in text.splitlines() if line)
    return {name: members for name, _, members in rows}


@lru_cache(maxsize=1)
def _recorded() -> dict[str, str]:
    return _rows("names.txt")


@lru_cache(maxsize=1)
def _derived() -> dict[str, tuple[str, str]]:
    heads = ((head.rstrip(")").partition("("), own) for head, own in _rows("members.txt").items())
    return {name: (base, own) for (name, _, base), own in heads}


@lru_cache(maxsize=1)
def _namespaces() -> dict[str, str]:
    return _rows("namespaces.txt")


@lru_cache(maxsize=1024)
def of(class_name: str) -> frozenset[str]:
    """Names of one class as LEAN shows them to Python, its bases' included; empty if no table has the class."""
    recorded = _recorded().get(class_name)
    if recorded is not None:
        return frozenset(recorded.split())
    base, own = _derived().get(class_name, ("", ""))
    return frozenset(own.split()) | (of(base) if base else frozenset())


def is_recorded(class_name: str) -> bool:
    """Whether the real engine's own answer is known for the class."""
    return class_name in _recorded()


def module_names() -> frozenset[str]:
    """What ``from AlgorithmImports import *`` brings in LEAN."""
    return of("AlgorithmImports")


def is_namespace(name: str) -> bool:
    """Whether LEAN has the namespace, or one within it."""
    return name in _namespaces() or any(known.startswith(name + ".") for known in _namespaces())


def namespace_names(namespace: str) -> frozenset[str]:
    """Classes of that namespace that the star import does not bring."""
    return frozenset(_namespaces().get(namespace, "").split())


def owner(cls: type, name: str) -> str | None:
    """LEAN's class, the class itself or the base that stands for one, that has the name in either spelling; None if it lacks it."""
    snake = to_snake(name)
    spellings = {name} if snake == name else {name, snake, snake.upper()}
    own = [base.__name__ for base in cls.__mro__ if "_clr_origin" in base.__dict__]
    nearest = next((class_name for class_name in own if of(class_name)), "")
    if not spellings.isdisjoint(of(nearest)):
        return nearest
    return "Object" if own and not spellings.isdisjoint(_OBJECT) else None
