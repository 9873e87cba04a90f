"""Price slippage of a fill (LEAN: ISlippageModel)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import ClrObject, is_lean_class
from lean_stubs.securities.decimals import ZERO, Decimal, to_decimal

__all__ = ["ConstantSlippageModel", "NullSlippageModel", "VolumeShareSlippageModel", "slippage_of"]


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


class VolumeShareSlippageModel(ClrObject, clr="QuantConnect.Orders.Slippage"):
    """Grows with the square of the order's share in the bar's volume."""

    def __init__(self, volume_limit: float = 0.025, price_impact: float = 0.1) -> None:
        self._limit, self._impact = to_decimal(volume_limit), to_decimal(price_impact)

    def get_slippage_approximation(self, asset: Any, order: Any) -> float:
        return float(self._exact(asset, order))

    def _exact(self, asset: Any, order: Any) -> Decimal:
        bar = asset._prices.bar
        volume = to_decimal(bar.volume) if bar is not None else ZERO
        if volume <= 0:
            return ZERO
        shares: Decimal = order._shares
        price: Decimal = asset._prices.exact
        share = min(abs(shares) / volume, self._limit)
        return share * share * self._impact * price


def slippage_of(security: Any, order: Any) -> Decimal:
    model = security._slippage_model
    if type(model) is NullSlippageModel:
        return ZERO
    if isinstance(model, (ConstantSlippageModel, VolumeShareSlippageModel)) and is_lean_class(type(model)):
        return model._exact(security, order)
    return to_decimal(security._call_model(model, "get_slippage_approximation", security, order))
