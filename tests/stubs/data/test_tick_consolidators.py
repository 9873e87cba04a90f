"""Bars out of ticks, and which of a symbol's ticks a consolidator gets."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import (
    FilteredIdentityDataConsolidator,
    QCAlgorithm,
    QuoteBar,
    QuoteBarConsolidator,
    RangeConsolidator,
    RenkoConsolidator,
    Resolution,
    Symbol,
    Tick,
    TickConsolidator,
    TickQuoteBarConsolidator,
    TickType,
    TradeBar,
    TradeBarConsolidator,
    VolumeRenkoConsolidator,
)
from lean_stubs.clr.exceptions import ArgumentException, ArgumentNullException

from tests.stubs.tick_folder import quote, run_on, trade, write_ticks

AT = datetime(2019, 1, 2, 9, 30)
SPY = Symbol.EMPTY


def traded(seconds: float, price: float, shares: int = 10) -> Tick:
    return Tick(AT + timedelta(seconds=seconds), SPY, "", "P", shares, price)


def quoted(seconds: float, bid: float, ask: float) -> Tick:
    return Tick(AT + timedelta(seconds=seconds), SPY, 1, bid, 2, ask)


def made_by(consolidator: Any, *ticks: Tick) -> list[Any]:
    bars: list[Any] = []
    consolidator.data_consolidated += lambda sender, bar: bars.append(bar)
    for tick in ticks:
        consolidator.update(tick)
    return bars


def test_trades_make_trade_bars_by_time() -> None:
    ticks = [traded(1, 100), quoted(2, 1, 2), traded(3, 103), traded(9, 99, 5), traded(12, 101)]
    (bar,) = made_by(TickConsolidator(timedelta(seconds=10)), *ticks)
    assert (bar.open, bar.high, bar.low, bar.close, bar.volume) == (100.0, 103.0, 99.0, 99.0, 25.0)
    assert (bar.time, bar.end_time) == (AT, AT + timedelta(seconds=10))
    assert type(bar) is TradeBar


def test_trades_make_trade_bars_by_number() -> None:
    consolidator = TickConsolidator(2)
    (bar,) = made_by(consolidator, traded(1, 100), quoted(2, 1, 2), traded(3, 103), traded(4, 7))
    assert (bar.open, bar.close, bar.volume) == (100.0, 103.0, 20.0)
    assert (bar.time, bar.end_time) == (AT + timedelta(seconds=1), AT + timedelta(seconds=3))
    assert consolidator.working_bar is not None
    assert consolidator.working_bar.close == 7.0


def test_quotes_make_quote_bars_that_open_where_the_last_one_closed() -> None:
    ticks = [quoted(1, 99, 0), traded(2, 1), quoted(3, 0, 101), quoted(12, 98, 0), quoted(21, 97, 0)]
    first, second = made_by(TickQuoteBarConsolidator(timedelta(seconds=10)), *ticks)
    assert (first.bid.open, first.bid.close, first.ask.open) == (99.0, 99.0, 101.0)
    assert (second.bid.open, second.bid.low, second.bid.close, second.ask.close) == (99.0, 98.0, 98.0, 101.0)
    assert (second.last_bid_size, second.last_ask_size) == (1.0, 2.0)
    assert (second.time, second.end_time) == (AT + timedelta(seconds=10), AT + timedelta(seconds=20))
    assert type(first) is QuoteBar


def test_bars_want_bars_and_ticks_want_ticks() -> None:
    for consolidator in (TradeBarConsolidator(2), QuoteBarConsolidator(2)):
        with pytest.raises((ArgumentNullException, ArgumentException), match="Received type of Tick but expected"):
            consolidator.update(traded(0, 100))
    bar = TradeBar(AT, SPY, 1, 1, 1, 1, 1)
    with pytest.raises(ArgumentNullException, match="Received type of TradeBar but expected Tick"):
        TickConsolidator(2).update(bar)


def test_a_filter_passes_on_one_type_of_ticks() -> None:
    ticks = [traded(1, 100), quoted(1, 1, 2), traded(1, 101)]
    passed = made_by(FilteredIdentityDataConsolidator.for_tick_type(TickType.TRADE), *ticks)
    assert passed == [ticks[0], ticks[2]], "ticks of one time are not one"


def test_volume_bars_count_trades_only() -> None:
    first, second = made_by(VolumeRenkoConsolidator(15), traded(1, 100), quoted(2, 1, 2), traded(3, 101), traded(4, 99))
    assert (first.open, first.close, first.volume) == (100.0, 101.0, 15.0)
    assert (second.close, second.volume) == (99.0, 15.0)


class Registering(QCAlgorithm):
    """One list of what each consolidator makes."""

    def initialize(self) -> None:
        self.set_start_date(2019, 1, 2)
        self.set_end_date(2019, 1, 3)
        self.symbol = self.add_equity("SPY", Resolution.TICK).symbol
        self.made: dict[str, list[Any]] = {}
        self.register()

    def into(self, name: str) -> Any:
        return self.made.setdefault(name, []).append

    def register(self) -> None:
        raise NotImplementedError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trades = [trade(1000 * i, 100 + i / 100) for i in range(6)] + [trade(70_000, 105)]
    quotes = [quote(1000 * i + 500, bid=99, ask=101) for i in range(4)] + [quote(71_000, bid=99)]
    write_ticks(tmp_path, day="20190103", trade=[trade(0, 200)])
    return write_ticks(tmp_path, trade=trades, quote=quotes)


def test_consolidate_takes_resolution_span_and_number_by_tick_type(folder: Path) -> None:
    class Own(Registering):
        def register(self) -> None:
            self.consolidate(self.symbol, Resolution.TICK, TickType.QUOTE, self.into("quotes"))
            self.consolidate(self.symbol, Resolution.TICK, TickType.TRADE, self.into("trades"))
            self.consolidate(self.symbol, timedelta(minutes=1), TickType.QUOTE, self.into("quote bars"))
            self.consolidate(self.symbol, timedelta(minutes=1), self.into("trade bars"))
            self.consolidate(TradeBar, self.symbol, 3, TickType.TRADE, self.into("by three"))
            self.consolidate(QuoteBar, self.symbol, 2, TickType.QUOTE, self.into("by two"))
            self.consolidate(self.symbol, Resolution.DAILY, self.into("days"))

    made = run_on(folder, Own).made
    assert {tick.tick_type for tick in made["quotes"]} == {TickType.QUOTE}
    assert (len(made["quotes"]), len(made["trades"])) == (5, 8)
    assert [(type(bar), bar.bid.close) for bar in made["quote bars"]] == [(QuoteBar, 99.0)] * 2
    assert [(type(bar), bar.volume) for bar in made["trade bars"]] == [(TradeBar, 600.0), (TradeBar, 100.0)]
    assert [bar.close for bar in made["by three"]] == [100.02, 100.05]
    assert [bar.ask.close for bar in made["by two"]] == [101.0, 101.0]
    assert [bar.volume for bar in made["days"]] == [700.0]


def test_consolidators_of_any_data_get_the_trades(folder: Path) -> None:
    class Own(Registering):
        def register(self) -> None:
            for name, consolidator in (
                ("range", RangeConsolidator(2)),
                ("renko", RenkoConsolidator(0.02)),
                ("ticks", TickConsolidator(7)),
                ("quotes", TickQuoteBarConsolidator(5)),
            ):
                into = self.into(name)
                consolidator.data_consolidated += lambda sender, bar, into=into: into(bar)
                self.subscription_manager.add_consolidator(self.symbol, consolidator)

    made = run_on(folder, Own).made
    assert made["range"]
    assert {round(bar.high - bar.low, 4) for bar in made["range"]} == {0.02}
    assert made["renko"]
    assert [bar.volume for bar in made["ticks"]] == [700.0]
    assert [bar.bid.close for bar in made["quotes"]] == [99.0]


def test_a_tick_type_that_is_not_subscribed_to_is_refused(folder: Path) -> None:
    class Own(Registering):
        def register(self) -> None:
            self.errors: list[str] = []
            for consolidator, kind in ((TickConsolidator(2), TickType.OPEN_INTEREST), (TradeBarConsolidator(2), None)):
                try:
                    self.subscription_manager.add_consolidator(self.symbol, consolidator, kind)
                except ArgumentException as error:
                    self.errors.append(str(error))

    missing, mismatch = run_on(folder, Own).errors
    assert "No subscription with the requested Tick Type" in missing
    assert "does not support input type: TradeBar. Supported types: Tick,Tick" in mismatch


def test_indicators_take_trades(folder: Path) -> None:
    class Own(Registering):
        def register(self) -> None:
            self.average = self.sma(self.symbol, 2, Resolution.TICK)

    assert run_on(folder, Own).average.current.value == (105 + 200) / 2
