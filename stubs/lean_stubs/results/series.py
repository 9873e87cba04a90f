"""Series of a chart (LEAN: BaseSeries, Series, CandlestickSeries)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr import ClrObject, to_enum
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound
from lean_stubs.results.enums import ScatterMarkerSymbol, SeriesType
from lean_stubs.results.points import Candlestick, ChartPoint, ScatterChartPoint

if TYPE_CHECKING:
    from lean_stubs.data.base_data import TradeBar

__all__ = ["BaseSeries", "CandlestickSeries", "Series", "create_series"]


class BaseSeries(ClrObject, clr="QuantConnect"):
    """Points in order of time, under a name."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType, index: int) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType, index: int, unit: str) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType, unit: str) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._set(**bound(BaseSeries.__init__, arguments, named) if arguments or named else {})

    def _set(self, name: str | None = None, type: Any = SeriesType.LINE, index: int = 0, unit: str = "$") -> None:
        self.name, self.series_type, self.index, self.unit = name, to_enum(SeriesType, type), index, unit
        self.index_name: str | None = None
        self.z_index: int | None = None
        self.tooltip: str | None = None
        self._values: list[Any] = []

    @property
    def values(self) -> list[Any]:
        return self._values

    @values.setter
    def values(self, value: list[Any]) -> None:
        self._values = list(value)

    def _append(self, point: Any) -> None:
        # A second point at the same time replaces the first.
        if self._values and self._values[-1].time == point.time:
            self._values[-1] = point
        else:
            self._values.append(point)

    def purge(self) -> None:
        self._values.clear()

    def _clone(self, empty: bool) -> Any:
        other = object.__new__(type(self))
        other._set(self.name, self.series_type, self.index, self.unit)
        other.index_name, other.z_index, other.tooltip = self.index_name, self.z_index, self.tooltip
        if not empty:
            other._values = [point.clone() for point in self._values]
        return other

    @staticmethod
    def create(series_type: Any, name: str, index: int = 0, unit: str = "$") -> BaseSeries:
        return create_series(series_type, name, index, unit)


class Series(BaseSeries, clr="QuantConnect"):
    """One value a time, drawn as its type says."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType, index: int) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType, index: int, unit: str) -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType = SeriesType.LINE, unit: str = "$") -> None: ...
    @overload
    def __init__(self, name: str, type: SeriesType, unit: str, color: Any) -> None: ...
    @overload
    def __init__(
        self,
        name: str,
        type: SeriesType,
        unit: str,
        color: Any,
        symbol: ScatterMarkerSymbol = ScatterMarkerSymbol.NONE,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(Series.__init__, arguments, named) if arguments or named else {}
        self.color = given.pop("color", None)
        if isinstance(self.color, (int, float, str)):
            # A colour is an object of System.Drawing.
            raise no_match(".ctor", *arguments, *named.values())
        self.scatter_marker_symbol = given.pop("symbol", ScatterMarkerSymbol.NONE)
        self._set(**given)

    @overload
    def add_point(self, time: datetime, value: float) -> None: ...
    @overload
    def add_point(self, point: Any) -> None: ...
    @overload
    def add_point(self, time: datetime, values: list[float]) -> None: ...
    def add_point(self, *arguments: Any, **named: Any) -> None:
        given = bound(Series.add_point, arguments, named)
        if "point" in given:
            if not isinstance(given["point"], ChartPoint):
                raise ArgumentException("Series.AddPoint requires a ChartPoint object")
            self._append(given["point"])
            return
        values = [given["value"]] if "value" in given else given["values"]
        if len(values) > 1:
            raise ArgumentException("Series.AddPoint requires a single value")
        self._add(given["time"], values[0] if values else 0)

    def _add(self, time: datetime, value: Any) -> None:
        kind = ScatterChartPoint if self.series_type is SeriesType.SCATTER else ChartPoint
        self._append(kind._of(time, value))

    def clone(self, empty: bool = False) -> Series:
        other: Series = self._clone(empty)
        other.color, other.scatter_marker_symbol = self.color, self.scatter_marker_symbol
        return other


class CandlestickSeries(BaseSeries, clr="QuantConnect"):
    """Open, high, low and close of each time."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    @overload
    def __init__(self, name: str, index: int) -> None: ...
    @overload
    def __init__(self, name: str, index: int, unit: str) -> None: ...
    @overload
    def __init__(self, name: str, unit: str) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(CandlestickSeries.__init__, arguments, named) if arguments or named else {}
        self._set(type=SeriesType.CANDLE, **given)

    @overload
    def add_point(self, time: datetime, open: float, high: float, low: float, close: float) -> None: ...
    @overload
    def add_point(self, bar: TradeBar) -> None: ...
    @overload
    def add_point(self, point: Any) -> None: ...
    @overload
    def add_point(self, time: datetime, values: list[float]) -> None: ...
    def add_point(self, *arguments: Any, **named: Any) -> None:
        given = bound(CandlestickSeries.add_point, arguments, named)
        point = given.get("bar", given.get("point"))
        if point is not None:
            if not isinstance(point, Candlestick) and not hasattr(point, "end_time"):
                raise ArgumentException("CandlestickSeries.AddPoint requires a Candlestick object")
            self._append(point if isinstance(point, Candlestick) else Candlestick(point))
            return
        values = given["values"] if "values" in given else [given[name] for name in ("open", "high", "low", "close")]
        if len(values) != 4:
            raise ArgumentException("CandlestickSeries.AddPoint requires 4 values (open, high, low, close)")
        self._add(given["time"], *values)

    def _add(self, time: datetime, open: Any, high: Any, low: Any, close: Any) -> None:
        self._append(Candlestick._of(time, open, high, low, close))

    def clone(self, empty: bool = False) -> CandlestickSeries:
        other: CandlestickSeries = self._clone(empty)
        return other


def create_series(series_type: Any, name: str, index: int = 0, unit: str = "$") -> CandlestickSeries | Series:
    """A series of the class its type wants."""
    kind = to_enum(SeriesType, series_type)
    return CandlestickSeries(name, index, unit) if kind is SeriesType.CANDLE else Series(name, kind, index, unit)
