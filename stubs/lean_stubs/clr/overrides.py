"""Which method the engine calls on a Python object (Common/Python/BasePythonWrapper.cs, Extensions.GetMethod).

A snake_case attribute counts if it is a bound Python method of the user's; else the PascalCase attribute is taken, which may
be the user's override or LEAN's own. Lambdas on the instance and static methods are not bound methods.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import MethodType
from typing import Any

from lean_stubs.clr.border import ClrObject, is_lean_class, is_lean_module
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.exceptions import NotImplementedException

__all__ = ["MethodCache", "check_methods", "compiled", "find", "find_python", "has", "is_plain_clr"]


def _is_python_method(attribute: object) -> bool:
    return isinstance(attribute, MethodType) and not is_lean_module(getattr(attribute.__func__, "__module__", None))


def find_python(obj: Any, name: str) -> Any:
    """The user's own bound method of that (snake_case) name, in either spelling, or None."""
    if is_lean_class(type(obj)):
        return None
    method = getattr(obj, name, None)
    if _is_python_method(method):
        return method
    method = getattr(obj, to_pascal(name), None)
    return method if _is_python_method(method) else None


def find(obj: Any, name: str) -> Any:
    """What the engine calls for that (snake_case) name; LEAN's own method where the user has none.

    Raises
    ------
    AttributeError
        The object has neither spelling.
    """
    if is_lean_class(type(obj)):
        return compiled(obj, name)
    method = getattr(obj, name, None)
    if _is_python_method(method):
        return method
    return getattr(obj, to_pascal(name))


def has(obj: Any, name: str) -> bool:
    """Whether the object has the (snake_case) name in either spelling."""
    return hasattr(obj, name) or hasattr(obj, to_pascal(name))


def is_plain_clr(obj: object) -> bool:
    """Whether the object is one of LEAN's own, not a user's class or subclass."""
    return isinstance(obj, ClrObject) and is_lean_class(type(obj))


class MethodCache:
    """Methods of one wrapped Python object, each looked up once: later re-binding has no effect."""

    def __init__(self, instance: Any) -> None:
        self.instance = instance
        self._found: dict[str, Any] = {}

    def find(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = find(self.instance, name)
        return self._found[name]

    def find_python(self, name: str) -> Any:
        key = name + "|python"
        if key not in self._found:
            self._found[key] = find_python(self.instance, name)
        return self._found[key]


def compiled(obj: Any, name: str) -> Any:
    """LEAN's own method, as compiled code calls it: a Python override on the object is not seen."""
    kind = type(obj)
    return _compiled_member(kind, name).__get__(obj, kind)


def _own_member(kind: type, name: str) -> Any:
    for base in kind.__mro__:
        if name in base.__dict__ and is_lean_class(base):
            return base.__dict__[name]
    raise AttributeError(f"'{kind.__name__}' object has no attribute '{name}'")


_compiled_member: Callable[[type, str], Any] = lru_cache(maxsize=4096)(_own_member)


def check_methods(model: Any, interface: str, methods: tuple[str, ...]) -> None:
    """Raises NotImplementedException if the model lacks one of the methods in either spelling."""
    for method in methods:
        if not has(model, method):
            raise NotImplementedException(
                f"{interface}.{method} must be implemented. Please implement this missing method on {type(model)!r}"
            )
