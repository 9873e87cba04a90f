"""Bars by price and by volume, on hand-made prices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    BarDirection,
    ClassicRangeConsolidator,
    ClassicRenkoConsolidator,
    RangeConsolidator,
    RenkoConsolidator,
    Symbol,
    TradeBar,
    VolumeRenkoConsolidator,
)
from lean_stubs.data.price_consolidators import DollarVolumeRenkoConsolidator  # not among the names of the star import

SYMBOL = Symbol.create("SPY", 1, "usa")
START = datetime(2020, 1, 6, 9, 30)


def bars(closes: list[float], volume: int = 100) -> list[TradeBar]:
    return [
        TradeBar(START + timedelta(minutes=i), SYMBOL, close, close, close, close, volume, timedelta(minutes=1))
        for i, close in enumerate(closes)
    ]


def feed(consolidator: Any, data: list[TradeBar]) -> list[TradeBar]:
    found: list[TradeBar] = []
    consolidator.data_consolidated += lambda sender, bar: found.append(bar)
    for bar in data:
        consolidator.update(bar)
    return found


def prices(found: list[Any]) -> list[tuple[float, float, float, float]]:
    return [(bar.open, bar.high, bar.low, bar.close) for bar in found]


def test_classic_bricks_begin_where_the_last_one_closed() -> None:
    found: list[Any] = feed(ClassicRenkoConsolidator(1.0), bars([10.2, 10.9, 12.3, 11.7, 9.5]))
    # The first open is 10.2 rounded up to whole bricks; what goes beyond a brick is cut off, not carried over.
    assert prices(found) == [(11, 12, 10.9, 12), (12, 12, 11, 11)]
    assert [bar.direction for bar in found] == [BarDirection.RISING, BarDirection.FALLING]
    # What closes a brick begins the next one too, its volume counted again.
    assert [bar.volume for bar in found] == [300, 300]


def test_bricks_need_not_be_even_and_their_value_may_be_computed() -> None:
    consolidator = ClassicRenkoConsolidator(1.0, lambda bar: bar.close * 2, lambda bar: 1, even_bars=False)
    found = feed(consolidator, bars([10.2, 10.9]))
    assert prices(found) == [(20.4, 21.4, 20.4, 21.4)]
    assert found[0].volume == 2


def test_wicked_bricks_come_several_at_once_and_turn_after_two() -> None:
    found: list[Any] = feed(RenkoConsolidator(1.0), bars([10.2, 12.5, 11.5, 10.5, 9.9]))
    # Up from 10 twice; down only once two bricks below the last close, and the brick keeps the high it saw.
    assert prices(found) == [(10, 11, 10, 11), (11, 12, 11, 12), (11, 12.5, 10, 10)]
    assert [bar.direction for bar in found] == [BarDirection.RISING, BarDirection.RISING, BarDirection.FALLING]
    with pytest.raises(Exception, match="must be strictly greater than zero"):
        RenkoConsolidator(0)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            RangeConsolidator,
            [((10.0, 10.1, 10.0, 10.1), 100), ((10.11, 10.21, 10.11, 10.21), 0), ((10.22, 10.32, 10.22, 10.32), 0)],
        ),
        (ClassicRangeConsolidator, [((10.0, 10.1, 10.0, 10.1), 100)]),
    ],
)
def test_a_jump_fills_its_way_with_ranges_unless_classic(kind: Any, expected: list[Any]) -> None:
    found = feed(kind(10), bars([10.0, 10.36]))
    assert list(zip(prices(found), (bar.volume for bar in found), strict=True)) == expected


def test_equal_volume() -> None:
    found = feed(VolumeRenkoConsolidator(150), bars([10.0, 11.0, 12.0]))
    assert [bar.volume for bar in found] == [150, 150]
    assert prices(found) == [(10, 11, 10, 11), (11, 12, 11, 12)]
    assert [bar.time.minute for bar in found] == [30, 32]


def test_equal_dollar_volume() -> None:
    found = feed(DollarVolumeRenkoConsolidator(1500), bars([10.0, 11.0]))
    assert [bar.volume for bar in found] == [1500]


def test_reset_forgets_the_bar() -> None:
    consolidator = ClassicRenkoConsolidator(1.0)
    found = feed(consolidator, bars([10.2]))
    assert consolidator.working_data is not None
    consolidator.reset()
    assert consolidator.working_data is None
    assert not found
