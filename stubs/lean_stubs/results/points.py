"""Points of a chart (LEAN: ChartPoint, Candlestick); their values are rounded as LEAN rounds them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.securities.decimals import normalize_text, to_decimal, to_significant

__all__ = ["Candlestick", "ChartPoint", "ScatterChartPoint", "smart"]

_FOUR = Decimal("0.0001")
_THOUSAND = Decimal(1000)


def smart(value: Decimal) -> Decimal:
    """LEAN's SmartRounding: no trailing zeros; above 1000 four decimals, else seven significant digits."""
    plain = Decimal(normalize_text(value))
    if plain <= _THOUSAND:
        return Decimal(normalize_text(to_significant(plain, 7)))
    exponent = plain.as_tuple().exponent
    return plain if isinstance(exponent, int) and exponent >= -4 else plain.quantize(_FOUR, ROUND_HALF_EVEN)


def _unix(time: datetime) -> int:
    return int(time.replace(tzinfo=UTC).timestamp())


class ChartPoint(ClrObject, clr="QuantConnect"):
    def __init__(self, time: Any, value: Any) -> None:
        self._time = (
            datetime.fromtimestamp(int(time), UTC).replace(tzinfo=None) if isinstance(time, int) else time.replace(tzinfo=None)
        )
        self._y = None if value is None else smart(to_decimal(value))

    @property
    def time(self) -> datetime:
        return self._time

    @time.setter
    def time(self, value: datetime) -> None:
        self._time = value

    @property
    def x(self) -> int:
        return _unix(self._time)

    @x.setter
    def x(self, value: int) -> None:
        self._time = datetime.fromtimestamp(value, UTC).replace(tzinfo=None)

    @property
    def y(self) -> float | None:
        return None if self._y is None else float(self._y)

    @y.setter
    def y(self, value: float | None) -> None:
        self._y = None if value is None else smart(to_decimal(value))

    def clone(self) -> ChartPoint:
        return type(self)(self._time, self._y)

    def __str__(self) -> str:
        return f"{self._time:%Y-%m-%d %H:%M:%S} - {self.y}"


class ScatterChartPoint(ChartPoint, clr="QuantConnect"):
    """A point of a scatter series."""


class Candlestick(ClrObject, clr="QuantConnect"):
    def __init__(self, time: datetime, open: Any, high: Any, low: Any, close: Any) -> None:
        self._time = time.replace(tzinfo=None)
        self._open, self._high, self._low, self._close = (smart(to_decimal(v)) for v in (open, high, low, close))

    @property
    def time(self) -> datetime:
        return self._time

    @time.setter
    def time(self, value: datetime) -> None:
        self._time = value

    @property
    def open(self) -> float:
        return float(self._open)

    @open.setter
    def open(self, value: float) -> None:
        self._open = to_decimal(value)

    @property
    def high(self) -> float:
        return float(self._high)

    @high.setter
    def high(self, value: float) -> None:
        self._high = to_decimal(value)

    @property
    def low(self) -> float:
        return float(self._low)

    @low.setter
    def low(self, value: float) -> None:
        self._low = to_decimal(value)

    @property
    def close(self) -> float:
        return float(self._close)

    @close.setter
    def close(self, value: float) -> None:
        self._close = to_decimal(value)

    @property
    def _y(self) -> Decimal:
        return self._close

    def clone(self) -> Candlestick:
        return Candlestick(self._time, self._open, self._high, self._low, self._close)
