"""An account in another currency holds securities of that currency."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from AlgorithmImports import (
    CashAmount,
    Exchange,
    FeeModel,
    IndiaOrderProperties,
    Market,
    OrderFee,
    OrderFeeParameters,
    QCAlgorithm,
    Resolution,
    SecurityType,
    Slice,
)
from lean_stubs import RunResult, run_algorithm
from lean_stubs.clr.exceptions import InvalidOperationException, NotOffered
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.results.order_json import order_json

HOURS = {
    "dataTimeZone": "Asia/Kolkata",
    "exchangeTimeZone": "Asia/Kolkata",
    **{
        day: [{"start": "09:15:00", "end": "15:30:00", "state": "market"}]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    },
}
ROWS = "market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size,market_ticker\n"
ROWS += "#\nindia,LOTS,equity,,INR,1,0.05,50\nusa,[*],equity,,USD,1,0.01,1\n"


@pytest.fixture
def data(tmp_path: Path) -> LeanFolder:
    """A company in India at 95 rupees, one in the USA, and one in India that trades in lots of fifty."""
    for market, ticker in (("india", "yes"), ("india", "lots"), ("usa", "spy")):
        folder = tmp_path / "equity" / market / "daily"
        folder.mkdir(parents=True, exist_ok=True)
        rows = "".join(f"202001{day:02} 00:00,950000,960000,940000,950000,100\n" for day in (6, 7, 8, 9, 10))
        with zipfile.ZipFile(folder / f"{ticker}.zip", "w") as archive:
            archive.writestr(f"{ticker}.csv", rows)
    for place, text in (
        ("market-hours/market-hours-database.json", json.dumps({"entries": {"Equity-india-[*]": HOURS, "Equity-usa-[*]": HOURS}})),
        (
            "symbol-properties/symbol-properties-database.csv",
            ROWS,
        ),
    ):
        file = tmp_path / place
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    return LeanFolder(tmp_path)


class Rupees(QCAlgorithm):
    """Buys ten shares on the first day."""

    def initialize(self) -> None:
        self.set_account_currency("INR", 50_000)
        self.set_start_date(2020, 1, 6)
        self.set_end_date(2020, 1, 10)
        self.yes = self.add_equity("YES", Resolution.DAILY, Market.INDIA)
        self.prepare()

    def prepare(self) -> None:
        """Before the first bar."""

    def on_data(self, data: Slice) -> None:
        if not self.portfolio.invested and self.transactions.orders_count == 0:
            self.market_order(self.yes.symbol, 10, order_properties=IndiaOrderProperties(Exchange.NSE))


def ran(data: LeanFolder, prepare: Any = lambda algorithm: None) -> RunResult:
    return run_algorithm(type("Run", (Rupees,), {"prepare": prepare}), data)


def test_prices_fees_and_statistics_are_in_the_account_s_currency(data: LeanFolder) -> None:
    result = ran(data).check()
    done = result.algorithm
    assert (done.account_currency, list(done.portfolio.cash_book.keys())) == ("INR", ["INR"])
    assert (done.yes.quote_currency.symbol, done.yes.exchange.time_zone.id) == ("INR", "Asia/Kolkata")
    # Six rupees are the least that is charged in India.
    assert (done.portfolio.total_fees, done.portfolio.cash) == (6.0, 50_000 - 950 - 6)
    assert (result.statistics["Total Fees"], result.statistics["Start Equity"]) == ("₹6.00", "50000")
    assert result.runtime_statistics["Equity"].startswith("₹")
    assert "Changing account currency from USD to INR, with a starting cash of 50000..." in result.logs
    (event,) = [e for e in done.transactions.get_order_tickets()[0].order_events if e.fill_quantity]
    assert (event.order_fee.value.currency, "FillPrice: ₹95 " in str(event)) == ("INR", True)
    # The benchmark is in dollars, of which nobody knows the rate.
    assert done.benchmark.evaluate(done.time) == 0


def test_a_security_or_a_fee_in_another_currency_is_refused(data: LeanFolder) -> None:
    with pytest.raises(NotOffered, match=r"a security in USD on an account in INR .*SPY needs rates"):
        ran(data, lambda algorithm: algorithm.add_equity("SPY", Resolution.DAILY)).check()

    class Dollars(FeeModel):
        def get_order_fee(self, parameters: OrderFeeParameters) -> OrderFee:
            return OrderFee(CashAmount(1.0, "USD"))

    with pytest.raises(NotOffered, match="a fee in USD"):
        ran(data, lambda algorithm: algorithm.yes.set_fee_model(Dollars())).check()


def test_the_currency_is_chosen_once_and_before_securities(data: LeanFolder) -> None:
    result = ran(data, lambda algorithm: algorithm.set_account_currency("EUR")).check()
    assert result.algorithm.account_currency == "INR"

    def initialize(self: Any) -> None:
        self.add_equity("SPY", Resolution.DAILY)
        self.set_account_currency("EUR")

    with pytest.raises(InvalidOperationException, match="after adding a Security"):
        run_algorithm(type("Late", (QCAlgorithm,), {"initialize": initialize}), data).check()


def test_lots_and_price_steps_are_those_of_the_data(data: LeanFolder) -> None:
    def prepare(algorithm: Any) -> None:
        algorithm.lots = algorithm.add_equity("LOTS", Resolution.DAILY, Market.INDIA)

    done = ran(data, prepare).check().algorithm
    properties = done.lots.symbol_properties
    assert (properties.lot_size, properties.minimum_price_variation, properties.quote_currency) == (50.0, 0.05, "INR")
    assert (done.yes.symbol_properties.lot_size, done.yes.symbol_properties.minimum_price_variation) == (1.0, 0.01)


def test_an_exchange_is_part_of_an_order_s_properties(data: LeanFolder) -> None:
    done = ran(data).check().algorithm
    order = done.transactions.get_orders()[0]
    assert (order.properties.exchange, str(order.properties.exchange)) == (Exchange.NSE, "NSE")
    wanted = '"properties":{"ProductType":null,"timeInForce":{},"Exchange":{"Code":"NSE","Name":"NSE","Market":"india"'
    assert wanted in order_json(order)
    kind = IndiaOrderProperties.IndiaProductType.CNC
    assert IndiaOrderProperties(Exchange.BSE, kind).clone().product_type == "CNC"


def test_exchanges_are_equal_by_code_market_and_kinds() -> None:
    assert Exchange("NSE", "", "mine", "india", SecurityType.EQUITY) == Exchange.NSE
    assert Exchange.NASDAQ != Exchange.NYSE
    assert (Exchange.C_2.name, Exchange.NASDAQ.code, Exchange.ARCA.market) == ("C2", "Q", "usa")
