"""Trades from fills, and charts made by hand."""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta
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
    QCAlgorithm,
    Resolution,
    ScatterMarkerSymbol,
    Series,
    SeriesType,
    Slice,
    Split,
    SplitType,
    Symbol,
    Trade,
    TradeBar,
    TradeBuilder,
    TradeDirection,
    TradeStatistics,
)
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import ArgumentException
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


def test_a_copy_of_a_trade_is_its_own() -> None:
    trade = Trade()
    trade.symbols, trade.entry_price = [SPY], 9.5
    copy = Trade(trade)
    trade.symbols.append(SPY)
    assert (copy.symbols, copy.entry_price, Trade().symbol) == ([SPY], 9.5, Symbol.EMPTY)


def followed(way: int) -> Trade:
    """Ten shares at 100 that see 90, 120, 105, 110, and are closed at 108; a price is turned about 100 for a short position."""
    builder = built(FillMatchingMethod.FIFO, fill(1, 10 * way, 100.0))
    for price in (90, 120, 105, 110):
        builder.set_market_price(SPY, 100.0 + way * (price - 100))
    builder.process_fill(fill(2, -10 * way, 100.0 + way * 8), 1.0, 1.0)
    (trade,) = builder.closed_trades
    return trade


@pytest.mark.parametrize("way", [1, -1])
def test_a_trade_knows_the_best_and_the_worst_it_has_seen_and_its_deepest_fall(way: int) -> None:
    trade = followed(way)
    assert (trade.mae, trade.mfe, trade.end_trade_drawdown, trade.profit_loss) == (-100.0, 200.0, 150.0, 80.0)
    assert (trade.MAE, trade.MFE, len(trade.id)) == (-100.0, 200.0, 36)


def test_extremes_count_from_the_first_fill_of_a_position_and_falls_from_each_trade() -> None:
    builder = built(FillMatchingMethod.FIFO, fill(1, 10, 100.0))
    builder.set_market_price(SPY, 130.0)
    builder.process_fill(fill(2, 10, 110.0), 1.0, 1.0)
    builder.set_market_price(SPY, 105.0)
    builder.process_fill(fill(3, -20, 107.0), 1.0, 1.0)
    first, second = builder.closed_trades
    assert (first.mfe, first.end_trade_drawdown) == (300.0, 250.0)
    # The position had seen 130 and 100 before the second trade began; its own high is its entry.
    assert (second.mfe, second.mae, second.end_trade_drawdown) == (200.0, -100.0, 50.0)
    assert not builder.has_open_position(SPY)


def test_a_split_of_raw_prices_rescales_what_was_seen() -> None:
    builder = built(FillMatchingMethod.FIFO, fill(1, 10, 100.0))
    builder.set_market_price(SPY, 140.0)
    builder.apply_split(Split(SPY, AT, 140.0, 0.5, SplitType.SPLIT_OCCURRED), False, DataNormalizationMode.RAW)
    builder.process_fill(fill(2, -20, 60.0), 1.0, 0.0)
    (trade,) = builder.closed_trades
    assert (trade.quantity, trade.mfe, trade.mae, trade.end_trade_drawdown) == (20.0, 400.0, 0.0, 200.0)


@pytest.mark.parametrize(
    ("method", "trades"),
    [
        # Entry, exit, shares, profit, fees.
        (FillGroupingMethod.FILL_TO_FILL, [(100, 120, 5, 100, 2), (100, 130, 5, 150, 1), (110, 130, 10, 200, 1)]),
        (FillGroupingMethod.FLAT_TO_FLAT, [(105, 128.33, 20, 466.67, 4)]),
        (FillGroupingMethod.FLAT_TO_REDUCED, [(100, 120, 5, 100, 3), (106.67, 130, 15, 350, 1)]),
    ],
)
def test_fills_are_grouped_into_trades(method: FillGroupingMethod, trades: list[tuple[float, ...]]) -> None:
    builder = TradeBuilder(method, FillMatchingMethod.FIFO)
    for event in (fill(1, 10, 100.0), fill(2, 10, 110.0), fill(3, -5, 120.0), fill(4, -25, 130.0)):
        builder.process_fill(event, 1.0, 1.0)
    shown = [
        (round(t.entry_price, 2), round(t.exit_price, 2), t.quantity, t.profit_loss, t.total_fees) for t in builder.closed_trades
    ]
    assert shown == trades
    # Ten shares more than there were: the position is turned around.
    assert builder.has_open_position(SPY)
    builder.process_fill(fill(5, 10, 125.0), 1.0, 1.0)
    last = builder.closed_trades[-1]
    assert (last.direction, last.profit_loss, last.is_win, builder.has_open_position(SPY)) == (
        TradeDirection.SHORT,
        50.0,
        True,
        False,
    )


