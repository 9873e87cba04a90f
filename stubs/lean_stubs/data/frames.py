"""History as pandas frames (LEAN: Common/Python/PandasConverter, PandasData)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.quote_state import QuoteState

__all__ = ["BarColumns", "bars_frame", "events_frame", "quote_columns", "with_quotes"]

_QUOTE_COLUMNS = tuple(f"{side}{field}" for side in ("ask", "bid") for field in ("close", "high", "low", "open", "size"))
_COLUMNS = (*_QUOTE_COLUMNS, "close", "high", "low", "open", "volume")


class BarColumns:
    """Bars of one symbol, column by column."""

    def __init__(self, symbol: Symbol, ends: Sequence[datetime], columns: Mapping[str, Sequence[float]]) -> None:
        self.symbol = symbol
        self.ends: npt.NDArray[np.datetime64] = np.array(ends, dtype="datetime64[us]").astype("datetime64[ns]")
        self.columns = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}


def quote_columns(symbol: Symbol, quotes: Sequence[QuoteState]) -> BarColumns:
    """Quotes column by column: both sides, and the prices half way between them."""
    columns: dict[str, list[float]] = {name: [] for name in (*_QUOTE_COLUMNS, "close", "high", "low", "open")}
    for quote in quotes:
        for side, prices, size in (("ask", quote.ask, quote.ask_size), ("bid", quote.bid, quote.bid_size)):
            for field in ("close", "high", "low", "open"):
                columns[side + field].append(np.nan if prices is None else float(getattr(prices, field)))
            columns[side + "size"].append(size)
        for field in ("close", "high", "low", "open"):
            columns[field].append(float(quote.exact(field)))
    return BarColumns(symbol, [quote.end_time for quote in quotes], columns)


def with_quotes(trades: BarColumns, quotes: BarColumns) -> BarColumns:
    """Trades and quotes of a symbol in common rows; where there are both the prices are the trades' (LEAN: PandasData.Add)."""
    if not len(quotes.ends):
        return trades
    ends = np.union1d(trades.ends, quotes.ends)
    merged = BarColumns(trades.symbol, (), {})
    merged.ends = ends
    for part in (quotes, trades):
        rows = np.searchsorted(ends, part.ends)
        for name, values in part.columns.items():
            column = merged.columns.setdefault(name, np.full(len(ends), np.nan))
            column[rows] = values
    return merged


def _index(parts: Sequence[BarColumns]) -> pd.MultiIndex:
    """(symbol, time): rows by symbol in the order of the request; the symbols' level is sorted by ticker."""
    symbols = sorted(dict.fromkeys(part.symbol for part in parts))
    times, positions = np.unique(np.concatenate([part.ends for part in parts]), return_inverse=True)
    rank = {symbol: i for i, symbol in enumerate(symbols)}
    codes = np.concatenate([np.full(len(part.ends), rank[part.symbol], dtype=np.intp) for part in parts])
    level = np.empty(len(symbols), dtype=object)
    level[:] = symbols
    levels: Any = [pd.Index(level, dtype=object), pd.DatetimeIndex(times)]
    positions_of_rows: Any = [codes, positions.ravel()]
    return pd.MultiIndex(levels=levels, codes=positions_of_rows, names=["symbol", "time"])


def bars_frame(parts: Sequence[BarColumns]) -> pd.DataFrame:
    """Frame of all symbols that have bars; a column that is all zero for a symbol is missing there."""
    found = [part for part in parts if len(part.ends)]
    if not found:
        return pd.DataFrame()
    data: dict[str, npt.NDArray[np.float64]] = {}
    for name in _COLUMNS:
        columns = []
        for part in found:
            values = part.columns.get(name)
            if values is None:
                columns.append(np.full(len(part.ends), np.nan))
                continue
            empty = not np.any(np.nan_to_num(values))
            columns.append(np.full(len(values), np.nan) if empty else values)
        whole = np.concatenate(columns)
        if not np.isnan(whole).all():
            data[name] = whole
    return pd.DataFrame(data, index=_index(found))


def events_frame(points: Sequence[Any], fields: Sequence[str]) -> pd.DataFrame:
    """Frame of splits, dividends and so on; columns as LEAN names them, without underscores."""
    if not points:
        return pd.DataFrame()
    symbols = np.empty(len(points), dtype=object)
    symbols[:] = [point.symbol for point in points]
    times = np.array([point.end_time for point in points], dtype="datetime64[us]").astype("datetime64[ns]")
    index = pd.MultiIndex.from_arrays([pd.Index(symbols, dtype=object), pd.DatetimeIndex(times)], names=["symbol", "time"])
    return pd.DataFrame({name.replace("_", ""): [getattr(point, name) for point in points] for name in fields}, index=index)
