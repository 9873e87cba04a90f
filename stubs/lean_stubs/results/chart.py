"""Charts and their series (LEAN: Chart, BaseSeries, Series, CandlestickSeries)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lean_stubs.clr import ClrObject, to_enum
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.exceptions import ArgumentException, SystemException
from lean_stubs.results.enums import ChartType, ScatterMarkerSymbol, SeriesType
from lean_stubs.results.points import Candlestick, ChartPoint, ScatterChartPoint

__all__ = ["BaseSeries", "CandlestickSeries", "Chart", "DuplicateNameException", "Series", "create_series"]


class DuplicateNameException(SystemException):
    """System.Data's error for a second series of one name."""

    __module__ = "System.Data"


class BaseSeries(ClrObject, clr="QuantConnect"):
    def __init__(self, name: str = "", type: Any = SeriesType.LINE, index: int = 0, unit: str = "$") -> None:
        self.name, self.series_type, self.index, self.unit = name, type, index, unit
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

    @staticmethod
    def create(series_type: Any, name: str, index: int = 0, unit: str = "$") -> BaseSeries:
        return create_series(series_type, name, index, unit)


class Series(BaseSeries, clr="QuantConnect"):
    """``Series(name)``, ``Series(name, type, index[, unit])`` or ``Series(name, type[, unit[, color[, symbol]]])``."""

    def __init__(self, name: str = "", *arguments: Any, **named: Any) -> None:
        given = list(arguments)
        kind = named.pop("type", None)
        if kind is None:
            kind = given.pop(0) if given else SeriesType.LINE
        if not isinstance(kind, SeriesType) and not isinstance(kind, int):
            raise no_match(".ctor", name, *arguments)
        index, unit, color, symbol = (
            named.pop("index", 0),
            named.pop("unit", "$"),
            named.pop("color", None),
            named.pop("symbol", None),
        )
        if given and isinstance(given[0], int) and not isinstance(given[0], bool):
            index = given.pop(0)
            if given:
                unit = given.pop(0)
        elif given:
            unit = given.pop(0)
            if given and isinstance(given[0], (int, float)):
                # (name, type, unit, index) is no overload of LEAN's.
                raise no_match(".ctor", name, *arguments)
            if given:
                color = given.pop(0)
            if given:
                symbol = given.pop(0)
        if given or named or not isinstance(unit, str):
            raise no_match(".ctor", name, *arguments)
        super().__init__(name, to_enum(SeriesType, kind), index, unit)
        self.color = color
        self.scatter_marker_symbol = symbol if symbol is not None else ScatterMarkerSymbol.NONE

    def add_point(self, time: Any = None, value: Any = None, point: Any = None, values: Any = None) -> None:
        time, value = point if time is None else time, values if value is None else value
        if isinstance(time, ChartPoint):
            self._append(time)
            return
        if isinstance(time, Candlestick):
            raise ArgumentException("Series.AddPoint requires a ChartPoint object")
        if isinstance(value, (list, tuple)):
            value = value[0] if value else 0
        kind = ScatterChartPoint if self.series_type is SeriesType.SCATTER else ChartPoint
        self._append(kind(time, value))

    def clone(self, empty: bool = False) -> Series:
        other = Series(self.name, self.series_type, self.index, self.unit)
        other.color, other.scatter_marker_symbol = self.color, self.scatter_marker_symbol
        if not empty:
            other._values = [p.clone() for p in self._values]
        return other


class CandlestickSeries(BaseSeries, clr="QuantConnect"):
    def __init__(self, name: str = "", index: int = 0, unit: str = "$") -> None:
        super().__init__(name, SeriesType.CANDLE, index, unit)

    def add_point(
        self,
        time: Any = None,
        open: Any = None,
        high: Any = None,
        low: Any = None,
        close: Any = None,
        **named: Any,
    ) -> None:
        """(time, open, high, low, close), (time, values), a candlestick (``point``) or a bar (``bar``)."""
        if "values" in named:
            open, high, low, close = named["values"]
        if time is None:
            time = named.get("point", named.get("bar"))
        if isinstance(time, Candlestick):
            self._append(time)
        elif isinstance(time, datetime):
            self._append(Candlestick(time, open, high, low, close))
        else:
            # A TradeBar.
            self._append(Candlestick(time.end_time, time.open, time.high, time.low, time.close))

    def clone(self, empty: bool = False) -> CandlestickSeries:
        other = CandlestickSeries(self.name, self.index, self.unit)
        if not empty:
            other._values = [p.clone() for p in self._values]
        return other


def create_series(series_type: Any, name: str, index: int = 0, unit: str = "$") -> CandlestickSeries | Series:
    """A series of the class its type wants."""
    kind = to_enum(SeriesType, series_type)
    return CandlestickSeries(name, index, unit) if kind is SeriesType.CANDLE else Series(name, kind, index, unit)


class Chart(ClrObject, clr="QuantConnect"):
    def __init__(self, name: str = "", symbol_or_type: Any = None, symbol: Any = None, type: Any = None) -> None:
        self.name = name
        symbol_or_type = next((x for x in (symbol_or_type, symbol, type) if x is not None), None)
        self.chart_type = symbol_or_type if isinstance(symbol_or_type, ChartType) else ChartType.OVERLAY
        self.symbol = None if isinstance(symbol_or_type, ChartType) else symbol_or_type
        self.legend_disabled = False
        self._series: dict[str, Any] = {}

    @property
    def series(self) -> dict[str, Any]:
        return self._series

    @series.setter
    def series(self, value: dict[str, Any]) -> None:
        self._series = dict(value)

    def add_series(self, series: BaseSeries) -> None:
        if series.name in self._series:
            raise DuplicateNameException(f"Chart.AddSeries(): a series named '{series.name}' is on the chart already")
        self._series[series.name] = series

    def try_add_and_get_series(self, name: str, *arguments: Any, **named: Any) -> Any:
        if name not in self._series:
            first = arguments[0] if arguments else named.get("template_series", named.get("type", SeriesType.LINE))
            if isinstance(first, BaseSeries):
                self._series[name] = first.clone(empty=True)  # type: ignore[attr-defined]
            else:
                index = arguments[1] if len(arguments) > 1 else named.get("index", 0)
                unit = arguments[2] if len(arguments) > 2 else named.get("unit", "$")
                self._series[name] = create_series(first, name, index, unit)
        return self._series[name]

    def clone(self) -> Chart:
        other = self.clone_empty()
        for name, series in self._series.items():
            other._series[name] = series.clone()
        return other

    def clone_empty(self) -> Chart:
        other = Chart(self.name, self.symbol)
        other.legend_disabled = self.legend_disabled
        return other