class BuysAndSells(QCAlgorithm):
    """Holds ten shares from the second day to the fifth."""

    def initialize(self) -> None:
        self.set_start_date(2020, 1, 6)
        self.set_end_date(2020, 1, 17)
        self.set_trade_builder(TradeBuilder(FillGroupingMethod.FILL_TO_FILL, FillMatchingMethod.LIFO))
        self.spy = self.add_equity("SPY", Resolution.DAILY).symbol
        self.prices: list[float] = []
        self.days = 0

    def on_data(self, data: Slice) -> None:
        self.days += 1
        if self.days in (1, 4):
            self.market_on_open_order(self.spy, 10 if self.days == 1 else -10)
        self.prices.append(self.securities[self.spy].price)

    def on_end_of_algorithm(self) -> None:
        self.performance = self.statistics.total_performance


def test_a_run_follows_the_prices_of_what_it_holds() -> None:
    data = FakeData("2020-01-01", "2020-01-17").regimes("SPY", seed=3)
    done = run_algorithm(BuysAndSells, data).check().algorithm
    (trade,) = done.trade_builder.closed_trades
    # Prices come before fills: the second day's close is before the position, the fifth day's within it.
    seen = [trade.entry_price, *done.prices[2:5], trade.exit_price]
    assert trade.mfe == round((max(seen) - trade.entry_price) * 10, 2)
    assert trade.mae == round((min(seen) - trade.entry_price) * 10, 2)
    assert done.performance.trade_statistics.largest_mfe == trade.mfe
    with pytest.raises(TypeError, match="ITradeBuilder"):
        done.set_trade_builder(object())


def closed(profit: float, day: int, **more: float) -> Trade:
    trade = Trade()
    trade.entry_time, trade.exit_time = AT.replace(day=day), AT.replace(day=day + 1)
    trade.profit_loss, trade.total_fees = profit, 1.0
    for name, given in more.items():
        setattr(trade, name, given)
    return trade


def test_statistics_of_trades() -> None:
    trades = [
        closed(100.0, 1, mae=-10.0, mfe=150.0, end_trade_drawdown=50.0),
        closed(-40.0, 2, mae=-60.0, mfe=5.0, end_trade_drawdown=65.0),
        closed(-20.0, 3, mae=-30.0, mfe=1.0),
        closed(90.0, 4, mae=-5.0, mfe=90.0),
    ]
    figures = TradeStatistics(trades)
    assert (figures.total_number_of_trades, figures.number_of_winning_trades, figures.number_of_losing_trades) == (4, 2, 2)
    assert (figures.total_profit, figures.total_loss, figures.total_profit_loss, figures.total_fees) == (190.0, -60.0, 130.0, 4.0)
    assert (figures.average_mae, figures.largest_mae, figures.average_mfe, figures.largest_mfe) == (-26.25, -60.0, 61.5, 150.0)
    assert (figures.maximum_end_trade_drawdown, figures.average_end_trade_drawdown) == (65.0, -29.0)
    # Within a trade the best counts as before the worst: from 150 to -10 in the first; 100 and 40 after the first and third.
    assert (figures.maximum_intra_trade_drawdown, figures.maximum_closed_trade_drawdown) == (-160.0, -60.0)
    assert (figures.maximum_drawdown_duration, figures.median_trade_duration) == (timedelta(days=3), timedelta(days=1))
    assert (figures.max_consecutive_winning_trades, figures.max_consecutive_losing_trades) == (1, 2)
    assert round(figures.profit_loss_standard_deviation, 6) == round(statistics.stdev([100, -40, -20, 90]), 6)
    assert (round(figures.profit_factor, 6), figures.win_rate) == (round(19 / 6, 6), 0.5)
    assert (TradeStatistics().start_date_time, TradeStatistics([]).win_loss_ratio) == (None, 0.0)
    figures.largest_mfe = 7.0
    assert figures.LargestMFE == 7.0


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
