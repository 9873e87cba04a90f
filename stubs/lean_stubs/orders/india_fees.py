"""What brokers, exchange and state take in India (LEAN: IndiaFeeModel.cs and its kin)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.orders.fees import FeeModel
from lean_stubs.securities.decimals import ZERO, round_half_even

__all__ = ["IndiaFeeModel", "SamcoFeeModel", "ZerodhaFeeModel"]


class IndiaFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Rates of an order's worth, each part rounded by itself; the broker's part has a maximum."""

    _currency = "INR"
    _brokerage = _maximum = _transaction_tax = _exchange_charge = _state_tax = _regulator_charge = _stamp = ZERO

    def _fee(self, security: Any, order: Any) -> Decimal:
        value = order._value(security._prices.exact)
        worth, selling = abs(value), value < 0
        turnover = round_half_even(worth, 2)
        brokerage = worth * self._brokerage
        brokerage = self._maximum if brokerage > self._maximum else round_half_even(brokerage, 2)
        exchange = round_half_even(turnover * self._exchange_charge, 2)
        side = worth * self._transaction_tax if selling else self._stamped(worth, turnover) * self._stamp
        state = round_half_even(self._state_tax * (brokerage + exchange), 2)
        regulator = round_half_even(turnover * self._regulator_charge, 2)
        return round_half_even(brokerage + round_half_even(side, 2) + exchange + state + regulator, 2)

    def _stamped(self, worth: Decimal, turnover: Decimal) -> Decimal:
        return turnover


class SamcoFeeModel(IndiaFeeModel, clr="QuantConnect.Orders.Fees"):
    _brokerage, _maximum = Decimal("0.0002"), Decimal(20)
    _transaction_tax, _exchange_charge, _state_tax = Decimal("0.00025"), Decimal("0.0000345"), Decimal("0.18")
    _regulator_charge, _stamp = Decimal("0.000001"), Decimal("0.00003")


class ZerodhaFeeModel(IndiaFeeModel, clr="QuantConnect.Orders.Fees"):
    _brokerage, _maximum = Decimal("0.0003"), Decimal(20)
    _transaction_tax, _exchange_charge, _state_tax = Decimal("0.00025"), Decimal("0.0000345"), Decimal("0.18")
    _regulator_charge, _stamp = Decimal("0.000001"), Decimal("0.00003")

    def _stamped(self, worth: Decimal, turnover: Decimal) -> Decimal:
        return worth
