"""A run's results as rows of tables; instants are naive UTC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.results.handler import ResultHandler

__all__ = ["chart_rows", "equity_rows", "insight_rows", "order_rows", "target_rows"]

#: LEAN's limits of a result (Common/Packets/Controls.cs): distinct names of series, and points of each.
MAXIMUM_SERIES = 10
MAXIMUM_POINTS = 4000

Row = dict[str, Any]


def order_rows(state: Any) -> Iterator[Row]:
    """One row an order, by id."""
    handler = state.transactions._handler
    fees: dict[int, Any] = {}
    for event in handler.events:
        if event._fee:
            fees[event._order_id] = fees.get(event._order_id, 0) + event._fee
    for order_id, order in sorted(handler._orders.items()):
        yield {
            "time": order._time,
            "id": order_id,
            "symbol": str(order._symbol.id),
            "ticker": order._symbol.value,
            "type": str(order._type),
            "direction": str(order._direction()),
            "status": str(order._status),
            "quantity": float(order._shares),
            "price": float(order._price),
            "value": float(order._shares * order._price),
            "fee": float(fees.get(order_id, 0)),
            "tag": order._tag,
            "last_fill_time": order._last_fill,
        }


def insight_rows(state: Any) -> Iterator[Row]:
    """One row an insight that was ever stored, in order of storage."""
    for insight in state.insights._complete:
        yield {
            "id": str(insight.guid) if insight.guid is not None else "",
            "generated_time": None if insight.generated == NEVER_SET else insight.generated,
            "close_time": None if insight.close == NEVER_SET else insight.close,
            "symbol": str(insight.symbol.id),
            "ticker": insight.symbol.value,
            "type": str(insight.type),
            "direction": int(insight.direction),
            "period_seconds": insight.period.total_seconds(),
            "magnitude": insight.magnitude,
            "confidence": insight.confidence,
            "weight": insight.weight,
            "source_model": insight.source_model,
            "tag": insight.tag,
            "reference_value": float(insight.reference_value),
        }


def target_rows(state: Any) -> Iterator[Row]:
    """One row a target handed to the execution model."""
    for time, symbol, quantity, tag in state.results.targets:
        yield {"time": time, "symbol": str(symbol.id), "ticker": symbol.value, "quantity": quantity, "tag": tag}


def equity_rows(state: Any) -> Iterator[Row]:
    """One row a daily sample."""
    for time, value, benchmark, holdings, cash in state.results.daily:
        yield {
            "time": time,
            "equity": float(value),
            "benchmark": float(benchmark),
            "holdings": float(holdings),
            "cash": float(cash),
        }


def _points(chart: str, series: str, values: Any) -> Iterator[Row]:
    for time, value in values:
        yield {"chart": chart, "series": series, "time": time, "value": float(value)}


def chart_rows(state: Any, limited: bool = True) -> Iterator[Row]:
    """One row a point: LEAN's own charts, then the algorithm's.

    With `limited`, LEAN's limits cut the algorithm's series, with a message in the log.
    """
    results: ResultHandler = state.results
    yield from _points("Strategy Equity", "Equity", results.equity)
    yield from _points("Strategy Equity", "Return", results.performance)
    yield from _points("Benchmark", "Benchmark", results.benchmark)
    yield from _points("Drawdown", "Equity Drawdown", results.drawdown)
    yield from _points("Portfolio Turnover", "Portfolio Turnover", sorted(results.turnover.items()))
    yield from _points("Exposure", "Equity - Long Ratio", ((t, long) for t, long, _ in results.exposure))
    yield from _points("Exposure", "Equity - Short Ratio", ((t, short) for t, _, short in results.exposure))
    names: set[str] = set()
    for chart in state.charts.values():
        for series in chart.series.values():
            values = series.values
            if limited:
                if series.name not in names and len(names) >= MAXIMUM_SERIES:
                    state.log(f"Exceeded maximum chart series count {MAXIMUM_SERIES}: {chart.name}/{series.name} is left out.")
                    continue
                if len(values) > MAXIMUM_POINTS:
                    state.log(f"Exceeded maximum data points of a series: {chart.name}/{series.name} is cut at {MAXIMUM_POINTS}.")
                    values = values[:MAXIMUM_POINTS]
            names.add(series.name)
            yield from _points(chart.name, series.name, ((p.time, p._y) for p in values if p._y is not None))
