"""Shapes of signatures (names, order, kinds, defaults of parameters), official ones and ours, and how they may differ."""

from __future__ import annotations

import ast
import inspect
import typing
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    name: str
    optional: bool
    default: Any = None


@dataclass(frozen=True)
class Shape:
    """Parameters that can be given by position and name; whether more are taken by position (``*name``), or any name."""

    parameters: tuple[Parameter, ...]
    star: str | None = None
    any_name: bool = False

    @property
    def required(self):
        return sum(not p.optional for p in self.parameters)

    @property
    def names(self):
        return [p.name for p in self.parameters]

    def __str__(self):
        parts = [p.name + (f"={p.default!r}" if p.optional else "") for p in self.parameters]
        parts += [f"*{self.star}"] if self.star else []
        return "(" + ", ".join([*parts, *(["**"] if self.any_name else [])]) + ")"


class _Unknown:
    def __repr__(self):
        return "..."


#: A default that the source does not show.
UNKNOWN = _Unknown()


def _literal(node):
    try:
        value = ast.literal_eval(node)
        return UNKNOWN if value is ... else value
    except ValueError:
        return ast.unparse(node).rpartition(".")[2] if isinstance(node, ast.Attribute) else UNKNOWN


def official_shape(function):
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(given) - len(arguments.defaults)) + list(arguments.defaults)
    parameters = [Parameter(a.arg, d is not None, None if d is None else _literal(d)) for a, d in zip(given, defaults, strict=True)]
    if parameters and parameters[0].name in ("self", "cls"):
        parameters = parameters[1:]
    for extra, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parameters.append(Parameter(extra.arg, default is not None, None if default is None else _literal(default)))
    return Shape(tuple(parameters), arguments.vararg.arg if arguments.vararg else None, arguments.kwarg is not None)


def _shape_of(function, bound):
    given = list(inspect.signature(function).parameters.values())
    if bound:
        given = given[1:]
    plain = tuple(
        Parameter(p.name, p.default is not p.empty, None if p.default is p.empty else _plain_default(p.default))
        for p in given
        # What begins with an underscore is the engine's, no user can know it.
        if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD) and not (p.name.startswith("_") and p.default is not p.empty)
    )
    star = next((p.name for p in given if p.kind is p.VAR_POSITIONAL), None)
    return Shape(plain, star, any(p.kind is p.VAR_KEYWORD for p in given))


def _plain_default(default):
    return default if isinstance(default, (int, float, str, bool, type(None))) else getattr(default, "_name", UNKNOWN)


def our_shapes(member):
    """The signatures that a type checker sees: the overloads, or the only one."""
    function = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
    seen = typing.get_overloads(function) or [function]
    return [
        _shape_of(f.__func__ if isinstance(f, (staticmethod, classmethod)) else f, not isinstance(member, staticmethod))
        for f in seen
    ]


def takes(ours, official):
    """Whether every way to call the official signature is a way to call ours."""
    names = official.names
    if ours.any_name and ours.star:
        return False
    if official.star:
        return ours.star is not None and ours.names[: len(names)] == names
    if ours.names[: len(names)] != names:
        return False
    return all(
        mine.optional or not theirs.optional for mine, theirs in zip(ours.parameters, official.parameters, strict=False)
    ) and all(mine.optional for mine in ours.parameters[len(names) :])


def _called_with(official, names):
    """Whether the official signature can be called with just these parameters."""
    if official.star:
        return True
    return official.names[: len(names)] == list(names) and official.required <= len(names)


def too_much(ours, officials):
    """What a call of ours may hold that no official overload takes."""
    if ours.any_name:
        return "takes any name"
    if ours.star and not any(o.star for o in officials):
        return f"takes any number of arguments (*{ours.star})"
    for count in range(ours.required, len(ours.parameters) + 1):
        if not any(_called_with(o, ours.names[:count]) for o in officials):
            return f"can be called with ({', '.join(ours.names[:count])})"
    return None


def other_defaults(ours, official):
    for mine, theirs in zip(ours.parameters, official.parameters, strict=False):
        if mine.optional and theirs.optional and UNKNOWN not in (mine.default, theirs.default) and mine.default != theirs.default:
            yield f"{mine.name}={mine.default!r}, official {theirs.default!r}"
