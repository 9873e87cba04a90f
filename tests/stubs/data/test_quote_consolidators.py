from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from AlgorithmImports import (
    Bar,
    BaseData,
    BaseDataConsolidator,
    PythonConsolidator,
    QCAlgorithm,
    QuoteBar,
    QuoteBarConsolidator,
    RangeBar,
    RenkoBar,
    Resolution,
    TickType,
    TradeBar,
    VolumeRenkoBar,
)
from lean_stubs.testing import FakeData, run_algorithm

START = datetime(2019, 6, 10, 9, 30)
MINUTE = timedelta(minutes=1)


def side(price: float) -> Bar:
    return Bar(price, price + 2, price - 2, price + 1)


def feed(consolidator: Any, quotes: list[tuple[Bar | None, Bar | None]]) -> list[Any]:
    found: list[Any] = []
    consolidator.data_consolidated += lambda sender, bar: found.append(bar)
    for i, (bid, ask) in enumerate(quotes):
        consolidator.update(QuoteBar(START + i * MINUTE, "SPY", bid, 100 + i, ask, 200 + i, MINUTE))
    return found


def test_each_side_of_the_quotes_is_gathered() -> None:
    (bar,) = feed(QuoteBarConsolidator(2), [(side(10), side(20)), (side(13), side(16))])
    assert [(s.open, s.high, s.low, s.close) for s in (bar.bid, bar.ask)] == [(10, 15, 8, 14), (20, 22, 14, 17)]
    assert (bar.last_bid_size, bar.last_ask_size) == (101, 201)
    assert (bar.time, bar.end_time, bar.value) == (START, START + 2 * MINUTE, 15.5)


def test_a_bar_opens_where_the_last_one_closed() -> None:
    _, second = feed(QuoteBarConsolidator(2 * MINUTE), [(side(price), side(price + 1)) for price in (10, 12, 20, 30, 40)])
    assert (second.bid.open, second.bid.low, second.ask.open) == (13, 13, 14)
    assert (second.time, second.end_time) == (START + 2 * MINUTE, START + 4 * MINUTE)


def test_a_side_without_prices_leaves_the_bars_side_as_it_is() -> None:
    (bar,) = feed(QuoteBarConsolidator(2), [(None, side(20)), (None, None)])
    assert bar.bid is None
    assert (bar.last_bid_size, bar.last_ask_size, bar.ask.close) == (0, 200, 21)


def test_a_subclass_may_skip_the_base_and_use_its_tools() -> None:
    class Closing(QuoteBarConsolidator):
        def __init__(self) -> None:
            self.bar: Any = None

        def update(self, data: Any) -> None:
            if self.bar is None:
                self.bar = data.clone()
                return
            self.aggregate_bar(self.bar, data)
            self.on_data_consolidated(self.bar)
            self.bar = None

    made = Closing()
    (bar,) = feed(made, [(side(10), side(20)), (side(12), side(22))])
    assert (bar.bid.open, bar.bid.close, made.consolidated.ask.high) == (10, 13, 24)


def test_a_python_consolidator_fills_its_window_before_the_handlers_run() -> None:
    class Each(PythonConsolidator):
        def __init__(self) -> None:
            self.consolidated = None
            self.input_type = self.output_type = QuoteBar

        def update(self, data: Any) -> None:
            self.on_data_consolidated(self, data)

    made, seen = Each(), []
    made.data_consolidated += lambda sender, bar: seen.append((sender is made, made.current is bar))
    feed(made, [(side(10), side(20)), (side(11), side(21))])
    assert seen == [(True, True)] * 2
    assert made.previous.bid.open == 10
    assert made.consolidated is None


def test_base_data_give_trade_bars_of_their_values() -> None:
    (bar,) = feed(BaseDataConsolidator(2), [(side(10), side(20)), (side(4), side(6))])
    assert type(bar) is TradeBar
    assert (bar.open, bar.high, bar.low, bar.close, bar.volume) == (16, 16, 6, 6, 0)


def test_the_algorithm_makes_them_by_type_and_by_tick_type() -> None:
    class Asking(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 6, 10)
            self.set_end_date(2019, 6, 10)
            self.add_equity("SPY", Resolution.MINUTE)
            sized = {TradeBar: 2, QuoteBar: 2, BaseData: 2, RenkoBar: 0.05, VolumeRenkoBar: 100, RangeBar: 3}
            self.made = [self.consolidate(kind, "SPY", size, None, print) for kind, size in sized.items()]
            self.made.append(self.consolidate("SPY", timedelta(minutes=5), TickType.QUOTE, print))
            self.daily = self.consolidate("SPY", Resolution.DAILY, TickType.QUOTE, print)
            self.same = self.consolidate("SPY", Resolution.MINUTE, TickType.QUOTE, print)
            self.counts = {config.tick_type: config.consolidators.count for config in self.subscription_manager.subscriptions}

    algorithm = run_algorithm(Asking, data=FakeData("2019-06-03", "2019-06-14").regimes("SPY")).algorithm
    assert [type(made).__name__ for made in algorithm.made] == [
        *("TradeBarConsolidator", "QuoteBarConsolidator", "BaseDataConsolidator"),
        *("RenkoConsolidator", "VolumeRenkoConsolidator", "RangeConsolidator", "QuoteBarConsolidator"),
    ]
    assert algorithm.daily.output_type is algorithm.same.output_type is QuoteBar
    assert algorithm.counts == {TickType.TRADE: 5, TickType.QUOTE: 4}
