"""The real engine's answers to some 290 questions about its Python API, asked of the stubs by the same algorithm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
TRACES = SHARED / "lean-traces"

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not (TRACES / "ApiProbe.json").exists(), reason="needs the recordings in ../shared"),
]


def _recorded() -> dict[str, object]:
    path = TRACES / "ApiProbe.json"
    return json.loads(path.read_text()) if path.exists() else {}


RECORDED = _recorded()


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("probe")
    out = folder / "answers.json"
    command = [sys.executable, "-m", "lean_stubs", "run", str(TRACES / "ApiProbe.py"), "--class", "ApiProbe"]
    command += ["--data", str(SHARED / "lean-data"), "--object-store", str(folder / "store")]
    environment = {**os.environ, "TRACE_OUT": str(out), "PYTHONPATH": str(ROOT / "stubs")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert out.exists(), done.stdout[-2000:] + done.stderr[-4000:]
    return json.loads(out.read_text())


def comparable(answer):
    """An exception counts by its type and bases; its text only says more."""
    if isinstance(answer, str) and answer.startswith("raises "):
        return answer.split(" | ")[:2]
    return answer


def same(got, recorded):
    if isinstance(recorded, float) and recorded != recorded:
        return got != got
    if isinstance(recorded, dict):
        return isinstance(got, dict) and list(got) == list(recorded) and all(same(got[k], recorded[k]) for k in recorded)
    if isinstance(recorded, list):
        return isinstance(got, list) and len(got) == len(recorded) and all(map(same, got, recorded))
    return comparable(got) == comparable(recorded)


# What pandas answers for itself: LEAN has 2.x, and from 3 on a frame's values are a read-only view.
PANDAS_OWN = {"history to_numpy writable"} if int(pd.__version__.split(".")[0]) >= 3 else set()


@pytest.mark.parametrize("question", list(RECORDED))
def test_answer(answers, question):
    if question in PANDAS_OWN:
        pytest.skip(f"pandas {pd.__version__} itself answers otherwise than LEAN's 2.x")
    assert question in answers, "not asked"
    assert same(answers[question], RECORDED[question]), f"\n stub  {answers[question]!r}\n LEAN  {RECORDED[question]!r}"


def test_no_question_is_left_over(answers):
    assert set(answers) == set(RECORDED)
