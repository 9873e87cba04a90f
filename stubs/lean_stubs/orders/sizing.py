"""From targets to order quantities (LEAN: OrderSizing, Extensions.OrderTargetsByMarginImpact)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lean_stubs.securities.buying_power import above_minimum_margin as _worth_margin
from lean_stubs.securities.decimals import sign, to_decimal

__all__ = [
    "above_minimum_margin",
    "adjust_by_lot_size",
    "order_targets_by_margin_impact",
    "projected_quantity",
    "unordered_quantity",
]

_MILLION = Decimal(1_000_000)


def projected_quantity(state: Any, security: Any) -> Decimal:
    """Shares held once all open orders are filled."""
    held: Decimal = security._holdings._position.quantity
    return held + Decimal(state.transactions._handler.open_quantity(security._symbol))


def adjust_by_lot_size(security: Any, quantity: Decimal) -> Decimal:
    """Whole lots, cut toward zero; a millionth short of a lot counts as the lot."""
    lot: Decimal = security._lot
    size = abs(quantity)
    rest = size % lot
    if lot - rest < lot / _MILLION:
        rest -= lot
    return (size - rest) * sign(quantity)


def unordered_quantity(state: Any, security: Any, target_quantity: Any) -> Decimal:
    """Shares still to order to reach a target."""
    return adjust_by_lot_size(security, to_decimal(target_quantity) - projected_quantity(state, security))


def above_minimum_margin(state: Any, security: Any, quantity: Decimal) -> bool:
    """Whether an order of that many shares is worth its fee, by the settings' least share of the portfolio."""
    if not to_decimal(state.settings.minimum_order_margin_portfolio_percentage):
        return True
    return _worth_margin(state, abs(security._buying_power_model._initial_margin(security, quantity)))


def order_targets_by_margin_impact(targets: Iterable[Any], state: Any, target_is_delta: bool = False) -> list[Any]:
    """Targets that ask for an order: reductions first, then by worth of the order, ties as they came."""
    if state.is_warming_up:
        return []
    ranked = []
    for target in targets:
        security = state.securities._any(target.symbol)
        if security._prices.last_data is None or not security._tradable:
            continue
        wanted = adjust_by_lot_size(security, to_decimal(target.quantity))
        existing = projected_quantity(state, security)
        change = wanted if target_is_delta else wanted - existing
        if abs(change) < security._lot:
            continue
        after = wanted + existing if target_is_delta else wanted
        reducing = bool(existing) and abs(after) < abs(existing)
        ranked.append((not reducing, -abs(change * security._prices.exact), target))
    ranked.sort(key=lambda entry: entry[:2])
    return [target for _, _, target in ranked]
