"""Money on the account (LEAN: Cash, CashBook, CashAmount)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import ArgumentException, InvalidOperationException, KeyNotFoundException
from lean_stubs.clr.overloads import argument, bound
from lean_stubs.clr.pairs import KeyValuePair, pair_type
from lean_stubs.common.currencies import Currencies
from lean_stubs.securities.decimals import ONE, ZERO, normalize_text, to_decimal

__all__ = ["Cash", "CashAmount", "CashBook", "ConvertibleCashAmount"]


_NULL = Currencies.NULL_CURRENCY


def _nobody() -> None:
    """Who is told of changes of cash that is in no book."""


class CashAmount(ClrObject, clr="QuantConnect.Securities"):
    """An amount in a currency."""

    def __init__(self, amount: Any, currency: str) -> None:
        self._amount, self._currency = to_decimal(amount), currency

    @property
    def amount(self) -> float:
        return float(self._amount)

    @property
    def currency(self) -> str:
        return self._currency

    def __str__(self) -> str:
        return f"{normalize_text(self._amount)} {self._currency}"


class Cash(ClrObject, clr="QuantConnect.Securities"):
    """A currency held; `conversion_rate` is its price in the account's currency."""

    def __init__(self, symbol: str, amount: float, conversion_rate: float, _changed: Callable[[], None] | None = None) -> None:
        if not symbol:
            raise ArgumentException("Cash symbols cannot be null or empty.")
        self._symbol, self._amount, self._rate = symbol.upper(), to_decimal(amount), to_decimal(conversion_rate)
        self._changed = _changed or _nobody

    def _add(self, amount: Decimal) -> None:
        self._amount += amount
        self._changed()

    @property
    def symbol(self) -> str:
        return self._symbol

    @property
    def amount(self) -> float:
        return float(self._amount)

    @property
    def conversion_rate(self) -> float:
        return float(self._rate)

    @conversion_rate.setter
    def conversion_rate(self, value: float) -> None:
        self._rate = to_decimal(value)
        self._changed()

    @property
    def value_in_account_currency(self) -> float:
        return float(self._amount * self._rate)

    @property
    def currency_symbol(self) -> str:
        return Currencies.get_currency_symbol(self._symbol)

    def add_amount(self, amount: float) -> float:
        self._add(to_decimal(amount))
        return self.amount

    def set_amount(self, amount: float) -> None:
        self._amount = to_decimal(amount)
        self._changed()

    def __str__(self) -> str:
        return f"{self._symbol}: {normalize_text(self._amount)} @ {normalize_text(self._rate)}"


class ConvertibleCashAmount(ClrObject, clr="QuantConnect.Securities"):
    """An amount of a currency that is held."""

    def __init__(self, amount: Any, cash: Cash) -> None:
        self._amount, self._cash = to_decimal(amount), cash

    @property
    def amount(self) -> float:
        return float(self._amount)

    @property
    def cash(self) -> Cash:
        return self._cash

    @property
    def in_account_currency(self) -> float:
        return float(self._amount * self._cash._rate)

    def __float__(self) -> float:
        return self.in_account_currency


