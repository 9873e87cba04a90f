"""Pictures and figures of regimes found in one price series, without any trading."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray, Indices
from regime_framework.reporting.page import Tile, panels_html, render_page, section, table_html
from regime_framework.reporting.palette import regime_color
from regime_framework.reporting.panels import Line, Panel, log_ticks
from regime_framework.reporting.regime_drawing import changes_section, probability_panel, regime_bands
from regime_framework.reporting.regime_path import RegimeShare, Spell, regime_shares, spells
from regime_framework.reporting.table import columns, day, number, percent

__all__ = ["Detection", "detection_html", "detection_png", "detection_text"]

_HEADER = ("Regime", "days", "share", "spells", "days a spell", "return a year", "volatility")
_CAUSAL = (
    "Each day's regime uses data up to that day only. Returns and volatilities are those of the days that follow one in that "
    "regime, annualised."
)


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """Regimes of one symbol.

    Parameters
    ----------
    symbol : str
    times : ndarray of datetime64[s], shape (T,)
    closes : ndarray, shape (T,)
    states : ndarray, shape (T,)
        Reported state, calmest is 0; -1 before the first training.
    names : tuple of str, length K
        Names of the states.
    probabilities : ndarray, shape (T, K)
        Filtered; NaN before the first training.
    """

    symbol: str
    times: NDArray[np.datetime64]
    closes: FloatArray
    states: Indices
    names: tuple[str, ...]
    probabilities: FloatArray

    @property
    def shares(self) -> tuple[RegimeShare, ...]:
        """Every regime's part."""
        unknown = np.full(len(self.times), np.nan)
        return regime_shares(self.times, self.states, self.names, market=self.closes, equity=unknown, exposure=unknown)

    @property
    def spells(self) -> tuple[Spell, ...]:
        """Runs of equal regimes."""
        return spells(self.times, self.states, self.names, self.closes)


def detection_text(detection: Detection) -> str:
    """Figures as plain text."""
    found = detection.spells
    last = found[-1]
    return "\n".join(
        [
            f"{detection.symbol}: {day(detection.times[0])} to {day(detection.times[-1])}, {len(detection.times):,} bars",
            "",
            columns([_HEADER, *_rows(detection)]),
            "",
            f"Regime switches: {len(found) - 1}",
            f"Now: {last.regime} since {day(last.start)}, p = {_last_probability(detection):.2f}",
        ]
    )


def detection_html(detection: Detection) -> str:
    """A self-contained page: price under regime bands, probabilities, table and changes."""
    found, times = detection.spells, detection.times
    price = Panel(
        "Price under its regimes",
        times,
        [Line(detection.symbol, detection.closes, "#22303f", 1.3)],
        bands=regime_bands(times, detection.states, detection.names),
        log=True,
        height=340,
        subtitle="log scale",
    )
    panels = [price, probability_panel(times, dict(zip(detection.names, detection.probabilities.T, strict=True)))]
    body = [
        panels_html(panels),
        section("Regimes", table_html(_HEADER, _rows(detection), [regime_color(name) for name in detection.names]), _CAUSAL),
        changes_section(found, "Return"),
    ]
    tiles = [
        Tile("Regime now", found[-1].regime, f"since {day(found[-1].start)}"),
        Tile("Its probability", percent(_last_probability(detection), 0), "filtered"),
        Tile("Regime switches", f"{len(found) - 1}", f"{len(times):,} days"),
    ]
    return render_page(
        f"Regimes of {detection.symbol}", f"{day(times[0])} to {day(times[-1])}", tiles=tiles, body=body, panels=panels
    )


def detection_png(detection: Detection, path: Path) -> None:
    """Price under regime bands and probabilities as a picture."""
    # The object-oriented interface: pyplot would start whatever window system there is.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    figure = Figure(figsize=(12, 6.2), dpi=130, layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 1, height_ratios=(3, 1))
    top = figure.add_subplot(grid[0])
    bottom = figure.add_subplot(grid[1], sharex=top)
    times = detection.times
    top.plot(times, detection.closes, color="#22303f", linewidth=1.0)
    for band in regime_bands(times, detection.states, detection.names):
        start, end = (np.datetime64(at, "s").item() for at in (band.start, band.end))
        top.axvspan(start, end, color=band.color, alpha=0.3, linewidth=0)
    top.set_yscale("log")
    ticks = log_ticks(float(detection.closes.min()), float(detection.closes.max()))
    top.set_yticks(ticks, [number(tick, 0 if tick >= 100 else 2) for tick in ticks])
    top.minorticks_off()
    top.set_title(f"{detection.symbol} under its regimes", loc="left")
    top.legend(
        handles=[Patch(color=regime_color(name), alpha=0.5, label=name) for name in detection.names],
        loc="upper left",
        frameon=False,
    )
    known = np.isfinite(detection.probabilities[:, 0])
    bottom.stackplot(
        times[known],
        detection.probabilities[known].T,
        colors=[regime_color(name) for name in detection.names],
        alpha=0.9,
        linewidth=0,
    )
    bottom.set_ylim(0.0, 1.0)
    bottom.set_ylabel("probability")
    bottom.set_xlim(times[0], times[-1])
    for axes in (top, bottom):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path)


def _rows(detection: Detection) -> list[tuple[str, ...]]:
    return [
        (
            row.regime,
            f"{row.days:,}",
            percent(row.share, 0),
            f"{row.spells:,}",
            number(row.days / row.spells, 0) if row.spells else "-",
            percent(row.market_return, signed=True),
            percent(row.market_volatility),
        )
        for row in detection.shares
    ]


def _last_probability(detection: Detection) -> float:
    state = int(detection.states[-1])
    return float(detection.probabilities[-1, state]) if state >= 0 else math.nan
