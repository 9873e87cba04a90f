"""Brokers by name: which orders they take, what they charge, which market is theirs."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from AlgorithmImports import (
    AccountType,
    AlpacaBrokerageModel,
    BloombergFixBrokerageModel,
    BrokerageName,
    CharlesSchwabBrokerageModel,
    EzeBrokerageModel,
    InteractiveBrokersFixModel,
    LimitIfTouchedOrder,
    LimitOrder,
    MarketOnCloseOrder,
    MarketOnOpenOrder,
    MarketOrder,
    OrderFeeParameters,
    OrderProperties,
    PublicBrokerageModel,
    PublicFeeModel,
    QCAlgorithm,
    RBIBrokerageModel,
    SamcoBrokerageModel,
    SamcoFeeModel,
    SecurityType,
    TastytradeBrokerageModel,
    TDAmeritradeBrokerageModel,
    TerminalLinkBrokerageModel,
    TimeInForce,
    TradeStationBrokerageModel,
    TradeStationFeeModel,
    TrailingStopOrder,
    UpdateOrderFields,
    UpdateOrderRequest,
    WebullBrokerageModel,
    WolverineBrokerageModel,
    WolverineFeeModel,
    ZerodhaBrokerageModel,
    ZerodhaFeeModel,
)
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import NotSupportedException
from lean_stubs.orders.fees import fee_of
from lean_stubs.time.zones import NEW_YORK

from tests.stubs.money import Account

NOON = datetime(2020, 1, 6, 17)

ORDERS = {
    "market": lambda shares: MarketOrder("AAA", shares, NOON),
    "limit": lambda shares: LimitOrder("AAA", shares, 99.0, NOON),
    "open": lambda shares: MarketOnOpenOrder("AAA", shares, NOON),
    "close": lambda shares: MarketOnCloseOrder("AAA", shares, NOON),
    "trailing": lambda shares: TrailingStopOrder("AAA", shares, 1.0, False, NOON),
    "touched": lambda shares: LimitIfTouchedOrder("AAA", shares, 99.0, 98.0, NOON),
}

NAMED = {
    "ALPACA": (AlpacaBrokerageModel, "market limit open close trailing"),
    "BLOOMBERG_FIX": (BloombergFixBrokerageModel, "market limit open close"),
    "CHARLES_SCHWAB": (CharlesSchwabBrokerageModel, "market limit open close"),
    "EZE": (EzeBrokerageModel, "market limit open close"),
    "INTERACTIVE_BROKERS_FIX": (InteractiveBrokersFixModel, "market limit open close trailing"),
    "PUBLIC": (PublicBrokerageModel, "market limit"),
    "RBI": (RBIBrokerageModel, "market limit"),
    "SAMCO": (SamcoBrokerageModel, "market limit"),
    "TASTYTRADE": (TastytradeBrokerageModel, "market limit"),
    "TD_AMERITRADE": (TDAmeritradeBrokerageModel, "market limit"),
    "TERMINAL_LINK": (TerminalLinkBrokerageModel, "market limit open"),
    "TRADE_STATION": (TradeStationBrokerageModel, "market limit open close trailing"),
    "WEBULL": (WebullBrokerageModel, "market limit trailing"),
    "WOLVERINE": (WolverineBrokerageModel, "market limit close"),
    "ZERODHA": (ZerodhaBrokerageModel, "market limit"),
}


def security(held: float = 0, at: datetime = datetime(2020, 1, 6, 12)) -> Any:
    """A company on an account without an engine, at a New York time."""
    account = Account()
    account.state.utc = NEW_YORK.to_utc(at)
    made = account.equity("AAA", 100.0)
    made.holdings.set_holdings(100.0, held)
    return made


def test_models_come_by_name() -> None:
    class Picks(QCAlgorithm):
        def initialize(self) -> None:
            self.set_start_date(2020, 1, 6)
            self.set_end_date(2020, 1, 7)
            self.found = {}
            for name in NAMED:
                self.set_brokerage_model(getattr(BrokerageName, name))
                self.found[name] = (type(self.brokerage_model), str(self.brokerage_name))
            self.set_brokerage_model(BrokerageName.DEFAULT)

    done = run_algorithm(Picks, FakeData("2020-01-02", "2020-01-07").flat("SPY")).check().algorithm
    assert done.found == {name: (kind, name) for name, (kind, _) in NAMED.items()}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_broker_takes_the_orders_of_its_list(name: str) -> None:
    takes = NAMED[name][1]
    # Eight in the evening is within Alpaca's hours for the open, seven in the morning within TradeStation's.
    company = security(at=datetime(2020, 1, 6, 7 if name == "TRADE_STATION" else 20))
    model: Any = NAMED[name][0]()
    taken = [order for order, make in ORDERS.items() if model.can_submit_order(company, make(10), None)[0]]
    assert sorted(taken) == sorted(takes.split())
    _, message = model.can_submit_order(company, ORDERS["touched"](10), None)
    assert "LimitIfTouched order" in message.message


@pytest.mark.parametrize("kind", [AlpacaBrokerageModel, TradeStationBrokerageModel])
def test_some_orders_must_not_turn_a_position_round(kind: Any) -> None:
    model, company = kind(), security(held=5, at=datetime(2020, 1, 6, 20 if kind is AlpacaBrokerageModel else 7))
    assert model.can_submit_order(company, ORDERS["close"](-5), None)[0]
    answer, message = model.can_submit_order(company, ORDERS["close"](-6), None)
    assert (answer, "cross the zero holdings threshold" in message.message) == (False, True)
    assert model.can_submit_order(company, ORDERS["market"](-6), None)[0]


@pytest.mark.parametrize(
    ("kind", "hour", "minute", "takes"),
    [
        (AlpacaBrokerageModel, 18, 59, False),
        (AlpacaBrokerageModel, 19, 0, True),
        (AlpacaBrokerageModel, 9, 27, True),
        (AlpacaBrokerageModel, 9, 28, False),
        (TradeStationBrokerageModel, 5, 59, False),
        (TradeStationBrokerageModel, 6, 0, True),
        (TradeStationBrokerageModel, 9, 29, False),
    ],
)
def test_orders_for_the_open_have_their_hours(kind: Any, hour: int, minute: int, takes: bool) -> None:
    company = security(at=datetime(2020, 1, 6, hour, minute))
    answer, message = kind().can_submit_order(company, ORDERS["open"](10), None)
    assert answer is takes
    assert takes or "MarketOnOpen submission time is invalid" in message.message


def request(quantity: float) -> UpdateOrderRequest:
    fields: Any = UpdateOrderFields()
    fields.quantity = quantity
    return UpdateOrderRequest(NOON, 1, fields)


def test_changes_of_orders() -> None:
    company, order = security(held=5), ORDERS["limit"](-10)
    for model in (WolverineBrokerageModel(), TerminalLinkBrokerageModel()):
        assert not model.can_update_order(company, order, request(-8), None)[0]
    assert PublicBrokerageModel().can_update_order(company, order, request(-8), None)[0]
    answer, message = TradeStationBrokerageModel().can_update_order(company, order, request(-8), None)
    assert (answer, message.code) == (False, "UpdateRejected")


def test_brokers_that_ask_for_more() -> None:
    with pytest.raises(NotSupportedException, match="Eze brokerage can only be used with a Margin account"):
        EzeBrokerageModel(AccountType.CASH)
    assert not EzeBrokerageModel().can_submit_order(security(), ORDERS["market"](1.5), None)[0]
    properties = OrderProperties()
    properties.time_in_force = TimeInForce.good_til_date(datetime(2020, 2, 1))
    dated = LimitOrder("AAA", 10, 99.0, NOON, "", properties)
    assert not InteractiveBrokersFixModel().can_submit_order(security(), dated, None)[0]
    assert ZerodhaBrokerageModel().can_submit_order(security(), dated, None)[0]
    assert (ZerodhaBrokerageModel().get_leverage(None), SamcoBrokerageModel(AccountType.CASH).get_leverage(None)) == (5.0, 1.0)
    assert ZerodhaBrokerageModel().default_markets[SecurityType.EQUITY] == "india"


def test_fees_for_shares() -> None:
    company = security()
    night = MarketOrder("AAA", 10, datetime(2020, 1, 7, 2))
    assert fee_of(_with(company, PublicFeeModel()), ORDERS["market"](10)) == 0
    assert float(fee_of(_with(company, PublicFeeModel()), night)) == 2.99
    assert float(fee_of(_with(company, TradeStationFeeModel(False)), night)) == 5.0
    # LEAN's method does not override the base's: the engine charges nothing, a caller is told of half a cent a share.
    wolverine = WolverineFeeModel()
    assert fee_of(_with(company, wolverine), night) == 0
    assert wolverine.get_order_fee(OrderFeeParameters(company, night)).value.amount == 0.05


def _with(company: Any, model: Any) -> Any:
    company.set_fee_model(model)
    return company


@pytest.mark.parametrize(
    ("model", "shares", "fee"),
    [
        # Broker, exchange, a tax of 18 % on both, regulator, stamp (buying) or transaction tax (selling).
        (ZerodhaFeeModel(), 10, 0.30 + 0.03 + 0.06 + 0.00 + 0.03),
        (SamcoFeeModel(), -10, 0.20 + 0.03 + 0.04 + 0.00 + 0.25),
        # The broker's part is twenty at most.
        (SamcoFeeModel(), 2000, 20.0 + 6.90 + 4.84 + 0.20 + 6.00),
    ],
)
def test_fees_in_india(model: Any, shares: float, fee: float) -> None:
    company = SimpleNamespace(_prices=security()._prices)
    assert float(model._fee(company, ORDERS["market"](shares))) == pytest.approx(fee)
