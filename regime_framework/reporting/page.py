"""One self-contained HTML page: no script, style, font or picture is loaded from anywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from regime_framework.reporting.panels import Panel
from regime_framework.reporting.results import session_days

__all__ = ["Tile", "panels_html", "render_page", "section", "table_html"]


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure and what it is compared with."""

    label: str
    figure: str
    beside: str = ""


def render_page(
    title: str,
    subtitle: str,
    *,
    tiles: Sequence[Tile],
    body: Sequence[str],
    panels: Sequence[Panel] = (),
    notes: Sequence[str] = (),
) -> str:
    """The whole page; `panels` are those in `body` that answer the cross-hair."""
    assets = files(__package__) / "assets"
    shown = "".join(_tile(tile) for tile in tiles)
    remarks = "".join(f'<p class="remark">{escape(note)}</p>' for note in notes)
    data = json.dumps(_readouts(panels), separators=(",", ":"), allow_nan=False).replace("</", "<\\/")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{(assets / 'report.css').read_text(encoding='utf-8')}</style></head><body><main>"
        f"<header><h1>{escape(title)}</h1><p>{escape(subtitle)}</p>{remarks}</header>"
        f'<div class="tiles">{shown}</div>{"".join(body)}</main>'
        f'<script type="application/json" id="data">{data}</script>'
        f"<script>{(assets / 'report.js').read_text(encoding='utf-8')}</script></body></html>\n"
    )


def section(title: str, content: str, note: str = "") -> str:
    """A titled part of the page."""
    remark = f'<p class="note">{escape(note)}</p>' if note else ""
    return f"<section><h2>{escape(title)}</h2>{content}{remark}</section>"


def panels_html(panels: Sequence[Panel]) -> str:
    """Panels one below the other."""
    return f'<div class="panels">{"".join(panel.html() for panel in panels)}</div>'


def table_html(header: Sequence[str], rows: Sequence[Sequence[str]], colors: Sequence[str] = ()) -> str:
    """A table; the first column to the left, numbers to the right, an optional colour before each row's name."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    lines = []
    for i, row in enumerate(rows):
        dot = f'<i class="swatch" style="background:{colors[i]}"></i>' if i < len(colors) else ""
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        lines.append(f"<tr><td>{dot}{escape(row[0])}</td>{cells}</tr>")
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _tile(tile: Tile) -> str:
    label, figure, beside = escape(tile.label), escape(tile.figure), escape(tile.beside)
    return f'<div class="tile"><span>{label}</span><strong>{figure}</strong><em>{beside}</em></div>'


def _readouts(panels: Sequence[Panel]) -> dict[str, object]:
    if not panels:
        return {"days": [], "panels": []}
    return {"days": _days(panels[0].times), "panels": [panel.readout() for panel in panels]}


def _days(times: NDArray[np.datetime64]) -> list[int]:
    return [int(day) for day in session_days(times).astype(np.int64)]
