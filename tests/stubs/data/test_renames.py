"""A renamed security: its data bear the ticker of their time (LEAN: MappingEventProvider, SubscriptionDataReader)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from AlgorithmImports import OrderStatus, QCAlgorithm, Resolution, SecurityIdentifier, SecurityType, Symbol
from lean_stubs.data.factor_file import FactorFile, FactorRow
from lean_stubs.data.map_file import MapFile, MapRow
from lean_stubs.data.points import corporate_events
from lean_stubs.data.series import EquityFiles
from lean_stubs.testing import FakeData, run_algorithm


class Renamed(QCAlgorithm):
    """Holds a security that trades as OLD up to 17 June 2019, then as NEW."""

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 21)
        self.asked = self.add_equity("NEW", Resolution.DAILY).symbol
        self.values: dict[datetime, list[str]] = {}
        self.found: list[Any] = []
        self.orders: list[Any] = []

    def on_data(self, data: Any) -> None:
        self.values[self.time] = [symbol.value for symbol in data.keys()]  # noqa: SIM118
        self.found.append(data.contains_key(self.asked) and self.securities[data.keys()[0]].symbol.value)
        if self.time == datetime(2019, 6, 17, 16):
            self.market_on_open_order(self.asked, 10)

    def on_symbol_changed_events(self, changes: Any) -> None:
        self.changes = [(self.time, event.old_symbol, event.new_symbol) for event in changes.values()]

    def on_order_event(self, order_event: Any) -> None:
        self.orders.append((self.time, order_event.status))


@pytest.fixture(scope="module")
def renamed() -> Any:
    data = FakeData("2019-06-03", "2019-07-12").trend("NEW").rename("OLD", "NEW", "2019-06-17")
    return run_algorithm(Renamed, data).check().algorithm


def test_bars_bear_the_ticker_of_their_day(renamed: Any) -> None:
    assert {name for at, names in renamed.values.items() if at < datetime(2019, 6, 18) for name in names} == {"OLD"}
    assert {name for at, names in renamed.values.items() if at > datetime(2019, 6, 18) for name in names} == {"NEW"}


def test_the_symbol_asked_for_finds_them_all(renamed: Any) -> None:
    assert renamed.asked.value == "NEW"
    assert set(renamed.found) == {"NEW"}


def test_the_change_is_told_at_midnight_and_cancels_orders(renamed: Any) -> None:
    midnight = datetime(2019, 6, 18)
    assert renamed.changes == [(midnight, "OLD", "NEW")]
    assert (midnight, OrderStatus.CANCEL_PENDING) in renamed.orders
    assert (midnight, OrderStatus.CANCELED) in renamed.orders
    assert OrderStatus.FILLED not in [status for _, status in renamed.orders]


class Files(FakeData):
    """One security with the given map and factor files."""

    def __init__(self, names: list[MapRow], factors: list[FactorRow]) -> None:
        super().__init__("2019-06-03", "2019-07-12")
        self.flat("NEW")
        self._names, self._factors = MapFile(names), FactorFile(factors)

    def map_file(self, ticker: str, market: str) -> MapFile:
        return self._names

    def factor_file(self, ticker: str, market: str) -> FactorFile:
        return self._factors

    def events(self, first: date) -> list[tuple[Any, ...]]:
        symbol = Symbol(SecurityIdentifier.generate_equity("NEW", "usa"), "NEW")
        hours = self.hours().get_exchange_hours("usa", symbol, SecurityType.EQUITY)
        found = corporate_events(EquityFiles(self, symbol, hours), first, date(2019, 7, 12))
        made = [make(Decimal(100)) for _, make in found]
        return [(point.time.date(), type(point).__name__, point.symbol.value) for point in made]


RENAMED = [MapRow(date(2019, 6, 3), "OLD"), MapRow(date(2019, 6, 17), "OLD"), MapRow(date(2050, 12, 31), "NEW")]
NEVER = FactorRow(date(2050, 12, 31), Decimal(1), Decimal(1), Decimal(0))


def _factor(day: int, price: str, split: str = "1") -> FactorRow:
    return FactorRow(date(2019, 6, day), Decimal(price), Decimal(split), Decimal(100))


def test_events_bear_the_ticker_of_their_day() -> None:
    events = Files(RENAMED, [_factor(11, "0.98"), _factor(20, "0.99"), NEVER]).events(date(2019, 6, 10))
    assert events == [
        (date(2019, 6, 12), "Dividend", "OLD"),
        (date(2019, 6, 18), "SymbolChangedEvent", "NEW"),
        (date(2019, 6, 21), "Dividend", "NEW"),
    ]


def test_on_the_day_of_the_change_split_and_dividend_come_first_and_bear_the_old_ticker() -> None:
    events = Files(RENAMED, [_factor(17, "0.99", "0.5"), NEVER]).events(date(2019, 6, 10))
    assert events == [
        (date(2019, 6, 17), "Split", "OLD"),
        (date(2019, 6, 18), "Split", "OLD"),
        (date(2019, 6, 18), "Dividend", "OLD"),
        (date(2019, 6, 18), "SymbolChangedEvent", "NEW"),
    ]


def test_a_stream_that_begins_before_the_first_day_is_told_the_first_ticker() -> None:
    events = Files(RENAMED, [NEVER])
    assert events.events(date(2019, 5, 31))[0] == (date(2019, 6, 3), "SymbolChangedEvent", "OLD")
    assert (date(2019, 6, 3), "SymbolChangedEvent", "OLD") not in events.events(date(2019, 6, 3))


def test_data_begin_the_day_before_the_first_factor() -> None:
    factors = FactorFile.parse("20190604,inf,1\n20190606,0,1,5\n20190610,0.9,1,100\n20501231,1,1,0\n")
    assert factors.minimum_day == date(2019, 6, 9)
    assert [row.day for row in factors.rows] == [date(2019, 6, 10), date(2050, 12, 31)]
