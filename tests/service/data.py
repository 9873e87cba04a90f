"""Prices with regimes in them, from fixed seeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from regime_framework import PriceBar, RegimeConfig
from regime_framework._typing import FloatArray

START = datetime(2020, 1, 6, 21, tzinfo=UTC)  # a Monday
SMALL = RegimeConfig(lookback=60, min_bars=40)


def closes(n_bars: int, n_symbols: int = 1, seed: int = 7) -> FloatArray:
    """Closes (T, S) whose volatility changes between .7 % and 2 % every 40 bars."""
    rng = np.random.default_rng(seed)
    volatility = np.where((np.arange(n_bars) // 40) % 2, 0.02, 0.007)
    returns = rng.normal(size=(n_bars, n_symbols)) * volatility[:, None] + 3e-4
    prices: FloatArray = 100.0 * np.exp(np.cumsum(returns, axis=0))
    return prices


def bars(n_bars: int, seed: int = 7) -> list[PriceBar]:
    """Whole bars of one symbol."""
    rng = np.random.default_rng(seed + 1)
    close = closes(n_bars, seed=seed)[:, 0]
    first = np.concatenate([[100.0], close[:-1]]) * np.exp(rng.normal(size=n_bars) * 0.002)
    high = np.maximum(first, close) * np.exp(np.abs(rng.normal(size=n_bars)) * 0.005)
    low = np.minimum(first, close) * np.exp(-np.abs(rng.normal(size=n_bars)) * 0.005)
    return [PriceBar(*row) for row in zip(first.tolist(), high.tolist(), low.tolist(), close.tolist(), strict=True)]


def days(n_bars: int, start: datetime = START) -> list[datetime]:
    """Ends of daily bars, weekends included."""
    return [start + timedelta(days=i) for i in range(n_bars)]


def names(n_symbols: int) -> list[str]:
    return [f"S{i:02d}" for i in range(n_symbols)]
