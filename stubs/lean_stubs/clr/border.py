"""The base of every class that stands for a .NET class: its names, its members and what it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

from lean_stubs.clr import names
from lean_stubs.clr.casing import to_pascal, to_snake
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.members import CallableMember, UnofferedProperty

__all__ = ["ClrMeta", "ClrObject", "ClrProperty", "is_lean_class", "is_lean_module"]

_OWN = "lean_stubs"


def is_lean_module(module: str | None) -> bool:
    """Whether code of that module stands for LEAN's compiled code; all else is the user's."""
    return module is not None and (module == _OWN or module.startswith(_OWN + "."))


def _is_lean_class(cls: type) -> bool:
    return is_lean_module(cls.__dict__.get("_clr_origin") or cls.__dict__.get("__module__"))


#: Whether the class stands for one of LEAN's own (``__module__`` may show its .NET namespace).
is_lean_class: Callable[[type], bool] = lru_cache(maxsize=4096)(_is_lean_class)


class ClrProperty(property):
    """A .NET property: without a setter it is read-only in the runtime's words."""

    def __set__(self, instance: Any, value: Any) -> None:
        if self.fset is None:
            raise TypeError("property is read-only")
        self.fset(instance, value)

    def __delete__(self, instance: Any) -> NoReturn:
        raise TypeError("cannot delete a property of a managed class")


_MEMBER_KINDS = (FunctionType, property, staticmethod, classmethod, CallableMember, UnofferedProperty)
_WRAPPER = type(object.__init__)


def _members(cls: type) -> Iterator[tuple[str, Any]]:
    """Members that the class makes its own: those of its plain mixins, then those of its body."""
    for base in reversed(cls.__mro__):
        if base is cls or (not isinstance(base, ClrMeta) and is_lean_class(base)):
            yield from list(base.__dict__.items())


def _caller() -> str:
    frame = sys._getframe(2)
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith(f"{_OWN}.clr."):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__"))


def _refuse(metaclass: type, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
    if not is_lean_module(metaclass.__module__):
        raise TypeError("cannot combine another metaclass with that of a managed class")
    if len(bases) != 1:
        raise TypeError("cannot use multiple inheritance with managed classes")
    if "__slots__" in namespace:
        raise TypeError("subclasses of managed classes do not support __slots__")


class ClrMeta(type):
    """Gives LEAN's classes their PascalCase names and refuses from users' subclasses what the runtime refuses.

    A class of LEAN's may set ``_pascal`` where the usual spelling is not LEAN's (``{"id": "ID"}``), and name its .NET
    namespace by the class keyword ``clr``.
    """

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, clr: str | None = None, **options: Any
    ) -> ClrMeta:
        # Without a class statement the module is the caller's, not this one.
        origin = namespace["__module__"] if "__module__" in namespace else namespace.setdefault("__module__", _caller())
        if not is_lean_module(origin):
            _refuse(mcls, bases, namespace)
            return super().__new__(mcls, name, bases, namespace, **options)
        namespace["_clr_origin"] = origin
        cls = super().__new__(mcls, name, bases, namespace, **options)
        irregular: dict[str, str] = namespace.get("_pascal", {})
        for member, value in _members(cls):
            if member.startswith("_"):
                continue
            if type(value) is property:
                value = ClrProperty(value.fget, value.fset, value.fdel, value.__doc__)
                type.__setattr__(cls, member, value)
            if isinstance(value, _MEMBER_KINDS) or member.isupper():
                type.__setattr__(cls, irregular.get(member) or to_pascal(member), value)
        if clr is not None:
            type.__setattr__(cls, "__module__", clr)
        return cls

    def __init__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, clr: str | None = None, **options: Any
    ) -> None:
        super().__init__(name, bases, namespace, **options)

    def __getattribute__(cls, name: str) -> Any:
        value = type.__getattribute__(cls, name)
        if type(value) is ClrProperty:
            raise TypeError("instance property must be accessed through a class instance")
        return value

    if not TYPE_CHECKING:
        # Hidden from type checkers, which would otherwise accept any name.
        def __getattr__(cls, name: str) -> Any:
            if not name.startswith("_"):
                snake = to_snake(name)
                if snake != name:
                    for candidate in (snake, snake.upper()):
                        if any(candidate in base.__dict__ for base in cls.__mro__ if is_lean_class(base)):
                            return getattr(cls, candidate)
                owner = names.owner(cls, name)
                if owner is not None:
                    raise NotOffered(f"{owner}.{name}")
            near = f" Did you mean: '{name.upper()}'?" if any(name.upper() in base.__dict__ for base in cls.__mro__) else ""
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'{near}")

    def __setattr__(cls, name: str, value: Any) -> None:
        # .NET members cannot be patched from outside; dataclass fails on this too.
        for base in cls.__mro__:
            if name in base.__dict__:
                member = base.__dict__[name]
                if isinstance(member, _WRAPPER) or (is_lean_class(base) and isinstance(member, _MEMBER_KINDS)):
                    raise AttributeError("attribute is read-only")
                break
        type.__setattr__(cls, name, value)


class ClrObject(metaclass=ClrMeta):
    """Base of all of LEAN's classes."""

    def __init_subclass__(cls, *, clr: str | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)

    if not TYPE_CHECKING:
        # Hidden from type checkers, which would otherwise accept any name.
        def __getattr__(self, name: str) -> Any:
            cls = type(self)
            for base in cls.__mro__:
                if name in base.__dict__:
                    # A property whose own code raised AttributeError: show that error, not ours.
                    return object.__getattribute__(self, name)
            if not name.startswith("_"):
                snake = to_snake(name)
                if snake != name:
                    for base in cls.__mro__:
                        if snake in base.__dict__ and is_lean_class(base):
                            return base.__dict__[snake].__get__(self, cls)
                owner = names.owner(cls, name)
                if owner is not None:
                    raise NotOffered(f"{owner}.{name}")
            raise AttributeError(f"'{cls.__name__}' object has no attribute '{name}'")

        @property
        def __dict__(self) -> dict[str, Any]:
            # The runtime keeps Python attributes out of sight: functools.cached_property fails on it.
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '__dict__'")

    # Members of System.Object.
    def to_string(self) -> str:
        return str(self)

    def equals(self, obj: Any = None, *, other: Any = None) -> bool:
        return bool(self == (obj if other is None else other))

    def get_hash_code(self) -> int:
        return hash(self)

    def get_type(self) -> type:
        return type(self)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")
