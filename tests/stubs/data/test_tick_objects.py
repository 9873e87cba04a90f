"""Tick and Ticks as users make them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from AlgorithmImports import Exchange, MarketDataType, SecurityType, Slice, Symbol, Tick, Ticks, TickType
from lean_stubs.clr.exceptions import NotOffered

AT = datetime(2019, 1, 2, 9, 30, 0, 5000)
SPY = Symbol.create("SPY", SecurityType.EQUITY, "usa")


@pytest.mark.parametrize(
    ("arguments", "kind", "value"),
    [
        ((AT, SPY, 99.0, 101.0), TickType.QUOTE, 100.0),
        ((AT, SPY, 7.0), TickType.OPEN_INTEREST, 7.0),
        ((AT, SPY, 100.5, 99.0, 101.0), TickType.QUOTE, 100.5),
        ((AT, SPY, "", "P", 10, 100.0), TickType.TRADE, 100.0),
        ((AT, SPY, "", Exchange.ARCA, 10, 100.0), TickType.TRADE, 100.0),
        ((AT, SPY, 5, 99.0, 6, 101.0), TickType.QUOTE, 100.0),
        ((AT, SPY, "", "P", 5, 0.0, 6, 101.0), TickType.QUOTE, 101.0),
        ((SPY, "34200005,1000000,7,P,0,0", datetime(2019, 1, 2)), TickType.TRADE, 100.0),
        ((), TickType.TRADE, 0.0),
    ],
)
def test_each_constructor_makes_its_kind(arguments: tuple[Any, ...], kind: TickType, value: float) -> None:
    tick = Tick(*arguments)
    assert (tick.tick_type, tick.value, tick.price, tick.last_price) == (kind, value, value, value)
    assert tick.data_type == MarketDataType.TICK


def test_a_line_of_an_equitys_file_makes_a_trade() -> None:
    tick = Tick(SPY, "34200005,1674100,7,P,20002000,1", datetime(2019, 1, 2))
    assert (tick.time, tick.price, tick.quantity, tick.exchange) == (AT, 167.41, 7.0, "ARCA")
    assert (tick.suspicious, tick.parsed_sale_condition) == (True, 0x20002000)


def test_lines_of_other_files_are_refused() -> None:
    for arguments in ((Symbol.EMPTY, "34200005,1000000,7,P,0,0", datetime(2019, 1, 2)), (SPY, "20190102 09:30:00,1,2")):
        with pytest.raises(NotOffered, match="Tick of a"):
            Tick(*arguments)


def test_a_copy_is_another_tick() -> None:
    tick = Tick(AT, SPY, "20", "P", 10, 100.0)
    copy = Tick(tick)
    copy.quantity = 5
    assert (tick.quantity, copy.quantity, copy.exchange) == (10.0, 5.0, "ARCA")
    assert tick == tick
    assert tick != copy
    assert tick.clone(True).is_fill_forward
    assert not tick.is_fill_forward


def test_members_can_be_set() -> None:
    tick = Tick()
    tick.time, tick.tick_type, tick.bid_price, tick.ask_price = AT, TickType.QUOTE, 99.0, 101.0
    assert not tick.is_valid()
    tick.bid_size, tick.exchange, tick.sale_condition = 3, "N", "4"
    tick.set_value()
    assert (tick.value, tick.end_time, tick.exchange_code, tick.parsed_sale_condition) == (100.0, AT, "N", 4)
    assert tick.is_valid()
    assert str(tick) == " 0: Bid: 3@99 Ask: 0@101"
    tick.update(1.0, 2.0, 3.0, 4, 5, 6)
    assert (tick.value, tick.bid_price, tick.ask_price, tick.quantity) == (1.0, 2.0, 3.0, 4.0)


def test_unknown_exchanges_have_no_name() -> None:
    tick = Tick(AT, SPY, "", "??", 10, 100.0)
    assert (tick.exchange, tick.exchange_code) == ("", "")


def test_a_slice_can_be_made_of_ticks() -> None:
    ticks = [Tick(AT, SPY, "", "P", 10, 100.0), Tick(AT, SPY, 99.0, 101.0)]
    made = Slice(AT, ticks, AT)
    assert [tick.tick_type for tick in made.ticks[SPY]] == [TickType.TRADE, TickType.QUOTE]
    assert made[SPY] == ticks[:1]
    assert made.all_data == ticks


def test_ticks_hold_lists() -> None:
    ticks = Ticks(AT)
    ticks[SPY] = [Tick(AT, SPY, "", "P", 10, 100.0)]
    assert [(symbol, len(found)) for symbol, found in ticks.items()] == [(SPY, 1)]
    assert ticks.contains_key(SPY)
    assert list(ticks.keys()) == [SPY]
