"""Points of a chart (LEAN: ChartPoint, Candlestick); their values are rounded as LEAN rounds them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.clr.overloads import bound
from lean_stubs.securities.decimals import ZERO, to_decimal

if TYPE_CHECKING:
    from lean_stubs.data.base_data import TradeBar
    from lean_stubs.data.quote_bar import Bar

__all__ = ["Candlestick", "ChartPoint", "ScatterChartPoint", "smart"]

_FOUR = Decimal("0.0001")
_TEN = Decimal(10)
_THOUSAND = Decimal(1000)
_SEVEN_DIGITS = Context(prec=7, rounding=ROUND_HALF_EVEN)


def smart(value: Decimal) -> Decimal:
    """LEAN's SmartRounding: no trailing zeros; above 1000 four decimals, else seven significant digits."""
    if not value:
        return ZERO
    if value <= _THOUSAND:
        short = _SEVEN_DIGITS.normalize(value)
    else:
        rounded = value.quantize(_FOUR, ROUND_HALF_EVEN)
        if rounded != value:
            return rounded
        short = value.normalize()
    # A multiple of ten has lost its zeros: in plain digits again.
    return short if short % _TEN else Decimal(format(short, "f"))


def _unix(time: datetime) -> int:
    return int(time.replace(tzinfo=UTC).timestamp())


def _at(time: datetime | int) -> datetime:
    """A time, or the seconds of one since 1970."""
    return datetime.fromtimestamp(time, UTC).replace(tzinfo=None) if isinstance(time, int) else time.replace(tzinfo=None)


def _smart(value: Any) -> Decimal | None:
    return None if value is None else smart(to_decimal(value))


def _shown(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


class ChartPoint(ClrObject, clr="QuantConnect"):
    """A value at a time."""

    _time: datetime = NEVER_SET
    _y: Decimal | None = None

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, x_value: int, y_value: float | None) -> None: ...
    @overload
    def __init__(self, time: datetime, value: float | None) -> None: ...
    @overload
    def __init__(self, point: ChartPoint) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = tuple(bound(ChartPoint.__init__, arguments, named).values())
        if len(given) == 1:
            self._time, self._y = given[0]._time, given[0]._y
        elif given:
            self._time, self._y = _at(given[0]), _smart(given[1])

    @classmethod
    def _of(cls, time: datetime, value: Any) -> ChartPoint:
        """The engine's way to make one."""
        point = object.__new__(cls)
        point._time, point._y = _at(time), _smart(value)
        return point

    @property
    def time(self) -> datetime:
        return self._time

    @time.setter
    def time(self, value: datetime) -> None:
        self._time = value

    @property
    def x(self) -> int:
        return 0 if self._time is NEVER_SET else _unix(self._time)

    @x.setter
    def x(self, value: int) -> None:
        self._time = _at(value)

    @property
    def y(self) -> float | None:
        return _shown(self._y)

    @y.setter
    def y(self, value: float | None) -> None:
        self._y = _smart(value)

    def clone(self) -> ChartPoint:
        return type(self)._of(self._time, self._y)

    def __str__(self) -> str:
        return f"{self._time:%Y-%m-%d %H:%M:%S} - {self.y}"


class ScatterChartPoint(ChartPoint, clr="QuantConnect"):
    """A point of a scatter series."""

    _tooltip: str | None = None

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, time: datetime | int, value: float | None, tooltip: str | None = None) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(ScatterChartPoint.__init__, arguments, named)
        self._tooltip = given.pop("tooltip", None)
        super().__init__(*given.values())

    @property
    def tooltip(self) -> str:
        return self._tooltip  # type: ignore[return-value]

    @tooltip.setter
    def tooltip(self, value: str) -> None:
        self._tooltip = value

    def clone(self) -> ScatterChartPoint:
        other = ScatterChartPoint(self._time, self.y, self._tooltip)
        other._y = self._y
        return other


class Candlestick(ClrObject, clr="QuantConnect"):
    """Open, high, low and close at a time."""

    _time: datetime = NEVER_SET
    _open: Decimal | None = None
    _high: Decimal | None = None
    _low: Decimal | None = None
    _close: Decimal | None = None

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(
        self, time: datetime | int, open: float | None, high: float | None, low: float | None, close: float | None
    ) -> None: ...
    @overload
    def __init__(self, bar: TradeBar) -> None: ...
    @overload
    def __init__(self, time: datetime, bar: Bar) -> None: ...
    @overload
    def __init__(self, candlestick: Candlestick) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(Candlestick.__init__, arguments, named)
        source = given.get("candlestick", given.get("bar"))
        if source is not None:
            time = given["time"] if "time" in given else getattr(source, "end_time", source.time)
            self._set(time, source.open, source.high, source.low, source.close)
        elif given:
            self._set(*given.values())

    def _set(self, time: datetime | int, *prices: Any) -> None:
        self._time = _at(time)
        self._open, self._high, self._low, self._close = (_smart(price) for price in prices)

    @classmethod
    def _of(cls, time: datetime, *prices: Any) -> Candlestick:
        """The engine's way to make one."""
        candle = object.__new__(cls)
        candle._set(time, *prices)
        return candle

    @property
    def time(self) -> datetime:
        return self._time

    @time.setter
    def time(self, value: datetime) -> None:
        self._time = value

    @property
    def open(self) -> float | None:
        return _shown(self._open)

    @open.setter
    def open(self, value: float | None) -> None:
        self._open = _smart(value)

    @property
    def high(self) -> float | None:
        return _shown(self._high)

    @high.setter
    def high(self, value: float | None) -> None:
        self._high = _smart(value)

    @property
    def low(self) -> float | None:
        return _shown(self._low)

    @low.setter
    def low(self, value: float | None) -> None:
        self._low = _smart(value)

    @property
    def close(self) -> float | None:
        return _shown(self._close)

    @close.setter
    def close(self, value: float | None) -> None:
        self._close = _smart(value)

    @property
    def _y(self) -> Decimal | None:
        return self._close

    def clone(self) -> Candlestick:
        return Candlestick._of(self._time, self._open, self._high, self._low, self._close)
