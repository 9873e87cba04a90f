"""The public names of LEAN's classes (``names.txt``, one class a line), to tell what LEAN lacks from what the stubs lack."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from lean_stubs.clr.casing import to_snake

__all__ = ["has", "module_names", "of"]


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


def has(cls: type, name: str) -> bool:
    """Whether LEAN has the name, in either spelling, on the class or one of its bases."""
    snake = to_snake(name)
    spellings = {name} if snake == name else {name, snake, snake.upper()}
    return any(not spellings.isdisjoint(of(base.__name__)) for base in cls.__mro__ if "_clr_origin" in base.__dict__)
