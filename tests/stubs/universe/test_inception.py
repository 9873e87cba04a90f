"""Funds that join a universe when they begin to trade."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from AlgorithmImports import (
    EnergyETFUniverse,
    InceptionDateUniverseSelectionModel,
    LiquidETFUniverse,
    MetalsETFUniverse,
    QCAlgorithm,
    Resolution,
    SecurityType,
    SP500SectorsETFUniverse,
    Symbol,
    TechnologyETFUniverse,
    Universe,
    USTreasuriesETFUniverse,
    VolatilityETFUniverse,
)
from lean_stubs import FakeData, run_algorithm


class Joins(QCAlgorithm):
    model: Any = None

    def initialize(self) -> None:
        self.set_start_date(2020, 1, 6)
        self.set_end_date(2020, 1, 14)
        self.universe_settings.resolution = Resolution.DAILY
        self.set_universe_selection(self.model())
        self.joined: list[tuple[str, int]] = []

    def on_securities_changed(self, changes: Any) -> None:
        self.joined += [(security.symbol.value, self.time.day) for security in changes.added_securities]


def joined(model: Any, *tickers: str) -> list[tuple[str, int]]:
    kind = type("Run", (Joins,), {"model": staticmethod(model)})
    found: list[tuple[str, int]] = run_algorithm(kind, FakeData("2020-01-02", "2020-01-14").flat(*tickers)).check().algorithm.joined
    return found


def test_a_ticker_joins_on_its_date_and_one_of_a_later_date_holds_up_those_after_it() -> None:
    dates = {"AAA": datetime(2019, 5, 1), "BBB": datetime(2020, 1, 9), "CCC": datetime(2019, 5, 1)}
    found = joined(lambda: InceptionDateUniverseSelectionModel("mine", dates), "AAA", "BBB", "CCC")
    assert found == [("AAA", 6), ("BBB", 9), ("CCC", 9)]


def test_the_model_says_what_is_new_and_nothing_when_nothing_is() -> None:
    model = InceptionDateUniverseSelectionModel("mine", {"AAA": datetime(2019, 5, 1)})
    assert model.select(None, datetime(2019, 4, 30)) is Universe.UNCHANGED
    assert list(model.select(None, datetime(2019, 5, 1))) == ["AAA"]
    assert model.select(None, datetime(2019, 5, 2)) is Universe.UNCHANGED


@pytest.mark.parametrize(
    ("kind", "first", "last", "number"),
    [
        (EnergyETFUniverse, "XLE", "TAN", 19),
        (MetalsETFUniverse, "GLD", "JDST", 13),
        (TechnologyETFUniverse, "XLK", "FTEC", 16),
        (USTreasuriesETFUniverse, "IEF", "GOVT", 20),
        (VolatilityETFUniverse, "SQQQ", "USMV", 10),
        (SP500SectorsETFUniverse, "XLB", "XLY", 9),
    ],
)
def test_lean_s_lists_of_funds(kind: Any, first: str, last: str, number: int) -> None:
    tickers = list(kind().select(None, datetime(2020, 1, 1)))
    assert (tickers[0], tickers[-1], len(tickers)) == (first, last, number)
    assert len(set(tickers)) == number


def test_bonds_of_2002_come_before_those_of_2007() -> None:
    assert list(USTreasuriesETFUniverse().select(None, datetime(2006, 1, 1))) == ["IEF", "SHY", "TLT"]


def test_liquid_funds_are_grouped_and_all_join() -> None:
    energy = LiquidETFUniverse.ENERGY
    inverse = Symbol.create("ERY", SecurityType.EQUITY, "usa")
    assert (inverse in energy.inverse, inverse in energy.long, inverse in energy, len(energy)) == (True, False, True, 16)
    assert str(LiquidETFUniverse.SP_500_SECTORS) == "9 symbols: Long: XLB,XLE,XLF,XLI,XLK,XLP,XLU,XLV,XLY"
    assert str(LiquidETFUniverse.METALS).endswith("JNUG Inverse: DUST,JDST")
    groups = [getattr(LiquidETFUniverse, name) for name in ("METALS", "TECHNOLOGY", "TREASURIES", "VOLATILITY")]
    groups += [energy, LiquidETFUniverse.SP500Sectors]
    tickers = [symbol.value for group in groups for symbol in group]
    assert sorted(ticker for ticker, _ in joined(LiquidETFUniverse, *tickers)) == sorted(tickers)
