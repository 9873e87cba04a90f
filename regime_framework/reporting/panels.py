"""Charts as inline SVG that fills whatever width a page has.

A panel's curves live in a stretched coordinate system of 1000 x 1000; its labels are HTML placed in per cent, so that
text stays crisp and lines stay thin on any screen, with no script and nothing loaded from a network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray

__all__ = ["Area", "Band", "Line", "Panel", "log_ticks"]

_SIZE: Final = 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One curve; `values` of shape (T,), NaN where there is none."""

    name: str
    values: FloatArray
    color: str
    width: float = 1.4
    unit: str = "number"  # how the reader's cross-hair prints it: "number", "percent" or "money"


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A filled curve between `low` and `high`, each of shape (T,); `values` is what the cross-hair prints."""

    name: str
    low: FloatArray
    high: FloatArray
    color: str
    values: FloatArray
    opacity: float = 1.0
    step: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A coloured background from one time to another."""

    name: str
    start: np.datetime64
    end: np.datetime64
    color: str


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One chart over the page's common time axis.

    Parameters
    ----------
    times : ndarray of datetime64[s], shape (T,)
    log : bool
        Logarithmic vertical axis.
    unit : {"number", "percent", "money"}
        How the vertical axis is labelled.
    limits : tuple of float, optional
        Ends of the vertical axis; by default what the curves need.
    """

    title: str
    times: NDArray[np.datetime64]
    lines: Sequence[Line] = ()
    areas: Sequence[Area] = ()
    bands: Sequence[Band] = ()
    log: bool = False
    unit: str = "number"
    limits: tuple[float, float] | None = None
    height: int = 260
    subtitle: str = ""

    def html(self) -> str:
        """The panel as a figure element."""
        low, high = self._limits()
        shapes = [self._band(band) for band in self.bands]
        shapes += [self._area(area, low, high) for area in self.areas]
        ticks = self._ticks(low, high)
        grid = "".join(f'<line class="grid" x1="0" x2="1000" y1="{y:.1f}" y2="{y:.1f}"/>' for y, _ in ticks)
        shapes.append(grid)
        shapes += [self._line(line, low, high) for line in self.lines]
        labels = "".join(f'<span class="tick" style="top:{y / 10:.2f}%">{escape(text)}</span>' for y, text in ticks)
        years = "".join(
            f'<span class="year{" minor" if minor else ""}" style="left:{x / 10:.2f}%">{text}</span>'
            for x, text, minor in self._years()
        )
        subtitle = f"<small>{escape(self.subtitle)}</small>" if self.subtitle else ""
        title = escape(self.title)
        return (
            f'<figure class="panel"><figcaption><b>{title}</b>{subtitle}<span class="legend">{self._legend()}</span></figcaption>'
            f'<div class="plot" style="height:{self.height}px">'
            f'<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label="{title}">{"".join(shapes)}</svg>'
            f'{labels}<i class="hair"></i></div><div class="years">{years}</div></figure>'
        )

    def readout(self) -> list[dict[str, object]]:
        """What the cross-hair prints of this panel at each time."""
        series: list[tuple[str, FloatArray, str]] = [(area.name, area.values, self.unit) for area in self.areas]
        series += [(line.name, line.values, line.unit) for line in self.lines]
        digits = {"percent": 4, "money": 0}
        return [
            {
                "name": name,
                "unit": unit,
                "values": [round(float(v), digits.get(unit, 2)) if math.isfinite(v) else None for v in values],
            }
            for name, values, unit in series
        ]

    def _limits(self) -> tuple[float, float]:
        if self.limits is not None:
            return self.limits
        everything = np.concatenate(
            [line.values for line in self.lines] + [edge for area in self.areas for edge in (area.low, area.high)]
        )
        finite = everything[np.isfinite(everything) & ((everything > 0.0) | (not self.log))]
        if not len(finite):
            return (0.1, 1.0) if self.log else (0.0, 1.0)
        low, high = float(finite.min()), float(finite.max())
        if self.log:
            # Flat curves still need an axis with an extent.
            return (low / 1.05, high * 1.05)
        margin = 0.05 * (high - low) or abs(high) * 0.05 or 1.0
        return (low - margin, high + margin)

    def _x(self, times: NDArray[np.datetime64]) -> FloatArray:
        span = float((self.times[-1] - self.times[0]) / np.timedelta64(1, "s")) or 1.0
        return np.asarray((times - self.times[0]) / np.timedelta64(1, "s"), dtype=np.float64) / span * _SIZE

    def _y(self, values: FloatArray, low: float, high: float) -> FloatArray:
        if self.log:
            positive = np.where(values > 0.0, values, np.nan)
            share = (np.log(positive) - math.log(low)) / (math.log(high) - math.log(low))
        else:
            share = (values - low) / (high - low)
        heights: FloatArray = (1.0 - np.clip(share, -0.01, 1.01)) * _SIZE
        return heights

    def _line(self, line: Line, low: float, high: float) -> str:
        path = _path(self._x(self.times), self._y(line.values, low, high))
        return f'<path class="line" d="{path}" stroke="{line.color}" stroke-width="{line.width}"/>'

    def _area(self, area: Area, low: float, high: float) -> str:
        kept = np.isfinite(area.low) & np.isfinite(area.high)
        x = self._x(self.times[kept])
        top, bottom = self._y(area.high[kept], low, high), self._y(area.low[kept], low, high)
        if area.step and len(x):
            x, top, bottom = np.repeat(x, 2)[1:], np.repeat(top, 2)[:-1], np.repeat(bottom, 2)[:-1]
        path = _path(np.concatenate([x, x[::-1]]), np.concatenate([top, bottom[::-1]]))
        return f'<path d="{path}z" fill="{area.color}" fill-opacity="{area.opacity:g}"/>' if len(x) else ""

    def _band(self, band: Band) -> str:
        start, end = self._x(np.array([band.start, band.end]))
        return f'<rect class="band" x="{start:.2f}" width="{max(end - start, 0.3):.2f}" y="0" height="1000" fill="{band.color}"/>'

    def _legend(self) -> str:
        bands = {band.name: band.color for band in self.bands}
        items = [(name, color, "swatch") for name, color in bands.items()]
        items += [(area.name, area.color, "swatch") for area in self.areas]
        items += [(line.name, line.color, "stroke") for line in self.lines]
        return "".join(
            f'<span data-name="{name}"><i class="{kind}" style="background:{color}"></i>{name}<output></output></span>'
            for name, color, kind in ((escape(name), color, kind) for name, color, kind in items)
        )

    def _ticks(self, low: float, high: float) -> list[tuple[float, str]]:
        values = log_ticks(low, high) if self.log else _linear_ticks(low, high)
        at = self._y(np.array(values), low, high)
        return [(float(y), _label(value, self.unit)) for y, value in zip(at, values, strict=True) if 0.0 <= y <= _SIZE]

    def _years(self) -> list[tuple[float, str, bool]]:
        first, last = (int(str(at.astype("datetime64[Y]"))) for at in (self.times[0], self.times[-1]))
        starts = list(range(first + 1, last + 1))
        every = max(1, math.ceil(len(starts) / 22))
        x = self._x(np.array([f"{year}-01-01" for year in starts], dtype="datetime64[s]")) if starts else np.zeros(0)
        # On narrow screens the style sheet hides the minor ones.
        return [
            (float(at), str(year), year % (5 if len(starts) > 8 else 2) != 0)
            for i, (at, year) in enumerate(zip(x, starts, strict=True))
            if i % every == 0 or year % 5 == 0
        ]


def _path(x: FloatArray, y: FloatArray) -> str:
    parts, pen_down = [], False
    for at, value in zip(x.tolist(), y.tolist(), strict=True):
        if value != value:
            pen_down = False
            continue
        parts.append(f"{'L' if pen_down else 'M'}{at:.1f},{value:.1f}")
        pen_down = True
    return "".join(parts)


def _linear_ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / 5.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [(first + i) * step for i in range(int((high - first * step) / step + 1e-9) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """At least four round numbers between `low` and `high` on a logarithmic axis."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)):
        found = [factor * 10.0**power for power in powers for factor in factors if low <= factor * 10.0**power <= high]
        if len(found) >= 4:
            return found
    return _linear_ticks(low, high)


def _label(value: float, unit: str) -> str:
    if unit == "percent":
        return f"{value:.0%}" if abs(value * 100 - round(value * 100)) < 1e-6 else f"{value:.1%}"
    if unit == "money" and abs(value) >= 1e6:
        return f"{value / 1e6:g}M"
    if unit == "money" and abs(value) >= 1e3:
        return f"{value / 1e3:g}k"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:g}"
