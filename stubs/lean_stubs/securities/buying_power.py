"""How much may be bought, and how many shares a target means (LEAN: BuyingPowerModel, SecurityMarginModel)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException
from lean_stubs.clr.overloads import bound
from lean_stubs.orders.enums import OrderDirection
from lean_stubs.orders.fees import fee_of
from lean_stubs.orders.order import Order
from lean_stubs.securities.account import Account
from lean_stubs.securities.decimals import ONE, ZERO, normalize_text, sign, to_decimal, truncate_to

__all__ = [
    "PLAIN_MARGIN",
    "BuyingPowerModel",
    "CashBuyingPowerModel",
    "ConstantBuyingPowerModel",
    "NullBuyingPowerModel",
    "SecurityMarginModel",
    "Sizing",
    "above_minimum_margin",
]


@dataclass(frozen=True)
class Sizing:
    """Shares to order for a target, and why not where there are none."""

    quantity: Decimal
    reason: str = ""
    is_error: bool = False
    below_minimum: bool = False


def above_minimum_margin(state: Account, margin: Decimal) -> bool:
    """Whether an order's margin is worth the order; with no margin left every order passes.

    Source: BuyingPowerModelExtensions.AboveMinimumOrderMarginPortfolioPercentage.
    """
    portfolio = state.portfolio
    total = portfolio._total()
    if to_decimal(state.settings.minimum_order_margin_portfolio_percentage) * total <= margin:
        return True
    return bool(portfolio._margin_remaining() <= 0)


def _part(name: str, value: Any) -> Decimal:
    part = to_decimal(value)
    if not 0 <= part <= 1:
        raise ArgumentException(f"{name} must be between 0 and 1")
    return part


class BuyingPowerModel(ClrObject, clr="QuantConnect.Securities"):
    """Margin is a fixed part of the position's worth, the same to open and to keep it."""

    NULL: Any = None

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(
        self,
        initial_margin_requirement: float,
        maintenance_margin_requirement: float,
        required_free_buying_power_percent: float,
    ) -> None: ...
    @overload
    def __init__(self, leverage: float, required_free_buying_power_percent: float = 0) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        """A leverage, or the parts of the worth to open and to keep a position; and the part of the account to leave free."""
        given = bound(BuyingPowerModel.__init__, arguments, named)
        if "initial_margin_requirement" not in given:
            lever = to_decimal(given.get("leverage", 1))
            if lever < 1:
                raise ArgumentException("Leverage must be greater than or equal to 1.")
            given["initial_margin_requirement"] = given["maintenance_margin_requirement"] = ONE / lever
        self._initial = _part("Initial margin requirement", given["initial_margin_requirement"])
        self._maintenance = _part("Maintenance margin requirement", given["maintenance_margin_requirement"])
        self._free = _part("Free Buying Power Percent requirement", given.get("required_free_buying_power_percent", 0))

    def _leverage(self) -> Decimal:
        return ONE / self._initial

    def _initial_margin(self, security: Any, quantity: Decimal) -> Decimal:
        price: Decimal = security._prices.exact
        return price * quantity * self._initial

    def _maintenance_margin(self, security: Any) -> Decimal:
        value: Decimal = security._holdings._value
        return abs(value) * self._maintenance

    def _margin_for_order(self, security: Any, order: Order) -> Decimal:
        margin = self._initial_margin(security, order._shares)
        return margin + sign(margin) * fee_of(security, order)

    def _free_margin(self, state: Account, security: Any, buying: bool | None) -> Decimal:
        """Margin that an order in that direction may use; turning a position round frees what it holds."""
        portfolio = state.portfolio
        total: Decimal = portfolio._total()
        free: Decimal = portfolio._margin_remaining()
        quantity = security._holdings._position.quantity
        if buying is not None and ((quantity > 0 and not buying) or (quantity < 0 and buying)):
            free += self._maintenance_margin(security) + self._initial_margin(security, abs(quantity))
        free -= total * self._free
        return max(free, ZERO)

    def _lacks(self, state: Account, security: Any, order: Order) -> str | None:
        """Why the account cannot bear the order, or None."""
        shares = order._shares
        if not shares:
            return None
        ticket = state.transactions._handler.ticket(order._id)
        if ticket is None:
            return f"Null order ticket for id: {order._id}"
        held = security._holdings._position.quantity
        if held * shares < 0 and abs(held) >= abs(shares):
            return None
        free = self._free_margin(state, security, shares > 0)
        margin = self._margin_for_order(security, order)
        unfilled = (abs(shares) - abs(ticket._filled)) / abs(shares)
        margin *= unfilled
        if abs(margin) > free:
            return f"Id: {order._id}, Initial Margin: {normalize_text(margin)}, Free Margin: {normalize_text(free)}"
        return None

    def _size_for_target(self, state: Account, security: Any, target: Decimal, minimum: Decimal) -> Sizing:
        """Shares to order so that the position's margin becomes `target` of the portfolio, never more, fees counted.

        Source: GetMaximumOrderQuantityForTargetBuyingPower.
        """
        portfolio = state.portfolio
        total = portfolio._total()
        held = security._holdings._position.quantity
        wanted = target * (total - total * self._free)
        if not wanted:
            return Sizing(-held)
        present = self._initial_margin(security, held)
        unit = self._initial_margin(security, ONE)
        if not unit:
            return Sizing(
                ZERO, f"{security.symbol}: The security does not have an accurate price as it has not yet received a bar of data."
            )
        change = abs(wanted - present)
        if total * minimum > change and portfolio._margin_remaining() > 0:
            return Sizing(ZERO, f"The target order margin {change} is less than the minimum {total * minimum}.", below_minimum=True)
        last = ZERO
        while True:
            quantity, reached = self._amount_to_order(security, held, wanted, unit)
            if not quantity:
                return Sizing(
                    ZERO, f"The order quantity is less than the lot size of {security._lot} and has been rounded to zero."
                )
            fees = security._market_order_fee(quantity)
            wanted = (total - fees - total * self._free) * target
            if last == quantity:
                raise ArgumentException(
                    f"GetMaximumOrderQuantityForTargetBuyingPower failed to converge on the target margin: {wanted}; the following "
                    f"information can be used to reproduce the issue. Total Portfolio Cash: {portfolio.cash}; Security : "
                    f"{security.symbol.id}; Price : {security.close}; Leverage: {security.leverage}; Order Fee: {fees}; Lot Size: "
                    f"{security._lot}; Current Holdings: {held} @ {security._holdings._position.average_price}; "
                    f"Target Percentage: %{target * 100};"
                )
            last = quantity
            if abs(reached) <= abs(wanted):
                return Sizing(quantity)

    def _amount_to_order(self, security: Any, held: Decimal, wanted: Decimal, unit: Decimal) -> tuple[Decimal, Decimal]:
        """Whole lots that bring the margin to `wanted` or just below, and the margin they give."""
        lot = security._lot
        quantity = truncate_to(-held + wanted / unit, lot, up=wanted < 0)
        reached = self._initial_margin(security, quantity + held)
        over = reached - wanted
        while (wanted < 0 and over < 0) or (wanted > 0 and over > 0):
            quantity += lot if wanted < 0 else -lot
            reached = self._initial_margin(security, quantity + held)
            over = reached - wanted
        return quantity, reached

    def _size_for_delta(self, state: Account, security: Any, delta: Decimal) -> Sizing:
        """Shares that change the position's margin by `delta`; no minimum (margin calls)."""
        used = self._maintenance_margin(security)
        signed = used if security._holdings._position.quantity > 0 else -used
        total = state.portfolio._total()
        target = (signed + delta) / total if total else ZERO
        return self._size_for_target(state, security, target, ZERO)

    # What Python sees.

    def get_leverage(self, security: Any) -> float:
        return float(self._leverage())

    def set_leverage(self, security: Any, leverage: float) -> None:
        lever = to_decimal(leverage)
        if lever < 1:
            raise ArgumentException("Leverage must be greater than or equal to 1.")
        self._initial = self._maintenance = ONE / lever
        security._state.portfolio._invalidate()

    def get_maintenance_margin(self, parameters: Any) -> Any:
        from lean_stubs.securities.buying_power_questions import MaintenanceMargin

        return MaintenanceMargin(self._maintenance_margin(parameters.security))

    def get_initial_margin_requirement(self, parameters: Any) -> Any:
        from lean_stubs.securities.buying_power_questions import InitialMargin

        return InitialMargin(self._initial_margin(parameters.security, to_decimal(parameters.quantity)))

    def get_reserved_buying_power_for_position(self, parameters: Any) -> Any:
        return parameters.result_in_account_currency(self._maintenance_margin(parameters.security))

    def get_buying_power(self, parameters: Any) -> Any:
        security = parameters.security
        buying = None if parameters.direction == OrderDirection.HOLD else parameters.direction == OrderDirection.BUY
        return parameters.result_in_account_currency(self._free_margin(security._state, security, buying))

    def has_sufficient_buying_power_for_order(self, parameters: Any) -> Any:
        security = parameters.security
        reason = self._lacks(security._state, security, parameters.order)
        return parameters.sufficient() if reason is None else parameters.insufficient(reason)

    def get_maximum_order_quantity_for_target_buying_power(self, parameters: Any) -> Any:
        from lean_stubs.securities.buying_power_questions import GetMaximumOrderQuantityResult

        security = parameters.security
        sizing = self._size_for_target(security._state, security, parameters._target, parameters._minimum)
        return GetMaximumOrderQuantityResult(sizing.quantity, sizing.reason, sizing.is_error)


