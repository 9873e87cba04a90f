"""Enumerations of charts (LEAN: BaseSeries.cs, Chart.cs, Series.cs)."""

from __future__ import annotations

from lean_stubs.clr import ClrEnum, value

__all__ = ["ChartType", "ScatterMarkerSymbol", "SeriesType"]


class SeriesType(ClrEnum, clr="QuantConnect"):
    LINE: SeriesType = value(0)
    SCATTER: SeriesType = value(1)
    CANDLE: SeriesType = value(2)
    BAR: SeriesType = value(3)
    FLAG: SeriesType = value(4)
    STACKED_AREA: SeriesType = value(5)
    PIE: SeriesType = value(6)
    TREEMAP: SeriesType = value(7)
    HEATMAP: SeriesType = value(9)
    SCATTER_3D: SeriesType = value(10)


class ChartType(ClrEnum, clr="QuantConnect"):
    OVERLAY: ChartType = value(0)
    STACKED: ChartType = value(1)


class ScatterMarkerSymbol(ClrEnum, clr="QuantConnect"):
    NONE: ScatterMarkerSymbol = value(0)
    CIRCLE: ScatterMarkerSymbol = value(1)
    SQUARE: ScatterMarkerSymbol = value(2)
    DIAMOND: ScatterMarkerSymbol = value(3)
    TRIANGLE: ScatterMarkerSymbol = value(4)
    TRIANGLE_DOWN: ScatterMarkerSymbol = value(5)
