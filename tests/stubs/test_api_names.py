"""Names: what the stubs offer exists in LEAN, and what is used here is offered."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import AlgorithmImports
import lean_stubs
import pytest
from lean_stubs.clr import ClrMeta, ClrObject, NotOffered, is_lean_class, names
from lean_stubs.clr.casing import to_pascal, to_snake
from lean_stubs.clr.members import UnofferedProperty
from lean_stubs.clr.placeholders import MissingClass

from tests.stubs.official import name_tables, source

ROOT = Path(__file__).parents[2]
TRACES = ROOT.parent / "shared" / "lean-traces"

#: The recorded "Security" was an equity.
RECORDED_AS = {"Equity": "Security"}

#: The recording leaves out accessors get_X and set_X of a listed X, and .NET's finalizer.
PYTHON_SIDE = {"InsightScore": {"finalize"}}


def stub_classes():
    found = {}
    for info in pkgutil.walk_packages(lean_stubs.__path__, "lean_stubs."):
        if ".framework_modules" in info.name or info.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            if isinstance(value, ClrMeta) and is_lean_class(value) and not value.__name__.startswith("_"):
                found.setdefault(value.__name__, value)
    return found


CLASSES = stub_classes()


def offered(cls):
    """Public snake_case (or constant) names of a class, those of its bases included."""
    return {
        name
        for base in cls.__mro__
        # What every .NET object has is not in the recording.
        if base not in (object, ClrObject) and is_lean_class(base)
        for name, member in base.__dict__.items()
        if not isinstance(member, UnofferedProperty) and not name.startswith("_") and (name.islower() or name.isupper())
    }


def table(cls):
    return names.of(RECORDED_AS.get(cls.__name__, cls.__name__))


IN_TABLE = sorted(name for name, cls in CLASSES.items() if table(cls))

#: What the real engine showed; the other classes are compared with the official type stubs (test_official_signatures).
RECORDED = sorted(name for name, cls in CLASSES.items() if names.is_recorded(RECORDED_AS.get(name, name)))


@pytest.mark.parametrize("class_name", RECORDED)
def test_what_is_offered_exists_in_lean(class_name):
    cls = CLASSES[class_name]
    accessors = {f"{verb}_{name}" for name in table(cls) for verb in ("get", "set")}
    extra = offered(cls) - table(cls) - accessors - PYTHON_SIDE.get(class_name, set())
    assert not extra


#: Objects of classes beyond the recorded ones, and a name that each lacks.
OBJECTS = {
    "indicator": lambda: (AlgorithmImports.SimpleMovingAverage(3), "validate_and_compute_next_value"),
    "consolidator": lambda: (AlgorithmImports.TradeBarConsolidator(2), "reset_working_bar"),
    "brokerage model": lambda: (AlgorithmImports.DefaultBrokerageModel(), "is_valid_order_size"),
    "universe model": lambda: (
        AlgorithmImports.CompositeUniverseSelectionModel(AlgorithmImports.NullUniverseSelectionModel()),
        "get_event",
    ),
    "order": lambda: (AlgorithmImports.MarketOrder(), "copy_to"),
}


@pytest.mark.parametrize("class_name", IN_TABLE)
def test_what_lean_has_and_the_stubs_lack_says_so(class_name):
    cls = CLASSES[class_name]
    for name in sorted(table(cls) - offered(cls)):
        # Indicator helpers have a second name in capitals.
        if not any(spelling in base.__dict__ for base in cls.__mro__ for spelling in (name, to_snake(name))):
            with pytest.raises(NotOffered, match=re.escape(f".{name} is not in lean-stubs")):
                getattr(cls, name)


@pytest.mark.parametrize("build", OBJECTS.values(), ids=OBJECTS)
def test_an_object_says_it_too_and_by_both_spellings(build):
    made, name = build()
    owner = next(base.__name__ for base in type(made).__mro__ if table(base))
    for spelling in (name, to_pascal(name)):
        with pytest.raises(NotOffered, match=rf"{owner}\.{spelling} is not in lean-stubs"):
            getattr(made, spelling)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = made.no_such_name


def test_every_object_of_leans_has_the_members_of_systems_object():
    with pytest.raises(NotOffered, match=r"Object\.MemberwiseClone"):
        _ = AlgorithmImports.ConstantFeeModel(1).MemberwiseClone


def test_the_lists_of_names_are_those_of_the_official_type_stubs():
    if source.OFFICIAL is None:
        pytest.skip("needs quantconnect-stubs (installed, or its folder in QUANTCONNECT_STUBS)")
    for file, text in name_tables.tables().items():
        assert (name_tables.FOLDER / file).read_text(encoding="utf-8") == text, "python -m tests.stubs.official.name_tables"


def test_every_class_of_leans_in_the_rooms_is_exported():
    exported = {name for name, value in vars(AlgorithmImports).items() if not isinstance(value, MissingClass)}
    assert sorted(set(CLASSES) & names.module_names() - exported) == []


def test_the_star_import_brings_leans_names_and_no_others():
    namespace: dict[str, object] = {}
    exec("from AlgorithmImports import *", namespace)
    brought = {name for name in namespace if not name.startswith("_")}
    # QCAlgorithmFramework... are set after the recording's list was made by LEAN's own import too.
    assert brought - names.module_names() <= {"Exception", "QCAlgorithmFramework", "QCAlgorithmFrameworkBridge"}
    assert names.module_names() - brought <= {"ApiNames", "AddReference"}
    assert namespace["Exception"] is Exception


def test_a_class_that_is_not_offered_says_so_when_used_and_not_before():
    brownian = (
        AlgorithmImports.BlackLittermanOptimizationPortfolioConstructionModel
        if hasattr(AlgorithmImports, "BlackLittermanOptimizationPortfolioConstructionModel")
        else AlgorithmImports.AbandonedBaby
    )
    with pytest.raises(NotOffered):
        brownian()
    with pytest.raises(NotOffered):
        type("Sub", (brownian,), {})
    with pytest.raises(NotOffered):
        _ = brownian.some_member


def own_sources():
    paths = [*(ROOT / "regime_framework" / "lean").rglob("*.py"), *(ROOT / "examples").rglob("*.py")]
    if TRACES.exists():
        paths += TRACES.glob("*.py")
    sources = {str(path): path.read_text(encoding="utf-8") for path in paths}
    readme = ROOT / "README.md"
    if readme.exists():
        blocks = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
        sources.update({f"README {i}": block for i, block in enumerate(blocks)})
    return sources


@pytest.mark.parametrize(("path", "source"), own_sources().items(), ids=lambda x: x if len(x) < 100 else "")
def test_names_that_are_used_here_are_offered(path, source):
    try:
        tree = ast.parse(source)
    except SyntaxError:
        pytest.skip("a fragment that is not a program by itself")
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    known = set().union(*(table(CLASSES[name]) for name in RECORDED))
    have = set().union(*(offered(cls) for cls in CLASSES.values()))
    assert sorted((used & known) - have - own_names(tree)) == []
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - own_names(tree)
    missing = {n for n in loaded if isinstance(getattr(AlgorithmImports, n, None), MissingClass)}
    assert sorted(missing) == []


def own_names(tree):
    """Names that the source itself defines or sets, and those of Python's own types."""
    own = {n.name for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module != "AlgorithmImports"]
    own |= {alias.asname or alias.name for node in imports for alias in node.names}
    own |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    for kind in (str, list, dict, set, bytes, float, int):
        own |= {name for name, _ in inspect.getmembers(kind)}
    return own
