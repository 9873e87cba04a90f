"""History of ticks as pandas frames (LEAN: Common/Python/PandasData)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lean_stubs.common.primary_exchange import primary_exchange
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.tick_state import TickState

__all__ = ["joined_frames", "tick_frame"]


def _columns(ticks: Sequence[TickState]) -> dict[str, list[Any]]:
    """Sizes and prices of sides are missing where there was a trade."""
    quoted = [not tick.is_trade for tick in ticks]
    both = list(zip(ticks, quoted, strict=True))
    return {
        "askprice": [float(tick.ask) if quote else np.nan for tick, quote in both],
        "asksize": [tick.ask_size if quote else np.nan for tick, quote in both],
        "bidprice": [float(tick.bid) if quote else np.nan for tick, quote in both],
        "bidsize": [tick.bid_size if quote else np.nan for tick, quote in both],
        "exchange": [primary_exchange(tick.exchange, tick.symbol.id.market).name for tick in ticks],
        "lastprice": [tick.value for tick in ticks],
        "quantity": [tick.quantity for tick in ticks],
        "suspicious": [tick.suspicious for tick in ticks],
    }


def _says_something(values: Sequence[Any]) -> bool:
    """Whether a value is neither missing, zero, false nor empty (PandasData.Serie.ShouldFilter)."""
    return any(value and value == value for value in values)


def tick_frame(symbol: Symbol, ticks: Sequence[TickState]) -> pd.DataFrame:
    """Rows by (symbol, time), of which several may have the same; columns without content are left out."""
    level = np.empty(1, dtype=object)
    level[:] = [symbol]
    stamps = np.array([tick.time for tick in ticks], dtype="datetime64[us]").astype("datetime64[ns]")
    times, positions = np.unique(stamps, return_inverse=True)
    levels: Any = [pd.Index(level, dtype=object), pd.DatetimeIndex(times)]
    codes: Any = [np.zeros(len(ticks), dtype=np.intp), positions.ravel()]
    index = pd.MultiIndex(levels=levels, codes=codes, names=["symbol", "time"])
    columns = {name: values for name, values in _columns(ticks).items() if _says_something(values)}
    return pd.DataFrame(columns, index=index)


def joined_frames(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames below one another, their columns in order of the alphabet; the symbol of the first row comes first."""
    found = [frame for frame in frames if len(frame)]
    if not found:
        return pd.DataFrame()
    found.sort(key=lambda frame: frame.index[0][1])
    joined: pd.DataFrame = found[0] if len(found) == 1 else pd.concat(found, sort=True)
    return joined
