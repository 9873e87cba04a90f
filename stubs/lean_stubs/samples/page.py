"""The page that says how many samples run and agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lean_stubs.samples.expected import HEADLINES
from lean_stubs.samples.outcome import COMPLETED, FAILED, NO_ALGORITHM, NOT_OFFERED, TOO_SLOW, Outcome

__all__ = ["agreeing", "page", "verdict"]

AS_IN_LEAN = "stopped with an error, as in LEAN"

_INTRODUCTION = """# LEAN's own sample algorithms

This page is written by `python -m lean_stubs samples LEAN_FOLDER --output docs/lean-samples.md`: every file of the folder
`Algorithm.Python` of LEAN's public repository{commit}, run on the data that the repository brings. Many have a twin of the same
name in C#, which says what LEAN prints at the end. A sample **agrees** when {headlines} are the same to the printed digit.
Python and C# file are not always the same algorithm, so not every difference is a fault here.
"""


_AGREES = "agrees, "


def verdict(outcome: Outcome) -> str:
    """One phrase: agrees, differs in what, or how the run ended."""
    comparison = outcome.comparison
    if outcome.status != COMPLETED:
        told = f"{outcome.status}: {_short(outcome.detail)}" if outcome.detail else outcome.status
        return f"{AS_IN_LEAN} ({_short(outcome.detail)})" if outcome.as_in_lean else told
    if comparison is None:
        return "completed, nothing to compare"
    if not comparison.agrees:
        return f"differs in {', '.join(comparison.headlines)}"
    equal = comparison.compared - len(comparison.others)
    rest = f"{_AGREES}{equal} of {comparison.compared} statistics"
    return rest + ("" if comparison.same_orders is None else ", same orders" if comparison.same_orders else ", other orders")


def _short(text: str, width: int = 110) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= width else line[: width - 1] + "…"


def _counts(outcomes: Sequence[Outcome]) -> list[tuple[str, int]]:
    completed = [o for o in outcomes if o.status == COMPLETED]
    compared = [o for o in completed if o.comparison is not None]
    ended = Counter(o.status for o in outcomes)
    return [
        ("samples", len(outcomes)),
        ("completed", len(completed)),
        ("- of these, LEAN says what comes out", len(compared)),
        (f"- and {', '.join(HEADLINES)} agree", sum(1 for o in compared if o.comparison and o.comparison.agrees)),
        (
            "- and all other statistics too",
            sum(1 for o in compared if o.comparison and not (o.comparison.headlines or o.comparison.others)),
        ),
        ("stopped with a line that names what is not offered", ended[NOT_OFFERED]),
        (AS_IN_LEAN, sum(1 for o in outcomes if o.as_in_lean)),
        ("stopped with another error", sum(1 for o in outcomes if o.status == FAILED and not o.as_in_lean)),
        ("stopped at the time limit", ended[TOO_SLOW]),
        ("hold no algorithm", ended[NO_ALGORITHM]),
    ]


def _table(outcomes: Sequence[Outcome]) -> list[str]:
    rows = [f"| {o.name} | {', '.join(o.besides) or 'equities only'} | {verdict(o)} |" for o in outcomes]
    return ["| Sample | Uses | Here |", "|---|---|---|", *rows]


def page(outcomes: Sequence[Outcome], commit: str = "", conditions: str = "") -> str:
    """Markdown: counts of equities and of all, what is not offered, and a row a sample."""
    equities = [o for o in outcomes if not o.besides]
    lines = [_INTRODUCTION.format(commit=f" (commit {commit})" if commit else "", headlines=", ".join(HEADLINES))]
    if conditions:
        lines += [conditions, ""]
    lines += ["| | equities only | all |", "|---|---|---|"]
    lines += [f"| {what} | {few} | {all_} |" for (what, few), (_, all_) in zip(_counts(equities), _counts(outcomes), strict=True)]
    missing = Counter(o.detail for o in equities if o.status == NOT_OFFERED)
    if missing:
        lines += ["", "## What equity samples ask for that is not offered", "", "| Name | Samples |", "|---|---|"]
        lines += [f"| {_short(name)} | {count} |" for name, count in sorted(missing.items(), key=lambda item: (-item[1], item[0]))]
    lines += ["", "## Every sample", "", *_table(outcomes)]
    return "\n".join(lines) + "\n"


def agreeing(text: str) -> list[str]:
    """Names of the samples that a page says agree."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.startswith("| ")]
    return [row[1] for row in rows if len(row) == 5 and row[3].startswith(_AGREES)]
