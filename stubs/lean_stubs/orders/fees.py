"""What an order costs (LEAN: IFeeModel and the models for equities)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject, is_lean_class
from lean_stubs.securities.cash import CashAmount
from lean_stubs.securities.decimals import ONE, ZERO, to_decimal

__all__ = ["AxosFeeModel", "ConstantFeeModel", "FeeModel", "InteractiveBrokersFeeModel", "OrderFee", "OrderFeeParameters", "fee_of"]

_PER_SHARE = Decimal("0.005")
_MINIMUM = ONE
_MAXIMUM_RATE = Decimal("0.005")


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

    def _fee(self, security: Any, order: Any) -> Decimal:
        return ZERO

    def get_order_fee(self, parameters: OrderFeeParameters) -> OrderFee:
        return OrderFee(CashAmount(float(self._fee(parameters.security, parameters.order)), "USD"))


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
    """Half a cent a share, at least a dollar, at most 0.5 % of the order's worth; the minimum is applied first and wins."""

    def __init__(
        self, monthly_forex_trade_amount_in_us_dollars: float = 0, monthly_options_trade_amount_in_contracts: float = 0
    ) -> None:
        pass

    def _fee(self, security: Any, order: Any) -> Decimal:
        shares: Decimal = order._shares
        fee = _PER_SHARE * abs(shares)
        if fee < _MINIMUM:
            return _MINIMUM
        worth: Decimal = order._value(security._prices.exact)
        return min(fee, _MAXIMUM_RATE * abs(worth))


def fee_of(security: Any, order: Any) -> Decimal:
    """The fee a security's model asks for an order."""
    model = security._fee_model
    if isinstance(model, FeeModel) and is_lean_class(type(model)):
        return model._fee(security, order)
    fee = security._call_model(model, "get_order_fee", OrderFeeParameters(security, order))
    return to_decimal(fee.value.amount)
