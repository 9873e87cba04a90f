"""The public names of LEAN's classes (``names.txt``, one class a line), to tell what LEAN lacks from what the stubs lack."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from lean_stubs.clr.casing import to_snake

__all__ = ["module_names", "of", "owner"]


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    text = resources.files("lean_stubs.clr").joinpath("names.txt").read_text(encoding="utf-8")
    rows = (line.split(": ", 1) for line in text.splitlines() if line)
    return {name: frozenset(members.split()) for name, members in rows}


def of(class_name: str) -> frozenset[str]:
    """Names of one class as LEAN shows them to Python; empty if the class is not in the table."""
    return _table().get(class_name, frozenset())


def module_names() -> frozenset[str]:
    """What ``from AlgorithmImports import *`` brings in LEAN."""
    return of("AlgorithmImports")


def owner(cls: type, name: str) -> str | None:
    """LEAN's class, the class itself or a base of it, that has the name in either spelling; None if none has."""
    snake = to_snake(name)
    spellings = {name} if snake == name else {name, snake, snake.upper()}
    own = (base.__name__ for base in cls.__mro__ if "_clr_origin" in base.__dict__)
    return next((class_name for class_name in own if not spellings.isdisjoint(of(class_name))), None)
