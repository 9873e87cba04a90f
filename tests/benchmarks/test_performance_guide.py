from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks import bench_guide, bench_service, performance_guide
from benchmarks.services import trading_days


def once(call: Callable[[], object], **_: Any) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of two months, calls timed once."""
    monkeypatch.setattr(bench_guide, "_DAYS", 44)
    monkeypatch.setattr(bench_guide, "_warm", lambda: None)
    monkeypatch.setattr(bench_guide, "seconds", once)
    monkeypatch.setattr(bench_guide, "_RULES", ("weekly", "never"))
    monkeypatch.setattr(bench_guide, "_ESTIMATORS", ("grid", "em"))


def cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def test_days_are_those_of_a_week() -> None:
    assert [day.weekday() for day in trading_days(7)] == [2, 3, 4, 0, 1, 2, 3]  # from a Wednesday on


@pytest.mark.usefixtures("small")
def test_the_four_configurations_and_second_runs() -> None:
    rows = [
        row
        for name in ("no optimisation", "caching only", "batch only", "caching and batch")
        for row in bench_guide.configuration(name, 5)
    ]
    assert [row["name"] for row in rows][-2:] == ["second run, kept cache", "second run, kept store"]
    assert len({row["trainings"] for row in rows[:4]}) == 1
    assert rows[0]["trainings"] > 0
    assert [row["hit_rate"] for row in rows[:4]] == [0.0] * 4
    assert (rows[4]["trainings"], rows[4]["hit_rate"], rows[4]["loaded"]) == (0, 1.0, 0)
    assert (rows[5]["trainings"], rows[5]["loaded"]) == (0, rows[0]["trainings"])


@pytest.mark.usefixtures("small")
def test_a_cache_that_holds_a_run_saves_the_second_and_a_smaller_one_nothing() -> None:
    rows = {row[0]: row for row in cells(bench_guide.bench_cache_sizes())[2:]}
    assert (rows["400"][1], rows["400"][3], rows["400"][4]) == ("0%", "100%", "0")
    assert (rows["6"][3], int(rows["6"][4])) == ("0%", int(rows["6"][2]) + 6)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["frequencies", "lookbacks", "states"])
def test_every_row_of_a_table_has_its_cells(name: str) -> None:
    head, _, *rows = cells(getattr(bench_guide, f"bench_{name}")())
    assert len(rows) >= 2
    assert all(len(row) == len(head) and all(row) for row in rows)


def test_the_profiler_is_weighed_in_pairs() -> None:
    [row] = bench_service.profiler_rows((2,), n_bars=40)
    assert row["bar"] > 0.0
    assert abs(row["overhead"]) < 1.0


def test_tables_are_put_between_their_marks(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def text(machine: str, one: str) -> str:
        marks = [("measured", machine), ("bench x.one", one), ("bench x.two", "kept\n")]
        return "top\n" + "between\n".join(f"<!-- {mark} -->\n{body}<!-- end -->\n" for mark, body in marks) + "bottom\n"

    page = tmp_path / "page.md"
    page.write_text(text("", "old\n"))
    found = {"x.one": lambda: "new\n\n", "x.two": lambda: "not asked for"}
    monkeypatch.setattr(performance_guide, "PAGE", page)
    monkeypatch.setattr(performance_guide, "header", lambda: "machine")
    monkeypatch.setattr(performance_guide, "benchmark_functions", lambda _: found.items())
    performance_guide.main(["--only", "x.one"])
    assert page.read_text() == text("", "old\n")
    performance_guide.main(["--only", "x.one", "--write"])
    assert page.read_text() == text("machine\n", "new\n")
    assert performance_guide.tables_of(page.read_text()) == ["x.one", "x.two"]
