"""Trades from fills, and charts made by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from AlgorithmImports import (
    Candlestick,
    CandlestickSeries,
    CashAmount,
    Chart,
    ChartPoint,
    DataNormalizationMode,
    FillGroupingMethod,
    FillMatchingMethod,
    OrderDirection,
    OrderEvent,
    OrderFee,
    OrderStatus,
    ScatterMarkerSymbol,
    Series,
    SeriesType,
    Split,
    SplitType,
    Symbol,
    Trade,
    TradeBar,
    TradeBuilder,
    TradeDirection,
)
from lean_stubs.clr.exceptions import ArgumentException, NotOffered
from lean_stubs.results.performance import StatisticsResults

SPY = Symbol.create("SPY", 1, "usa")
AT = datetime(2020, 1, 6, 15)


def fill(number: int, shares: float, price: float) -> OrderEvent:
    way = OrderDirection.BUY if shares > 0 else OrderDirection.SELL
    return OrderEvent(number, SPY, AT, OrderStatus.FILLED, way, price, shares, OrderFee(CashAmount(1.0, "USD")))


def built(matching: FillMatchingMethod, *fills: OrderEvent) -> TradeBuilder:
    builder = TradeBuilder(FillGroupingMethod.FILL_TO_FILL, matching)
    for event in fills:
        builder.process_fill(event, 2.0, 1.0)
    return builder


@pytest.mark.parametrize(("matching", "profit"), [(FillMatchingMethod.FIFO, 400.0), (FillMatchingMethod.LIFO, 200.0)])
def test_a_sale_closes_the_oldest_or_the_newest_trade(matching: FillMatchingMethod, profit: float) -> None:
    builder = built(matching, fill(1, 10, 100.0), fill(2, 10, 110.0), fill(3, -10, 120.0))
    (trade,) = builder.closed_trades
    # Twice the gain: a unit of price is worth two of the account's currency.
    assert (trade.profit_loss, trade.is_win, trade.direction, trade.quantity) == (profit, True, TradeDirection.LONG, 10.0)
    assert builder.has_open_position(SPY)


def test_the_fee_of_an_order_with_several_fills_counts_once() -> None:
    builder = built(FillMatchingMethod.FIFO, fill(1, 5, 100.0), fill(1, 5, 100.0), fill(2, -10, 100.0))
    assert sum(trade.total_fees for trade in builder.closed_trades) == 2.0


def test_a_split_rescales_open_trades_of_raw_prices_only() -> None:
    split = Split(SPY, AT, 100.0, 0.5, SplitType.SPLIT_OCCURRED)
    for mode, entry in ((DataNormalizationMode.RAW, 50.0), (DataNormalizationMode.ADJUSTED, 100.0)):
        builder = built(FillMatchingMethod.FIFO, fill(1, 10, 100.0))
        builder.apply_split(split, False, mode)
        builder.process_fill(fill(2, -10, 100.0), 1.0, 0.0)
        assert builder.closed_trades[0].entry_price == entry


def test_trades_are_built_fill_by_fill_and_are_copied() -> None:
    with pytest.raises(NotOffered, match="FLAT_TO_FLAT"):
        TradeBuilder(FillGroupingMethod.FLAT_TO_FLAT, FillMatchingMethod.FIFO)
    trade = Trade()
    trade.symbols, trade.entry_price = [SPY], 9.5
    copy = Trade(trade)
    trade.symbols.append(SPY)
    assert (copy.symbols, copy.entry_price, Trade().symbol) == ([SPY], 9.5, Symbol.EMPTY)


def test_each_series_takes_points_of_its_kind() -> None:
    line, candles = Series("a", SeriesType.LINE, 0), CandlestickSeries("b")
    line.add_point(AT, 1.0)
    line.add_point(ChartPoint(AT, 2.0))
    line.add_point(AT, [3.0])
    candles.add_point(TradeBar(AT, SPY, 1, 3, 0.5, 2, 100))
    candles.add_point(AT, [4.0, 4.0, 4.0, 4.0])
    # A second point at one time replaces the first.
    assert [point.y for point in line.values] == [3.0]
    assert [(candle.open, candle.close) for candle in candles.values] == [(1.0, 2.0), (4.0, 4.0)]
    for series, wrong in ((line, Candlestick(AT, 1, 1, 1, 1)), (candles, ChartPoint(AT, 1.0))):
        with pytest.raises(ArgumentException, match="AddPoint requires"):
            series.add_point(wrong)
    with pytest.raises(ArgumentException, match="single value"):
        line.add_point(AT, [1.0, 2.0])


def test_points_are_made_of_seconds_too_and_may_have_no_value() -> None:
    assert ChartPoint(86_400, None).time == datetime(1970, 1, 2)
    assert (ChartPoint().x, ChartPoint(ChartPoint(AT, 1.25)).y, Candlestick(86_400, 1, None, 1, 1).high) == (0, 1.25, None)


def test_a_chart_makes_a_series_anew_only_if_forced() -> None:
    chart = Chart("c", "SPY")
    wanted: Any = ("s", SeriesType.SCATTER, 1, "%", None, ScatterMarkerSymbol.DIAMOND)
    first = chart.try_add_and_get_series(*wanted)
    assert chart.try_add_and_get_series("s", Series("t")) is first
    assert chart.try_add_and_get_series("s", Series("t", SeriesType.BAR, 2), True).index == 2
    assert (first.unit, first.scatter_marker_symbol) == ("%", ScatterMarkerSymbol.DIAMOND)


def test_results_of_nothing_are_zero_and_no_part_of_a_run_has_figures_of_its_own() -> None:
    nothing = StatisticsResults()
    assert (nothing.total_performance.closed_trades, nothing.rolling_performances, nothing.summary) == ([], {}, {})
    assert nothing.total_performance.portfolio_statistics.sharpe_ratio == 0
