"""What differs between a class of ours and the official one: names, kinds of members, shapes of signatures, values."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from functools import lru_cache

import lean_stubs
from lean_stubs.clr import ClrEnum, ClrMeta, ClrObject, is_lean_class, names
from lean_stubs.clr.enums import members as enum_members
from lean_stubs.clr.members import CallableMember, UnofferedProperty

from tests.stubs.official import source
from tests.stubs.official.shapes import official_shape, other_defaults, our_shapes, takes, too_much

#: What Python does with an object; .NET has other names for some of it.
OPERATORS = ("__getitem__", "__setitem__", "__len__", "__iter__", "__contains__", "__call__")


@lru_cache(maxsize=1)
def our_classes():
    """Classes of the stubs that stand for LEAN's, by name."""
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


def compared():
    """Classes that the official stubs have too."""
    return [
        cls
        for _, cls in sorted(our_classes().items())
        if cls.__module__.startswith("QuantConnect") and source.members(cls.__module__, cls.__name__)
    ]


def offered(cls):
    """Our members by snake_case name or constant; those of bases and mixins included, what every object has left out."""
    found = {}
    for base in reversed(cls.__mro__):
        if base not in (object, ClrObject, ClrEnum) and is_lean_class(base):
            for name, member in base.__dict__.items():
                # One capital letter, or what the class says, is the PascalCase of a name that is compared.
                constant = name.isupper() and len(name) > 1 and name not in base.__dict__.get("_pascal", {}).values()
                if not name.startswith("_") and (name.islower() or constant):
                    found[name] = member
                if name == "__init__" or name in OPERATORS:
                    found[name] = member
    return {name: member for name, member in found.items() if not isinstance(member, UnofferedProperty)}


def differences(cls):
    """Lines that each name one difference."""
    if issubclass(cls, ClrEnum):
        yield from _of_enum(cls)
        return
    official, ours = source.members(cls.__module__, cls.__name__), offered(cls)
    if not source.constructs(cls.__module__, cls.__name__) or made_by_engine(cls):
        ours.pop("__init__", None)
    for name, mine in sorted(ours.items()):
        theirs = official.get(name)
        if theirs is None:
            if not name.startswith("__") and not _engine_has(cls, name) and not _sibling_has(cls, name):
                yield f"{name}: LEAN lacks it"
            continue
        yield from (f"{name}: {text}" for text in _of_member(mine, theirs))
    for name in OPERATORS:
        if name in official and not any(name in base.__dict__ for base in cls.__mro__):
            yield f"{name}: missing"


def _recorded(cls):
    """Names that the real engine showed for the class, or for one that derives from the same definition here."""
    return {n for name in names.of(cls.__name__) for n in (name, f"get_{name}", f"set_{name}")}


def _engine_has(cls, name):
    """Whether the recorded names hold it; the official stubs leave out what some .NET bases give."""
    owner = next(base for base in cls.__mro__ if name in base.__dict__)
    return any(name in _recorded(kind) for kind in our_classes().values() if issubclass(kind, owner))


def _sibling_has(cls, name):
    """Where the official text hides a base: whether a class that takes the name from the same definition here has it there."""
    if not source.hides_a_base(cls.__module__, cls.__name__):
        return False
    owner = next(base for base in cls.__mro__ if name in base.__dict__)
    return any(name in source.members(kind.__module__, kind.__name__) for kind in our_classes().values() if issubclass(kind, owner))


def made_by_engine(cls):
    """Whether nobody else makes objects of the class: its constructor takes the engine's own things."""
    given = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return any(p.name.startswith("_") and p.default is p.empty for p in given)


def _of_enum(cls):
    theirs = {
        name: ast.literal_eval(member.value)
        for name, member in source.members(cls.__module__, cls.__name__).items()
        if member.is_value and member.value is not None
    }
    # Each member has its name in PascalCase too.
    ours = {name: int(value) for name, value in vars(cls).items() if isinstance(value, cls) and (name == name.upper())}
    ours = {name: number for name, number in ours.items() if name in theirs or name in (m._name for m in enum_members(cls))}
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"{name}: {ours.get(name)}, official {theirs.get(name)}"


def _of_member(mine, theirs):
    if theirs.is_value:
        if isinstance(theirs.value, ast.Constant) and theirs.value.value not in (mine, ...):
            yield f"{mine!r}, official {theirs.value.value!r}"
        return
    if theirs.getter is not None:
        if not isinstance(mine, property):
            yield "a property in LEAN"
        elif theirs.settable and mine.fset is None:
            yield "can be set in LEAN"
        elif not theirs.settable and mine.fset is not None:
            yield "cannot be set in LEAN"
        return
    if isinstance(mine, (CallableMember, property)):
        mine = _call_of(mine)
    if isinstance(mine, property) or not callable(getattr(mine, "__func__", mine)):
        yield "a method in LEAN"
        return
    if theirs.name == "__init__" or not theirs.name.startswith("__"):
        if isinstance(mine, staticmethod) != theirs.is_static and theirs.name != "__init__":
            yield "static in LEAN" if theirs.is_static else "not static in LEAN"
            return
        yield from _of_method(our_shapes(mine), list(dict.fromkeys(official_shape(f) for f in theirs.overloads)))


def _of_method(ours, officials):
    for official in officials:
        fitting = [shape for shape in ours if takes(shape, official)]
        if not fitting:
            yield f"does not take {official}; takes {' or '.join(map(str, ours))}"
        elif not any(not list(other_defaults(shape, official)) for shape in fitting):
            yield from (f"default {text}" for text in other_defaults(fitting[0], official))
    for shape in ours:
        more = too_much(shape, officials)
        if more:
            yield f"{more}, which LEAN lacks"


def _call_of(member):
    """A member that can be called and indexed, when called."""
    get = member.fget if isinstance(member, property) else member._get
    kind = get.__annotations__.get("return")
    kind = getattr(importlib.import_module(get.__module__), kind.partition("[")[0], None) if isinstance(kind, str) else kind
    called = "__call__"
    return getattr(kind, called, member) if isinstance(kind, type) else member
