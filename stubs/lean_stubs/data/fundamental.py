"""A company's day as universe selection sees it (LEAN: Common/Data/UniverseSelection/CoarseFundamental.cs, Fundamental.cs).

Figures are those of LEAN's default provider (CoarseFundamentalDataProvider): price and volume from the coarse files; every
company report is empty there, and no company has fundamental data.
"""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.clr.casing import to_snake
from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.base_data import BaseData
from lean_stubs.data.company_reports import REPORTS, report
from lean_stubs.securities.decimals import to_decimal

__all__ = ["CoarseFundamental", "FineFundamental", "Fundamental", "fundamentals_of"]

_ONE_DAY = timedelta(days=1)


class CoarseFundamental(BaseData, clr="QuantConnect.Data.UniverseSelection"):
    """Price and volume of one day; known at its end."""

    def __init__(self, day: datetime | None = None, symbol: Symbol | None = None, fields: tuple[str, ...] = ()) -> None:
        super().__init__()
        if day is not None and symbol is not None:
            self._time, self._end_time, self._symbol = day, day + _ONE_DAY, symbol
        self._fields = fields
        #: What an algorithm assigned to the value.
        self._shown: Decimal | None = None

    def _exact(self, column: int, default: str = "0") -> Decimal:
        return Decimal(self._fields[column] if len(self._fields) > column else default)

    @property
    def market(self) -> str:
        return self._symbol.id.market

    @property
    def value(self) -> float:
        return float(self._exact(2) if self._shown is None else self._shown)

    @value.setter
    def value(self, value: Any) -> None:
        self._shown = to_decimal(value)

    @property
    def price(self) -> float:
        return self.value

    @property
    def volume(self) -> int:
        return int(self._exact(3))

    @property
    def dollar_volume(self) -> float:
        return float(self._exact(4)) if self._fields else math.nan

    @property
    def has_fundamental_data(self) -> bool:
        return False

    @property
    def price_factor(self) -> float:
        return float(self._exact(6, "1" if self._fields else "0"))

    @property
    def split_factor(self) -> float:
        return float(self._exact(7, "1" if self._fields else "0"))

    @property
    def price_scale_factor(self) -> float:
        return float(self._scale())

    @property
    def adjusted_price(self) -> float:
        return float(self._exact(2) * self._scale())

    def _scale(self) -> Decimal:
        default = "1" if self._fields else "0"
        return self._exact(6, default) * self._exact(7, default)


class FineFundamental(CoarseFundamental, clr="QuantConnect.Data.Fundamental"):
    """A company's reports."""

    @property
    def market_cap(self) -> int:
        return 0

    def __getattr__(self, name: str) -> Any:
        snake = name if name in REPORTS else to_snake(name)
        if snake in REPORTS:
            return report(snake, self._time)
        return super().__getattr__(name)  # type: ignore[misc]  # ClrObject hides its own from type checkers


class Fundamental(FineFundamental, clr="QuantConnect.Data.Fundamental"):
    """Both in one, as selection functions get it."""


def fundamentals_of(rows: list[tuple[str, ...]], day: date) -> list[Fundamental]:
    """Objects of a coarse file's rows: id, ticker, close, volume, dollar volume, fundamental data, price and split factor."""
    at = datetime.combine(day, time())
    return [Fundamental(at, Symbol(SecurityIdentifier.parse(row[0]), row[1]), row) for row in rows]
