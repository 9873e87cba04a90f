"""Price slippage of a fill (LEAN: ISlippageModel)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import ClrObject, is_lean_class
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.data.tick_state import TickState
from lean_stubs.securities.decimals import ZERO, Decimal, exact_price, to_decimal

__all__ = ["AlphaStreamsSlippageModel", "ConstantSlippageModel", "NullSlippageModel", "VolumeShareSlippageModel", "slippage_of"]


class NullSlippageModel(ClrObject, clr="QuantConnect.Orders.Slippage"):
    def get_slippage_approximation(self, asset: Any, order: Any) -> float:
        return 0.0


class ConstantSlippageModel(ClrObject, clr="QuantConnect.Orders.Slippage"):
    """A part of the last price."""

    def __init__(self, slippage_percent: float) -> None:
        self._percent = to_decimal(slippage_percent)

    def get_slippage_approximation(self, asset: Any, order: Any) -> float:
        return float(self._exact(asset, order))

    def _exact(self, asset: Any, order: Any) -> Decimal:
        if asset.get_last_data() is None:
            return ZERO
        price: Decimal = asset._prices.exact
        return price * self._percent


class AlphaStreamsSlippageModel(ClrObject, clr="QuantConnect.Orders.Slippage"):
    """One basis point of the last price."""

    def get_slippage_approximation(self, asset: Any, order: Any) -> float:
        return float(self._exact(asset, order))

    def _exact(self, asset: Any, order: Any) -> Decimal:
        last = asset._prices.last_data
        return ZERO if last is None else Decimal("0.0001") * exact_price(last, "close")


class VolumeShareSlippageModel(ClrObject, clr="QuantConnect.Orders.Slippage"):
    """Grows with the square of the order's share in the bar's volume."""

    def __init__(self, volume_limit: float = 0.025, price_impact: float = 0.1) -> None:
        self._limit, self._impact = to_decimal(volume_limit), to_decimal(price_impact)

    def get_slippage_approximation(self, asset: Any, order: Any) -> float:
        return float(self._exact(asset, order))

    def _exact(self, asset: Any, order: Any) -> Decimal:
        if type(asset._prices.last_data) is TickState:
            raise InvalidOperationException(
                "VolumeShareSlippageModel.GetSlippageApproximation(): Cannot use this model with market data type "
                "QuantConnect.Data.Market.Tick"
            )
        bar = asset._prices.bar
        if bar is None:
            return ZERO
        volume = to_decimal(bar.volume)
        shares: Decimal = order._shares
        price = exact_price(bar, "close")
        # Without any volume the impact is at its greatest.
        share = min(abs(shares) / volume, self._limit) if volume > 0 else self._limit
        return share * share * self._impact * price


def slippage_of(security: Any, order: Any) -> Decimal:
    model = security._slippage_model
    if type(model) is NullSlippageModel:
        return ZERO
    if is_lean_class(type(model)):
        exact: Decimal = model._exact(security, order)
        return exact
    return to_decimal(security._call_model(model, "get_slippage_approximation", security, order))
