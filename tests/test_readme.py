"""What README.md and docs/ show is run: a snippet that does not work is a fault like any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [path for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))] if path.exists()]


@dataclass(frozen=True)
class Snippet:
    page: Path
    line: int
    code: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def is_algorithm(self) -> bool:
        return re.search(r"^class \w+\((QCAlgorithm|HiddenRegimeAlgorithm\w*)\)", self.code, re.MULTILINE) is not None


def snippets(page: Path, language: str) -> list[Snippet]:
    text = page.read_text(encoding="utf-8")
    found = re.finditer(rf"^```{language}[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Snippet(page, text.count("\n", 0, match.start()) + 2, match[1]) for match in found]


def of_all_pages(language: str) -> list[Snippet]:
    return [snippet for page in PAGES for snippet in snippets(page, language)]


ALGORITHMS = [snippet for snippet in of_all_pages("python") if snippet.is_algorithm]
PLAIN_PAGES = [page for page in PAGES if any(not snippet.is_algorithm for snippet in snippets(page, "python"))]


@pytest.mark.parametrize("snippet", ALGORITHMS, ids=lambda snippet: snippet.name)
def test_an_algorithm_that_is_shown_trades_on_the_index_data(snippet: Snippet, tmp_path: Path) -> None:
    from lean_stubs import run_algorithm

    path = tmp_path / "shown.py"
    path.write_text(snippet.code, encoding="utf-8")
    result = run_algorithm(path, data="index")
    assert result.error is None
    assert len(result.orders)


@pytest.mark.parametrize("page", PLAIN_PAGES, ids=lambda page: page.name)
def test_snippets_of_a_page_run_one_after_the_other(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {"__name__": "shown"}
    for snippet in snippets(page, "python"):
        if not snippet.is_algorithm:
            # Blank lines in front make a traceback name the line of the page.
            exec(compile("\n" * (snippet.line - 1) + snippet.code, str(page), "exec"), namespace)


def test_commands_that_are_shown_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    app = (ROOT / "regime_framework" / "cli" / "app.py").read_text(encoding="utf-8")
    commands = set(re.findall(r"^@app\.command\(\)\ndef (\w+)", app, re.MULTILINE))
    for snippet in [*of_all_pages("bash"), *of_all_pages("sh"), *of_all_pages("console")]:
        shown = set(re.findall(r"^\$? ?make ([a-z]+)", snippet.code, re.MULTILINE))
        assert shown <= targets, snippet.name
        shown = set(re.findall(r"^\$? ?(?:regime-framework|python -m regime_framework) (\w+)", snippet.code, re.MULTILINE))
        assert shown <= commands, snippet.name


def test_links_to_files_of_the_repository_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert not broken
