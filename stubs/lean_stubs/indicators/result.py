"""Answers of indicators: one value with its status, and values over history (LEAN: IndicatorResult, IndicatorHistory)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lean_stubs.clr import ClrEnum, ClrObject, value
from lean_stubs.clr.casing import to_snake
from lean_stubs.clr.convert import to_decimal
from lean_stubs.indicators.base import IndicatorBase

__all__ = ["IndicatorDataPoints", "IndicatorHistory", "IndicatorResult", "IndicatorStatus", "parts_of"]


class IndicatorStatus(ClrEnum, clr="QuantConnect.Indicators"):
    SUCCESS: IndicatorStatus = value(0)
    INVALID_INPUT: IndicatorStatus = value(1)
    MATH_ERROR: IndicatorStatus = value(2)
    VALUE_NOT_READY: IndicatorStatus = value(3)


class IndicatorResult(ClrObject, clr="QuantConnect.Indicators"):
    def __init__(self, value: Any, status: Any = IndicatorStatus.SUCCESS) -> None:
        self._value, self._status = to_decimal(value), status

    @property
    def value(self) -> float:
        return self._value

    @property
    def status(self) -> Any:
        return self._status


def parts_of(indicator: IndicatorBase) -> dict[str, IndicatorBase]:
    """Indicators that an indicator shows as its own (bands, signals), by name."""
    found = {}
    for kind in type(indicator).__mro__:
        for name, member in kind.__dict__.items():
            if isinstance(member, property) and name == name.lower() and not name.startswith("_"):
                part = getattr(indicator, name)
                if isinstance(part, IndicatorBase):
                    found[name] = part
    return found


class IndicatorDataPoints(ClrObject, clr="QuantConnect.Indicators"):
    """Values of an indicator and its parts at one time."""

    def __init__(self, points: dict[str, Any]) -> None:
        self._points = points
        self._end_time: datetime = points["current"].end_time

    @property
    def end_time(self) -> datetime:
        return self._end_time

    @end_time.setter
    def end_time(self, value: datetime) -> None:
        self._end_time = value

    @property
    def current(self) -> Any:
        return self._points["current"]

    def __getitem__(self, name: str) -> float:
        """Value of a part; 0 where the indicator has no such part."""
        point = self._points.get(to_snake(name))
        return 0.0 if point is None else float(point.value)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and to_snake(name) in self._points:
            return self._points[to_snake(name)]
        return super().__getattr__(name)  # type: ignore[misc]  # ClrObject hides its own from type checkers


class IndicatorHistory(ClrObject, clr="QuantConnect.Indicators"):
    """Points of an indicator in order of time; ``data_frame`` has a column for it and for each of its parts."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows

    @property
    def current(self) -> list[Any]:
        return [row["current"] for row in self._rows]

    @property
    def count(self) -> int:
        return len(self._rows)

    @property
    def data_frame(self) -> Any:
        import pandas as pd

        names = list(self._rows[0]) if self._rows else ["current"]
        columns = {name: [row[name].value for row in self._rows] for name in names}
        return pd.DataFrame(columns, index=pd.Index([row["current"].end_time for row in self._rows], name="time"))

    def __getitem__(self, name: str) -> list[Any] | None:
        key = to_snake(name)
        return [row[key] for row in self._rows] if self._rows and key in self._rows[0] else None

    def __iter__(self) -> Iterator[IndicatorDataPoints]:
        return iter([IndicatorDataPoints(row) for row in self._rows])

    def __len__(self) -> int:
        return len(self._rows)