class SecurityMarginModel(BuyingPowerModel, clr="QuantConnect.Securities"):
    """The default of margin accounts."""


#: Models whose margin is a fixed part of the position's worth.
PLAIN_MARGIN = (BuyingPowerModel, SecurityMarginModel)


class CashBuyingPowerModel(BuyingPowerModel, clr="QuantConnect.Securities"):
    """No borrowing and no shorts."""

    def __init__(self) -> None:
        super().__init__(1)

    def set_leverage(self, security: Any, leverage: float) -> None:
        if leverage != 1:
            raise InvalidOperationException("CashBuyingPowerModel does not allow setting leverage. Cash accounts have no leverage.")


class NullBuyingPowerModel(BuyingPowerModel, clr="QuantConnect.Securities"):
    """Every order is affordable."""

    def __init__(self) -> None:
        super().__init__(1)

    def _lacks(self, state: Account, security: Any, order: Order) -> str | None:
        return None

    def _maintenance_margin(self, security: Any) -> Decimal:
        return ZERO


class ConstantBuyingPowerModel(BuyingPowerModel, clr="QuantConnect.Securities"):
    """A fixed margin a share, whatever the price."""

    def __init__(self, margin_required_per_unit_in_account_currency: float) -> None:
        super().__init__(1)
        self._per_unit = to_decimal(margin_required_per_unit_in_account_currency)

    def set_leverage(self, security: Any, leverage: float) -> None:
        """The margin a share does not depend on leverage."""

    def _initial_margin(self, security: Any, quantity: Decimal) -> Decimal:
        return quantity * self._per_unit

    def _maintenance_margin(self, security: Any) -> Decimal:
        quantity: Decimal = security._holdings._position.quantity
        return abs(quantity) * self._per_unit


type.__setattr__(BuyingPowerModel, "NULL", NullBuyingPowerModel())
