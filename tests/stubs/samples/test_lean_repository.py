"""LEAN's own samples: those that docs/lean-samples.md says agree must go on agreeing.

Needs a checkout of LEAN's repository: ``LEAN_REPOSITORY=/path/to/Lean python -m pytest tests/stubs/samples``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from lean_stubs.samples.command import run_samples, sample_files
from lean_stubs.samples.page import agreeing, verdict

PAGE = Path(__file__).resolve().parents[3] / "docs" / "lean-samples.md"
LEAN = os.environ.get("LEAN_REPOSITORY", "")
TEXT = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
NAMES = agreeing(TEXT)
SAME_ORDERS = set(re.findall(r"^\| (\S+) \|.*, same orders \|$", TEXT, re.MULTILINE))
SECONDS = 600.0

needs_lean = pytest.mark.skipif(not LEAN, reason="needs LEAN_REPOSITORY, the folder of a checkout of LEAN")


@pytest.mark.skipif(not PAGE.exists(), reason="needs docs/lean-samples.md")
def test_the_page_lists_samples_that_agree() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert len(NAMES) > 0


@needs_lean
@pytest.mark.parametrize("name", NAMES)
def test_sample_still_agrees(name: str) -> None:
    (file,) = sample_files(Path(LEAN), f"^{name}$")
    (outcome,) = run_samples(Path(LEAN), [file], None, SECONDS)
    assert outcome.comparison is not None, verdict(outcome)
    assert outcome.comparison.headlines == {}, verdict(outcome)
    assert outcome.comparison.same_orders or name not in SAME_ORDERS, verdict(outcome)
