"""Past selections data of universes (LEAN: QCAlgorithm.History of a Universe, PandasConverter's collections)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

import numpy as np
import pandas as pd

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.company_reports import REPORTS
from lean_stubs.data.etf_constituent import ETFConstituentUniverse
from lean_stubs.data.fundamental import CoarseFundamental
from lean_stubs.time.trading_days import ONE_DAY

__all__ = ["Collection", "collections_frame", "collections_of", "collections_series", "companies_frame"]

#: Symbol of the universe, end of the day, what was known at the end of it.
Collection = tuple[Symbol, datetime, list[Any]]

_COMPANY = (
    *("adjusted_price", "dollar_volume", "has_fundamental_data", "market", "market_cap", "price", "price_factor"),
    *("price_scale_factor", "split_factor", "value", "volume", *REPORTS),
)
_CONSTITUENT = ("last_update", "market_value", "shares_held", "weight")


def collections_of(universe: Any, start: datetime, end: datetime) -> Iterator[Collection]:
    """Days of a universe that end after the start and not after the end, both in the exchange's clock."""
    day = datetime.combine(start.date(), time())
    while day <= end:
        at = day + ONE_DAY
        if start < at <= end:
            found = universe._known_of_day(day)
            if found is not None:
                yield universe.symbol, at, found
        day += ONE_DAY


def _fields(items: Sequence[Any]) -> tuple[str, ...]:
    first = items[0]
    if isinstance(first, CoarseFundamental):
        return _COMPANY
    return _CONSTITUENT if isinstance(first, ETFConstituentUniverse) else ()


def _frame(items: Sequence[Any], levels: dict[str, Any]) -> pd.DataFrame:
    columns = {name.replace("_", ""): [getattr(item, name) for item in items] for name in _fields(items)}
    arrays: list[Any] = [_level(values) for values in levels.values()]
    return pd.DataFrame(columns, index=pd.MultiIndex.from_arrays(arrays, names=list(levels)))


def _level(values: list[Any]) -> Any:
    if isinstance(values[0], datetime):
        return pd.DatetimeIndex(np.array(values, dtype="datetime64[us]").astype("datetime64[ns]"))
    level = np.empty(len(values), dtype=object)
    level[:] = values
    return pd.Index(level, dtype=object)


def collections_frame(found: Sequence[Collection]) -> pd.DataFrame:
    """A row for each item, by day and symbol; of several universes by universe first."""
    rows = [(universe, at, item) for universe, at, items in found for item in items]
    if not rows:
        return pd.DataFrame()
    levels: dict[str, Any] = {"time": [at for _, at, _ in rows], "symbol": [item.symbol for _, _, item in rows]}
    if len({universe for universe, _, _ in found}) > 1:
        levels = {"collection_symbol": [universe for universe, _, _ in rows], **levels}
    return _frame([item for _, _, item in rows], levels)


def collections_series(found: Sequence[Collection]) -> pd.Series:
    """A list of items for each universe and day."""
    if not found:
        return pd.Series(dtype=object)
    data = np.empty(len(found), dtype=object)
    data[:] = [items for _, _, items in found]
    levels: list[Any] = [_level([universe for universe, _, _ in found]), _level([at for _, at, _ in found])]
    return pd.Series(data, index=pd.MultiIndex.from_arrays(levels, names=["symbol", "time"]), name="data")


def companies_frame(items: Sequence[Any]) -> pd.DataFrame:
    """Fundamental data by symbol and end time."""
    if not items:
        return pd.DataFrame()
    return _frame(items, {"symbol": [item.symbol for item in items], "time": [item.end_time for item in items]})
