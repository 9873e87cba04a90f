"""What algorithms read from the data folder themselves: paths, factor files, identifiers, map files by date."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import (
    DataNormalizationMode,
    Extensions,
    Globals,
    LocalDiskFactorFileProvider,
    LocalDiskMapFileProvider,
    LocalDiskShortableProvider,
    Market,
    QCAlgorithm,
    SecurityIdentifier,
    SecurityType,
    Symbol,
)
from lean_stubs.testing import FakeData, run_algorithm
from QuantConnect.Lean.Engine.DataFeeds import DefaultDataProvider


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """OLD became NEW in 2018; another company took the name OLD after it."""
    room = tmp_path / "equity" / "usa"
    for name, text in {
        "map_files/new.csv": "20100104,old\n20180601,old\n20501231,new\n",
        "map_files/old.csv": "20190102,old\n20501231,old\n",
        "factor_files/new.csv": "20100104,0.5,0.25,10\n20170102,0.9,1,20\n20501231,1,1,0\n",
    }.items():
        file = room / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    properties = tmp_path / "symbol-properties"
    properties.mkdir()
    (properties / "security-database.csv").write_text(
        f"# id,cusip,figi,sedol,isin,cik\n{NEW},03783310,BBG000B9XRY4,2046251,US0378331005,320193\n"
    )
    return tmp_path


NEW = "OLD UJ0T0SKEFN1H"


class Asks(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 3)
        self.set_benchmark(lambda at: 1)
        self.told = self.ask()

    def ask(self) -> Any:
        raise NotImplementedError


def ask(question: Any, data: Any) -> Any:
    kind = type("Question", (Asks,), {"ask": question})
    return run_algorithm(kind, data).check().algorithm.told


def ids(algorithm: Any) -> list[str]:
    def made(ticker: str, *at: Any) -> str:
        return str(SecurityIdentifier.generate_equity(ticker, Market.USA, True, None, *at)).split()[0]

    first = Symbol.create("NEW", SecurityType.EQUITY, Market.USA).id
    before = SecurityIdentifier.generate_equity("OLD", Market.USA, mapping_resolve_date=datetime(2015, 1, 2))
    after = SecurityIdentifier.generate_equity("OLD", Market.USA, mapping_resolve_date=datetime(2020, 1, 2))
    today = Symbol.create("OLD", SecurityType.EQUITY, Market.USA).id
    return [first == before, before == after, after == today, made("OLD", datetime(2015, 1, 2)), made("NEW", datetime(2015, 1, 2))]


def test_a_ticker_means_the_company_that_had_it_on_the_day(folder: Path) -> None:
    assert ask(ids, folder) == [True, False, True, "OLD", "OLD"]


def test_identifiers_name_symbols_and_symbols_have_identifiers(folder: Path) -> None:
    def question(algorithm: Any) -> Any:
        symbol = Symbol.create("NEW", SecurityType.EQUITY, Market.USA)
        own = (symbol.cusip, symbol.composite_figi, symbol.sedol, symbol.isin, symbol.cik)
        assert own == (
            algorithm.cusip(symbol),
            *(getattr(algorithm, n)(symbol) for n in ("composite_figi", "sedol", "isin", "cik")),
        )
        then = algorithm.isin("us0378331005", datetime(2015, 1, 2))
        now = algorithm.cik(320193)
        other = Symbol.create("OLD", SecurityType.EQUITY, Market.USA)
        return str(symbol.id), own, then.value, [s.value for s in now], other.cusip, algorithm.sedol("nothing")

    told = ask(question, folder)
    assert told == (NEW, ("03783310", "BBG000B9XRY4", "2046251", "US0378331005", 320193), "OLD", ["NEW"], None, None)


def test_an_identifier_is_not_asked_for_a_day_to_come(folder: Path) -> None:
    with pytest.raises(Exception, match="trading_date must not be after"):
        ask(lambda algorithm: algorithm.isin("US0378331005", datetime(2019, 6, 4)), folder)


def test_factors_of_the_runs_own_files(folder: Path) -> None:
    def question(algorithm: Any) -> Any:
        reader, maps, factors = DefaultDataProvider(), LocalDiskMapFileProvider(), LocalDiskFactorFileProvider()
        maps.initialize(reader)
        factors.initialize(maps, reader)
        found = factors.get(Symbol.create("NEW", SecurityType.EQUITY, Market.USA))
        days = (datetime(2009, 6, 1), datetime(2016, 6, 1), datetime(2019, 6, 1))
        return found.permtick, [found.get_price_factor(day, DataNormalizationMode.ADJUSTED) for day in days]

    assert ask(question, folder) == ("new", [0.125, 0.9, 1.0])


def test_lines_of_a_file_below_the_data_folder(folder: Path) -> None:
    def question(algorithm: Any) -> Any:
        provider = LocalDiskShortableProvider("broker").data_provider
        path = os.path.join(Globals.data_folder, "equity", "usa", "map_files", "old.csv")
        return Extensions.read_lines(provider, path), Extensions.read_lines(provider, path + "x")

    assert ask(question, folder) == (["20190102,old", "20501231,old"], [])


def test_without_a_folder_there_is_no_path() -> None:
    with pytest.raises(NotImplementedError, match=r"Globals\.data_folder is not in lean-stubs"):
        ask(lambda algorithm: Globals.data_folder, FakeData("2019-06-03", "2019-06-04").flat("SPY"))
