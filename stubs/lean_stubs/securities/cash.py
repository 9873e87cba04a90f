"""Money on the account (LEAN: Cash, CashBook, CashAmount)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import KeyNotFoundException
from lean_stubs.clr.pairs import pair_type
from lean_stubs.securities.decimals import ONE, ZERO, normalize_text, to_decimal

__all__ = ["Cash", "CashAmount", "CashBook", "ConvertibleCashAmount"]


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

    def __init__(self, symbol: str, amount: Any, conversion_rate: Any = 1, changed: Callable[[], None] | None = None) -> None:
        self._symbol, self._amount, self._rate = symbol, to_decimal(amount), to_decimal(conversion_rate)
        self._changed = changed or (lambda: None)

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
        return {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}.get(self._symbol, "¤")

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

    def __init__(self, changed: Callable[[], None] | None = None) -> None:
        self._changed = changed or (lambda: None)
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
        self._book[self._account_currency] = Cash(self._account_currency, old._amount, 1, self._changed)
        self._changed()

    @property
    def total_value_in_account_currency(self) -> float:
        return float(self._total())

    def add(self, symbol: str, quantity: float = 0, conversion_rate: float = 0) -> Cash:
        cash = Cash(symbol.upper(), quantity, conversion_rate, self._changed)
        self._book[cash.symbol] = cash
        self._changed()
        return cash

    def __getitem__(self, symbol: str) -> Cash:
        if symbol not in self._book:
            raise KeyNotFoundException(f"This cash symbol ({symbol}) was not found in your cash book.")
        return self._book[symbol]

    def get(self, symbol: str, default: Any = None) -> Any:
        return self._book.get(symbol, default)

    def contains_key(self, symbol: str) -> bool:
        return symbol in self._book

    __contains__ = contains_key

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
        source, destination = self[source_currency], self[destination_currency]
        return float(to_decimal(source_quantity) * source._rate / destination._rate)

    def convert_to_account_currency(self, source_quantity: Any, source_currency: str = "USD") -> Any:
        if isinstance(source_quantity, CashAmount):
            return CashAmount(source_quantity._amount * self[source_quantity.currency]._rate, self._account_currency)
        return self.convert(source_quantity, source_currency, self._account_currency)
