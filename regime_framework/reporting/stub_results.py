"""Reads the folder that ``python -m lean_stubs run --results`` writes."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from regime_framework.regimes import Regime
from regime_framework.reporting.results import BacktestResult, Curve, Trades, UnreadableResult, parse_time

__all__ = ["ordered_by_risk", "read_folder"]

_INDEX_NOTE: Final = (
    "SPY and QQQ here are the S&P 500 and NASDAQ Composite indices shipped with the arch package: "
    "prices without dividends, and nobody could trade them at these prices."
)
_RISK: Final = {str(regime): regime.risk for regime in Regime}


def read_folder(folder: Path) -> BacktestResult:
    """A backtest from the CSV files and statistics.json of one run.

    Raises
    ------
    UnreadableResult
        If a needed file or column is missing, or a value is not what its column promises.
    """
    about = _about(folder / "statistics.json")
    series = _rows(folder / "equity.csv", ("time", "equity"))
    equity: dict[datetime, float] = {}
    market: dict[datetime, float] = {}
    exposure: dict[datetime, float] = {}
    for row in series:
        at, value = _time(folder / "equity.csv", row), _number(folder / "equity.csv", row, "equity")
        equity[at] = value
        if row.get("benchmark"):
            market[at] = _number(folder / "equity.csv", row, "benchmark") or math.nan
        if row.get("holdings") and value:
            exposure[at] = _number(folder / "equity.csv", row, "holdings") / value
    if len(equity) < 2:
        raise UnreadableResult(f"{folder / 'equity.csv'} has {len(equity)} rows, at least two are needed")
    charts = _charts(folder / "charts.csv")
    notes = (_INDEX_NOTE,) if about.get("data") == "index" else ()
    if about.get("error"):
        notes = (*notes, f"This run ended early with an error: {about['error']}")
    return BacktestResult(
        name=str(about.get("name") or folder.name),
        source="lean-stubs",
        equity=Curve.of(equity).daily(),
        market=Curve.of(market).daily() if market else None,
        exposure=Curve.of(exposure).daily() if exposure else None,
        close=charts.get(("Regime", "Close")),
        state=charts.get(("Regime", "State")),
        probabilities=ordered_by_risk({name: curve for (chart, name), curve in charts.items() if chart == "Regime probability"}),
        trades=_trades(folder / "orders.csv"),
        statistics=_texts(about, "statistics"),
        runtime_statistics=_texts(about, "runtime_statistics"),
        notes=notes,
    )


def ordered_by_risk(curves: Mapping[str, Curve]) -> dict[str, Curve]:
    """Regimes' curves, calmest first; names that are no regime's keep their order behind them."""
    return dict(sorted(curves.items(), key=lambda item: _RISK.get(item[0], len(_RISK))))


def _about(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnreadableResult(f"{path} is missing: is this the folder of a finished run?") from None
    except (OSError, ValueError) as error:
        raise UnreadableResult(f"{path} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise UnreadableResult(f"{path} must hold an object, got {type(content).__name__}")
    return content


def _texts(about: Mapping[str, object], key: str) -> dict[str, str]:
    found = about.get(key)
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableResult(f"{path} has no column {missing[0]!r}, it has {list(reader.fieldnames or ())}")
            yield from reader
    except FileNotFoundError:
        raise UnreadableResult(f"{path} is missing: is this the folder of a finished run?") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableResult(f"{path} cannot be read: {error}") from None


def _time(path: Path, row: Mapping[str, str]) -> datetime:
    try:
        return parse_time(row["time"])
    except (ValueError, TypeError):
        raise UnreadableResult(f"{path}: time must be ISO 8601, got {row['time']!r}") from None


def _number(path: Path, row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except (ValueError, TypeError):
        raise UnreadableResult(f"{path}: {column} must be a number, got {row[column]!r} at {row.get('time')}") from None


def _charts(path: Path) -> dict[tuple[str, str], Curve]:
    points: dict[tuple[str, str], dict[datetime, float]] = defaultdict(dict)
    if path.exists():
        for row in _rows(path, ("chart", "series", "time", "value")):
            # A candle's or an empty point's value is not drawn here.
            if row["chart"].startswith("Regime") and row["value"]:
                points[row["chart"], row["series"]][_time(path, row)] = _number(path, row, "value")
    return {key: Curve.of(found) for key, found in points.items()}


def _trades(path: Path) -> Trades:
    count, value, fees = 0, 0.0, 0.0
    for row in _rows(path, ("quantity", "price", "status")):
        if "filled" not in row["status"].lower():
            continue
        count += 1
        traded = _number(path, row, "value") if row.get("value") else _number(path, row, "quantity") * _number(path, row, "price")
        value += float(np.abs(traded))
        fees += _number(path, row, "fee") if row.get("fee") else 0.0
    return Trades(count, value, fees)
