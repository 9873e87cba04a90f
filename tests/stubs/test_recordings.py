"""Replays what the real engine was recorded doing: the same algorithm must write the same lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.loader import load
from lean_stubs.engine.runner import run

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
TRACES, DATA = SHARED / "lean-traces", SHARED / "lean-data"
RECORDINGS = sorted(TRACES.glob("*.jsonl"))

needs_recordings = pytest.mark.skipif(not RECORDINGS or not DATA.is_dir(), reason="needs the recordings in ../shared")


@pytest.fixture(scope="module")
def folder() -> LeanFolder:
    return LeanFolder(DATA)


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def first_difference(expected: list[Any], got: list[Any]) -> str | None:
    for number, (wanted, found) in enumerate(zip(expected, got, strict=False)):
        if wanted != found:
            keys = [key for key in {**wanted, **found} if wanted.get(key) != found.get(key)]
            shown = "\n".join(f"  {key}:\n    LEAN  {wanted.get(key)}\n    stubs {found.get(key)}" for key in keys)
            return f"line {number} ({wanted.get('event')} at {wanted.get('time')}) differs in\n{shown}"
    if len(expected) != len(got):
        return f"LEAN wrote {len(expected)} lines, the stubs {len(got)}"
    return None


@needs_recordings
@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_recording(recording: Path, folder: LeanFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / recording.name
    monkeypatch.setenv("TRACE_OUT", str(out))
    algorithm = "TraceAlgorithm.py" if recording.stem.startswith("s") else "ComposeTrace.py"
    kind = load(TRACES / algorithm).kind
    state = run(kind, RunContext(folder, {"scenario": recording.stem}, tmp_path / "store"))
    assert state.run_error is None, state.run_error
    difference = first_difference(lines(recording), lines(out))
    assert difference is None, difference
