"""A company's day as universe selection sees it (LEAN: Common/Data/UniverseSelection/CoarseFundamental.cs, Fundamental.cs).

Figures are those of LEAN's default provider (CoarseFundamentalDataProvider): price and volume from the coarse files; every
company report is empty there, and no company has fundamental data, but for reports that the user gives (``given_reports``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar, overload

from lean_stubs.clr.casing import to_snake
from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.overloads import bound
from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.base_data import BaseData
from lean_stubs.data.company_reports import REPORTS, report
from lean_stubs.engine.current import data_of_run
from lean_stubs.securities.decimals import to_decimal

__all__ = ["CoarseFundamental", "FineFundamental", "Fundamental", "fundamentals_of"]

_ONE_DAY = timedelta(days=1)
C = TypeVar("C", bound="CoarseFundamental")


class CoarseFundamental(BaseData, clr="QuantConnect.Data.UniverseSelection"):
    """Price and volume of one day; known at its end."""

    _fields: tuple[str, ...] = ()
    #: What an algorithm assigned to the value.
    _shown: Decimal | None = None

    def __init__(self) -> None:
        super().__init__()
        self._source = data_of_run()

    @classmethod
    def _of(cls: type[C], day: datetime, symbol: Symbol, fields: tuple[str, ...] = ()) -> C:
        """The engine's way to make one."""
        made = object.__new__(cls)
        made._time, made._end_time, made._symbol, made._value = day, day + _ONE_DAY, symbol, 0.0
        made._fields, made._source = fields, data_of_run()
        return made

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

    def _known(self) -> Mapping[str, Any]:
        """Values that the user gave of the company."""
        return {} if self._source is None else self._source.reports_of(self._symbol)

    @property
    def has_fundamental_data(self) -> bool:
        return bool(self._known())

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

    @overload
    def __init__(self, time: datetime, symbol: Symbol | str) -> None: ...
    @overload
    def __init__(self, time: datetime, symbol: Symbol | str, fundamental_instance_provider: Any) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        self._place(bound(FineFundamental.__init__, arguments, named))

    def _place(self, given: dict[str, Any]) -> None:
        if given:
            self._symbol, self._time = to_symbol(given["symbol"]), to_date_time(given["time"])
            self._end_time = self._time + _ONE_DAY

    @property
    def market_cap(self) -> int:
        return int(self._known().get("company_profile.market_cap", 0))

    def __getattr__(self, name: str) -> Any:
        snake = name if name in REPORTS else to_snake(name)
        if snake in REPORTS:
            return report(snake, self._time, self._known())
        return super().__getattr__(name)  # type: ignore[misc]  # ClrObject hides its own from type checkers


class Fundamental(FineFundamental, clr="QuantConnect.Data.Fundamental"):
    """Both in one, as selection functions get it."""

    @overload
    def __init__(self, time: datetime, symbol: Symbol | str) -> None: ...
    @overload
    def __init__(self) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__()
        self._place(bound(Fundamental.__init__, arguments, named))


def fundamentals_of(rows: list[tuple[str, ...]], day: date) -> list[Fundamental]:
    """Objects of a coarse file's rows: id, ticker, close, volume, dollar volume, fundamental data, price and split factor."""
    at = datetime.combine(day, time())
    return [Fundamental._of(at, Symbol(SecurityIdentifier.parse(row[0]), row[1]), row) for row in rows]
