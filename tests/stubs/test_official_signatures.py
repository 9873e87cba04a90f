"""Our classes have the signatures of QuantConnect's own stubs (quantconnect-stubs), for every name that we offer.

Compared are names, kinds of members, every parameter of every overload both ways (names, order, defaults), members and values
of enumerations, and constants; mypy then says whether each official call and the type of its answer fit ours. Where we must
differ, ``signatures_open.txt`` names the member and why; a line that no longer says anything fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lean_stubs.clr import ClrEnum

from tests.stubs.official import source
from tests.stubs.official.compare import compared, differences, offered
from tests.stubs.official.typed_calls import checks, complaints_of

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(source.OFFICIAL is None, reason="needs quantconnect-stubs (installed, or its folder in QUANTCONNECT_STUBS)"),
]


def accepted():
    """Members that differ for a reason, as "Class.member"; a base's line counts for the classes that derive from it."""
    text = (Path(__file__).parent / "signatures_open.txt").read_text(encoding="utf-8")
    rows = [line.split(": ", 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert all(len(row) == 2 and row[1].strip() for row in rows), "each line is Class.member: reason"
    return {name for name, _ in rows}


def lines_for(cls, member, known):
    return {f"{base.__name__}.{part}" for base in cls.__mro__ for part in (member, "*")} & known


def split(found, known):
    """The differences that no line explains, and the lines that explain one."""
    new, used = [], set()
    for cls, member, text in found:
        lines = lines_for(cls, member, known)
        used |= lines
        if not lines:
            new.append(f"{cls.__name__}.{member}: {text}")
    return new, used


@pytest.fixture(scope="module")
def by_shape():
    return [(cls, *line.split(": ", 1)) for cls in compared() for line in differences(cls)]


@pytest.fixture(scope="module")
def by_type(tmp_path_factory):
    folder = tmp_path_factory.mktemp("official")
    classes = [cls for cls in compared() if not issubclass(cls, ClrEnum)]
    lines = checks(classes)
    (folder / "checks.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file=", "--no-error-summary", "--follow-imports=silent"]
    command += ["--cache-dir", str(folder / "cache"), "--ignore-missing-imports", str(folder / "checks.py")]
    environment = {**os.environ, "MYPYPATH": str(ROOT / "stubs")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder)
    assert "checks.py" in done.stdout or not done.stdout, done.stdout
    assert not done.stderr
    return complaints_of(done.stdout, lines, {cls.__name__: cls for cls in classes})


def test_shapes_are_the_official_ones(by_shape):
    new, _ = split(by_shape, accepted())
    if new:
        pytest.fail("\n".join(sorted(new)), pytrace=False)


def test_types_take_and_give_what_the_official_ones_do(by_type):
    new, _ = split(by_type, accepted())
    if new:
        pytest.fail("\n".join(sorted(new)), pytrace=False)


def test_every_line_of_the_list_still_says_something(by_shape, by_type):
    known = accepted()
    assert sorted(known - split(by_shape, known)[1] - split(by_type, known)[1]) == []


def test_most_of_the_stubs_is_compared():
    names = {cls.__name__ for cls in compared()}
    assert len(names) > 150
    assert {"QCAlgorithm", "Insight", "Resolution", "SimpleMovingAverage", "OrderTicket"} <= names
    assert all(offered(cls) for cls in compared() if cls.__name__ in ("QCAlgorithm", "Insight", "OrderTicket"))