class CashBook(ClrObject, clr="QuantConnect.Securities"):
    """All currencies held, by their symbol."""

    def __init__(self, _changed: Callable[[], None] | None = None) -> None:
        self._changed = _changed or _nobody
        self._account_currency = "USD"
        self._book: dict[str, Cash] = {"USD": Cash("USD", 0, 1, self._changed)}

    @property
    def _base(self) -> Cash:
        return self._book[self._account_currency]

    def _total(self) -> Decimal:
        if len(self._book) == 1:
            base = self._base
            return base._amount if base._rate == ONE else base._amount * base._rate
        return sum((c._amount * c._rate for c in self._book.values()), ZERO)

    @property
    def account_currency(self) -> str:
        return self._account_currency

    @account_currency.setter
    def account_currency(self, value: str) -> None:
        """Give what is held another name; the amount stays."""
        old = self._book.pop(self._account_currency)
        self._account_currency = value.upper()
        self._book[self._account_currency] = Cash(self._account_currency, float(old._amount), 1, self._changed)
        self._changed()

    @property
    def total_value_in_account_currency(self) -> float:
        return float(self._total())

    @overload
    def add(self, symbol: str, quantity: float, conversion_rate: float) -> Cash: ...
    @overload
    def add(self, item: KeyValuePair[str, Cash]) -> None: ...
    @overload
    def add(self, symbol: str, value: Cash) -> None: ...
    def add(self, *arguments: Any, **named: Any) -> Cash | None:
        """A currency that is there already keeps its object, which securities may hold; amount and rate are the new ones."""
        given = bound(CashBook.add, arguments, named)
        if "quantity" in given:
            return self._put(given["symbol"], Cash(given["symbol"], given["quantity"], given["conversion_rate"]))
        item = given.get("item")
        symbol, cash = (given["symbol"], given["value"]) if item is None else (item.key, item.value)
        self._put(symbol, cash)
        return None

    def _put(self, symbol: str, cash: Cash) -> Cash | None:
        if symbol == _NULL:
            return None
        known = self._book.get(symbol)
        if known is None:
            cash._changed = self._changed
            known = self._book[symbol] = cash
        else:
            known._amount, known._rate = cash._amount, cash._rate
        self._changed()
        return known

    def __setitem__(self, symbol: str, value: Cash) -> None:
        self._put(symbol, value)

    @overload
    def remove(self, item: KeyValuePair[str, Cash]) -> bool: ...
    @overload
    def remove(self, symbol: str) -> bool: ...
    @overload
    def remove(self, key: str) -> bool: ...
    def remove(self, *arguments: Any, **named: Any) -> bool:
        given = argument(CashBook.remove, arguments, named)
        found = self._book.pop(given.key if isinstance(given, KeyValuePair) else given, None)
        if found is not None:
            found._changed = _nobody
            self._changed()
        return found is not None

    def __getitem__(self, symbol: str) -> Cash:
        if symbol == _NULL:
            raise InvalidOperationException("Unexpected request for NullCurrency Cash instance")
        if symbol not in self._book:
            raise KeyNotFoundException(f"This cash symbol ({symbol}) was not found in your cash book.")
        return self._book[symbol]

    def get(self, key: str, default_value: Any = None) -> Any:
        return self._book.get(key, default_value)

    @overload
    def contains_key(self, symbol: str) -> bool: ...
    @overload
    def contains_key(self, key: Any) -> bool: ...
    def contains_key(self, *arguments: Any, **named: Any) -> bool:
        return argument(CashBook.contains_key, arguments, named) in self._book

    def __contains__(self, symbol: object) -> bool:
        return symbol in self._book

    def keys(self) -> list[str]:
        return list(self._book)

    def values(self) -> list[Cash]:
        return list(self._book.values())

    def items(self) -> list[tuple[str, Cash]]:
        return list(self._book.items())

    @property
    def count(self) -> int:
        return len(self._book)

    def __len__(self) -> int:
        return len(self._book)

    def __iter__(self) -> Any:
        pair: Any = pair_type("String", "Cash")
        return iter([pair(k, v) for k, v in self._book.items()])

    def convert(self, source_quantity: float, source_currency: str, destination_currency: str) -> float:
        return float(self._convert(to_decimal(source_quantity), source_currency, destination_currency))

    def _convert(self, quantity: Decimal, source_currency: str, destination_currency: str) -> Decimal:
        if not quantity:
            return ZERO
        source, destination = self[source_currency], self[destination_currency]
        for cash in (source, destination):
            if not cash._rate:
                raise ArgumentException(f"The conversion rate for {cash.symbol} is not available.")
        return quantity * (source._rate / destination._rate)

    @overload
    def convert_to_account_currency(self, source_quantity: float, source_currency: str) -> float: ...
    @overload
    def convert_to_account_currency(self, cash_amount: CashAmount) -> CashAmount: ...
    def convert_to_account_currency(self, *arguments: Any, **named: Any) -> Any:
        given = bound(CashBook.convert_to_account_currency, arguments, named)
        own = self._account_currency
        if "source_quantity" in given:
            quantity, currency = given["source_quantity"], given["source_currency"]
            return quantity if currency == own else self.convert(quantity, currency, own)
        amount = given["cash_amount"]
        return amount if amount.currency == own else CashAmount(self._convert(amount._amount, amount.currency, own), own)
