"""What is asked of a buying power model, and its answers; a user's model is asked by LEAN's methods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject, is_lean_class, overrides
from lean_stubs.orders.order import Order
from lean_stubs.securities.account import Account
from lean_stubs.securities.buying_power import Sizing
from lean_stubs.securities.decimals import to_decimal

__all__ = [
    "BuyingPower",
    "BuyingPowerParameters",
    "GetMaximumOrderQuantityForTargetBuyingPowerParameters",
    "GetMaximumOrderQuantityResult",
    "HasSufficientBuyingPowerForOrderParameters",
    "HasSufficientBuyingPowerForOrderResult",
    "InitialMargin",
    "InitialMarginParameters",
    "MaintenanceMargin",
    "MaintenanceMarginParameters",
    "ReservedBuyingPowerForPosition",
    "ReservedBuyingPowerForPositionParameters",
    "lacks_margin",
    "size_for_target",
    "used_margin",
]


class _Amount(ClrObject, clr="QuantConnect.Securities"):
    """A number in the account's currency."""

    def __init__(self, value: Any) -> None:
        self._value = to_decimal(value)

    @property
    def value(self) -> float:
        return float(self._value)

    def __float__(self) -> float:
        return float(self._value)


class MaintenanceMargin(_Amount, clr="QuantConnect.Securities"):
    """Margin to keep a position."""


class InitialMargin(_Amount, clr="QuantConnect.Securities"):
    """Margin to open a position."""


class BuyingPower(_Amount, clr="QuantConnect.Securities"):
    """Margin that is free."""

    def __init__(self, buying_power: float) -> None:
        super().__init__(buying_power)


class ReservedBuyingPowerForPosition(ClrObject, clr="QuantConnect.Securities"):
    def __init__(self, reserved_buying_power_for_position: Any) -> None:
        self._value = to_decimal(reserved_buying_power_for_position)

    @property
    def absolute_used_buying_power(self) -> float:
        return float(self._value)


class _OfSecurity(ClrObject, clr="QuantConnect.Securities"):
    """A question about one security."""

    def __init__(self, security: Any) -> None:
        self.security = security


class ReservedBuyingPowerForPositionParameters(_OfSecurity, clr="QuantConnect.Securities"):
    def result_in_account_currency(self, reserved_buying_power: Any) -> ReservedBuyingPowerForPosition:
        return ReservedBuyingPowerForPosition(reserved_buying_power)


class MaintenanceMarginParameters(_OfSecurity, clr="QuantConnect.Securities"):
    def __init__(self, security: Any, quantity: float, holdings_cost: float, holdings_value: float) -> None:
        super().__init__(security)
        self.quantity, self.absolute_quantity = quantity, abs(quantity)
        self.holdings_cost, self.absolute_holdings_cost = holdings_cost, abs(holdings_cost)
        self.holdings_value, self.absolute_holdings_value = holdings_value, abs(holdings_value)

    @staticmethod
    def for_current_holdings(security: Any) -> MaintenanceMarginParameters:
        holdings = security.holdings
        return MaintenanceMarginParameters(security, holdings.quantity, holdings.holdings_cost, holdings.holdings_value)


class InitialMarginParameters(_OfSecurity, clr="QuantConnect.Securities"):
    def __init__(self, security: Any, quantity: float) -> None:
        super().__init__(security)
        self.quantity = quantity


class BuyingPowerParameters(_OfSecurity, clr="QuantConnect.Securities"):
    def __init__(self, portfolio: Any, security: Any, direction: Any) -> None:
        super().__init__(security)
        self.portfolio, self.direction = portfolio, direction

    def result_in_account_currency(self, buying_power: Any) -> BuyingPower:
        return BuyingPower(buying_power)


class HasSufficientBuyingPowerForOrderResult(ClrObject, clr="QuantConnect.Securities"):
    def __init__(self, is_sufficient: bool, reason: str | None = None) -> None:
        self.is_sufficient, self.reason = is_sufficient, reason


