"""How regimes look on a page, whether something was traded on them or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from regime_framework._typing import FloatArray, Indices
from regime_framework.reporting.page import section, table_html
from regime_framework.reporting.palette import regime_color
from regime_framework.reporting.panels import Area, Band, Panel
from regime_framework.reporting.regime_path import Spell
from regime_framework.reporting.table import day, percent

__all__ = ["changes_section", "probability_panel", "regime_bands"]


def regime_bands(times: NDArray[np.datetime64], states: Indices, names: tuple[str, ...]) -> list[Band]:
    """A coloured background for every run of one state."""
    starts = np.flatnonzero(np.append(True, states[1:] != states[:-1]))
    ends = np.append(starts[1:], len(states) - 1)
    bands = [
        Band(names[states[start]], times[start], times[end], regime_color(names[states[start]]))
        for start, end in zip(starts, ends, strict=True)
        if states[start] >= 0
    ]
    return sorted(bands, key=lambda band: names.index(band.name))  # the legend names them in this order


def probability_panel(times: NDArray[np.datetime64], probabilities: Mapping[str, FloatArray]) -> Panel:
    """Filtered probabilities stacked from the calmest regime up."""
    areas, floor = [], np.zeros(len(times))
    for name, values in probabilities.items():
        # Each is painted up to the top and then over by the next: areas that only touch show a seam.
        areas.append(Area(name, floor, np.ones(len(times)), regime_color(name), values, step=True))
        floor = floor + values
    return Panel(
        "Filtered probability of each regime",
        times,
        areas=areas,
        unit="percent",
        limits=(0.0, 1.0),
        height=150,
    )


def changes_section(spells: Sequence[Spell], gain: str) -> str:
    """All spells, newest first; `gain` heads the column of what the price made meanwhile."""
    rows = [
        (spell.regime, day(spell.start), day(spell.end), f"{spell.days:,}", percent(spell.market_return, signed=True))
        for spell in reversed(spells)
    ]
    table = table_html(("To", "From", "Until", "Days", gain), rows, [regime_color(row[0]) for row in rows])
    return section(f"Changes of regime ({max(len(rows) - 1, 0)})", f'<div class="long">{table}</div>')
