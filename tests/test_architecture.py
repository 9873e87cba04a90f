"""The rules of the design that a reader of one file cannot see."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "regime_framework"
STUBS = ROOT / "stubs"

# Room: what it may import of this package. Files at the root are the vocabulary.
ROOMS = {
    "": {""},
    "models": {"", "models"},
    "service": {"", "models", "service"},
    "lean": {"", "service", "lean"},
    "reporting": {"", "reporting"},
    "cli": {"", "service", "reporting", "cli"},
}
# Root files that bring rooms to the user; nothing inside imports them.
DOORS = {"__init__.py", "__main__.py"}

SINGLE_SITES = {"numba": 1, "hmmlearn": 1, "cachetools": 1}

# Longer than 300 lines, each because it is one thing that falls apart when cut.
LONG_FILES = {
    "regime_framework/models/_jit.py",  # the one place that knows numba
    "regime_framework/models/grid_kernel.py",
    "regime_framework/service/service.py",  # one class, most of it what its public members promise
    "regime_framework/service/tracks.py",
    "stubs/lean_stubs/algorithm/universe.py",  # these few lines more: the forms of LEAN's calls for type checkers
    "stubs/lean_stubs/indicators/base.py",
    "stubs/lean_stubs/orders/requests.py",
    "stubs/lean_stubs/securities/security.py",
}
NAME_LISTS = {"stubs/AlgorithmImports/__init__.py"}
SOFT, HARD, BYTES = 300, 400, 64 * 1024


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Absolute names of all modules that a file imports, wherever in it, type-checking blocks included."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                continue
            module = node.module or ""
            yield module
            if module == "regime_framework":
                # `from regime_framework import models` reaches into a room as well.
                yield from (f"regime_framework.{alias.name}" for alias in node.names if (PACKAGE / alias.name).is_dir())


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def room_named(module: str) -> str | None:
    """The room of a module of this package, or None for other packages."""
    first, _, rest = module.partition(".")
    if first != "regime_framework":
        return None
    head = rest.partition(".")[0]
    return head if (PACKAGE / head).is_dir() and head else ""


PACKAGE_FILES = sources(PACKAGE)


def test_imports_go_one_way() -> None:
    assert not [
        f"{name_of(path)} imports {module}"
        for path in PACKAGE_FILES
        if not (path.parent == PACKAGE and path.name in DOORS)
        for module in imports_of(path)
        if (room := room_named(module)) is not None and room not in ROOMS[room_of(path)]
    ]


def test_the_package_imports_itself_by_its_full_name() -> None:
    relative = [name_of(path) for path in PACKAGE_FILES for node in ast.walk(tree_of(path)) if getattr(node, "level", 0)]
    assert not relative


def test_a_room_is_entered_by_its_door() -> None:
    assert not [
        f"{name_of(path)} imports {module}"
        for path in PACKAGE_FILES
        if room_of(path) in {"service", "lean", "cli"}
        for module in imports_of(path)
        if (room := room_named(module)) and room not in {room_of(path), "reporting"} and module != f"regime_framework.{room}"
    ]


@pytest.mark.parametrize(("package", "most"), SINGLE_SITES.items())
def test_a_dependency_is_imported_in_one_file(package: str, most: int) -> None:
    sites = [name_of(path) for path in PACKAGE_FILES if any(module.split(".")[0] == package for module in imports_of(path))]
    assert len(sites) == most, sites


def test_lean_is_imported_by_its_room_only_and_by_name() -> None:
    for path in PACKAGE_FILES:
        of_lean = [module for module in imports_of(path) if module.split(".")[0] in {"AlgorithmImports", "QuantConnect", "clr"}]
        assert not of_lean or room_of(path) == "lean", name_of(path)
        stars = [node.module for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
        assert not stars, name_of(path)


def test_the_package_never_imports_the_stubs() -> None:
    assert not [name_of(path) for path in PACKAGE_FILES if any(m.split(".")[0] == "lean_stubs" for m in imports_of(path))]


def test_the_stubs_never_import_the_package() -> None:
    assert not [name_of(path) for path in sources(STUBS) if any(m.split(".")[0] == "regime_framework" for m in imports_of(path))]


def test_heavy_extras_stay_out_of_what_lean_runs() -> None:
    extras = {"pandas", "pyarrow", "matplotlib", "plotly", "typer", "click", "tqdm", "rich"}
    for path in PACKAGE_FILES:
        found = {module.split(".")[0] for module in imports_of(path)} & extras
        if room_of(path) == "lean":
            found -= {"pandas"}  # what LEAN's history comes in
        assert not found or room_of(path) in {"cli", "reporting"}, f"{name_of(path)} imports {sorted(found)}"


def test_importing_the_package_loads_no_lean_and_nothing_heavy() -> None:
    unwanted = [
        "AlgorithmImports",
        "lean_stubs",
        "QuantConnect",
        "clr",
        "hmmlearn",
        "pandas",
        "sklearn",
        "matplotlib",
        "typer",
        "tqdm",
    ]
    code = f"import sys, regime_framework; print([name for name in {unwanted!r} if name in sys.modules])"
    # No site packages' pytest plugins, no current folder beside the package's own.
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def clocks_in(path: Path) -> list[str]:
    """Calls that read the wall clock."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            text = ast.unparse(node)
            if re.search(
                r"\b(datetime|date|Timestamp)\.(now|utcnow|today)$|^time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns)$",
                text,
            ):
                found.append(text)
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [f"time.{alias.name}" for alias in node.names if alias.name != "sleep"]
    return found


