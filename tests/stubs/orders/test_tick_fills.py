"""Orders filled where there are ticks: at quotes, at trades, at the opening and the closing trade."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import (
    DataNormalizationMode,
    FillModel,
    InvalidOperationException,
    OrderStatus,
    QCAlgorithm,
    Resolution,
    VolumeShareSlippageModel,
)
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.engine.current import RunContext
from lean_stubs.engine.runner import run

from tests.stubs.tick_folder import CLOSES, OPENS, quote, trade, write_file, write_ticks

#: Sale conditions of an official open and close (LEAN: TradeConditionFlags).
OPEN, CLOSE = f"{1 << 26:x}", f"{1 << 24:x}"
CLOSED = CLOSES - OPENS
MINUTE = 60_000


class Trader(QCAlgorithm):
    """Places orders in the slice of a number, and keeps what is filled."""

    extended = False
    model: Any = None

    def initialize(self) -> None:
        self.set_start_date(2019, 1, 2)
        self.set_end_date(2019, 1, 3)
        self.spy = self.add_equity(
            "SPY", Resolution.TICK, extended_market_hours=self.extended, data_normalization_mode=DataNormalizationMode.RAW
        )
        if self.model is not None:
            self.spy.set_fill_model(self.model)
        self.slices = 0
        self.fills: list[tuple[float, str]] = []
        self.begin()

    def begin(self) -> None:
        """Before the first slice."""

    def on_data(self, data: Any) -> None:
        self.slices += 1
        self.trade(self.slices)

    def trade(self, slice_number: int) -> None:
        """In each slice."""

    def on_order_event(self, event: Any) -> None:
        if event.status == OrderStatus.FILLED:
            self.fills.append((event.fill_price, event.message))


def fills(folder: Path, algorithm: type[Trader], trades: Iterable[str] = (), quotes: Iterable[str] = ()) -> list[tuple[float, str]]:
    write_ticks(folder, trade=trades, quote=quotes)
    state = run(algorithm, RunContext(LeanFolder(folder)))
    assert state.run_error is None, state.run_error
    found: list[tuple[float, str]] = state.user.fills
    return found


class BuysAndSells(Trader):
    def trade(self, slice_number: int) -> None:
        if slice_number == 1:
            self.market_order("SPY", 10)
            self.market_order("SPY", -10)


def test_market_orders_fill_at_the_far_side_of_the_last_quote(tmp_path: Path) -> None:
    assert fills(tmp_path, BuysAndSells, [trade(0, 100)], [quote(0, bid=99), quote(0, ask=101)]) == [(101.0, ""), (99.0, "")]


def test_without_a_quote_of_the_side_they_fill_at_the_last_trade_and_say_so(tmp_path: Path) -> None:
    (bought, said), (sold, nothing) = fills(tmp_path, BuysAndSells, [trade(0, 100)], [quote(0, bid=99)])
    assert (bought, sold, nothing) == (100.0, 99.0, "")
    assert said == (
        "Warning: No quote information available at 01/02/2019 09:30:00 America/New_York, order filled using Trade Tick data"
    )


def test_old_ticks_fill_at_once_with_a_warning(tmp_path: Path) -> None:
    class Later(Trader):
        def begin(self) -> None:
            self.schedule.on(self.date_rules.today, self.time_rules.at(12, 0), lambda: self.market_order("SPY", 1))

    (price, said), *_ = fills(tmp_path, Later, [trade(0, 100), trade(CLOSED - 1, 105)], [quote(0, ask=101)])
    assert price == 101.0
    assert said == "Warning: fill at stale price (01/02/2019 09:30:00 America/New_York), using Quote Tick data."


def test_the_base_model_fills_at_the_last_trade(tmp_path: Path) -> None:
    class Base(BuysAndSells):
        model = FillModel()

    found = fills(tmp_path, Base, [trade(0, 100), trade(0, 100.5)], [quote(0, bid=99, ask=101)])
    assert [price for price, _ in found] == [100.5, 100.5]


def test_a_limit_is_hit_by_the_trades_of_one_time_step(tmp_path: Path) -> None:
    class Limited(Trader):
        def trade(self, slice_number: int) -> None:
            if slice_number == 1:
                self.limit_order("SPY", 10, 99.5)

    trades = [trade(0, 100), trade(10, 99.8), trade(20, 99.9), trade(20, 99.4)]
    assert fills(tmp_path, Limited, trades, [quote(15, ask=99.0)]) == [(99.5, "")], "quotes do not hit it"
    (price, said) = fills(tmp_path, Limited, [trade(0, 100), trade(10, 99.3), trade(10, 99.6)])[0]
    assert price == 99.3
    assert said.startswith("Due to a favorable gap at 01/02/2019 09:30:00")


def test_a_stop_is_hit_by_trades(tmp_path: Path) -> None:
    class Stopped(Trader):
        def trade(self, slice_number: int) -> None:
            if slice_number == 1:
                self.stop_market_order("SPY", -10, 99)

    assert fills(tmp_path, Stopped, [trade(0, 100), trade(5, 99.5), trade(9, 99.2), trade(9, 98.8)]) == [(99.0, "")]


def test_slippage_by_volume_wants_bars(tmp_path: Path) -> None:
    class Slipping(BuysAndSells):
        def begin(self) -> None:
            self.spy.set_slippage_model(VolumeShareSlippageModel())

        def on_end_of_algorithm(self) -> None:
            with pytest.raises(InvalidOperationException, match=r"market data type QuantConnect\.Data\.Market\.Tick"):
                self.spy.slippage_model.get_slippage_approximation(self.spy, self.transactions.get_order_by_id(1))

    assert fills(tmp_path, Slipping, [trade(0, 100), trade(9, 100)], [quote(0, ask=101)]) == []


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """NYSE Arca is the primary exchange."""
    write_file(tmp_path, "map_files", "spy", "19980102,spy,P\n20501231,spy,P\n")
    return tmp_path


class AtTheOpen(Trader):
    """Orders before the second day."""

    def begin(self) -> None:
        self.schedule.on(self.date_rules.today, self.time_rules.at(20, 0), lambda: self.market_on_open_order("SPY", 1))


def opening_fills(folder: Path, trades: Iterable[str] = (), quotes: Iterable[str] = ()) -> list[tuple[float, str]]:
    write_ticks(folder, day="20190103", trade=trades, quote=quotes)
    return fills(folder, AtTheOpen, [trade(1, 90, condition=OPEN)])


def test_on_open_orders_fill_at_the_primary_exchanges_opening_trade(listed: Path) -> None:
    trades = [trade(1, 100), trade(2, 101, exchange="N", condition=OPEN), trade(3, 102, condition=OPEN)]
    assert opening_fills(listed, trades) == [(102.0, "")]


def test_without_an_opening_trade_they_wait_a_minute(listed: Path) -> None:
    trades = [trade(1, 100), trade(MINUTE - 1, 101), trade(MINUTE, 102)]
    assert opening_fills(listed, trades) == [
        (102.0, "No trade with the OfficialOpen or OpeningPrints flag within the 1-minute timeout. Fill with last Trade data.")
    ]


def test_an_old_trade_stands_in_the_way_of_quotes(listed: Path) -> None:
    assert opening_fills(listed, quotes=[quote(1, ask=100), quote(MINUTE + 1, ask=101)]) == []


class AtTheOpenExtended(AtTheOpen):
    extended = True


def test_with_quotes_only_since_the_open_the_far_side_is_taken(listed: Path) -> None:
    quotes = [quote(1, ask=100), quote(MINUTE + 1, bid=98, ask=101)]
    write_ticks(listed, day="20190103", trade=[trade(-1, 95)], quote=quotes)
    ((price, said),) = fills(listed, AtTheOpenExtended, [trade(1, 90)])
    assert price == 101.0
    assert said.endswith("Fill with last Quote data.")


class AtTheClose(Trader):
    def begin(self) -> None:
        self.schedule.on(self.date_rules.today, self.time_rules.at(12, 0), lambda: self.market_on_close_order("SPY", 1))


class AtTheCloseExtended(AtTheClose):
    extended = True


def test_on_close_orders_fill_at_the_primary_exchanges_closing_trade(listed: Path) -> None:
    trades = [trade(1, 100), trade(CLOSED, 101), trade(CLOSED + 1, 102, condition=CLOSE), trade(CLOSED + 2, 103)]
    assert fills(listed, AtTheCloseExtended, trades) == [(102.0, "")]


def test_without_a_closing_trade_they_wait_a_minute_or_take_the_last_of_the_day(listed: Path) -> None:
    trades = [trade(1, 100), trade(CLOSED - 1, 101), trade(CLOSED + MINUTE, 102)]
    waited = fills(listed, AtTheCloseExtended, trades)
    assert [price for price, _ in waited] == [102.0]
    assert waited[0][1].startswith("No trade with the OfficialClose or ClosingPrints flag within the 1-minute timeout.")
    write_ticks(listed, day="20190103", trade=[trade(0, 110)])
    at_once = fills(listed, AtTheClose, trades)
    assert "does not include extended market hours. Fill with last Trade data." in at_once[0][1]
    assert at_once[0][0] in (101.0, 110.0)
