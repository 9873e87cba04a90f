"""What an order costs (LEAN: IFeeModel and the models for equities)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject, NotOffered, is_lean_class
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.common.market import Market
from lean_stubs.securities.cash import CashAmount
from lean_stubs.securities.decimals import ONE, ZERO, to_decimal

__all__ = ["AxosFeeModel", "ConstantFeeModel", "FeeModel", "InteractiveBrokersFeeModel", "OrderFee", "OrderFeeParameters", "fee_of"]

_INTERACTIVE_BROKERS = {
    Market.USA: ("USD", Decimal("0.005"), ONE, Decimal("0.005")),
    Market.INDIA: ("INR", Decimal("0.01"), Decimal(6), Decimal(20)),
}


class OrderFee(ClrObject, clr="QuantConnect.Orders.Fees"):
    """An amount of money."""

    ZERO: Any = None

    def __init__(self, order_fee: CashAmount) -> None:
        self._amount = order_fee

    @property
    def value(self) -> CashAmount:
        return self._amount

    @value.setter
    def value(self, value: CashAmount) -> None:
        self._amount = value

    def __str__(self) -> str:
        return str(self._amount)


type.__setattr__(OrderFee, "ZERO", OrderFee(CashAmount(0, "QCC")))


class OrderFeeParameters(ClrObject, clr="QuantConnect.Orders.Fees"):
    def __init__(self, security: Any, order: Any) -> None:
        self._security, self._order = security, order

    @property
    def security(self) -> Any:
        return self._security

    @property
    def order(self) -> Any:
        return self._order


class FeeModel(ClrObject, clr="QuantConnect.Orders.Fees"):
    """No fee; base of users' fee models."""

    #: Of what the model charges.
    _currency = "USD"

    def _fee(self, security: Any, order: Any) -> Decimal:
        return ZERO

    def _currency_for(self, security: Any) -> str:
        return self._currency

    def get_order_fee(self, parameters: OrderFeeParameters) -> OrderFee:
        security = parameters.security
        return OrderFee(CashAmount(float(self._fee(security, parameters.order)), self._currency_for(security)))


class ConstantFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    def __init__(self, fee: float, currency: str = "USD") -> None:
        self._constant, self._currency = abs(to_decimal(fee)), currency

    def _fee(self, security: Any, order: Any) -> Decimal:
        return self._constant


class AxosFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """So much a share."""

    def __init__(self, fees_per_share: float | None = None) -> None:
        self._per_share = Decimal("0.0035") if fees_per_share is None else to_decimal(fees_per_share)

    def _fee(self, security: Any, order: Any) -> Decimal:
        shares: Decimal = order._shares
        return self._per_share * abs(shares)


class InteractiveBrokersFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """In the USA half a cent a share, at least a dollar, at most 0.5 % of the order's worth; the minimum comes first and wins."""

    def __init__(
        self, monthly_forex_trade_amount_in_us_dollars: float = 0, monthly_options_trade_amount_in_contracts: float = 0
    ) -> None:
        pass

    def _fee(self, security: Any, order: Any) -> Decimal:
        _, per_share, minimum, rate = _of_market(security)
        shares: Decimal = order._shares
        fee = per_share * abs(shares)
        if fee < minimum:
            return minimum
        worth: Decimal = order._value(security._prices.exact)
        return min(fee, rate * abs(worth))

    def _currency_for(self, security: Any) -> str:
        return _of_market(security)[0]


def _of_market(security: Any) -> tuple[str, Decimal, Decimal, Decimal]:
    """Currency, fee a share, least fee, and greatest part of an order's worth, which the least fee may exceed."""
    market = security._symbol.id.market
    found = _INTERACTIVE_BROKERS.get(market)
    if found is None:
        raise KeyNotFoundException(f"InteractiveBrokersFeeModel(): unexpected equity Market {market}")
    return found


def fee_of(security: Any, order: Any) -> Decimal:
    """The fee a security's model asks for an order, in the account's currency.

    Raises
    ------
    NotOffered
        It is in another currency.
    """
    model = security._fee_model
    if isinstance(model, FeeModel) and is_lean_class(type(model)):
        amount, currency = model._fee(security, order), model._currency_for(security)
    else:
        value = security._call_model(model, "get_order_fee", OrderFeeParameters(security, order)).value
        amount, currency = to_decimal(value.amount), value.currency
    account = security._state.portfolio._cash_book._account_currency
    if currency != account and amount:
        raise NotOffered(f"a fee in {currency}", f"the account is in {account}, and there are no rates between currencies")
    return amount
