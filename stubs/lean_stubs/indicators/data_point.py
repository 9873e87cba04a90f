"""A value of an indicator at a time (LEAN: IndicatorDataPoint)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, overload

from lean_stubs.clr.convert import to_date_time, to_decimal
from lean_stubs.clr.overloads import bound
from lean_stubs.common import Symbol, to_symbol
from lean_stubs.data.base_data import BaseData

__all__ = ["IndicatorDataPoint"]

_NEVER = datetime(1, 1, 1)


class IndicatorDataPoint(BaseData, clr="QuantConnect.Indicators"):
    """``IndicatorDataPoint([symbol, ]time, value)``; time and end time are one."""

    @overload
    def __init__(self, symbol: Symbol | str, time: datetime, value: float) -> None: ...
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, time: datetime, value: float) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        given = bound(IndicatorDataPoint.__init__, arguments, named)
        if not given:
            return
        if "symbol" in given:
            self._symbol = to_symbol(given["symbol"])
        self._time = self._end_time = to_date_time(given["time"])
        self._value = to_decimal(given["value"])

    @property
    def price(self) -> float:
        return self._value

    def clone(self, fill_forward: bool = False) -> IndicatorDataPoint:
        other = _point(self._symbol, self._end_time, self._value)
        other._time, other._filled = self._time, fill_forward
        return other

    @overload
    def compare_to(self, other: Any) -> int: ...
    @overload
    def compare_to(self, obj: Any) -> int: ...
    def compare_to(self, *arguments: Any, **named: Any) -> int:
        (other,) = bound(IndicatorDataPoint.compare_to, arguments, named).values()
        value = other.value if hasattr(other, "value") else float(other)
        return (self._value > value) - (self._value < value)

    def __lt__(self, other: Any) -> bool:
        return self.compare_to(other) < 0

    def __gt__(self, other: Any) -> bool:
        return self.compare_to(other) > 0

    def __le__(self, other: Any) -> bool:
        return self.compare_to(other) <= 0

    def __ge__(self, other: Any) -> bool:
        return self.compare_to(other) >= 0

    def __str__(self) -> str:
        return f"{self._end_time:%m/%d/%Y %H:%M:%S} - {self._value:g}"


def _point(symbol: Symbol, time: datetime, value: float) -> IndicatorDataPoint:
    """A point without the checks of the constructor."""
    point = object.__new__(IndicatorDataPoint)
    point._symbol, point._time, point._end_time, point._value = symbol, time, time, value
    return point


make_point = _point
