"""Splits, dividends, delistings and renames (LEAN: Split.cs, Dividend.cs, Delisting.cs, SymbolChangedEvent.cs)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DelistingType, MarketDataType, SplitType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import BaseData
from lean_stubs.securities.decimals import normalize_text, round_half_even, to_decimal

__all__ = ["CorporateAction", "Delisting", "Dividend", "Split", "SymbolChangedEvent"]

#: The engine counts exactly; users give floats.
Number = float | Decimal
Moment = datetime | date

_ZERO = Decimal(0)
_NO_SPLIT = (Symbol.EMPTY, NEVER_SET, _ZERO, _ZERO, SplitType.SPLIT_OCCURRED)
_NO_DIVIDEND = (Symbol.EMPTY, NEVER_SET, _ZERO, _ZERO)
_NO_DELISTING = (Symbol.EMPTY, NEVER_SET, _ZERO, DelistingType.DELISTED)
_NO_CHANGE = (Symbol.EMPTY, NEVER_SET, "", "")


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

    @overload
    def __init__(self, symbol: Symbol | str, date: Moment, price: Number, split_factor: Number, type: SplitType) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        symbol, date, price, factor, kind = bound(Split.__init__, arguments, named).values() or _NO_SPLIT
        reference = to_decimal(price)
        super().__init__(symbol, date, reference)
        self._exact_factor, self._exact_reference = to_decimal(factor), reference
        self._type: SplitType = kind

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

    @overload
    def __init__(self, symbol: Symbol | str, date: Moment, distribution: Number, reference_price: Number) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        symbol, date, distribution, reference = bound(Dividend.__init__, arguments, named).values() or _NO_DIVIDEND
        amount = to_decimal(distribution)
        super().__init__(symbol, date, amount)
        self._exact_distribution, self._exact_reference = amount, to_decimal(reference)

    @staticmethod
    def compute_distribution(close: float, price_factor_ratio: float, decimal_places: int) -> float:
        """Cash that explains a price factor."""
        return float(_distribution(to_decimal(close), to_decimal(price_factor_ratio), decimal_places))

    @staticmethod
    def create(symbol: Any, date: Any, reference_price: Any, price_factor_ratio: Any, decimal_places: int = 2) -> Dividend:
        reference = to_decimal(reference_price)
        amount = _distribution(reference, to_decimal(price_factor_ratio), decimal_places)
        return Dividend(symbol, date, amount, reference)

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


def _distribution(close: Decimal, price_factor_ratio: Decimal, places: int) -> Decimal:
    """LEAN: Dividend.ComputeDistribution."""
    return round_half_even(close - close * price_factor_ratio, places)


class Delisting(CorporateAction, clr="QuantConnect.Data.Market"):
    """First a warning on the last day, then the delisting itself at the next midnight."""

    @overload
    def __init__(self, symbol: Symbol | str, date: Moment, price: Number, type: DelistingType) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        symbol, date, price, kind = bound(Delisting.__init__, arguments, named).values() or _NO_DELISTING
        super().__init__(symbol, date, to_decimal(price))
        self._type: DelistingType = kind
        self._ticket: Any = None

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

    @overload
    def __init__(self, requested_symbol: Symbol | str, date: Moment, old_symbol: str, new_symbol: str) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        symbol, date, old, new = bound(SymbolChangedEvent.__init__, arguments, named).values() or _NO_CHANGE
        super().__init__(symbol, date)
        self._old: str = old
        self._new: str = new

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
