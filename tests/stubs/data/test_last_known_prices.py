"""What a security begins with, before its first own bar."""

from __future__ import annotations

from typing import Any

import pytest
from AlgorithmImports import DataNormalizationMode, FuncSecuritySeeder, OrderResponseErrorCode, OrderStatus, QCAlgorithm, Resolution
from lean_stubs.data.source import DataProblem
from lean_stubs.testing import FakeData, run_algorithm


def market() -> FakeData:
    return FakeData("2019-01-02", "2019-07-12").flat("SPY", "AAA", price=50.0).split("AAA", "2019-07-01", 2.0)


class Seeded(QCAlgorithm):
    """AAA comes by a universe; its prices are twice as high as adjusted ones until July."""

    mode = DataNormalizationMode.RAW
    benchmark = "SPY"

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 7)
        self.universe_settings.resolution = Resolution.DAILY
        self.universe_settings.data_normalization_mode = self.mode
        self.set_benchmark(type(self).benchmark)
        self.seeds: list[float] = []
        seeder = FuncSecuritySeeder(self.get_last_known_prices)

        def begin(security: Any) -> None:
            seeder.seed_security(security)
            if security.symbol.value == "AAA":
                self.seeds.append(security.price)

        self.set_security_initializer(begin)
        self.add_universe("one", Resolution.DAILY, lambda time: ["AAA"] if time.day > 3 else ["SPY"])


def seeds(**fields: Any) -> list[float]:
    kind = type("Fields", (Seeded,), fields)
    found: list[float] = run_algorithm(kind, market()).check().algorithm.seeds
    return found


def test_a_new_security_begins_with_prices_of_the_universe_settings_mode() -> None:
    adjusted = seeds(mode=DataNormalizationMode.ADJUSTED)
    assert len(adjusted) == 1
    assert seeds() == pytest.approx([2 * adjusted[0]])


def test_of_the_benchmark_the_engines_own_adjusted_subscription_is_read() -> None:
    assert seeds(benchmark="AAA") == seeds(mode=DataNormalizationMode.ADJUSTED)


class OrdersUnknown(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2019, 6, 3)
        self.set_end_date(2019, 6, 4)
        self.add_equity("SPY", Resolution.DAILY)
        self.told: list[Any] = []

    def on_data(self, data: Any) -> None:
        ticket = self.market_order("PEPE", 1)
        self.told.append((ticket.status, ticket.submit_request.response.error_code, "PEPE" in self.securities))


def test_an_order_for_a_ticker_that_nothing_knows_is_invalid_for_want_of_a_price() -> None:
    data = market()
    data.unknown_ticker_stops = False
    told = run_algorithm(OrdersUnknown, data).check().algorithm.told
    assert told == 2 * [(OrderStatus.INVALID, OrderResponseErrorCode.SECURITY_PRICE_ZERO, True)]


def test_where_unknown_tickers_stop_a_run_the_order_says_that_it_knows_none() -> None:
    with pytest.raises(Exception, match="ticker PEPE was not found") as caught:
        run_algorithm(OrdersUnknown, market()).check()
    assert not isinstance(caught.value, DataProblem)
