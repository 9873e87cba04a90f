"""Orders as the JSON that LEAN hashes."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal

import pytest
from AlgorithmImports import (
    InteractiveBrokersOrderProperties,
    OrderProperties,
    OrderSubmissionData,
    QCAlgorithm,
    Resolution,
    SecurityType,
    Symbol,
    TimeInForce,
)
from lean_stubs import FakeData, run_algorithm
from lean_stubs.orders.plain_orders import MarketOrder
from lean_stubs.orders.priced_orders import (
    LimitIfTouchedOrder,
    LimitOrder,
    StopLimitOrder,
    StopMarketOrder,
    TrailingStopOrder,
)
from lean_stubs.results.order_hash import order_list_hash
from lean_stubs.results.order_json import order_json

SPY = Symbol.create("SPY", SecurityType.EQUITY, "usa")
WHEN = datetime(2019, 3, 1, 14, 31)
COMMON = (
    *("type", "id", "contingentId", "brokerId", "symbol", "price", "priceCurrency", "time", "createdTime", "quantity"),
    *("status", "tag", "properties", "securityType", "direction", "value", "orderSubmissionData", "isMarketable"),
    "priceAdjustmentMode",
)


def names(order):
    return tuple(json.loads(order_json(order)))


@pytest.mark.parametrize(
    ("order", "before", "after"),
    [
        (MarketOrder(SPY, 10, WHEN), (), ()),
        (LimitOrder(SPY, 10, 99, WHEN), ("limitPrice",), ()),
        (StopMarketOrder(SPY, 10, 99, WHEN), ("stopPrice",), ()),
        (StopLimitOrder(SPY, 10, 99, 98, WHEN), ("stopPrice", "stopTriggered", "limitPrice"), ()),
        (TrailingStopOrder(SPY, 10, 99, 1, False, WHEN), ("trailingAmount", "trailingAsPercentage"), ("stopPrice",)),
        (LimitIfTouchedOrder(SPY, 10, 99, 98, WHEN), (), ("triggerPrice", "limitPrice", "triggerTouched")),
    ],
)
def test_members_of_a_kind_come_before_those_of_all_orders(order, before, after):
    assert names(order) == before + COMMON[:1] + after + COMMON[1:]


def test_times_that_never_came_are_left_out():
    order = MarketOrder(SPY, 10, WHEN)
    order._last_fill = datetime(2019, 3, 1, 14, 31, 0, 250_000)
    text = order_json(order)
    assert '"createdTime":"2019-03-01T14:31:00Z","lastFillTime":"2019-03-01T14:31:00.25Z","quantity"' in text
    assert "canceledTime" not in text


def test_numbers_keep_the_digits_of_their_decimals():
    order = LimitOrder(SPY, Decimal("-3.0"), Decimal("99.12345678"), WHEN, 'say "no"\n')
    order._price = Decimal("1234.567891")
    order._submission = OrderSubmissionData(Decimal("99.1000"), Decimal("99.2"), Decimal(100))
    text = order_json(order)
    assert text.startswith('{"limitPrice":99.12345678,')
    assert '"price":1234.567891,' in text
    assert '"quantity":-3.0,' in text
    assert '"value":-3703.703673,' in text
    assert '"orderSubmissionData":{"bidPrice":99.1000,"askPrice":99.2,"lastPrice":100.0}' in text
    assert '"tag":"say \\"no\\"\\n",' in text


def test_a_sale_that_did_not_fill_is_worth_a_zero_without_sign():
    assert '"value":0.0,' in order_json(MarketOrder(SPY, -10, WHEN))


def test_only_a_limit_that_reaches_the_other_side_is_marketable():
    prices = OrderSubmissionData(Decimal("99.1"), Decimal("99.2"), Decimal(99))
    for shares, limit, marketable in ((1, "99.2", True), (1, "99.19", False), (-1, "99.1", True), (-1, "99.11", False)):
        order = LimitOrder(SPY, shares, Decimal(limit), WHEN)
        order._submission = prices
        assert json.loads(order_json(order))["isMarketable"] is marketable


def test_time_in_force_names_its_type_unless_it_is_the_default():
    order = MarketOrder(SPY, 1, WHEN)
    for value, written in (
        (TimeInForce.GOOD_TIL_CANCELED, {}),
        (TimeInForce.DAY, {"$type": "QuantConnect.Orders.TimeInForces.DayTimeInForce"}),
        (
            TimeInForce.good_til_date(datetime(2019, 3, 5)),
            {"$type": "QuantConnect.Orders.TimeInForces.GoodTilDateTimeInForce", "Expiry": "2019-03-05T00:00:00"},
        ),
    ):
        order.properties.time_in_force = value
        assert json.loads(order_json(order))["properties"] == {"timeInForce": written}


def test_properties_of_a_broker_come_first_under_their_own_names():
    properties = InteractiveBrokersOrderProperties()
    properties.fa_group, properties.outside_regular_trading_hours = "TestGroup", True
    written = json.loads(order_json(MarketOrder(SPY, 1, WHEN, "", properties.clone())))["properties"]
    assert list(written) == [
        *("Account", "FaGroup", "FaMethod", "FaPercentage", "FaProfile", "OutsideRegularTradingHours"),
        "timeInForce",
    ]
    assert (written["Account"], written["FaGroup"], written["OutsideRegularTradingHours"]) == (None, "TestGroup", True)


def test_hash_is_that_of_all_orders_by_id():
    orders = {2: MarketOrder(SPY, 1, WHEN), 1: MarketOrder(SPY, 2, WHEN, "", OrderProperties())}
    text = order_json(orders[1]) + "," + order_json(orders[2])
    assert order_list_hash(orders) == hashlib.md5(text.encode()).hexdigest()
    assert order_list_hash({}) == "d41d8cd98f00b204e9800998ecf8427e"


def test_hash_rounds_the_prices_of_orders_but_not_those_of_their_submission():
    exact, rounded = (LimitOrder(SPY, 3, Decimal(limit), WHEN) for limit in ("99.12345678", "99.12346"))
    exact._price, rounded._price = Decimal("1234.567891"), Decimal("1234.5679")
    exact._submission = rounded._submission = OrderSubmissionData(Decimal("99.123"), Decimal("99.123458"), Decimal("99.123"))
    assert (exact.is_marketable, rounded.is_marketable) == (False, True)
    assert order_list_hash({1: exact}) == order_list_hash({1: rounded})
    assert exact._limit == Decimal("99.12345678")
    exact._submission = OrderSubmissionData(Decimal("99.123"), Decimal("99.12346"), Decimal("99.123"))
    assert order_list_hash({1: exact}) != order_list_hash({1: rounded})


class Buyer(QCAlgorithm):
    tag = ""

    def initialize(self):
        self.set_start_date(2019, 3, 1)
        self.set_end_date(2019, 3, 5)
        self.add_equity("SPY", Resolution.DAILY)

    def on_data(self, data):
        if not self.portfolio.invested:
            self.market_on_open_order("SPY", 10, False, self.tag)


def test_result_ends_with_the_hash_which_sees_a_tag():
    market = FakeData("2019-01-02", "2019-03-29").trend("SPY", daily=0.001)
    first, again = (run_algorithm(Buyer, market).check().statistics for _ in range(2))
    tagged = run_algorithm(type("Tagged", (Buyer,), {"tag": "why"}), market).check().statistics
    assert list(first)[-1] == "OrderListHash"
    assert first == again
    assert {name for name in first if first[name] != tagged[name]} == {"OrderListHash"}
