"""A position in one security (LEAN: SecurityHolding)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overloads import bound
from lean_stubs.common.currencies import Currencies
from lean_stubs.securities.cash import ConvertibleCashAmount
from lean_stubs.securities.decimals import ZERO, normalize_text, to_decimal

__all__ = ["EquityHolding", "Position", "SecurityHolding"]


class Position:
    """The numbers of a holding, as the engine reads them."""

    __slots__ = ("average_price", "dividends", "fees", "invested", "last_profit", "profit", "quantity", "sales", "target")

    def __init__(self) -> None:
        self.quantity = self.average_price = ZERO
        self.profit = self.last_profit = self.fees = self.dividends = self.sales = ZERO
        self.invested = False
        self.target: Any = None


class SecurityHolding(ClrObject, clr="QuantConnect.Securities"):
    @overload
    def __init__(self, security: Any, currency_converter: Any) -> None: ...
    @overload
    def __init__(self, holding: SecurityHolding) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        """All amounts are in the account's currency: there is nothing to convert."""
        given = bound(SecurityHolding.__init__, arguments, named)
        self._listeners: list[Any] = []
        self._position = Position()
        if "holding" in given:
            self._security = given["holding"]._security
            for name in Position.__slots__:
                setattr(self._position, name, getattr(given["holding"]._position, name))
        else:
            self._security = given["security"]

    # Engine side.

    def _set(self, average_price: Decimal, quantity: Decimal) -> None:
        position = self._position
        position.quantity, position.average_price = quantity, average_price
        # A rest below one lot does not count as invested: it could not be sold.
        position.invested = abs(quantity) >= self._security._lot
        self._security._state.portfolio._note_position(self._security)

    def _value_of(self, quantity: Decimal, price: Decimal) -> Decimal:
        return price * quantity

    @property
    def _value(self) -> Decimal:
        price: Decimal = self._security._prices.exact
        return price * self._position.quantity

    def _close_profit(self) -> Decimal:
        position = self._position
        if not position.invested:
            return ZERO
        fees = self._security._market_order_fee(-position.quantity)
        price: Decimal = self._security._prices.exit_price(position.quantity > 0)
        value = price * position.quantity
        return value - position.average_price * position.quantity - Decimal(fees)

    # What Python sees.

    @property
    def symbol(self) -> Any:
        return self._security.symbol

    @property
    def type(self) -> Any:
        return self._security.type

    @property
    def security(self) -> Any:
        return self._security

    @property
    def quantity(self) -> float:
        return float(self._position.quantity)

    @quantity.setter
    def quantity(self, value: float) -> None:
        self._set(self._position.average_price, to_decimal(value))

    @property
    def absolute_quantity(self) -> float:
        return float(abs(self._position.quantity))

    @property
    def average_price(self) -> float:
        return float(self._position.average_price)

    @average_price.setter
    def average_price(self, value: float) -> None:
        self._set(to_decimal(value), self._position.quantity)

    @property
    def price(self) -> float:
        return float(self._security._prices.price)

    @price.setter
    def price(self, value: float) -> None:
        self.update_market_price(value)

    @property
    def invested(self) -> bool:
        return self._position.invested

    hold_stock = invested

    @property
    def is_long(self) -> bool:
        return self._position.quantity > 0

    @property
    def is_short(self) -> bool:
        return self._position.quantity < 0

    @property
    def leverage(self) -> float:
        return float(self._security.leverage)

    @property
    def target(self) -> Any:
        return self._position.target

    @target.setter
    def target(self, value: Any) -> None:
        self._position.target = value

    @property
    def holdings_cost(self) -> float:
        return float(self._position.average_price * self._position.quantity)

    @property
    def absolute_holdings_cost(self) -> float:
        return abs(self.holdings_cost)

    @property
    def unlevered_holdings_cost(self) -> float:
        return self.holdings_cost / self.leverage

    @property
    def unlevered_absolute_holdings_cost(self) -> float:
        return abs(self.unlevered_holdings_cost)

    @property
    def holdings_value(self) -> float:
        return float(self._value)

    @property
    def absolute_holdings_value(self) -> float:
        return abs(self.holdings_value)

    @property
    def total_sale_volume(self) -> float:
        return float(self._position.sales)

    @property
    def total_fees(self) -> float:
        return float(self._position.fees)

    @property
    def total_dividends(self) -> float:
        return float(self._position.dividends)

    @property
    def last_trade_profit(self) -> float:
        return float(self._position.last_profit)

    @property
    def profit(self) -> float:
        """Realised profit with dividends, before fees."""
        return float(self._position.profit + self._position.dividends)

    @property
    def net_profit(self) -> float:
        return float(self._position.profit + self._position.dividends - self._position.fees)

    @property
    def unrealized_profit(self) -> float:
        """Profit of selling everything at the current price, the fee of that order included."""
        return float(self._close_profit())

    @property
    def unrealized_profit_percent(self) -> float:
        cost = abs(self._position.average_price * self._position.quantity)
        return float(self._close_profit() / cost) if cost else 0.0

    def total_close_profit(
        self,
        include_fees: bool = True,
        exit_price: float | None = None,
        entry_price: float | None = None,
        quantity: float | None = None,
    ) -> float:
        position = self._position
        if quantity is None and not position.invested:
            return 0.0
        shares = position.quantity if quantity is None else to_decimal(quantity)
        fees = Decimal(self._security._market_order_fee(-shares)) if include_fees else ZERO
        leave = self._security._prices.exit_price(position.quantity > 0) if exit_price is None else to_decimal(exit_price)
        enter = position.average_price if entry_price is None else to_decimal(entry_price)
        return float(leave * shares - enter * shares - fees)

    def get_quantity_value(self, quantity: float, price: float | None = None) -> Any:
        at = self._security._prices.exact if price is None else to_decimal(price)
        return ConvertibleCashAmount(at * to_decimal(quantity), self._security.quote_currency)

    def set_holdings(self, average_price: float, quantity: float) -> None:
        self._set(to_decimal(average_price), to_decimal(quantity))

    def add_new_fee(self, new_fee: float) -> None:
        self._position.fees += to_decimal(new_fee)

    def add_new_profit(self, profit_loss: float) -> None:
        self._position.profit += to_decimal(profit_loss)

    def add_new_sale(self, sale_value: float) -> None:
        self._position.sales += to_decimal(sale_value)

    def add_new_dividend(self, dividend: float) -> None:
        self._position.dividends += to_decimal(dividend)

    def update_market_price(self, closing_price: float) -> None:
        """The price is the security's own; nothing to copy."""

    def __str__(self) -> str:
        position, sign = self._position, Currencies.get_currency_symbol(self._security._properties.quote_currency)
        return f"{self.symbol.value}: {normalize_text(position.quantity)} @ {sign}{normalize_text(position.average_price)}"


class EquityHolding(SecurityHolding, clr="QuantConnect.Securities.Equity"):
    """A position in shares."""

    def __init__(self, security: Any, currency_converter: Any) -> None:
        super().__init__(security, currency_converter)
