"""What brokers charge for shares in the USA (LEAN: the fee models of these names in Common/Orders/Fees)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lean_stubs.orders.fees import FeeModel, OrderFee, OrderFeeParameters
from lean_stubs.securities.cash import CashAmount
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = [
    "AlpacaFeeModel",
    "CharlesSchwabFeeModel",
    "EzeFeeModel",
    "PublicFeeModel",
    "RBIFeeModel",
    "TDAmeritradeFeeModel",
    "TastytradeFeeModel",
    "TradeStationFeeModel",
    "WebullFeeModel",
    "WolverineFeeModel",
]


class AlpacaFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Nothing for shares."""


class CharlesSchwabFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Nothing for shares."""


class EzeFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Nothing."""


class TastytradeFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Nothing for shares."""


class TDAmeritradeFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Nothing for shares."""


class WebullFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Nothing for shares."""


class TradeStationFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """Five dollars an order for those who live abroad."""

    def __init__(self, us_resident: bool = True) -> None:
        self._resident = us_resident

    @property
    def us_resident(self) -> bool:
        return self._resident

    @us_resident.setter
    def us_resident(self, value: bool) -> None:
        self._resident = value

    def _fee(self, security: Any, order: Any) -> Decimal:
        return ZERO if self._resident else Decimal(5)


class PublicFeeModel(FeeModel, clr="QuantConnect.Orders.Fees"):
    """A fee for orders that are placed outside regular hours."""

    def _fee(self, security: Any, order: Any) -> Decimal:
        hours = security._hours
        return ZERO if hours.is_open(hours._to_local(order._time), False) else Decimal("2.99")


class _PerShare(FeeModel, clr="QuantConnect.Orders.Fees"):
    """So much a share for who asks the model; the engine charges nothing.

    LEAN's method hides that of its base and does not override it, and the engine calls the base's.
    """

    def __init__(self, fees_per_share: float | None = None) -> None:
        self._per_share = Decimal("0.005") if fees_per_share is None else to_decimal(fees_per_share)

    def get_order_fee(self, parameters: OrderFeeParameters) -> OrderFee:
        return OrderFee(CashAmount(self._per_share * abs(parameters.order._shares), "USD"))


class RBIFeeModel(_PerShare, clr="QuantConnect.Orders.Fees"):
    pass


class WolverineFeeModel(_PerShare, clr="QuantConnect.Orders.Fees"):
    pass