class HasSufficientBuyingPowerForOrderParameters(_OfSecurity, clr="QuantConnect.Securities"):
    def __init__(self, portfolio: Any, security: Any, order: Any) -> None:
        super().__init__(security)
        self.portfolio, self.order = portfolio, order

    def sufficient(self) -> HasSufficientBuyingPowerForOrderResult:
        return HasSufficientBuyingPowerForOrderResult(True)

    def insufficient(self, reason: str) -> HasSufficientBuyingPowerForOrderResult:
        return HasSufficientBuyingPowerForOrderResult(False, reason)


class GetMaximumOrderQuantityResult(ClrObject, clr="QuantConnect.Securities"):
    @overload
    def __init__(self, quantity: float | Decimal, reason: str | None = None) -> None: ...
    @overload
    def __init__(self, quantity: float | Decimal, reason: str | None, is_error: bool = True) -> None: ...
    def __init__(self, quantity: Any, reason: str | None = None, is_error: bool | None = None) -> None:
        self._quantity, self._reason = to_decimal(quantity), reason or ""
        self._error = bool(reason) if is_error is None else is_error

    @property
    def quantity(self) -> float:
        return float(self._quantity)

    @property
    def reason(self) -> str:
        return self._reason

    @property
    def is_error(self) -> bool:
        return self._error


class GetMaximumOrderQuantityForTargetBuyingPowerParameters(_OfSecurity, clr="QuantConnect.Securities"):
    def __init__(
        self,
        portfolio: Any,
        security: Any,
        target_buying_power: Any,
        minimum_order_margin_portfolio_percentage: Any,
        silence_non_error_reasons: bool = False,
    ) -> None:
        super().__init__(security)
        self.portfolio, self.silence_non_error_reasons = portfolio, silence_non_error_reasons
        self._target, self._minimum = to_decimal(target_buying_power), to_decimal(minimum_order_margin_portfolio_percentage)

    @property
    def target_buying_power(self) -> float:
        return float(self._target)

    @property
    def minimum_order_margin_portfolio_percentage(self) -> float:
        return float(self._minimum)


def _own(security: Any, name: str) -> Any:
    """The user's override of a model's method, or None."""
    model = security._buying_power_model
    return None if is_lean_class(type(model)) else overrides.find_python(model, name)


def lacks_margin(state: Account, security: Any, order: Order) -> str | None:
    """Why the account cannot bear an order, or None."""
    own = _own(security, "has_sufficient_buying_power_for_order")
    if own is None:
        return security._buying_power_model._lacks(state, security, order)  # type: ignore[no-any-return]
    answer = own(HasSufficientBuyingPowerForOrderParameters(state.portfolio, security, order))
    return None if answer.is_sufficient else (answer.reason or "")


def size_for_target(state: Account, security: Any, target: Decimal, minimum: Decimal) -> Sizing:
    """Shares to order for a signed fraction of the portfolio as margin."""
    own = _own(security, "get_maximum_order_quantity_for_target_buying_power")
    if own is None:
        return security._buying_power_model._size_for_target(state, security, target, minimum)  # type: ignore[no-any-return]
    answer = own(GetMaximumOrderQuantityForTargetBuyingPowerParameters(state.portfolio, security, target, minimum))
    return Sizing(answer._quantity, answer.reason or "", answer.is_error)


def used_margin(security: Any) -> Decimal:
    """Margin that a position holds."""
    own = _own(security, "get_reserved_buying_power_for_position")
    if own is not None:
        answer: Decimal = own(ReservedBuyingPowerForPositionParameters(security))._value
        return answer
    own = _own(security, "get_maintenance_margin")
    if own is not None:
        return to_decimal(float(own(MaintenanceMarginParameters.for_current_holdings(security))))
    margin: Decimal = security._buying_power_model._maintenance_margin(security)
    return margin
