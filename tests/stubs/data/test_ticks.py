"""Ticks from a data folder: read, adjusted, filtered, shown to the algorithm, and what they make of a security's prices."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import (
    DataNormalizationMode,
    Exchange,
    QCAlgorithm,
    Resolution,
    SecurityDataFilter,
    Tick,
    TickType,
    TradeBar,
)
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.data.source import DataProblem
from lean_stubs.testing import FakeData, run_algorithm

from tests.stubs.tick_folder import CLOSES, OPENS, quote, run_on, trade, write_file, write_ticks


class Watcher(QCAlgorithm):
    """Keeps what each slice shows."""

    extended = False
    mode = DataNormalizationMode.RAW

    def initialize(self) -> None:
        self.set_start_date(2019, 1, 2)
        self.set_end_date(2019, 1, 3)
        self.spy = self.add_equity("SPY", Resolution.TICK, extended_market_hours=self.extended, data_normalization_mode=self.mode)
        self.seen: list[tuple[datetime, list[Tick], list[Tick] | None]] = []
        self.prices: list[tuple[float, float, float]] = []

    def on_data(self, data: Any) -> None:
        symbol = self.spy.symbol
        self.seen.append((self.time, data.ticks.get(symbol), data[symbol] if data.contains_key(symbol) else None))
        self.prices.append((self.spy.price, self.spy.bid_price, self.spy.ask_price))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trades = [trade(0, 100), trade(0, 101, 50), trade(5, 102, 20, "N", "2000")]
    quotes = [quote(0, bid=99), quote(0, ask=103), quote(7, bid=98, ask=104)]
    return write_ticks(tmp_path, trade=trades, quote=quotes)


def test_ticks_of_one_time_come_together_the_trades_first(folder: Path) -> None:
    seen = run_on(folder, Watcher).seen
    opening = datetime(2019, 1, 2, 9, 30)
    assert [at for at, *_ in seen] == [opening + timedelta(milliseconds=ms) for ms in (0, 5, 7)]
    kinds = [[tick.tick_type for tick in ticks] for _, ticks, _ in seen]
    assert kinds == [[TickType.TRADE] * 2 + [TickType.QUOTE] * 2, [TickType.TRADE], [TickType.QUOTE]]
    assert [tick.price for tick in seen[0][1]] == [100.0, 101.0, 99.0, 103.0], "a quote of one side is worth that side"
    assert seen[2][1][0].price == 101.0, "half way between both sides"


def test_a_symbols_own_entry_is_the_list_of_its_trades(folder: Path) -> None:
    seen = run_on(folder, Watcher).seen
    assert [None if own is None else [tick.quantity for tick in own] for *_, own in seen] == [[100.0, 50.0], [20.0], None]


def test_a_tick_says_where_and_how_it_was_traded(folder: Path) -> None:
    tick = run_on(folder, Watcher).seen[1][1][0]
    assert (tick.exchange, tick.exchange_code) == (str(Exchange.NYSE), "N")
    assert (tick.sale_condition, tick.parsed_sale_condition, tick.suspicious) == ("2000", 0x2000, False)
    assert str(tick) == "SPY: Price: 102 Quantity: 20"
    assert tick.time == tick.end_time == datetime(2019, 1, 2, 9, 30, 0, 5000)


def test_both_kinds_set_the_price_and_quotes_the_sides(folder: Path) -> None:
    assert run_on(folder, Watcher).prices == [(103.0, 99.0, 103.0), (102.0, 99.0, 103.0), (101.0, 98.0, 104.0)]


def test_the_cache_gives_the_last_trade_for_a_tick(folder: Path) -> None:
    class Asking(Watcher):
        def on_end_of_algorithm(self) -> None:
            cache = self.spy.cache
            self.last = cache.get_data(Tick), cache.get_data(), cache.has_data(Tick), cache.has_data(TradeBar)

    last, newest, has_tick, has_bar = run_on(folder, Asking).last
    assert last == newest
    assert (last.price, has_tick, has_bar) == (102.0, True, False)


def test_suspicious_ticks_are_shown_but_not_believed(tmp_path: Path) -> None:
    trades = [trade(0, 100), trade(1, 900, flag=1)]

    class Consolidating(Watcher):
        def initialize(self) -> None:
            super().initialize()
            self.bars: list[Any] = []
            self.consolidate(self.spy.symbol, Resolution.TICK, TickType.TRADE, self.bars.append)

    user = run_on(write_ticks(tmp_path, trade=trades, quote=[quote(2, ask=900, flag=1)]), Consolidating)
    assert [tick.suspicious for _, ticks, _ in user.seen for tick in ticks] == [False, True, True]
    assert user.prices == [(100.0, 100.0, 100.0)] * 3
    assert [bar.price for bar in user.bars] == [100.0]


def test_only_ticks_within_market_hours_come(tmp_path: Path) -> None:
    length = CLOSES - OPENS
    trades = [trade(-1, 1), trade(0, 2), trade(length - 1, 3), trade(length, 4)]
    write_ticks(tmp_path, trade=trades)

    class Extended(Watcher):
        extended = True

    for kind, expected in ((Watcher, [2.0, 3.0]), (Extended, [1.0, 2.0, 3.0, 4.0])):
        assert [tick.price for _, ticks, _ in run_on(tmp_path, kind).seen for tick in ticks] == expected


def test_prices_and_sizes_are_scaled_by_the_factor_of_the_day(folder: Path) -> None:
    write_file(folder, "factor_files", "spy", "19980102,1,0.3,10\n20190601,1,0.3,10\n20501231,1,1,0\n")

    class Adjusted(Watcher):
        mode = DataNormalizationMode.ADJUSTED

    ticks = [tick for _, ticks, _ in run_on(folder, Adjusted).seen for tick in ticks]
    assert [tick.price for tick in ticks] == [30.0, 30.3, 29.7, 30.9, 30.6, 30.3]
    assert [tick.quantity for tick in ticks] == [333.0, 167.0, 0.0, 0.0, 67.0, 0.0]
    assert (ticks[-1].bid_price, ticks[-1].ask_price, ticks[-1].bid_size) == (29.4, 31.2, 17.0)
    assert run_on(folder, Watcher).seen[0][1][0].price == 100.0, "raw where it is asked for"


def test_total_return_adds_what_was_paid_to_each_price(folder: Path) -> None:
    write_ticks(folder, day="20190103", trade=[trade(0, 100)], quote=[quote(1, bid=98)])
    write_file(folder, "factor_files", "spy", "19980102,0.98,1,100\n20190102,0.98,1,100\n20501231,1,1,0\n")

    class Total(Watcher):
        mode = DataNormalizationMode.TOTAL_RETURN

    second = [tick for at, ticks, _ in run_on(folder, Total).seen if at.day == 3 for tick in ticks or []]
    assert [tick.price for tick in second] == [102.0, 100.0]
    assert (second[1].bid_price, second[1].ask_price) == (100.0, 0.0), "a side that is missing stays so"


def test_a_data_filter_is_asked_for_each_tick(folder: Path) -> None:
    class ArcaOnly(SecurityDataFilter):
        def filter(self, vehicle: Any, data: Any) -> bool:
            return isinstance(data, Tick) and data.exchange == str(Exchange.ARCA)

    class Filtering(Watcher):
        def initialize(self) -> None:
            super().initialize()
            self.spy.set_data_filter(ArcaOnly())

    assert [tick.exchange for _, ticks, _ in run_on(folder, Filtering).seen for tick in ticks] == ["ARCA", "ARCA"]


def test_ticks_are_two_subscriptions_that_are_never_filled_forward(folder: Path) -> None:
    configs = run_on(folder, Watcher).spy.subscriptions
    assert [(c.type, c.tick_type, c.fill_data_forward) for c in configs] == [
        (Tick, TickType.TRADE, False),
        (Tick, TickType.QUOTE, False),
    ]


def test_bars_and_ticks_of_two_securities_share_a_run(folder: Path) -> None:
    room = folder / "equity" / "usa" / "minute" / "bac"
    room.mkdir(parents=True)
    with zipfile.ZipFile(room / "20190102_trade.zip", "w") as archive:
        archive.writestr("bac.csv", f"{OPENS},500000,500000,500000,500000,10\n")

    class Both(Watcher):
        def initialize(self) -> None:
            super().initialize()
            self.bac = self.add_equity("BAC", Resolution.MINUTE).symbol

        def on_data(self, data: Any) -> None:
            super().on_data(data)
            if data.bars.contains_key(self.bac) and not data.bars[self.bac].is_fill_forward:
                self.bar_at = self.time

    user = run_on(folder, Both)
    assert sum(ticks is not None for _, ticks, _ in user.seen) == 3
    assert user.bar_at == datetime(2019, 1, 2, 9, 31)


def test_slice_get_gives_the_last_tick_of_each_symbol(folder: Path) -> None:
    class Getting(Watcher):
        def on_data(self, data: Any) -> None:
            super().on_data(data)
            if len(self.seen) == 1:
                self.got = data.get(Tick)[self.spy.symbol], [pair.value.price for pair in data], len(data)

    last, trades, count = run_on(folder, Getting).got
    assert (last.ask_price, trades, count) == (103.0, [100.0, 101.0], 1)


def test_fractions_of_milliseconds_and_short_lines_are_read(tmp_path: Path) -> None:
    lines = ["34200000.25,1000000,1.5", "34200001,1000000,7,Z,,1"]
    source = LeanFolder(write_ticks(tmp_path, trade=lines))
    rows = list(source.raw_ticks("SPY", "usa", TickType.TRADE, date(2019, 1, 2)) or [])
    assert rows[0] == (34_200_000_250, 1_000_000, 1.5, 0, 0.0, 0, 0.0, "", "", False)
    assert rows[1][-3:] == ("Z", "", True)
    assert source.raw_ticks("SPY", "usa", TickType.QUOTE, date(2019, 1, 2)) is None
    assert source.knows("SPY", "usa")


def test_a_file_that_is_not_of_ticks_says_so(tmp_path: Path) -> None:
    source = LeanFolder(write_ticks(tmp_path, trade=["34200000,hundred,1"]))
    with pytest.raises(DataProblem, match=r"20190102_trade\.zip is not in LEAN's format"):
        list(source.raw_ticks("SPY", "usa", TickType.TRADE, date(2019, 1, 2)) or [])


def test_sources_without_ticks_refuse_them() -> None:
    class Wants(QCAlgorithm):
        def initialize(self) -> None:
            self.add_equity("SPY", Resolution.TICK)

    error = run_algorithm(Wants, FakeData("2019-01-01", "2019-01-31").flat("SPY")).error
    assert isinstance(error, NotOffered)
    assert "Resolution.TICK is not in lean-stubs" in str(error)


def test_corporate_events_are_told_with_the_trades(folder: Path) -> None:
    write_ticks(folder, day="20190103", trade=[trade(0, 50)])
    write_file(folder, "factor_files", "spy", "19980102,1,0.5,100\n20190102,1,0.5,100\n20501231,1,1,0\n")

    class Splitting(Watcher):
        def initialize(self) -> None:
            super().initialize()
            self.splits: list[Any] = []

        def on_splits(self, splits: Any) -> None:
            self.splits.append([(s.price, s.split_factor) for s in splits.values()])

    user = run_on(folder, Splitting)
    assert user.splits[-1] == [(100.0, 0.5)]
