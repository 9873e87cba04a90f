"""Exchanges, their letters, and which one a security is listed on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import Exchange, QCAlgorithm, Resolution, SecurityType
from lean_stubs.common.primary_exchange import primary_exchange

from tests.stubs.tick_folder import run_on, trade, write_file, write_ticks


@pytest.mark.parametrize(
    ("text", "name"),
    [("P", "ARCA"), ("t", "NASDAQ"), ("Q", "NASDAQ"), ("BATS Z", "BATS"), ("BYX", "BATS_Y"), ("H", "MIAX_PEARL"), ("C", "NSE")],
)
def test_letters_and_names_of_files_mean_an_exchange(text: str, name: str) -> None:
    assert primary_exchange(text).name == name


def test_what_is_not_known_has_no_name() -> None:
    assert primary_exchange("") is Exchange.UNKNOWN
    assert str(Exchange.UNKNOWN) == ""
    assert primary_exchange("NSE", "india") is Exchange.NSE
    assert primary_exchange("NSE", "other") is Exchange.UNKNOWN


def test_exchanges_are_equal_by_letter_market_and_kinds() -> None:
    made = Exchange("ARCA", "P", "", "usa", SecurityType.EQUITY)
    assert made == Exchange.ARCA
    assert hash(made) == hash(Exchange.ARCA)
    assert Exchange.NASDAQ_PSX != Exchange.PHLX, "one letter, but equities and options"
    assert Exchange("OWN", "", "", "usa").code == "OWN"


def test_the_last_row_of_the_map_file_says_where_a_security_is_listed(tmp_path: Path) -> None:
    write_ticks(tmp_path, trade=[trade(0, 100)])
    write_file(tmp_path, "map_files", "spy", "19980102,spy,Q\n20501231,spy,P\n")

    class Asking(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 1, 2)
            self.set_end_date(2019, 1, 2)
            self.listed: Any = self.add_equity("SPY", Resolution.TICK).primary_exchange

    assert run_on(tmp_path, Asking).listed is Exchange.ARCA
