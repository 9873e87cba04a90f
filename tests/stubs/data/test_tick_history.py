"""History of ticks: one by one, as frames, in slices, and what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from AlgorithmImports import (
    DataNormalizationMode,
    InvalidOperationException,
    QCAlgorithm,
    QuoteBar,
    Resolution,
    SecurityType,
    Symbol,
    Tick,
    TickType,
    TradeBar,
)
from lean_stubs.clr.exceptions import ArgumentException, NotOffered
from lean_stubs.testing import FakeData, run_algorithm

from tests.stubs.tick_folder import quote, run_on, trade, write_file, write_ticks

DAY = timedelta(days=1)
OPENING = datetime(2019, 1, 2, 9, 30)


def asked(folder: Path, question: Callable[[Any], Any], resolution: Resolution | None = Resolution.DAILY, **options: Any) -> Any:
    """What a question gives in the night after the day of ticks; the security is subscribed to at a resolution."""

    class Asking(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 1, 3)
            self.set_end_date(2019, 1, 3)
            self.spy = Symbol.create("SPY", SecurityType.EQUITY, "usa")
            if resolution is not None:
                self.add_equity("SPY", resolution, **options)
            self.answer = question(self)
            self.quit()

    return run_on(folder, Asking).answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trades = [trade(0, 100), trade(5, 101, 50, "N")]
    quotes = [quote(0, bid=99), quote(0, ask=103), quote(7, bid=98, ask=104)]
    return write_ticks(tmp_path, trade=trades, quote=quotes)


def test_of_one_symbol_all_ticks_come_the_quotes_of_a_time_first(folder: Path) -> None:
    ticks = list(asked(folder, lambda a: a.history[Tick](a.spy, DAY, Resolution.TICK)))
    assert [tick.price for tick in ticks] == [99.0, 103.0, 100.0, 101.0, 101.0]
    assert [tick.tick_type for tick in ticks[:3]] == [TickType.QUOTE, TickType.QUOTE, TickType.TRADE]


@pytest.mark.parametrize(
    ("resolution", "given", "kinds"),
    [
        (Resolution.TICK, (), {TickType.TRADE, TickType.QUOTE}),
        (Resolution.MINUTE, (), {TickType.TRADE, TickType.QUOTE}),
        (Resolution.DAILY, (), {TickType.TRADE}),
        (Resolution.DAILY, (Resolution.TICK,), {TickType.TRADE, TickType.QUOTE}),
        (None, (Resolution.TICK,), {TickType.TRADE, TickType.QUOTE}),
        (Resolution.TICK, (Resolution.MINUTE,), set()),
    ],
)
def test_the_subscriptions_say_what_is_read(
    folder: Path, resolution: Resolution | None, given: tuple[Resolution, ...], kinds: set[TickType]
) -> None:
    ticks = asked(folder, lambda a: list(a.history[Tick](a.spy, DAY, *given)), resolution)
    assert {tick.tick_type for tick in ticks} == kinds


def test_a_symbol_without_subscriptions_needs_the_resolution(folder: Path) -> None:
    def ask(algorithm: Any) -> None:
        with pytest.raises(ArgumentException, match=r"Symbol: SPY .*Requested Type: Tick"):
            algorithm.history[Tick](algorithm.spy, DAY)

    asked(folder, ask, None)


def test_bounds_are_both_included(folder: Path) -> None:
    span = OPENING, OPENING + timedelta(milliseconds=5)
    ticks = asked(folder, lambda a: list(a.history[Tick](a.spy, *span, Resolution.TICK)))
    assert [tick.time for tick in ticks] == [OPENING] * 3 + [span[1]]
    after = OPENING + timedelta(milliseconds=1), OPENING + timedelta(milliseconds=6)
    assert [t.price for t in asked(folder, lambda a: list(a.history[Tick](a.spy, *after, Resolution.TICK)))] == [101.0]


def test_ticks_are_read_when_they_are_looked_at(folder: Path) -> None:
    broken = [trade(0, 100), "not a line"]
    write_ticks(folder, trade=broken, quote=[])
    found = asked(folder, lambda a: a.history[Tick](a.spy, DAY, Resolution.TICK))
    assert next(iter(found)).price == 100.0
    assert next(iter(found)).price == 100.0, "again, from what was read"


def test_a_frame_has_the_ticks_columns_that_say_something(folder: Path) -> None:
    frame = asked(folder, lambda a: a.history(Tick, a.spy, DAY, Resolution.TICK))
    assert list(frame.columns) == ["askprice", "asksize", "bidprice", "bidsize", "exchange", "lastprice", "quantity"]
    assert frame.index.names == ["symbol", "time"]
    assert [at for _, at in frame.index] == [OPENING] * 3 + [OPENING + timedelta(milliseconds=ms) for ms in (5, 7)]
    np.testing.assert_array_equal(frame["askprice"], [0, 103, np.nan, np.nan, 104])
    np.testing.assert_array_equal(frame["bidsize"], [5, 0, np.nan, np.nan, 5])
    assert frame["lastprice"].tolist() == [99.0, 103.0, 100.0, 101.0, 101.0]
    assert frame["quantity"].tolist() == [0.0, 0.0, 100.0, 50.0, 0.0]
    assert frame["exchange"].tolist() == ["NASDAQ", "NASDAQ", "ARCA", "NYSE", "NASDAQ"]


def test_a_frame_of_trades_has_no_columns_of_quotes(tmp_path: Path) -> None:
    write_ticks(tmp_path, trade=[trade(0, 100, flag=1)])
    frame = asked(tmp_path, lambda a: a.history(Tick, a.spy, DAY, Resolution.TICK))
    assert list(frame.columns) == ["exchange", "lastprice", "quantity", "suspicious"]


def test_symbols_stand_below_one_another_and_the_first_tick_first(folder: Path) -> None:
    write_ticks(folder, "bac", trade=[trade(-0, 20), trade(1, 21)])

    def ask(algorithm: Any) -> Any:
        bac = algorithm.add_equity("BAC", Resolution.TICK).symbol
        return (
            algorithm.history([algorithm.spy, bac], DAY, Resolution.TICK),
            list(algorithm.history[Tick]([algorithm.spy, bac], DAY, Resolution.TICK)),
            list(algorithm.history(DAY, Resolution.TICK)),
            algorithm.history(Tick, algorithm.spy, timedelta(seconds=1), Resolution.TICK),
        )

    frame, dictionaries, slices, empty = asked(folder, ask)
    assert [(symbol.value, price) for (symbol, _), price in frame["lastprice"].items()] == [
        *(("SPY", price) for price in (99.0, 103.0, 100.0, 101.0, 101.0)),
        *(("BAC", price) for price in (20.0, 21.0)),
    ]
    assert [{k.value: tick.price for k, tick in found.items()} for found in dictionaries] == [
        {"SPY": 100.0, "BAC": 20.0},
        {"BAC": 21.0},
        {"SPY": 101.0},
        {"SPY": 101.0},
    ]
    assert [{k.value: len(ticks) for k, ticks in s.ticks.items()} for s in slices] == [
        {"SPY": 3, "BAC": 1},
        {"BAC": 1},
        {"SPY": 1},
        {"SPY": 1},
    ]
    assert not len(empty)


def test_ticks_are_adjusted_as_asked_and_quotes_that_are_added_by_default(folder: Path) -> None:
    write_file(folder, "factor_files", "spy", "19980102,1,0.5,10\n20190601,1,0.5,10\n20501231,1,1,0\n")
    plain = asked(
        folder, lambda a: list(a.history[Tick](a.spy, DAY, Resolution.TICK)), data_normalization_mode=DataNormalizationMode.RAW
    )
    assert [tick.price for tick in plain] == [49.5, 51.5, 100.0, 101.0, 50.5]
    raw = asked(
        folder,
        lambda a: list(a.history[Tick](a.spy, DAY, Resolution.TICK, data_normalization_mode=DataNormalizationMode.RAW)),
    )
    assert [tick.price for tick in raw] == [99.0, 103.0, 100.0, 101.0, 101.0]


@pytest.mark.parametrize("resolution", [(), (Resolution.TICK,)])
def test_ticks_cannot_be_counted(folder: Path, resolution: tuple[Resolution, ...]) -> None:
    def ask(algorithm: Any) -> None:
        for call in (
            lambda: algorithm.history[Tick](algorithm.spy, 1, *resolution),
            lambda: algorithm.history[Tick]([algorithm.spy], 1, *resolution),
            lambda: algorithm.history([algorithm.spy], 1, *resolution),
        ):
            with pytest.raises(InvalidOperationException, match="'periods' parameter"):
                call()

    asked(folder, ask, Resolution.TICK)


def test_bars_are_not_made_of_ticks(folder: Path) -> None:
    def ask(algorithm: Any) -> None:
        for call in (
            lambda: algorithm.history[TradeBar](algorithm.spy, DAY, Resolution.TICK),
            lambda: algorithm.history("SPY", DAY, Resolution.TICK),
        ):
            with pytest.raises(InvalidOperationException, match=r"with Resolution\.Tick will return an empty result"):
                call()
        # Without a resolution they are those of the universe settings.
        assert not list(algorithm.history[TradeBar](algorithm.spy, DAY))
        assert not list(algorithm.history[QuoteBar](algorithm.spy, 5))

    asked(folder, ask, Resolution.TICK)


def test_sources_without_ticks_say_so() -> None:
    class Wants(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 1, 10)
            self.history[Tick](self.add_equity("SPY", Resolution.DAILY).symbol, DAY, Resolution.TICK)

    error = run_algorithm(Wants, FakeData("2019-01-01", "2019-01-31").flat("SPY")).error
    assert isinstance(error, NotOffered)
    assert "history of Tick" in str(error)
