"""The HTML report of a backtest."""

from __future__ import annotations

from html import escape

import numpy as np

from regime_framework._typing import Indices
from regime_framework.reporting.measures import drawdowns
from regime_framework.reporting.page import Tile, panels_html, render_page, section, table_html
from regime_framework.reporting.palette import MARKET, STRATEGY, regime_color
from regime_framework.reporting.panels import Area, Line, Panel
from regime_framework.reporting.regime_drawing import changes_section, probability_panel, regime_bands
from regime_framework.reporting.summary import Summary
from regime_framework.reporting.table import day, number, percent, performance_rows

__all__ = ["report_html"]

_CAUSAL = (
    "A regime is the one reported at a bar's close, from bars up to that one only. Returns and volatilities in a regime are "
    "those of the bars that follow such a close, annualised, so nothing in them was unknown when the position was taken."
)
_HOW = (
    "Sharpe ratio without a risk-free rate. Turnover is the value of all fills a year over the mean account value. "
    "Buy and hold is the benchmark's price, without costs."
)
_LIMITS = (
    "One history, one path: the figures say what would have happened, not what will.",
    "Fills, fees and slippage are those of the models that the algorithm chose; interest on cash is not paid.",
    "Settings that were chosen after looking at this very history make its figures too good.",
)


def report_html(summary: Summary) -> str:
    """The whole page, self-contained."""
    result = summary.result
    panels = _panels(summary)
    performance = table_html(("", "Strategy", "Buy & hold"), performance_rows(summary))
    work = table_html(("", ""), [(name[:1].upper() + name[1:], text) for name, text in summary.work])
    body = [
        panels_html(panels),
        '<div class="pair">',
        section("Performance", performance, _HOW),
        section("Work of the regime service", work) if summary.work else "",
        "</div>",
    ]
    if summary.regimes:
        body.append(section("Regimes", _regime_table(summary), _CAUSAL))
        body.append(changes_section(summary.spells, "Market meanwhile"))
    if result.statistics:
        rows = list(result.statistics.items())
        body.append(f"<details><summary>Statistics as {'LEAN' if result.source == 'LEAN' else 'LEAN names them'}</summary>")
        body.append(table_html(("", ""), rows) + "</details>")
    limits = "".join(f"<li>{escape(text)}</li>" for text in (*result.notes, *_LIMITS))
    body.append(section("Before you believe it", f"<ul>{limits}</ul>"))
    first, last = summary.period
    subtitle = f"{day(first)} to {day(last)} · {summary.years:.1f} years · run by {result.source}"
    return render_page(result.name, subtitle, tiles=_tiles(summary), body=body, panels=panels, notes=result.notes)


def _panels(summary: Summary) -> list[Panel]:
    result, times = summary.result, summary.times
    bands = regime_bands(times, summary.states, summary.names)
    panels = []
    price = result.close.at(times) if result.close is not None and len(result.close) else summary.market
    if np.isfinite(price).any():
        lines = [Line("Market", price, "#22303f", 1.3)]
        panels.append(
            Panel("Market price under its regimes", times, lines, bands=bands, log=True, height=300, subtitle="log scale")
        )
    if result.probabilities:
        panels.append(probability_panel(times, {name: curve.at(times) for name, curve in result.probabilities.items()}))
    lines = [Line("Strategy", summary.equity, STRATEGY, 1.8, "money")]
    held = np.flatnonzero(np.isfinite(summary.market))
    if len(held):
        growth = summary.market / summary.market[held[0]] * summary.equity[held[0]]
        lines.insert(0, Line("Buy & hold", growth, MARKET, 1.3, "money"))
    log = bool(np.all(summary.equity > 0.0))
    panels.append(
        Panel("Account against buy and hold", times, lines, log=log, unit="money", height=300, subtitle="log scale" if log else "")
    )
    panels.append(_drawdown_panel(summary, held))
    if np.isfinite(summary.exposure).any():
        exposure = np.nan_to_num(summary.exposure)
        area = Area("Exposure", np.zeros(len(times)), exposure, STRATEGY, exposure, 0.35, step=True)
        top = max(1.0, float(exposure.max()))
        panels.append(
            Panel(
                "Exposure",
                times,
                areas=[area],
                unit="percent",
                limits=(0.0, top * 1.05),
                height=130,
                subtitle="holdings over account value",
            )
        )
    return panels


def _drawdown_panel(summary: Summary, held: Indices) -> Panel:
    fall = drawdowns(summary.equity)
    zero = np.zeros(len(fall))
    areas, lines = [Area("Strategy", fall, zero, STRATEGY, fall, 0.45)], []
    if len(held):
        market = np.full(len(fall), np.nan)
        market[held] = drawdowns(summary.market[held])
        lines = [Line("Buy & hold", market, MARKET, 1.2, "percent")]
    lowest = float(np.nanmin(np.concatenate([fall, *(line.values for line in lines)])))
    return Panel("Drawdown", summary.times, lines, areas, unit="percent", limits=(min(lowest * 1.08, -0.01), 0.0), height=180)


def _tiles(summary: Summary) -> list[Tile]:
    mine, held = summary.strategy, summary.buy_and_hold
    tiles = [
        Tile("Return a year", percent(mine.cagr, signed=True), f"buy & hold {percent(held.cagr, signed=True)}" if held else ""),
        Tile("Volatility", percent(mine.volatility), f"buy & hold {percent(held.volatility)}" if held else ""),
        Tile("Sharpe ratio", number(mine.sharpe), f"buy & hold {number(held.sharpe)}" if held else ""),
        Tile("Maximum drawdown", percent(mine.maximum_drawdown), f"buy & hold {percent(held.maximum_drawdown)}" if held else ""),
    ]
    if summary.regimes:
        tiles.append(Tile("Regime switches", f"{number(summary.switches_per_year, 1)} a year", f"{summary.switches} in all"))
    tiles.append(Tile("Trades", f"{summary.result.trades.count:,}", f"turnover {summary.turnover:.1f}x a year"))
    return tiles


def _regime_table(summary: Summary) -> str:
    header = (
        "Regime",
        "Days",
        "Share",
        "Spells",
        "Days a spell",
        "Market a year",
        "Market volatility",
        "Strategy a year",
        "Mean exposure",
    )
    rows = [
        (
            row.regime,
            f"{row.days:,}",
            percent(row.share),
            f"{row.spells:,}",
            number(row.days / row.spells, 0) if row.spells else "-",
            percent(row.market_return, signed=True),
            percent(row.market_volatility),
            percent(row.strategy_return, signed=True),
            percent(row.exposure, 0),
        )
        for row in summary.regimes
    ]
    return table_html(header, rows, [regime_color(row.regime) for row in summary.regimes])
