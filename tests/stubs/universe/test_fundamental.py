"""Universes chosen from coarse files and from a fund's files, laid out as LEAN's data folder is."""

from __future__ import annotations

import math
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import (
    ConstituentsUniverse,
    ETFConstituentData,
    ETFConstituentUniverse,
    Fundamental,
    FundamentalUniverseSelectionModel,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    SecurityIdentifier,
    SecurityType,
    Symbol,
    Universe,
)
from lean_stubs import run_algorithm

DAYS = ("20190102", "20190103", "20190104", "20190107", "20190108")
SID = {"AAA": "AAA 2T", "BBB": "BBB 2T"}  # no map file: day zero, US equity


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    room = tmp_path / "equity" / "usa"
    (room / "daily").mkdir(parents=True)
    for ticker in SID:
        with zipfile.ZipFile(room / "daily" / f"{ticker.lower()}.zip", "w") as archive:
            rows = [f"{day} 00:00,{1000000 + 10000 * i},1200000,900000,{1010000 + 10000 * i},5000" for i, day in enumerate(DAYS)]
            archive.writestr("x.csv", "\n".join(rows))
    return tmp_path


def coarse(folder: Path, day: str, volumes: dict[str, int]) -> None:
    room = folder / "equity" / "usa" / "fundamental" / "coarse"
    room.mkdir(parents=True, exist_ok=True)
    rows = [f"{SID[ticker]},{ticker},101.5,{volume},{volume * 101},True,0.5,0.25" for ticker, volume in volumes.items()]
    (room / f"{day}.csv").write_text("\n".join(rows) + "\n")


def fund(folder: Path, day: str, weights: dict[str, str]) -> None:
    room = folder / "equity" / "usa" / "universes" / "etf" / "fff"
    room.mkdir(parents=True, exist_ok=True)
    rows = [f"{ticker},{SID[ticker]},{day},{weight},100," for ticker, weight in weights.items()]
    (room / f"{day}.csv").write_text("\n".join(rows) + "\n")


class Base(QCAlgorithm):
    seen: list[Any]

    def initialize(self) -> None:
        self.seen = []
        self.set_start_date(2019, 1, 3)
        self.set_end_date(2019, 1, 8)
        self.set_benchmark(lambda at: 1)
        self.universe_settings.resolution = Resolution.DAILY
        self.begin()

    def begin(self) -> None:
        raise NotImplementedError

    def on_securities_changed(self, changes: SecurityChanges) -> None:
        names = [[s.symbol.value for s in side] for side in (changes.added_securities, changes.removed_securities)]
        self.seen.append((f"{self.time:%d %H:%M}", *names))


class Greatest(Base):
    def begin(self) -> None:
        self.asked: list[Any] = []
        self.chosen = self.add_universe(self.pick)

    def pick(self, companies: list[Fundamental]) -> list[Symbol]:
        self.asked.append((f"{self.time:%d %H:%M}", len(companies)))
        ordered = sorted(companies, key=lambda c: c.dollar_volume, reverse=True)
        return [c.symbol for c in ordered[:1]]


def test_a_day_is_known_at_the_next_midnight_and_the_first_selection_comes_at_once(folder: Path) -> None:
    coarse(folder, "20190102", {"AAA": 20, "BBB": 10})
    coarse(folder, "20190104", {"AAA": 10, "BBB": 20})
    algorithm = run_algorithm(Greatest, folder).check().algorithm
    # The file of the 2nd is the first; that of Friday the 4th is told on Saturday; of the 3rd and 7th there are none.
    assert algorithm.asked == [("03 00:00", 2), ("04 00:00", 0), ("05 00:00", 2), ("08 00:00", 0)]
    assert algorithm.seen[0] == ("03 00:00", ["AAA"], [])
    assert [entry for entry in algorithm.seen if entry[0] == "05 00:00"] == [("05 00:00", ["BBB"], [])]


class Reads(Greatest):
    def pick(self, companies: list[Fundamental]) -> Any:
        for company in companies:
            self.asked.append(company)
        return Universe.UNCHANGED


def test_figures_are_those_of_the_file_and_of_lean_default_provider(folder: Path) -> None:
    coarse(folder, "20190102", {"AAA": 20})
    company = run_algorithm(Reads, folder).check().algorithm.asked[0]
    assert (company.price, company.volume, company.dollar_volume) == (101.5, 20, 2020.0)
    assert (company.price_factor, company.split_factor, company.adjusted_price) == (0.5, 0.25, 101.5 * 0.125)
    assert (company.time, company.end_time) == (datetime(2019, 1, 2), datetime(2019, 1, 3))
    assert not company.has_fundamental_data
    assert math.isnan(company.valuation_ratios.pe_ratio)
    assert company.asset_classification.morningstar_sector_code == 0
    assert company.company_reference.industry_template_code is None
    growth = company.earning_ratios.equity_per_share_growth
    assert (growth.has_value, math.isnan(growth.one_year), math.isnan(growth.value)) == (False, True, True)
    assert math.isnan(company.financial_statements.balance_sheet.total_assets.value)
    assert company.financial_statements.file_date.value == datetime.min
    with pytest.raises(AttributeError, match="goodwill_and_more"):
        _ = company.financial_statements.balance_sheet.goodwill_and_more


class OnSomeDays(Greatest):
    def begin(self) -> None:
        self.asked = []
        self.add_universe(self.date_rules.on([datetime(2019, 1, 4), datetime(2019, 1, 7)]), self.pick)


def test_a_date_rule_says_when_to_select(folder: Path) -> None:
    coarse(folder, "20190103", {"AAA": 20})
    coarse(folder, "20190104", {"BBB": 20})
    # Monday the 7th gets the file of Friday.
    assert run_algorithm(OnSomeDays, folder).check().algorithm.asked == [("04 00:00", 1), ("07 00:00", 1)]


