"""A whole run in one call, its results as frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lean_stubs.data.source import DataSource
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.loader import load
from lean_stubs.engine.runner import run
from lean_stubs.engine.sources import open_data
from lean_stubs.results.rows import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RunResult", "run_algorithm"]

_REGIME_CHART = "Regime"


@dataclass(frozen=True)
class RunResult:
    """What a run left behind.

    Attributes
    ----------
    algorithm
        The user's object, with the attributes it has set.
    error
        What ended the run, or None when it came to its end.
    insights, orders, targets, equity, charts
        One row an insight, order, target, daily sample and chart point; the columns are those of the files that
        ``python -m lean_stubs run --results`` writes. Times are UTC without a zone.
    regimes
        The chart named "Regime": a column ``time`` and one column a series; empty without that chart.
    statistics, runtime_statistics
        By LEAN's names, the algorithm's own among them.
    logs
        Text of all messages, in order; ``messages`` has (kind, algorithm time, text).
    """

    algorithm: Any
    error: BaseException | None
    insights: pd.DataFrame
    orders: pd.DataFrame
    targets: pd.DataFrame
    equity: pd.DataFrame
    charts: pd.DataFrame
    regimes: pd.DataFrame
    statistics: dict[str, str]
    runtime_statistics: dict[str, str]
    logs: list[str] = field(default_factory=list)
    messages: list[tuple[str, datetime, str]] = field(default_factory=list)

    def check(self) -> RunResult:
        """The result itself; raises what ended the run, if anything did."""
        if self.error is not None:
            raise self.error
        return self


def run_algorithm(
    algorithm: type | str | Path,
    data: DataSource | str | Path = "index",
    parameters: Mapping[str, object] | None = None,
    object_store: str | Path | None = None,
    class_name: str | None = None,
) -> RunResult:
    """Run an algorithm from start to end, as LEAN would.

    Parameters
    ----------
    algorithm
        A class that derives from QCAlgorithm, or a file; of a file's classes the one runs that LEAN would take.
    data
        A source such as :class:`FakeData`, a folder in LEAN's format, or "index" for the embedded index data.
    parameters
        What ``get_parameter`` gives; values are turned into text.
    object_store
        Folder of the object store; a new temporary one by default.
    class_name
        Checked against the class that LEAN would take from a file.

    Returns
    -------
    RunResult
        Also when the algorithm raised: see its ``error``.

    Raises
    ------
    DataProblem
        No such file or data.
    """
    kind = algorithm if isinstance(algorithm, type) else load(Path(algorithm), class_name).kind
    texts = {name: str(value) for name, value in (parameters or {}).items()}
    state = run(kind, RunContext(open_data(data), texts, None if object_store is None else Path(object_store)))
    return result_of(state)


def result_of(state: Any) -> RunResult:
    """The result of a run that has ended, or failed."""
    charts = _frame("charts", state)
    table = state.results.table()
    return RunResult(
        algorithm=state.user,
        error=state.run_error,
        insights=_frame("insights", state),
        orders=_frame("orders", state),
        targets=_frame("targets", state),
        equity=_frame("equity", state),
        charts=charts,
        regimes=_regimes(charts),
        statistics=state.results.final_table(table),
        runtime_statistics=state.results.runtime_table(table),
        logs=[text for _, _, text in state.logs],
        messages=list(state.logs),
    )


def _frame(table: str, state: Any) -> pd.DataFrame:
    import pandas as pd

    columns, rows_of = TABLES[table]
    frame = pd.DataFrame.from_records(list(rows_of(state)), columns=list(columns))
    for name in columns:
        if name == "time" or name.endswith("_time"):
            frame[name] = pd.to_datetime(frame[name])
    return frame


def _regimes(charts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    own = charts[charts["chart"] == _REGIME_CHART]
    if not len(own):
        return pd.DataFrame({"time": pd.to_datetime([])})
    wide = own.pivot_table(index="time", columns="series", values="value", aggfunc="last", sort=True)
    wide = wide[list(dict.fromkeys(own["series"]))].reset_index()
    wide.columns.name = None
    return wide
