"""Cash and positions together (LEAN: SecurityPortfolioManager)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.dictionary import ExtendedDictionary
from lean_stubs.clr.exceptions import InvalidOperationException, NotImplementedException
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.clr.pairs import KeyValuePair
from lean_stubs.common import DataNormalizationMode, Symbol, to_symbol
from lean_stubs.orders.enums import OrderDirection
from lean_stubs.orders.event import OrderEvent
from lean_stubs.orders.order import Order
from lean_stubs.securities.account import Account
from lean_stubs.securities.buying_power_questions import lacks_margin
from lean_stubs.securities.cash import CashBook
from lean_stubs.securities.decimals import exact_event, to_decimal, toward_zero
from lean_stubs.securities.fill_booking import book_fill
from lean_stubs.securities.holding import SecurityHolding
from lean_stubs.securities.margin_call import DefaultMarginCallModel
from lean_stubs.securities.portfolio_values import PortfolioValues

__all__ = ["SecurityPortfolioManager"]


class SecurityPortfolioManager(PortfolioValues, ExtendedDictionary[SecurityHolding], clr="QuantConnect.Securities"):
    """Holdings by symbol, and what they are worth."""

    _value_name = "SecurityHolding"

    def __init__(self, _state: Account) -> None:
        self._state = _state
        self._known: Decimal | None = None
        self._known_margin: Decimal | None = None
        self._worths: dict[Symbol, Decimal] | None = None
        self._margins: dict[Symbol, Decimal] | None = None
        self._worths_at = -1
        self._held: dict[Symbol, Any] = {}
        self._cash_book = CashBook(self._cash_changed)
        self._unsettled = CashBook(self._cash_changed)
        self._cash_book._base._amount = Decimal(100_000)
        self._margin_call_model: Any = DefaultMarginCallModel(self, None)
        self._account_currency_set = False

    # Dictionary.

    def _find(self, symbol: Symbol) -> SecurityHolding | None:
        security = self._state.securities._find(symbol)
        return None if security is None else security._holdings

    def _entries(self) -> Iterable[tuple[Symbol, SecurityHolding]]:
        return [(symbol, security._holdings) for symbol, security in self._state.securities._entries()]

    def __len__(self) -> int:
        return len(self._state.securities)

    def _missing(self, symbol: Symbol) -> Exception:
        return self._state.securities._missing(symbol)

    def _store(self, symbol: Symbol, value: SecurityHolding) -> None:
        self._state.securities._any(symbol)._holdings = value  # type: ignore[assignment]

    def _remove(self, symbol: Symbol) -> bool:
        raise NotImplementedException("Portfolio object is an adaptor for Security Manager and objects cannot be removed.")

    @property
    def is_read_only(self) -> bool:
        return False

    @overload
    def contains_key(self, symbol: Symbol | str) -> bool: ...
    @overload
    def contains_key(self, key: Any) -> bool: ...
    def contains_key(self, *arguments: Any, **named: Any) -> bool:
        key = argument(SecurityPortfolioManager.contains_key, arguments, named)
        return key is not None and self._has(to_symbol(key))

    @overload
    def try_get_value(self, symbol: Symbol | str, holding: Any) -> tuple[bool, SecurityHolding | None]: ...
    @overload
    def try_get_value(self, key: Any, value: Any) -> tuple[bool, SecurityHolding | None]: ...
    def try_get_value(self, *arguments: Any, **named: Any) -> tuple[bool, SecurityHolding | None]:
        key, _ = bound(SecurityPortfolioManager.try_get_value, arguments, named).values()
        found = None if key is None else self._find(to_symbol(key))
        return found is not None, found

    @overload
    def remove(self, pair: KeyValuePair[Symbol, SecurityHolding]) -> bool: ...
    @overload
    def remove(self, symbol: Symbol | str) -> bool: ...
    @overload
    def remove(self, key: Any) -> bool: ...
    def remove(self, *arguments: Any, **named: Any) -> bool:
        return self._remove_given(argument(SecurityPortfolioManager.remove, arguments, named))

    @overload
    def add(self, symbol: Symbol | str, holding: SecurityHolding) -> None: ...
    @overload
    def add(self, pair: KeyValuePair[Symbol, SecurityHolding]) -> None: ...
    def add(self, *arguments: Any, **named: Any) -> None:
        raise NotImplementedException(
            "Portfolio object is an adaptor for Security Manager. To add a new asset add the required data during initialization."
        )

    def clear(self) -> None:
        raise NotImplementedException("Portfolio object is an adaptor for Security Manager and cannot be cleared.")

    # Engine side.

    def _lacks_margin(self, order: Order) -> str | None:
        return lacks_margin(self._state, self._state.securities._any(order._symbol), order)

    def _lacks_margin_for(self, orders: list[Order]) -> str | None:
        """Orders of equities stand each for itself, legs of a combo too (LEAN: SecurityPositionGroupResolver.TryGroup)."""
        return next((reason for order in orders if (reason := self._lacks_margin(order)) is not None), None)

    def _process_fills(self, fills: list[OrderEvent]) -> None:
        for fill in fills:
            book_fill(self, self._state.securities._any(fill._symbol), fill)
        self._known = None

    def _apply_dividend(self, dividend: Any, mode: Any) -> None:
        """Credit a dividend where prices are not adjusted for it."""
        if mode is not DataNormalizationMode.RAW and mode is not DataNormalizationMode.SPLIT_ADJUSTED:
            return
        security = self._state.securities._any(dividend.symbol)
        position = security._holdings._position
        total = position.quantity * exact_event(dividend, "distribution")
        self._cash_book._base._add(total)
        position.dividends += total

    def _apply_split(self, split: Any, security: Any, mode: Any) -> None:
        """Rescale a raw position; what is not a whole share becomes cash."""
        if mode is not DataNormalizationMode.RAW:
            return
        factor = exact_event(split, "split_factor")
        position = security._holdings._position
        quantity = position.quantity / factor
        whole = Decimal(toward_zero(quantity))
        security._holdings._set(position.average_price * factor, whole)
        if security._prices.last_data is None:
            self._cash_book._base._add((quantity - whole) * exact_event(split, "reference_price") * factor)
            return
        security._prices.apply_split(factor)
        self._cash_book._base._add((quantity - whole) * security._prices.exact)
        self._invalidate()

    # Models and money.

    @property
    def margin_call_model(self) -> Any:
        return self._margin_call_model

    @margin_call_model.setter
    def margin_call_model(self, value: Any) -> None:
        self._margin_call_model = value

    @overload
    def set_margin_call_model(self, py_object: Any) -> None: ...
    @overload
    def set_margin_call_model(self, margin_call_model: Any) -> None: ...
    def set_margin_call_model(self, *arguments: Any, **named: Any) -> None:
        self._margin_call_model = argument(SecurityPortfolioManager.set_margin_call_model, arguments, named)

    def invalidate_total_portfolio_value(self) -> None:
        self._known = None

    @overload
    def set_cash(self, cash: float) -> None: ...
    @overload
    def set_cash(self, symbol: str, cash: float, conversion_rate: float) -> None: ...
    def set_cash(self, *arguments: Any, **named: Any) -> None:
        given = bound(SecurityPortfolioManager.set_cash, arguments, named)
        if "symbol" not in given:
            self._cash_book._base.set_amount(given["cash"])
            return
        symbol, cash, rate = given["symbol"].upper(), given["cash"], given["conversion_rate"]
        self._cash_book.add(symbol, cash, rate)

    def set_account_currency(self, account_currency: str, starting_cash: float | None = None) -> None:
        if self._account_currency_set:
            return
        self._account_currency_set = True
        if len(self._state.securities):
            raise InvalidOperationException(
                "SecurityPortfolioManager.SetAccountCurrency(): Cannot change AccountCurrency after adding a Security. "
                "Please move SetAccountCurrency() before AddSecurity()."
            )
        for book in (self._cash_book, self._unsettled):
            book.account_currency = account_currency
        if starting_cash is not None:
            self.set_cash(starting_cash)

    @overload
    def get_margin_remaining(self, total_portfolio_value: float) -> float: ...
    @overload
    def get_margin_remaining(self, symbol: Symbol | str, direction: OrderDirection = OrderDirection.BUY) -> float: ...
    def get_margin_remaining(self, *arguments: Any, **named: Any) -> float:
        """What may still be borrowed: of a given total value, or for trading one symbol one way."""
        given = bound(SecurityPortfolioManager.get_margin_remaining, arguments, named)
        if "total_portfolio_value" in given:
            return float(self._margin_left_of(to_decimal(given["total_portfolio_value"])))
        security = self._state.securities._any(to_symbol(given["symbol"]))
        direction = given.get("direction", OrderDirection.BUY)
        buying = None if direction == OrderDirection.HOLD else direction == OrderDirection.BUY
        return float(security._buying_power_model._free_margin(self._state, security, buying))

    def get_buying_power(self, symbol: Any, direction: Any = OrderDirection.BUY) -> float:
        return self.get_margin_remaining(symbol, direction)

    def log_margin_information(self, order_request: Any = None) -> None:
        used, left = self.total_margin_used, self.margin_remaining
        self._state.log(f"Total margin information: Total margin used: {used:.2f}, Margin remaining: {left:.2f}")
