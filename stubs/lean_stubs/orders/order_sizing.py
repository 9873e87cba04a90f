"""Order sizes as Python code asks for them (Common/Orders/OrderSizing.cs, BuyingPowerModelExtensions.cs)."""

from __future__ import annotations

from typing import Any

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr import ClrObject
from lean_stubs.orders.sizing import adjust_by_lot_size, unordered_quantity
from lean_stubs.securities.decimals import sign, to_decimal

__all__ = ["BuyingPowerModelExtensions", "OrderSizing"]


class OrderSizing(ClrObject, clr="QuantConnect.Orders"):
    """Static functions."""

    @staticmethod
    def get_unordered_quantity(algorithm: Any, target: Any, security: Any = None, account_for_fees: bool = False) -> float:
        """Shares of the target that neither holdings nor open orders give."""
        state = state_of(algorithm)
        asked = state.securities[target.symbol] if security is None else security
        return float(unordered_quantity(state, asked, target.quantity))

    @staticmethod
    def adjust_by_lot_size(security: Any, quantity: float) -> float:
        return float(adjust_by_lot_size(security, to_decimal(quantity)))

    @staticmethod
    def get_order_size_for_percent_volume(security: Any, maximum_percent_current_volume: float, desired_order_size: float) -> float:
        """The wanted size, at most a share of the last bar's volume."""
        wanted = to_decimal(desired_order_size)
        most = to_decimal(maximum_percent_current_volume) * to_decimal(security.volume)
        return float(adjust_by_lot_size(security, min(most, abs(wanted))) * sign(wanted))

    @staticmethod
    def get_order_size_for_maximum_value(
        security: Any, maximum_order_value_in_account_currency: float, desired_order_size: float
    ) -> float:
        """The wanted size, at most so many shares as the value buys."""
        wanted, price = to_decimal(desired_order_size), to_decimal(security.price)
        if not price:
            return 0.0
        most = to_decimal(maximum_order_value_in_account_currency) / price
        return float(adjust_by_lot_size(security, min(most, abs(wanted))) * sign(wanted))


class BuyingPowerModelExtensions(ClrObject, clr="QuantConnect.Securities"):
    """Static functions."""

    @staticmethod
    def above_minimum_order_margin_portfolio_percentage(
        model: Any = None,
        security: Any = None,
        quantity: float = 0.0,
        portfolio_manager: Any = None,
        minimum_order_margin_portfolio_percentage: float = 0.0,
        abs_final_order_margin: float | None = None,
    ) -> bool:
        """Whether an order's margin reaches that share of the portfolio; always while no margin remains."""
        share = to_decimal(minimum_order_margin_portfolio_percentage)
        if not share or portfolio_manager.margin_remaining <= 0:
            return True
        if abs_final_order_margin is None:
            margin = abs(security._buying_power_model._initial_margin(security, to_decimal(quantity)))
        else:
            margin = to_decimal(abs_final_order_margin)
        return bool(margin >= to_decimal(portfolio_manager.total_portfolio_value) * share)
