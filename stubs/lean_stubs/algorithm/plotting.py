"""Charts and statistics from the algorithm (Algorithm/QCAlgorithm.Plotting.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.convert import INTEGRAL, REAL, no_match, to_string
from lean_stubs.clr.exceptions import ArgumentException, InvalidCastException, NullReferenceException
from lean_stubs.common.symbol import Symbol
from lean_stubs.results.chart import Chart
from lean_stubs.results.series import CandlestickSeries, Series, create_series
from lean_stubs.securities.decimals import to_decimal

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["PlottingMethods"]

_MAIN = "Strategy Equity"
#: Names the engine keeps for itself; an empty tuple reserves the whole chart.
_RESERVED: dict[str, tuple[str, ...]] = {
    _MAIN: ("Equity", "Return"),
    "Capacity": ("Strategy Capacity",),
    "Drawdown": ("Equity Drawdown",),
    "Benchmark": ("Benchmark",),
    "Assets Sales Volume": (),
    "Exposure": (),
    "Portfolio Margin": (),
    "Portfolio Turnover": ("Portfolio Turnover",),
}


def _text(value: Any) -> str:
    """A number as .NET's invariant culture writes it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str):
        return value
    if isinstance(value, INTEGRAL):
        return str(int(value))
    number = float(value)
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(number)
    return text[:-2] if text.endswith(".0") else text.replace("e", "E")


class PlottingMethods:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    @property
    def runtime_statistics(self) -> dict[str, str]:
        return self._clr.runtime_statistics

    def add_chart(self, chart: Chart) -> None:
        """Show a chart; one of a name that is taken is ignored."""
        self._clr.charts.setdefault(chart.name, chart)

    def add_series(self, chart: str, series: str, series_type: Any, unit: str = "$") -> None:
        found = self._clr.charts.setdefault(chart, Chart(chart))
        found.series[series] = create_series(series_type, series, 0, unit)

    def _series(self, chart: str, series: str, kind: Any) -> Any:
        reserved = _RESERVED.get(chart)
        if reserved is not None:
            if not reserved:
                raise ArgumentException(f"'{chart}' is a reserved chart name.")
            if series in reserved:
                raise ArgumentException(f"'{series}' is a reserved series name for chart '{chart}'.")
        found = self._clr.charts.get(chart)
        if found is None:
            found = self._clr.charts[chart] = Chart(chart)
        line = found.series.get(series)
        if line is None:
            line = kind(series)
            found.add_series(line)
        if not isinstance(line, kind):
            raise InvalidCastException(f"Unable to cast object of type '{type(line).__name__}' to type '{kind.__name__}'.")
        return line

    @overload
    def plot(self, series: str, py_object: Any) -> None: ...
    @overload
    def plot(self, series: str, value: float) -> None: ...
    @overload
    def plot(self, chart: str, series: str, value: float) -> None: ...
    @overload
    def plot(self, series: str, open: float, high: float, low: float, close: float) -> None: ...
    @overload
    def plot(self, chart: str, series: str, open: float, high: float, low: float, close: float) -> None: ...
    @overload
    def plot(self, series: str, bar: Any) -> None: ...
    @overload
    def plot(self, chart: str, series: str, bar: Any) -> None: ...
    @overload
    def plot(self, chart: str, *indicators: Any) -> None: ...
    @overload
    def plot(self, chart: str, first: Any, second: Any = None, third: Any = None, fourth: Any = None) -> None: ...
    def plot(self, *arguments: Any, **named: Any) -> None:
        """(series, value), (chart, series, value), (chart, indicators...), or the same with open, high, low, close or a bar."""
        values = [*arguments, *named.values()]
        names = []
        while values and isinstance(values[0], (str, Symbol)):
            names.append(str(values.pop(0)))
        if not names or len(names) > 2 or not values:
            raise no_match("plot", *arguments)
        at = self._clr.utc
        if len(names) == 1 and all(hasattr(v, "current") and hasattr(v, "name") for v in values):
            for indicator in values:
                self._series(names[0], indicator.name, Series)._add(at, to_decimal(indicator.current.value))
            return
        chart, series = names if len(names) == 2 else (_MAIN, names[0])
        if len(values) == 1 and hasattr(values[0], "open") and hasattr(values[0], "close"):
            bar = values[0]
            values = [bar.open, bar.high, bar.low, bar.close]
        if not all(isinstance(v, REAL) for v in values) or len(values) not in (1, 4):
            if len(values) == 1 and hasattr(values[0], "current"):
                values = [values[0].current.value]
            else:
                raise no_match("plot", *arguments)
        exact = [to_decimal(v) for v in values]
        if len(exact) == 1:
            self._series(chart, series, Series)._add(at, exact[0])
        else:
            self._series(chart, series, CandlestickSeries)._add(at, *exact)

    def record(self, series: str, value: Any) -> None:
        self.plot(series, value)

    @overload
    def plot_indicator(self, chart: str, first: Any, second: Any = None, third: Any = None, fourth: Any = None) -> None: ...
    @overload
    def plot_indicator(
        self, chart: str, wait_for_ready: bool, first: Any, second: Any = None, third: Any = None, fourth: Any = None
    ) -> None: ...
    @overload
    def plot_indicator(self, chart: str, *indicators: Any) -> None: ...
    @overload
    def plot_indicator(self, chart: str, wait_for_ready: bool, *indicators: Any) -> None: ...
    def plot_indicator(self, chart: str, *indicators: Any, **named: Any) -> None:
        """Plot indicators whenever they are updated; a leading True waits until they are ready."""
        wait = bool(named.pop("wait_for_ready", False))
        rest = [*indicators, *named.values()]
        if rest and isinstance(rest[0], bool):
            wait = rest.pop(0)
        for indicator in rest:
            if indicator is None:
                continue

            def draw(sender: Any, point: Any, each: Any = indicator) -> None:
                if not wait or each.is_ready:
                    self.plot(chart, each)

            indicator.updated += draw

    def set_runtime_statistic(self, name: str, value: Any) -> None:
        self._clr.runtime_statistics[to_string(name)] = _text(value)

    def set_summary_statistic(self, name: str, value: Any) -> None:
        """Add a row to the result's statistics.

        Raises
        ------
        NullReferenceException
            Called inside ``initialize``: the engine's statistics service is not there yet.
        """
        name = to_string(name)
        try:
            number = int(name)
        except ValueError:
            number = -1
        if 0 <= number <= 100:
            raise ArgumentException(f"'{name}' is a reserved statistic name.")
        if not self._clr.has_initialized:
            raise NullReferenceException
        self._clr.summary_statistics[name] = _text(value)

    @property
    def statistics(self) -> Any:
        """Statistics of the run so far."""
        return self._clr.results.statistics_results()
