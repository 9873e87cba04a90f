"""Services over simulated bars, and processes of their own, for the benchmarks of time and memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.worlds import Floats
from regime_framework import PerformanceProfiler, PriceBar, RegimeConfig, RegimeService

__all__ = ["Prices", "Row", "apart", "closes", "days", "live", "resident", "trading_days"]

Row = dict[str, Any]
Prices = Mapping[str, float | PriceBar]

_START: Final = datetime(2020, 1, 1, 21, tzinfo=UTC)
_QUIET: Final = RegimeConfig(lookback=252, min_bars=60, retrain="never")


def days(count: int, first: int = 0) -> list[datetime]:
    """Ends of daily bars, weekends included."""
    return [_START + timedelta(days=day) for day in range(first, first + count)]


def trading_days(count: int) -> list[datetime]:
    """Ends of daily bars, Monday to Friday."""
    dates = np.busday_offset(_START.date(), np.arange(count), roll="forward").tolist()
    return [datetime(date.year, date.month, date.day, 21, tzinfo=UTC) for date in dates]


def closes(n_symbols: int, n_days: int) -> Floats:
    """Random walks, shape (T, S)."""
    rng = np.random.default_rng(5)
    walks: Floats = 100.0 * np.exp(np.cumsum(rng.normal(size=(n_days, n_symbols)) * 0.01, axis=0))
    return walks


def live(
    n_symbols: int, n_days: int, whole: bool, profiler: PerformanceProfiler | None = None
) -> tuple[RegimeService, list[Prices], list[datetime]]:
    """A warm service and the bars to come; nothing is trained any more."""
    walks, names = closes(n_symbols, 70 + n_days), [f"S{i:05d}" for i in range(n_symbols)]
    service = RegimeService(_QUIET, profiler=profiler)
    for i, name in enumerate(names):
        history = walks[:70, i]
        service.add(name, np.column_stack([history, history * 1.01, history * 0.99, history]) if whole else history, days(70))
    bars: list[Prices] = [
        {
            name: PriceBar(close, close * 1.01, close * 0.99, close) if whole else close
            for name, close in zip(names, row, strict=True)
        }
        for row in walks[70:].tolist()
    ]
    service.update(days(1, 70)[0], bars[0])
    return service, bars[1:], days(n_days - 1, 71)


def apart(module: str, function: str, *arguments: object) -> Any:
    """The result of a function in a fresh process, which must be something that JSON can carry."""
    code = (
        "import importlib, json, sys; "
        "print(json.dumps(getattr(importlib.import_module(sys.argv[1]), sys.argv[2])(*json.loads(sys.argv[3]))))"
    )
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", code, module, function, json.dumps(arguments)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def resident() -> int:
    """Resident memory of this process in bytes; the peak where the system tells no more."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
