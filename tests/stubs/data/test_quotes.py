"""Quotes from a data folder: read, adjusted, shown to the algorithm, filled at, and asked for as history."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from AlgorithmImports import QCAlgorithm, QuoteBar, Resolution, TradeBar
from lean_stubs.common import DataNormalizationMode, SecurityType, Symbol
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.engine.current import RunContext, active
from lean_stubs.engine.runner import run

DAY = "20190102"
OPENS = 34_200_000  # 9:30 in milliseconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three minutes of SPY, bid 99 and ask 101 around trades at 100; no bid in the second minute."""
    room = tmp_path / "equity" / "usa" / "minute" / "spy"
    room.mkdir(parents=True)
    trades = "\n".join(f"{OPENS + 60_000 * i},1000000,1001000,999000,1000000,500" for i in range(3))
    bid, none, ask = "990000,991000,989000,990000,7", ",,,,", "1010000,1011000,1009000,1010000,9"
    quotes = "\n".join(f"{OPENS + 60_000 * i},{none if i == 1 else bid},{ask}" for i in range(3))
    for kind, text in (("trade", trades), ("quote", quotes)):
        with zipfile.ZipFile(room / f"{DAY}_{kind}.zip", "w") as archive:
            archive.writestr("spy.csv", text)
    return tmp_path


class Watcher(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 1, 2)
        self.set_end_date(2019, 1, 2)
        self.spy = self.add_equity("SPY", Resolution.MINUTE)
        self.seen: list[Any] = []
        self.history_frames: list[Any] = []

    def on_data(self, data: Any) -> None:
        quote = data.quote_bars.get(self.spy.symbol)
        self.seen.append((quote, data[self.spy.symbol], self.spy.bid_price, self.spy.ask_price, self.spy.price))
        if len(self.seen) == 1:
            self.market_order(self.spy.symbol, 10)
        if len(self.seen) == 3:
            self.market_order(self.spy.symbol, -10)
            self.frame = self.history(self.spy.symbol, 3, Resolution.MINUTE)
            self.quotes = list(self.history[QuoteBar](self.spy.symbol, 3, Resolution.MINUTE))
            self.trades = list(self.history[TradeBar](self.spy.symbol, 3, Resolution.MINUTE))


@pytest.fixture
def watched(folder: Path) -> Any:
    state = run(Watcher, RunContext(LeanFolder(folder)))
    assert state.run_error is None, state.run_error
    return state


def test_a_side_without_prices_is_none(folder: Path) -> None:
    raw = LeanFolder(folder).raw_quotes("SPY", "usa", Resolution.MINUTE, date(2019, 1, 2))
    assert raw is not None
    assert raw.bids == [(990000, 991000, 989000, 990000), (0, 0, 0, 0), (990000, 991000, 989000, 990000)]
    assert raw.ask_sizes == [9.0, 9.0, 9.0]
    assert LeanFolder(folder).raw_quotes("SPY", "usa", Resolution.MINUTE, date(2019, 1, 3)) is None


def test_quotes_come_beside_trades(watched: Any) -> None:
    quote, entry, bid, ask, price = watched.user.seen[0]
    assert (quote.bid.close, quote.ask.high, quote.close, quote.last_bid_size) == (99.0, 101.1, 100.0, 7.0)
    assert isinstance(entry, TradeBar)
    assert (bid, ask, price) == (99.0, 101.0, 100.0)
    second = watched.user.seen[1][0]
    assert second.bid is None
    assert second.close == 101.0
    assert watched.user.seen[1][2] == 99.0, "the last bid that there was"


def test_market_orders_fill_at_the_far_side(watched: Any) -> None:
    fills = [event for event in watched.transactions._handler.events if event.fill_quantity]
    assert [event.fill_price for event in fills] == [101.0, 99.0]


def test_trades_and_quotes_are_two_subscriptions_below_hours(watched: Any, folder: Path) -> None:
    kinds = [config.type for config in watched.user.spy.subscriptions]
    assert kinds == [TradeBar, QuoteBar]


def test_history_shows_both(watched: Any) -> None:
    algorithm = watched.user
    frame = algorithm.frame
    sides = [side + field for side in ("ask", "bid") for field in ("close", "high", "low", "open", "size")]
    assert list(frame.columns) == [*sides, "close", "high", "low", "open", "volume"]
    assert frame["askclose"].tolist() == [101.0] * 3
    np.testing.assert_array_equal(frame["bidclose"], [99.0, np.nan, 99.0])
    assert frame["close"].tolist() == [100.0] * 3, "of trades where there are both"
    assert [bar.ask.close for bar in algorithm.quotes] == [101.0] * 3
    assert [bar.close for bar in algorithm.trades] == [100.0] * 3


def test_quotes_are_adjusted_as_trades_are(folder: Path) -> None:
    factors = folder / "equity" / "usa" / "factor_files"
    factors.mkdir()
    (factors / "spy.csv").write_text("19980102,1,0.5,10\n20190601,1,0.5,10\n20501231,1,1,0\n")
    source = LeanFolder(folder)
    with active(RunContext(source)):
        from lean_stubs.data.series import EquityFiles

        symbol = Symbol.create("SPY", SecurityType.EQUITY, "usa")
        hours = source.hours().get_exchange_hours("usa", symbol, SecurityType.EQUITY)
        files = EquityFiles(source, symbol, hours)
        for mode, ask in ((DataNormalizationMode.ADJUSTED, 50.5), (DataNormalizationMode.RAW, 101.0)):
            series = files.quotes(Resolution.MINUTE, mode, False, date(2019, 1, 2))
            assert float(series.bar(0).ask.close) == ask
