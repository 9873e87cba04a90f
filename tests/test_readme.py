"""What the pages of this repository show is run: a snippet that does not work is a fault like any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    page
    for page in ROOT.rglob("*.md")
    if not any(part.startswith((".", "build")) or part.endswith(".egg-info") for part in page.relative_to(ROOT).parts)
)
PYTHON = ("python", "python3", "py", "pycon")
# A fence of either kind, indented or not, with whatever stands behind the language.
FENCE = re.compile(
    r"^(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*(?P<language>[^\s`{]*)[^\n]*\n(?P<code>.*?)^(?P=indent)(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)
LOOKS_LIKE_PYTHON = re.compile(r"^(class \w+.*:|def \w+\(.*:|import \w+$)", re.MULTILINE)


@dataclass(frozen=True)
class Snippet:
    page: Path
    line: int
    language: str
    code: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def is_algorithm(self) -> bool:
        """A file for LEAN; what runs itself on the stand-in is a plain snippet."""
        base = re.search(r"^class \w+\((QCAlgorithm|HiddenRegimeAlgorithm\w*)\)", self.code, re.MULTILINE)
        return base is not None and "lean_stubs" not in self.code


def snippets(page: Path) -> list[Snippet]:
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        code = "".join(line.removeprefix(match["indent"]) for line in match["code"].splitlines(keepends=True))
        found.append(Snippet(page, text.count("\n", 0, match.start()) + 2, match["language"].lower(), code))
    return found


SNIPPETS = [snippet for page in PAGES for snippet in snippets(page)]
SHOWN = [snippet for snippet in SNIPPETS if snippet.language in PYTHON]
ALGORITHMS = [snippet for snippet in SHOWN if snippet.is_algorithm]
PLAIN = [snippet for snippet in SHOWN if not snippet.is_algorithm]
PLAIN_PAGES = sorted({snippet.page for snippet in PLAIN})


def test_every_page_is_read_and_every_snippet_is_run() -> None:
    read = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "stubs/README.md", "docs/performance-guide.md", "docs/migration.md"} <= read
    # What looks like Python must say that it is, or nobody runs it.
    assert not [s.name for s in SNIPPETS if s.language not in PYTHON and LOOKS_LIKE_PYTHON.search(s.code)]
    # Executing a test function only defines it.
    assert not [s.name for s in PLAIN if re.search(r"^def test_", s.code, re.MULTILINE)]
    assert not [s.name for s in SHOWN if ">>>" in s.code]
    for page in PAGES:  # every fence was found to be one of a block
        fences = re.findall(r"^ *(?:```|~~~)", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(snippets(page)), page.name


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
    for snippet in PLAIN:
        if snippet.page == page:
            # Blank lines in front make a traceback name the line of the page.
            exec(compile("\n" * (snippet.line - 1) + snippet.code, str(page), "exec"), namespace)


def test_commands_that_are_shown_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    app = (ROOT / "regime_framework" / "cli" / "app.py").read_text(encoding="utf-8")
    commands = set(re.findall(r"^@app\.command\(\)\ndef (\w+)", app, re.MULTILINE))
    for snippet in [snippet for snippet in SNIPPETS if snippet.language in ("", "bash", "sh", "console")]:
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


def test_benchmarks_that_are_shown_exist() -> None:
    from benchmarks.performance_guide import PAGE, tables_of
    from regime_framework.cli.benching import benchmark_functions

    known = {name for name, _ in benchmark_functions(ROOT / "benchmarks")}
    text = PAGE.read_text(encoding="utf-8")
    assert len(tables_of(text)) == text.count("<!-- bench ")
    assert set(tables_of(text)) <= known
    for page in PAGES:
        shown = re.findall(r"regime-framework bench ([a-z][\w. ]*)", page.read_text(encoding="utf-8"))
        for word in " ".join(shown).split():
            assert any(word in name for name in known), f"{page.name}: {word}"
    # A table stands under the command that prints it.
    for name in tables_of(text):
        assert f"`regime-framework bench {name}`" in text, name
