"""Charts (LEAN: Chart)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import SystemException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.results.enums import ChartType, ScatterMarkerSymbol, SeriesType
from lean_stubs.results.series import BaseSeries, Series

__all__ = ["Chart", "DuplicateNameException"]


class DuplicateNameException(SystemException):
    """System.Data's error for a second series of one name."""

    __module__ = "System.Data"


class Chart(ClrObject, clr="QuantConnect"):
    """Series by name."""

    @overload
    def __init__(self, name: str, symbol: Symbol | str) -> None: ...
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, name: str) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.chart_type, self.legend_disabled = ChartType.OVERLAY, False
        if len(arguments) == 2 and isinstance(arguments[1], ChartType):
            # An older form, which LEAN still has.
            self.chart_type, arguments = arguments[1], arguments[:1]
        given = bound(Chart.__init__, arguments, named)
        symbol = given.get("symbol")
        self.name = given.get("name", "")
        self.symbol = None if symbol is None else to_symbol(symbol)
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
        self._series[series.name] = series  # type: ignore[index]

    @overload
    def try_add_and_get_series(
        self,
        name: str,
        type: SeriesType,
        index: int,
        unit: str,
        color: Any,
        symbol: ScatterMarkerSymbol,
        force_add_new: bool = False,
    ) -> Series: ...
    @overload
    def try_add_and_get_series(self, name: str, template_series: BaseSeries, force_add_new: bool = False) -> BaseSeries: ...
    def try_add_and_get_series(self, *arguments: Any, **named: Any) -> Any:
        """The series of that name; a new one where there is none."""
        given = bound(Chart.try_add_and_get_series, arguments, named)
        name = given["name"]
        if name not in self._series or given.get("force_add_new", False):
            if "template_series" in given:
                self._series[name] = given["template_series"]._clone(empty=True)
            else:
                made = Series(name, given["type"], given["index"], given["unit"])
                made.color, made.scatter_marker_symbol = given["color"], given["symbol"]
                self._series[name] = made
        return self._series[name]

    def clone(self) -> Chart:
        other = self.clone_empty()
        for name, series in self._series.items():
            other._series[name] = series.clone()
        return other

    def clone_empty(self) -> Chart:
        other = Chart(self.name)
        other.symbol, other.legend_disabled = self.symbol, self.legend_disabled
        return other