def test_time_is_an_argument() -> None:
    profiler = PACKAGE / "service" / "profiler.py"
    assert not [
        f"{name_of(path)}: {text}"
        for path in PACKAGE_FILES
        for text in clocks_in(path)
        if not (path == profiler and text.startswith("time.perf_counter"))
    ]


def test_files_are_short_enough_to_read_and_to_upload() -> None:
    files = [path for folder in (PACKAGE, STUBS, ROOT / "examples", ROOT / "benchmarks") for path in sources(folder)]
    assert not [
        f"{name_of(path)}: {lines} lines"
        for path in files
        if (lines := path.read_text(encoding="utf-8").count("\n")) > (HARD if name_of(path) in LONG_FILES else SOFT)
        and name_of(path) not in NAME_LISTS
    ]
    assert not [name_of(path) for path in files if path.stat().st_size >= BYTES]


def test_examples_fit_on_a_page() -> None:
    for path in sources(ROOT / "examples"):
        if path.parent.name != "classic":
            assert path.read_text(encoding="utf-8").count("\n") < 80, name_of(path)


def test_all_names_what_is_there() -> None:
    for path in [*PACKAGE_FILES, *sources(STUBS / "lean_stubs")]:
        listed = _listed(tree_of(path))
        defined = {name for node in ast.walk(tree_of(path)) for name in _names(node)}
        assert set(listed) <= defined | {"__version__"}, name_of(path)
        assert len(listed) == len(set(listed)), name_of(path)


def _listed(tree: ast.Module) -> list[object]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__" and isinstance(node.value, ast.List):
            return [element.value for element in node.value.elts if isinstance(element, ast.Constant)]
    return []


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def test_every_module_of_the_package_says_what_it_is_for() -> None:
    assert not [name_of(path) for path in PACKAGE_FILES if not ast.get_docstring(tree_of(path))]


def committed() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no git checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_knows_a_machine() -> None:
    paths = re.compile(r"/(?:home|root|Users|work|workspace|mnt|opt)/[a-z]")
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not paths.search(text) or path == Path(__file__), name_of(path)


def test_no_fact_stands_in_both_configuration_files() -> None:
    for folder in (ROOT, STUBS):
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        assert set(project) <= {"build-system", "tool"}
        assert "setuptools" not in project.get("tool", {})
        setup = configparser.ConfigParser()
        setup.read(folder / "setup.cfg", encoding="utf-8")
        assert {section.partition(".")[0] for section in setup.sections()} <= {"metadata", "options"}


def test_no_pickle() -> None:
    loaders = {"pickle", "cloudpickle", "joblib", "marshal", "shelve", "dill"}
    assert not [name_of(path) for path in PACKAGE_FILES if {m.split(".")[0] for m in imports_of(path)} & loaders]


def test_reductions_are_never_split_over_threads() -> None:
    for path in PACKAGE_FILES:
        text = path.read_text(encoding="utf-8")
        assert "fastmath" not in text, name_of(path)


def test_the_smoother_is_reachable_from_no_trading_path() -> None:
    users = {name_of(path) for path in PACKAGE_FILES if re.search(r"smooth_(for_charts|path)", path.read_text(encoding="utf-8"))}
    assert users == {"regime_framework/models/model.py", "regime_framework/models/filter_kernel.py"}


