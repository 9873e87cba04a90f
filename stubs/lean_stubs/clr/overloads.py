"""Which of a method's overloads a call means; the overloads are those that type checkers read (pythonnet: MethodBinder)."""

from __future__ import annotations

import inspect
import numbers
import typing
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any

from lean_stubs.clr.border import ClrObject
from lean_stubs.clr.convert import no_match

__all__ = ["argument", "bound", "in_order"]

#: The engine counts in Decimal.
_PLAIN: dict[Any, tuple[Any, ...]] = {int: (numbers.Integral,), float: (numbers.Real, Decimal)}


def _kinds(annotation: Any, scope: dict[str, Any]) -> tuple[Any, ...] | None:
    """Types that an argument may have; None for any."""
    if isinstance(annotation, str):
        try:
            annotation = eval(annotation, dict(scope))
        except (NameError, TypeError):
            # A name for type checkers only.
            return None
    if annotation is Any:
        return None
    if isinstance(annotation, UnionType) or typing.get_origin(annotation) is typing.Union:
        found: list[Any] = []
        for part in typing.get_args(annotation):
            kinds = _kinds(part, scope)
            if kinds is None:
                return None
            found += kinds
        return tuple(found)
    origin = typing.get_origin(annotation) or annotation
    if origin is list:
        return (list, tuple)
    return _PLAIN.get(origin, (origin,)) if isinstance(origin, type) else None


@cache
def _forms(function: Callable[..., Any]) -> list[tuple[inspect.Signature, dict[str, tuple[Any, ...] | None]]]:
    forms = []
    for form in typing.get_overloads(function):
        plain = form.__func__ if isinstance(form, (staticmethod, classmethod)) else form
        signature = inspect.signature(plain)
        parameters = [p for p in signature.parameters.values() if p.name not in ("self", "cls")]
        kinds = {p.name: _kinds(p.annotation, plain.__globals__) for p in parameters}
        forms.append((signature.replace(parameters=parameters), kinds))
    return forms


def _fits(value: Any, kinds: tuple[Any, ...] | None) -> bool:
    if kinds is None or value is None:
        return True
    if isinstance(value, bool):
        return bool in kinds
    if isinstance(value, kinds):
        return True
    # A security, a universe's member and the like stand for their symbol.
    return str in kinds and isinstance(value, ClrObject) and hasattr(value, "symbol")


def bound(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    """The arguments that were given, by the names that the overload which takes them has for them.

    Raises
    ------
    TypeError
        No overload takes them.
    """
    possible = []
    for signature, kinds in _forms(function):
        try:
            given = signature.bind(*arguments, **named).arguments
        except TypeError:
            continue
        possible.append((given, kinds))
    if len(possible) > 1:
        possible = [(given, kinds) for given, kinds in possible if all(_fits(v, kinds[n]) for n, v in given.items())]
    if not possible:
        raise no_match(function.__name__, *arguments, *named.values())
    return dict(possible[0][0])


def argument(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """The only argument of a call, whatever its name in the overload that takes it."""
    if len(arguments) == 1 and not named:
        return arguments[0]
    (given,) = bound(function, arguments, named).values()
    return given


def in_order(named: dict[str, Any], names: tuple[str, ...], before: tuple[Any, ...] = ()) -> list[Any]:
    """Arguments by place, then those by name in the order of the parameters."""
    unknown = [name for name in named if name not in names]
    if unknown:
        raise no_match("set", *before, *named.values())
    return [*before, *(named[name] for name in names if name in named)]
