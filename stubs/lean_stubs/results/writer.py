"""Writes a run's results into a folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from lean_stubs.results.rows import TABLES

__all__ = ["result_document", "write_results"]

_LAST_LOGS = 50


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    return "" if value is None else value


def _write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(value) for value in row])


def result_document(state: Any, **facts: Any) -> dict[str, Any]:
    """What statistics.json holds; `facts` are added as they are."""
    starting, table = state.results.starting_value, state.results.table()
    return {
        "name": type(state.user).__name__,
        "start": _cell(state.start_date)[:10],
        "end": _cell(state.end_date)[:10],
        "cash": float(starting if starting is not None else state.portfolio._total()),
        **facts,
        "error": None if state.run_error is None else f"{type(state.run_error).__name__}: {state.run_error}",
        "statistics": state.results.final_table(table),
        "runtime_statistics": state.results.runtime_table(table),
        "summary_statistics": dict(state.summary_statistics),
        "logs": [f"{at:%Y-%m-%d %H:%M:%S} {text}" for _, at, text in state.logs[-_LAST_LOGS:]],
    }


def write_results(state: Any, folder: str | Path, **facts: Any) -> None:
    """Write orders, insights, targets, equity and charts as CSV, and statistics.json.

    Parameters
    ----------
    state
        A run that has ended.
    folder
        Made if it is not there; files of these names in it are replaced.
    **facts
        More entries of statistics.json (``algorithm``, ``data``, ``seconds``).
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    for name, (columns, rows_of) in TABLES.items():
        _write_csv(root / f"{name}.csv", columns, rows_of(state))
    text = json.dumps(result_document(state, **facts), indent=2, ensure_ascii=False)
    (root / "statistics.json").write_text(text + "\n", encoding="utf-8")