# Each invariant of the design, and tests that fail when it breaks.
INVARIANTS = {
    "1 no look-ahead": (
        "tests/service/test_no_look_ahead.py::test_later_bars_change_nothing_before",
        "tests/lean/test_alpha.py::test_later_bars_change_no_earlier_insight",
        "tests/lean/test_portfolio.py::test_later_bars_change_no_earlier_order",
    ),
    "2 the same bars give the same bits": (
        "tests/service/test_no_look_ahead.py::test_order_of_symbols_changes_no_bit",
        "tests/service/test_no_look_ahead.py::test_batches_and_workers_change_no_bit",
        "tests/models/test_training.py::test_order_and_company_change_no_bit",
        "tests/lean/test_traps.py::test_active_securities_in_any_order_give_the_same_bits",
        "tests/lean/test_alpha.py::test_the_order_of_symbols_changes_nothing",
    ),
    "3 time is an argument": (
        "tests/test_architecture.py::test_time_is_an_argument",
        "tests/service/test_schedule.py::test_due",
        "tests/service/test_cache.py::test_models_live_on_the_algorithms_clock",
        "tests/lean/test_feed.py::test_exchanges_of_two_zones_meet_in_utc",
    ),
    "4 a model is identified by all that it depends on": (
        "tests/service/test_keys.py::test_every_config_field_is_part_of_the_key",
        "tests/service/test_keys.py::test_any_bit_of_the_window_is_part_of_the_key",
    ),
    "5 a failure touches no other symbol": (
        "tests/service/test_service.py::test_a_failed_training_is_reported_and_touches_no_other",
    ),
    "6 no bad bar reaches a model": (
        "tests/service/test_service.py::test_a_bad_price_is_counted_by_reason_and_skipped",
        "tests/lean/test_feed.py::test_what_is_not_new_does_not_move_the_filter",
    ),
    "7 states are ordered by what they mean": (
        "tests/models/test_contract.py::test_parameters_are_a_model_of_two_states_calmest_first",
    ),
    "8 what is loaded cannot execute code": (
        "tests/test_architecture.py::test_no_pickle",
        "tests/service/test_store.py::test_a_damaged_entry_is_a_miss_with_a_warning",
        "tests/service/test_store.py::test_no_flipped_bit_gives_another_estimate",
    ),
    "9 one training a key": (
        "tests/service/test_threads.py::test_the_desk_makes_each_key_once_and_gives_it_to_all",
        "tests/service/test_threads.py::test_services_that_share_a_cache_train_a_key_once",
    ),
    "10 memory is bounded": (
        "tests/service/test_service.py::test_window_keeps_the_last_lookback_bars",
        "tests/service/test_windows.py::test_ten_thousand_symbols_take_two_numbers_and_a_time_a_bar",
        "tests/service/test_profiler.py::test_memory_is_bounded",
        "tests/service/test_cache.py::test_the_least_recently_used_goes_first",
    ),
}


@pytest.mark.parametrize("invariant", INVARIANTS)
def test_an_invariant_has_its_tests(invariant: str) -> None:
    for place in INVARIANTS[invariant]:
        file, _, name = place.partition("::")
        assert (ROOT / file).exists(), f"{file} is missing"
        assert re.search(rf"^\s*def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), place


@pytest.mark.parametrize(("folder", "metadata"), [(ROOT, "regime_framework"), (STUBS, "lean_stubs")], ids=["package", "stubs"])
def test_every_file_that_is_no_python_is_in_the_distribution(folder: Path, metadata: str) -> None:
    """An editable installation finds what an installed one would miss."""
    config = configparser.ConfigParser()
    config.read(folder / "setup.cfg", encoding="utf-8")
    patterns = {
        package: [pattern.strip() for pattern in re.split(r"[,\n]", text) if pattern.strip()]
        for package, text in config["options.package_data"].items()
    }
    for path in sorted((folder / metadata).rglob("*")):
        if not path.is_file() or path.suffix == ".py" or "__pycache__" in path.parts:
            continue
        held = [
            path.relative_to(folder.joinpath(*package.split("."))).match(pattern)
            for package, listed in patterns.items()
            for pattern in listed
            if path.is_relative_to(folder.joinpath(*package.split(".")))
        ]
        assert any(held), f"{name_of(path)} is not in package_data of {name_of(folder / 'setup.cfg')}"
