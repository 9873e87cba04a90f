"""Price files to detect regimes in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np


def prices(n_days: int = 420, seed: int = 7) -> np.ndarray:
    """Closes with a wild second half."""
    rng = np.random.default_rng(seed)
    scale = np.where(np.arange(n_days) < n_days * 3 // 4, 0.006, 0.03)
    return 100.0 * np.exp(np.cumsum(rng.standard_normal(n_days) * scale))


def weekdays(n_days: int) -> list[date]:
    days, at = [], date(2015, 1, 1)
    while len(days) < n_days:
        if at.weekday() < 5:
            days.append(at)
        at += timedelta(days=1)
    return days


def write_prices(path: Path, n_days: int = 420, seed: int = 7) -> Path:
    rows = [f"{day},{price:.4f}" for day, price in zip(weekdays(n_days), prices(n_days, seed), strict=True)]
    path.write_text("\n".join(["Date,Close", *rows]) + "\n", encoding="utf-8")
    return path


def write_bars(path: Path, n_days: int = 420, seed: int = 7) -> Path:
    closes = prices(n_days, seed)
    opens = np.concatenate([[closes[0]], closes[:-1]])
    high, low = np.maximum(opens, closes) * 1.002, np.minimum(opens, closes) * 0.998
    rows = [
        f"{day},{o:.4f},{h:.4f},{lowest:.4f},{c:.4f}"
        for day, o, h, lowest, c in zip(weekdays(n_days), opens, high, low, closes, strict=True)
    ]
    path.write_text("\n".join(["date,open,high,low,close", *rows]) + "\n", encoding="utf-8")
    return path