class Model(Base):
    def begin(self) -> None:
        self.set_universe_selection(Chooser())


class Chooser(FundamentalUniverseSelectionModel):
    def select(self, algorithm: QCAlgorithm, fundamental: list[Fundamental]) -> list[Symbol]:
        return [c.symbol for c in fundamental if c.volume > 15]


def test_a_selection_model_overrides_select(folder: Path) -> None:
    coarse(folder, "20190102", {"AAA": 20, "BBB": 10})
    assert run_algorithm(Model, folder).check().algorithm.seen[0] == ("03 00:00", ["AAA"], [])


class Fund(Base):
    def begin(self) -> None:
        self.chosen = self.add_universe(self.universe.etf("FFF", self.universe_settings, self.pick))

    def pick(self, companies: list[ETFConstituentUniverse]) -> list[Symbol]:
        return [c.symbol for c in companies if c.weight is not None and c.weight > 0.3]

    def on_end_of_algorithm(self) -> None:
        self.seen.append((self.chosen.selected.count, self.chosen.members.count))


def test_a_fund_selects_only_after_days_with_a_file(folder: Path) -> None:
    fund(folder, "20190102", {"AAA": "0.5", "BBB": ""})
    fund(folder, "20190107", {"AAA": "0.1", "BBB": "0.9"})
    seen = run_algorithm(Fund, folder).check().algorithm.seen
    assert seen == [("03 00:00", ["AAA"], []), ("08 00:00", ["BBB"], ["AAA"]), (1, 1)]


class Remembering(Fund):
    def on_data(self, data: Any) -> None:
        for security in self.active_securities.values():
            known = security.cache.get_data(ETFConstituentUniverse)
            older, none = (security.cache.has_data(kind) for kind in (ETFConstituentData, Fundamental))
            self.seen.append((self.time.day, security.symbol.value, None if known is None else known.weight, older, none))


def test_a_security_keeps_what_the_universe_was_told_of_it(folder: Path) -> None:
    fund(folder, "20190102", {"AAA": "0.5", "BBB": ""})
    fund(folder, "20190104", {"AAA": "0.4", "BBB": "0.2"})
    seen = run_algorithm(Remembering, folder).check().algorithm.seen
    weights = {row[0]: row[1:] for row in seen if row[1] == "AAA"}
    assert weights[3] == weights[4] == ("AAA", 0.5, True, False)
    assert weights[7] == ("AAA", 0.4, True, False)


class OfThePast(Base):
    def begin(self) -> None:
        self.set_start_date(2019, 1, 7)
        universe = self.add_universe(lambda companies: [])
        by_kind = self.history[universe.data_type]([universe.symbol], 5)
        self.seen = [
            self.history(universe, 2, flatten=True),
            self.history(universe, datetime(2019, 1, 2), datetime(2019, 1, 4)),
            [[company.symbol.value for company in day[universe.symbol]] for day in by_kind],
            self.history(Fundamental, [Symbol.create("AAA", SecurityType.EQUITY, "usa")], 2),
            self.fundamentals([Symbol.create("AAA", SecurityType.EQUITY, "usa")]),
        ]


def test_history_of_a_universe_is_what_was_known_each_day(folder: Path) -> None:
    coarse(folder, "20190102", {"AAA": 20, "BBB": 10})
    coarse(folder, "20190103", {"AAA": 30})
    coarse(folder, "20190104", {"BBB": 40})
    frame, series, by_kind, companies, now = run_algorithm(OfThePast, folder).check().algorithm.seen
    # On Monday the 7th the last two trading days are known of.
    rows = [(f"{time:%m-%d}", symbol.value) for time, symbol in frame.index]
    assert rows == [("01-04", "AAA"), ("01-05", "BBB")]
    assert list(frame["volume"]) == [30, 40]
    assert [[c.volume for c in known] for known in series] == [[20, 10], [30]]
    assert by_kind == [["AAA", "BBB"], ["AAA"], ["BBB"]]
    assert list(companies["volume"]) == [30, 0]
    # Of a company LEAN reads the file of the day before, which on a Monday is Sunday's.
    assert (now[0].volume, now[0].end_time) == (0, datetime(2019, 1, 7))


class Listed(Base):
    def begin(self) -> None:
        sid = SecurityIdentifier.generate_constituent_identifier("constituents-universe-mine", SecurityType.EQUITY, "usa")
        self.universe_settings.resolution = Resolution.DAILY
        self.add_universe(ConstituentsUniverse(Symbol(sid, "constituents-universe-mine"), self.universe_settings))

    def on_securities_changed(self, changes: SecurityChanges) -> None:
        added, removed = ([s.symbol.value for s in found] for found in (changes.added_securities, changes.removed_securities))
        self.seen.append((f"{self.time:%m-%d}", added, removed))


def test_constituents_follow_their_files_and_none_of_them_empties_the_universe(folder: Path) -> None:
    room = folder / "equity" / "usa" / "universes" / "daily" / "mine"
    room.mkdir(parents=True)
    for day, rows in {"20190103": ["AAA,AAA 2T"], "20190104": ["NONE,NONE 0"], "20190107": ["AAA,AAA 2T", "BBB,BBB 2T"]}.items():
        (room / f"{day}.csv").write_text("\n".join(rows) + "\n")
    seen = run_algorithm(Listed, folder).check().algorithm.seen
    assert seen == [("01-04", ["AAA"], []), ("01-05", [], ["AAA"]), ("01-08", ["AAA", "BBB"], [])]
