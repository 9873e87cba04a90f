"""Reads the JSON file in which LEAN stores a backtest's result."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from regime_framework.reporting.results import BacktestResult, Curve, Trades, UnreadableResult
from regime_framework.reporting.stub_results import ordered_by_risk

__all__ = ["find_result", "read_json"]

Json: TypeAlias = Mapping[str, Any]

_EPOCH: Final = datetime(1970, 1, 1)
_PARTIALLY_FILLED, _FILLED = 2, 3


def find_result(folder: Path) -> Path | None:
    """The result file in the folder of a finished LEAN backtest, or None.

    Beside it LEAN writes a summary, order events, insights and logs, all named after it.
    """
    for path in sorted(folder.glob("*.json")):
        if (folder / f"{path.stem}-summary.json").exists() or (folder / f"{path.stem}-order-events.json").exists():
            return path
    return None


def read_json(path: Path) -> BacktestResult:
    """A backtest from LEAN's result file, camel case (today's) or Pascal case (older).

    Raises
    ------
    UnreadableResult
        If the file is not such a result.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnreadableResult(f"{path} cannot be read: {error}") from None
    try:
        return _result(path, content)
    except UnreadableResult:
        raise
    except (AttributeError, TypeError, ValueError, LookupError, OverflowError) as error:
        # Another shape than LEAN's somewhere inside; which member it was would say little to a reader.
        raise UnreadableResult(f"{path} is not as LEAN writes it: {error}") from error


def _result(path: Path, content: Any) -> BacktestResult:
    charts = _member(content, "charts") if isinstance(content, dict) else None
    if not isinstance(charts, dict):
        raise UnreadableResult(f"{path} is no result of a LEAN backtest: it has no charts")
    equity = _series(charts, "Strategy Equity", "Equity")
    if equity is None or len(equity) < 2:
        raise UnreadableResult(f"{path} has no chart 'Strategy Equity' with at least two points")
    probabilities = {name: _series(charts, "Regime probability", name) for name in _names(charts, "Regime probability")}
    market = _series(charts, "Benchmark", "Benchmark")
    statistics = _texts(content, "statistics")
    return BacktestResult(
        name=path.stem,
        source="LEAN",
        equity=equity.daily(),
        market=_positive(market.daily()) if market is not None and len(market) else None,
        exposure=_exposure(charts),
        close=_series(charts, "Regime", "Close"),
        state=_series(charts, "Regime", "State"),
        probabilities=ordered_by_risk({name: curve for name, curve in probabilities.items() if curve is not None}),
        trades=_trades(content, statistics),
        statistics=statistics,
        runtime_statistics=_texts(content, "runtimeStatistics"),
    )


def _member(content: Json, name: str) -> Any:
    return content.get(name, content.get(name[0].upper() + name[1:]))


def _texts(content: Json, name: str) -> dict[str, str]:
    found = _member(content, name)
    return {str(key): str(text) for key, text in found.items()} if isinstance(found, dict) else {}


def _names(charts: Json, chart: str) -> list[str]:
    series = _member(charts.get(chart) or {}, "series")
    return list(series) if isinstance(series, dict) else []


def _series(charts: Json, chart: str, name: str) -> Curve | None:
    series = (_member(charts.get(chart) or {}, "series") or {}).get(name)
    if series is None:
        return None
    points: dict[datetime, float] = {}
    for point in _member(series, "values") or ():
        # Lines are [time, value], candles [time, open, high, low, close], older files {"x": time, "y": value}.
        at, value = (point.get("x"), point.get("y")) if isinstance(point, dict) else (point[0], point[-1])
        if at is not None and value is not None:
            points[_EPOCH + timedelta(seconds=float(at))] = float(value)
    return Curve.of(points)


def _positive(curve: Curve) -> Curve | None:
    kept = curve.values > 0.0
    return Curve(curve.times[kept], curve.values[kept]) if kept.any() else None


def _exposure(charts: Json) -> Curve | None:
    parts = [curve.daily() for name in _names(charts, "Exposure") if (curve := _series(charts, "Exposure", name)) is not None]
    parts = [part for part in parts if len(part)]
    if not parts:
        return None
    times = np.unique(np.concatenate([part.times for part in parts]))
    # Long and short ratios by security type; LEAN writes short ones as negative numbers.
    total = sum(np.nan_to_num(np.abs(part.at(times))) for part in parts)
    return Curve(times, np.asarray(total, dtype=np.float64))


def _trades(content: Json, statistics: Mapping[str, str]) -> Trades:
    count, value = 0, 0.0
    for order in (_member(content, "orders") or {}).values():
        status = _member(order, "status")
        if status in (_PARTIALLY_FILLED, _FILLED) or str(status).lower() in ("filled", "partiallyfilled"):
            count += 1
            value += abs(float(_member(order, "quantity") or 0.0) * float(_member(order, "price") or 0.0))
    fees = re.sub(r"[^0-9.\-]", "", statistics.get("Total Fees", ""))
    return Trades(count, value, float(fees) if fees else None)
