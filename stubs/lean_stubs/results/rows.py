"""A run's results as rows of tables; instants are naive UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.results.handler import ResultHandler

__all__ = ["TABLES", "chart_rows"]

#: LEAN's limits of a result (Common/Packets/Controls.cs): distinct names of series, and points of each.
MAXIMUM_SERIES = 10
MAXIMUM_POINTS = 4000


class OrderRow(NamedTuple):
    time: datetime
    id: int
    symbol: str
    ticker: str
    type: str
    direction: str
    status: str
    quantity: float
    price: float
    value: float
    fee: float
    tag: str
    last_fill_time: datetime | None


class InsightRow(NamedTuple):
    id: str
    generated_time: datetime | None
    close_time: datetime | None
    symbol: str
    ticker: str
    type: str
    direction: int
    period_seconds: float
    magnitude: float | None
    confidence: float | None
    weight: float | None
    source_model: str
    tag: str
    reference_value: float


class TargetRow(NamedTuple):
    time: datetime
    symbol: str
    ticker: str
    quantity: float
    tag: str


class EquityRow(NamedTuple):
    time: datetime
    equity: float
    benchmark: float
    holdings: float
    cash: float


class ChartRow(NamedTuple):
    chart: str
    series: str
    time: datetime
    value: float


def order_rows(state: Any) -> Iterator[OrderRow]:
    """One row an order, by id."""
    handler = state.transactions._handler
    fees: dict[int, Any] = {}
    for event in handler.events:
        if event._fee:
            fees[event._order_id] = fees.get(event._order_id, 0) + event._fee
    for order_id, order in sorted(handler._orders.items()):
        yield OrderRow(
            time=order._time,
            id=order_id,
            symbol=str(order._symbol.id),
            ticker=order._symbol.value,
            type=str(order._type),
            direction=str(order._direction()),
            status=str(order._status),
            quantity=float(order._shares),
            price=float(order._price),
            value=float(order._shares * order._price),
            fee=float(fees.get(order_id, 0)),
            tag=order._tag,
            last_fill_time=order._last_fill,
        )


def insight_rows(state: Any) -> Iterator[InsightRow]:
    """One row an insight that was ever stored, in order of storage."""
    for insight in state.insights._complete:
        yield InsightRow(
            id=str(insight.guid) if insight.guid is not None else "",
            generated_time=None if insight.generated == NEVER_SET else insight.generated,
            close_time=None if insight.close == NEVER_SET else insight.close,
            symbol=str(insight.symbol.id),
            ticker=insight.symbol.value,
            type=str(insight.type),
            direction=int(insight.direction),
            period_seconds=insight.period.total_seconds(),
            magnitude=insight.magnitude,
            confidence=insight.confidence,
            weight=insight.weight,
            source_model=insight.source_model,
            tag=insight.tag,
            reference_value=float(insight.reference_value),
        )


def target_rows(state: Any) -> Iterator[TargetRow]:
    """One row a target handed to the execution model."""
    for time, symbol, quantity, tag in state.results.targets:
        yield TargetRow(time, str(symbol.id), symbol.value, quantity, tag)


def equity_rows(state: Any) -> Iterator[EquityRow]:
    """One row a daily sample."""
    for time, value, benchmark, holdings, cash in state.results.daily:
        yield EquityRow(
            time=time,
            equity=float(value),
            benchmark=float(benchmark),
            holdings=float(holdings),
            cash=float(cash),
        )


def _points(chart: str, series: str, values: Iterable[tuple[datetime, Any]]) -> Iterator[ChartRow]:
    for time, value in values:
        yield ChartRow(chart, series, time, float(value))


def chart_rows(state: Any, limited: bool = True) -> Iterator[ChartRow]:
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


#: Each table's columns and what makes its rows.
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Any], Iterator[Any]]]] = {
    "orders": (OrderRow._fields, order_rows),
    "insights": (InsightRow._fields, insight_rows),
    "targets": (TargetRow._fields, target_rows),
    "equity": (EquityRow._fields, equity_rows),
    "charts": (ChartRow._fields, chart_rows),
}
