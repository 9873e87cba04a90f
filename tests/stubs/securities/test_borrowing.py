"""Shares that can be borrowed, what that costs, and when money settles."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.engine.current import RunContext, active
from lean_stubs.orders.enums import OrderStatus, OrderType
from lean_stubs.orders.requests import SubmitOrderRequest
from lean_stubs.securities.settlement import DelayedSettlementModel, ScanSettlementModelParameters
from lean_stubs.securities.short_interest import ShortMarginInterestRateModel
from lean_stubs.securities.shortable import LocalDiskShortableProvider

from tests.stubs.money import Account


class Thousand:
    """A user's provider."""

    def shortable_quantity(self, symbol: Any, local_time: datetime) -> int:
        return 1000

    def fee_rate(self, symbol: Any, local_time: datetime) -> float:
        return 0.036

    def rebate_rate(self, symbol: Any, local_time: datetime) -> float:
        return 0.018


def order(account: Account, security: Any, shares: float) -> Any:
    request = SubmitOrderRequest._of(
        OrderType.LIMIT, security.type, security.symbol, shares, limit_price=500, time=account.state.utc
    )
    return account.state.transactions.add_order(request)


def test_orders_together_stay_within_what_can_be_borrowed() -> None:
    account = Account(10_000_000)
    spy = account.equity("SPY", 100.0)
    spy.set_shortable_provider(Thousand())
    assert order(account, spy, -1001).status == OrderStatus.INVALID
    first = order(account, spy, -1000)
    assert first.status == OrderStatus.SUBMITTED
    assert order(account, spy, -1).status == OrderStatus.INVALID, "the first takes all"
    assert first.update_quantity(-999).is_success
    assert not first.update_quantity(-1001).is_success


def test_without_a_provider_there_is_no_limit() -> None:
    account = Account(100_000_000)
    assert order(account, account.equity("SPY", 100.0), -100_000).status == OrderStatus.SUBMITTED


def test_a_brokers_file(tmp_path: Path) -> None:
    room = tmp_path / "equity" / "usa" / "shortable" / "broker" / "symbols"
    room.mkdir(parents=True)
    (room / "spy.csv").write_text("# comment\n20190610,500,0.25,5\n20190611,700\n")
    spy = Account().equity("SPY").symbol
    with active(RunContext(LeanFolder(tmp_path))):
        provider = LocalDiskShortableProvider("Broker")
        day = datetime(2019, 6, 10, 12)
        assert (provider.shortable_quantity(spy, day), provider.rebate_rate(spy, day)) == (500, 0.0025)
        assert provider.fee_rate(spy, day) == 0.05
        assert provider.fee_rate(spy, day + timedelta(1)) == 0
        assert provider.shortable_quantity(spy, day + timedelta(5)) is None


@pytest.mark.parametrize(("shares", "rate"), [(-100, -0.036), (100, 0.018)])
def test_interest_once_a_day_on_a_year_of_360_days(shares: int, rate: float) -> None:
    account = Account()
    spy = account.equity("SPY", 100.0)
    spy.set_shortable_provider(Thousand())
    spy._holdings._set(100, shares)
    model, cash = ShortMarginInterestRateModel(), account.state.portfolio.cash
    start = datetime(2019, 6, 10, 20)
    for hours in (0, 1, 24, 25, 96):
        model.apply_margin_interest_rate(SimpleNamespace(security=spy, time=start + timedelta(hours=hours)))
    assert model.amount == pytest.approx(4 * rate * 10_000 / 360)
    assert account.state.portfolio.cash == pytest.approx(cash + model.amount)


def test_money_of_a_sale_waits_for_the_next_trading_day() -> None:
    account = Account()
    spy = account.equity("SPY", 100.0)
    portfolio, model = account.state.portfolio, DelayedSettlementModel(1, timedelta(hours=8))
    friday = datetime(2019, 6, 14, 20)
    amount = SimpleNamespace(_amount=500, currency="USD")
    model.apply_funds(SimpleNamespace(portfolio=portfolio, security=spy, utc_time=friday, cash_amount=amount))
    assert (portfolio.cash, portfolio.unsettled_cash) == (100_000, 500)
    monday = datetime(2019, 6, 17, 12)
    model.scan(ScanSettlementModelParameters(portfolio, spy, monday - timedelta(seconds=1)))
    assert portfolio.unsettled_cash == 500
    model.scan(ScanSettlementModelParameters(portfolio, spy, monday))
    assert (portfolio.cash, portfolio.unsettled_cash) == (100_500, 0)
