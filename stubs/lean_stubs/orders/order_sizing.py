"""Order sizes as Python code asks for them (Common/Orders/OrderSizing.cs, BuyingPowerModelExtensions.cs)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import bound
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

    @overload
    @staticmethod
    def above_minimum_order_margin_portfolio_percentage(
        model: Any, security: Any, quantity: float, portfolio_manager: Any, minimum_order_margin_portfolio_percentage: float
    ) -> bool: ...
    @overload
    @staticmethod
    def above_minimum_order_margin_portfolio_percentage(
        portfolio_manager: Any, minimum_order_margin_portfolio_percentage: float, abs_final_order_margin: float
    ) -> bool: ...
    @staticmethod
    def above_minimum_order_margin_portfolio_percentage(*arguments: Any, **named: Any) -> bool:
        """Whether an order's margin reaches that share of the portfolio; always while no margin remains."""
        given = bound(BuyingPowerModelExtensions.above_minimum_order_margin_portfolio_percentage, arguments, named)
        portfolio = given["portfolio_manager"]
        share = to_decimal(given["minimum_order_margin_portfolio_percentage"])
        if not share or portfolio.margin_remaining <= 0:
            return True
        if "model" in given:
            margin = abs(given["model"]._initial_margin(given["security"], to_decimal(given["quantity"])))
        else:
            margin = to_decimal(given["abs_final_order_margin"])
        return bool(margin >= to_decimal(portfolio.total_portfolio_value) * share)
