"""Several data points of one time under one symbol (LEAN: Common/Data/UniverseSelection/BaseDataCollection.cs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, overload

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import BaseData

__all__ = ["BaseDataCollection"]


class BaseDataCollection(BaseData, clr="QuantConnect.Data.UniverseSelection"):
    """Iteration goes over the points."""

    @overload
    def __init__(self, time: datetime, symbol: Symbol | str, data: list[Any] | None = None) -> None: ...
    @overload
    def __init__(
        self,
        time: datetime,
        end_time: datetime,
        symbol: Symbol | str,
        data: list[Any] | None = None,
        underlying: BaseData | None = None,
        filtered_contracts: Any = None,
    ) -> None: ...
    @overload
    def __init__(
        self, time: datetime, end_time: datetime, symbol: Symbol | str, underlying: BaseData | None, filtered_contracts: Any
    ) -> None: ...
    @overload
    def __init__(self, other: BaseDataCollection) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        self._underlying: BaseData | None = None
        self._filtered: Any = None
        self._data: list[Any] = []
        if not arguments and not named:
            return
        given = bound(BaseDataCollection.__init__, arguments, named)
        if "other" in given:
            other = given["other"]
            self._copy_from(other)
            self._data = other._data
            return
        self._symbol, self._time = to_symbol(given["symbol"]), to_date_time(given["time"])
        self._end_time = to_date_time(given["end_time"]) if "end_time" in given else self._time
        self._underlying, self._filtered = given.get("underlying"), given.get("filtered_contracts")
        points = list(given.get("data") or [])
        # A collection given as the only point stands for its own points.
        inner = points[0] if len(points) == 1 and isinstance(points[0], BaseDataCollection) else None
        self._data = inner._data if inner is not None and inner._data else points

    def _copy_from(self, other: BaseDataCollection) -> None:
        self._symbol, self._time, self._end_time = other._symbol, other._time, other._end_time
        self._underlying, self._filtered = other._underlying, other._filtered

    @property
    def data(self) -> list[Any]:
        return self._data

    @data.setter
    def data(self, value: list[Any]) -> None:
        self._data = value

    @property
    def underlying(self) -> BaseData | None:
        return self._underlying

    @underlying.setter
    def underlying(self, value: BaseData | None) -> None:
        self._underlying = value

    @property
    def filtered_contracts(self) -> Any:
        return self._filtered

    @filtered_contracts.setter
    def filtered_contracts(self, value: Any) -> None:
        self._filtered = value

    def add(self, new_data_point: BaseData) -> None:
        self._data.append(new_data_point)

    def add_range(self, new_data_points: Iterable[BaseData]) -> None:
        self._data.extend(new_data_points)

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._data))
