"""Shares that a percentage of the portfolio means (LEAN: PortfolioTarget.Percent)."""

from __future__ import annotations

from typing import Any

from lean_stubs.common import to_symbol
from lean_stubs.securities.account import Account
from lean_stubs.securities.buying_power_questions import size_for_target
from lean_stubs.securities.decimals import normalize_text, to_decimal

__all__ = ["percent_quantity"]


def percent_quantity(state: Account, symbol: Any, percent: Any, return_delta: bool = False) -> float | None:
    """Total shares to hold (or, with `return_delta`, to order) for a signed fraction of the portfolio's value.

    Returns
    -------
    float or None
        None after an error that is written to the algorithm's log: percentage out of bounds, unknown symbol, no price.
    """
    fraction = to_decimal(percent)
    symbol = to_symbol(symbol)
    settings = state.settings
    size = abs(fraction)
    most = to_decimal(settings.max_absolute_portfolio_target_percentage)
    least = to_decimal(settings.min_absolute_portfolio_target_percentage)
    if size > most or (size and size < least):
        state.error(
            f"The portfolio target percent: {normalize_text(fraction)}, does not comply with the current 'Algorithm.Settings' "
            f"'MaxAbsolutePortfolioTargetPercentage': {normalize_text(most)} or 'MinAbsolutePortfolioTargetPercentage': "
            f"{normalize_text(least)}. Skipping."
        )
        return None
    security = state.securities._find(symbol)
    if security is None:
        state.error(f"{symbol} not found in portfolio. Request this data when initializing the algorithm.")
        return None
    if not security._prices.price:
        state.error(f"{symbol}: The security does not have an accurate price as it has not yet received a bar of data.")
        return None
    portfolio = state.portfolio
    adjusted = fraction * portfolio._total_less_buffer() / portfolio._total()
    target = adjusted / security._exact_leverage()
    minimum = to_decimal(settings.minimum_order_margin_portfolio_percentage)
    sizing = size_for_target(state, security, target, minimum)
    if sizing.is_error:
        state.error(f"Unable to compute order quantity of {symbol}. Reason: {sizing.reason} Returning null.")
        return None
    if (sizing.below_minimum or state.extra.get("minimum_margin_met")) and not state.extra.get("minimum_margin_warned"):
        state.extra["minimum_margin_warned"] = True
        state.debug(
            "Warning: a rebalance was ignored, its order would be too small for its fee. "
            "To disable minimum order size checks please set self.settings.minimum_order_margin_portfolio_percentage = 0."
        )
    if return_delta:
        return float(sizing.quantity)
    held = security._holdings._position.quantity
    if not fraction and not held:
        # .NET keeps the sign of a zero that was negated.
        return -0.0
    return float(sizing.quantity + held)
