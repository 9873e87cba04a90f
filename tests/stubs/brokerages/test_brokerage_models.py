"""What a brokerage model changes: securities' models, the benchmark, which orders are taken."""

from __future__ import annotations

from typing import Any

import pytest
from AlgorithmImports import (
    AccountType,
    BrokerageModelSecurityInitializer,
    BrokerageName,
    DefaultBrokerageModel,
    FuncBenchmark,
    FuncSecuritySeeder,
    QCAlgorithm,
    Resolution,
)
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.orders.fees import AxosFeeModel, ConstantFeeModel, InteractiveBrokersFeeModel
from lean_stubs.orders.slippage import AlphaStreamsSlippageModel


def data() -> FakeData:
    return FakeData("2019-01-01", "2019-03-31").regimes("SPY", seed=1)


class Buyer(QCAlgorithm):
    model: Any = None
    account = AccountType.MARGIN
    kind = "market_order"

    def initialize(self) -> None:
        self.set_start_date(2019, 2, 1)
        self.set_end_date(2019, 2, 8)
        self.early = self.add_equity("SPY", Resolution.DAILY, leverage=1.5)
        if type(self).model is not None:
            self.set_brokerage_model(type(self).model, *([self.account] if isinstance(self.model, BrokerageName) else []))

    def on_data(self, data: Any) -> None:
        if not self.transactions.orders_count:
            self.market_order("SPY", 10)


def run_with(brokerage: Any) -> Any:
    class Named(Buyer):
        model = brokerage

    return run_algorithm(Named, data())


@pytest.mark.parametrize(
    ("name", "fee"),
    [
        (BrokerageName.DEFAULT, InteractiveBrokersFeeModel),
        (BrokerageName.INTERACTIVE_BROKERS_BROKERAGE, InteractiveBrokersFeeModel),
        (BrokerageName.ALPHA_STREAMS, InteractiveBrokersFeeModel),
        (BrokerageName.AXOS, AxosFeeModel),
        (BrokerageName.TRADIER_BROKERAGE, ConstantFeeModel),
    ],
)
def test_fees_by_name_and_the_leverage_that_was_asked_for_stays(name: BrokerageName, fee: type) -> None:
    algorithm = run_with(name).check().algorithm
    assert type(algorithm.early.fee_model) is fee
    assert algorithm.early.leverage == pytest.approx(1.5)
    assert algorithm.brokerage_name == name


def test_alpha_streams_slips() -> None:
    assert type(run_with(BrokerageName.ALPHA_STREAMS).check().algorithm.early.slippage_model) is AlphaStreamsSlippageModel


def test_a_broker_takes_only_its_kinds_of_orders() -> None:
    # Bought at the close the order is for the open, which Axos does not take.
    orders = run_with(BrokerageName.AXOS).check().orders
    assert set(orders["status"]) == {"INVALID"}
    assert "BrokerageModel declared unable to submit order" in orders["tag"].iloc[0] or len(orders) >= 1


def test_other_brokers_are_named() -> None:
    result = run_with(BrokerageName.GDAX)
    assert isinstance(result.error, NotOffered)
    assert "GDAX" in str(result.error)


class Strict(DefaultBrokerageModel):
    """Does not call the base's constructor, as users' models often do not."""

    def __init__(self) -> None:
        self.asked = 0

    def can_submit_order(self, security: Any, order: Any, message: Any) -> bool:
        self.asked += 1
        return self.asked > 2

    def get_benchmark(self, securities: Any) -> Any:
        return FuncBenchmark(lambda time: 7)

    def get_fee_model(self, security: Any) -> Any:
        return ConstantFeeModel(3)


def test_a_users_model_decides() -> None:
    class Again(Buyer):
        model = Strict()

        def on_data(self, data: Any) -> None:
            if not self.portfolio.invested and not self.transactions.get_open_orders():
                self.market_order("SPY", 10)

    result = run_algorithm(Again, data()).check()
    assert result.orders["status"].tolist()[:3] == ["INVALID", "INVALID", "FILLED"]
    assert result.orders["fee"].iloc[2] == 3.0
    assert result.algorithm.benchmark.evaluate(result.algorithm.time) == 7


def test_a_cash_account_settles_the_day_after() -> None:
    class Cash(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 2, 1)
            self.set_end_date(2019, 2, 15)
            self.set_cash(10_000)
            self.set_brokerage_model(BrokerageName.INTERACTIVE_BROKERS_BROKERAGE, AccountType.CASH)
            self.spy = self.add_equity("SPY", Resolution.DAILY)
            self.unsettled: list[float] = []

        def on_data(self, data: Any) -> None:
            self.unsettled.append(self.portfolio.unsettled_cash)
            if self.time.day == 4:
                self.market_order("SPY", 10)
            if self.time.day == 6:
                self.liquidate()

    algorithm = run_algorithm(Cash, data()).check().algorithm
    assert algorithm.spy.leverage == 1
    assert [amount > 0 for amount in algorithm.unsettled[:6]] == [False, False, False, False, True, False]


def test_an_initializer_sets_the_models_and_the_first_price() -> None:
    class Seeded(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2019, 2, 1)
            self.set_end_date(2019, 2, 8)
            seeder = FuncSecuritySeeder(self.get_last_known_prices)
            self.set_security_initializer(BrokerageModelSecurityInitializer(self.brokerage_model, seeder))
            self.price = self.add_equity("SPY", Resolution.DAILY).price

    assert run_algorithm(Seeded, data()).check().algorithm.price > 0
