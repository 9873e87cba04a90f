"""What a fill does to cash and position (LEAN: SecurityPortfolioModel)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.orders.event import OrderEvent
from lean_stubs.securities.cash import CashAmount
from lean_stubs.securities.decimals import ZERO, sign
from lean_stubs.securities.settlement import ApplyFundsSettlementModelParameters, ImmediateSettlementModel

__all__ = ["book_fill"]


def book_fill(portfolio: Any, security: Any, fill: OrderEvent) -> None:
    """Pay for the fill, note the profit of what it closes, and set the new quantity and average price."""
    holding, position = security._holdings, security._holdings._position
    shares, price = fill._fill_shares, fill._price
    held, average = position.quantity, position.average_price

    position.sales += price * abs(shares)
    fee = fill._fee
    base = portfolio._cash_book._base
    if fee:
        position.fees += fee
        base._add(-fee)
    worth = -shares * price
    settlement = security._settlement_model
    if type(settlement) is ImmediateSettlementModel:
        base._add(worth)
    else:
        amount = CashAmount(worth, security.quote_currency.symbol)
        asked = ApplyFundsSettlementModelParameters(portfolio, security, fill.utc_time, amount, fill)
        security._call_model(settlement, "apply_funds", asked)

    if held and sign(held) != sign(shares):
        closed = min(abs(shares), abs(held)) * sign(-shares)
        profit = closed * price - closed * average
        position.profit += profit
        position.last_profit = profit
        # LEAN: the record counts the fee of leaving twice, for the one of entering is not known here.
        record = profit - 2 * fee
        portfolio._state.transactions._record(portfolio._state.utc, record, record > 0)

    holding._set(_average(held, average, shares, price), held + shares)


def _average(held: Decimal, average: Decimal, shares: Decimal, price: Decimal) -> Decimal:
    """Average price after the fill: it moves when the position grows, and starts anew when it turns round."""
    if not held:
        return price
    after = held + shares
    if sign(held) == sign(shares):
        return (average * held + shares * price) / after
    if not after:
        return ZERO
    return average if sign(after) == sign(held) else price
