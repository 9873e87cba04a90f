"""Splits, dividends, delistings and renames (LEAN: Split.cs, Dividend.cs, Delisting.cs, SymbolChangedEvent.cs)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from lean_stubs.clr.convert import to_date_time
from lean_stubs.common.enums import DelistingType, MarketDataType, SplitType
from lean_stubs.common.symbol import to_symbol
from lean_stubs.data.base_data import BaseData
from lean_stubs.securities.decimals import normalize_text, to_decimal

__all__ = ["CorporateAction", "Delisting", "Dividend", "Split", "SymbolChangedEvent"]

_CENTS = Decimal("0.01")


class CorporateAction(BaseData, clr="QuantConnect.Data.Market"):
    """An auxiliary point: it has no span and changes no price."""

    _is_auxiliary = True

    def __init__(self, symbol: Any, date: Any, value: Decimal = Decimal(0)) -> None:
        super().__init__()
        self._symbol = to_symbol(symbol)
        self._time = self._end_time = to_date_time(date)
        self._exact_value = value
        self._value = float(value)

    @property
    def data_type(self) -> MarketDataType:
        return getattr(self, "_data_type", MarketDataType.AUXILIARY)

    @data_type.setter
    def data_type(self, value: MarketDataType) -> None:
        self._data_type = value


class Split(CorporateAction, clr="QuantConnect.Data.Market"):
    """Shares after = shares before / split_factor."""

    def __init__(self, symbol: Any, date: Any, price: Any, split_factor: Any, type: SplitType) -> None:
        reference = to_decimal(price)
        super().__init__(symbol, date, reference)
        self._exact_factor, self._exact_reference = to_decimal(split_factor), reference
        self._type = type

    @property
    def type(self) -> SplitType:
        return self._type

    @property
    def split_factor(self) -> float:
        return float(self._exact_factor)

    @split_factor.setter
    def split_factor(self, value: float) -> None:
        self._exact_factor = to_decimal(value)

    @property
    def reference_price(self) -> float:
        return float(self._exact_reference)

    @reference_price.setter
    def reference_price(self, value: float) -> None:
        self._exact_reference = to_decimal(value)

    def clone(self, fill_forward: bool = False) -> Split:
        return Split(self._symbol, self._time, self._exact_reference, self._exact_factor, self._type)

    def __str__(self) -> str:
        kind = "Split Warning" if self._type == SplitType.WARNING else "Split"
        return f"{kind} for {self._symbol}: {normalize_text(self._exact_factor)} | {normalize_text(self._exact_reference)}"


class Dividend(CorporateAction, clr="QuantConnect.Data.Market"):
    """Cash per share."""

    def __init__(self, symbol: Any, date: Any, distribution: Any, reference_price: Any = 0) -> None:
        amount = to_decimal(distribution)
        super().__init__(symbol, date, amount)
        self._exact_distribution, self._exact_reference = amount, to_decimal(reference_price)

    @staticmethod
    def compute_distribution(close: Any, price_factor_ratio: Any, decimal_places: int = 2) -> float:
        return float(distribution_of(to_decimal(close), to_decimal(price_factor_ratio)))

    @staticmethod
    def create(symbol: Any, date: Any, reference_price: Any, price_factor_ratio: Any, decimal_places: int = 2) -> Dividend:
        reference = to_decimal(reference_price)
        return Dividend(symbol, date, distribution_of(reference, to_decimal(price_factor_ratio)), reference)

    @property
    def distribution(self) -> float:
        return float(self._exact_distribution)

    @distribution.setter
    def distribution(self, value: float) -> None:
        self._exact_distribution = to_decimal(value)

    @property
    def reference_price(self) -> float:
        return float(self._exact_reference)

    @reference_price.setter
    def reference_price(self, value: float) -> None:
        self._exact_reference = to_decimal(value)

    def clone(self, fill_forward: bool = False) -> Dividend:
        return Dividend(self._symbol, self._time, self._exact_distribution, self._exact_reference)

    def __str__(self) -> str:
        return f"Dividend for {self._symbol}: {normalize_text(self._exact_distribution)} | {normalize_text(self._exact_reference)}"


def distribution_of(close: Decimal, price_factor_ratio: Decimal) -> Decimal:
    """Cash that explains the factor, to the cent (LEAN: Dividend.ComputeDistribution)."""
    return (close * (1 - price_factor_ratio)).quantize(_CENTS, ROUND_HALF_EVEN)


class Delisting(CorporateAction, clr="QuantConnect.Data.Market"):
    """First a warning on the last day, then the delisting itself at the next midnight."""

    def __init__(self, symbol: Any, date: Any, price: Any, type: DelistingType) -> None:
        super().__init__(symbol, date, to_decimal(price))
        self._type, self._ticket = type, None

    @property
    def type(self) -> DelistingType:
        return self._type

    @property
    def ticket(self) -> Any:
        return self._ticket

    def set_order_ticket(self, ticket: Any) -> None:
        self._ticket = ticket

    def clone(self, fill_forward: bool = False) -> Delisting:
        return Delisting(self._symbol, self._time, self._exact_value, self._type)

    def __str__(self) -> str:
        kind = "Delisting Warning" if self._type == DelistingType.WARNING else "Delisted"
        return f"{kind}: {self._symbol} {self._time:%m/%d/%Y %H:%M:%S}"


class SymbolChangedEvent(CorporateAction, clr="QuantConnect.Data.Market"):
    """A security trades under a new ticker; its Symbol stays."""

    def __init__(self, requested_symbol: Any, date: Any, old_symbol: str, new_symbol: str) -> None:
        super().__init__(requested_symbol, date)
        self._old, self._new = old_symbol, new_symbol

    @property
    def old_symbol(self) -> str:
        return self._old

    @property
    def new_symbol(self) -> str:
        return self._new

    def clone(self, fill_forward: bool = False) -> SymbolChangedEvent:
        return SymbolChangedEvent(self._symbol, self._time, self._old, self._new)

    def __str__(self) -> str:
        return f"Symbol changed from {self._old} to {self._new}"
