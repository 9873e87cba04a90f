"""What a position would bring if it were closed now."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.stubs.money import Account

BID, ASK = Decimal("99.90"), Decimal("100.20")


@pytest.mark.parametrize(("shares", "profit"), [(1000, -105.0), (-1000, -205.0)])
def test_the_bid_closes_a_long_position_and_the_ask_a_short_one(shares: int, profit: float) -> None:
    security = Account().equity("SPY", 100.0)
    security.holdings.set_holdings(100.0, shares)
    assert security.holdings.unrealized_profit == -5.0  # no quotes: the price itself, less the fee of 5
    quote = SimpleNamespace(bid=SimpleNamespace(close=BID), ask=SimpleNamespace(close=ASK), bid_size=1, ask_size=1)
    security._prices.store_quote(quote)
    assert security.holdings.unrealized_profit == profit
    assert security.holdings.total_close_profit() == profit
    assert security.holdings.total_close_profit(include_fees=False, exit_price=101.0) == shares
    assert security.holdings.holdings_value == 100.0 * shares
