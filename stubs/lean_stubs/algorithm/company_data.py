"""What is known of companies: identifiers and fundamental data (Algorithm/QCAlgorithm.cs)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, overload

from lean_stubs.clr.convert import to_date_time
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.fundamental import Fundamental
from lean_stubs.data.security_definitions import identifier_of, symbols_of
from lean_stubs.universe.fundamental import company_on

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["CompanyData"]


class CompanyData:
    """Mixin of QCAlgorithm: an identifier gives a symbol, a symbol its identifier."""

    _clr: AlgorithmState

    def _identified(self, kind: str, given: dict[str, Any]) -> Any:
        if "symbol" in given:
            return identifier_of(to_symbol(given["symbol"]), kind)
        (value, day) = (*given.values(), None)[:2]
        today = self._clr.time.date()
        at = today if day is None else to_date_time(day).date()
        if at > today:
            raise ArgumentException(f"trading_date must not be after the algorithm's date {today}, got {at}")
        found = symbols_of(value, kind, at)
        if kind == "cik":
            return found
        return found[0] if found else None

    @overload
    def cusip(self, cusip: str, trading_date: datetime | None = None) -> Symbol | None: ...
    @overload
    def cusip(self, symbol: Symbol) -> str: ...
    def cusip(self, *arguments: Any, **named: Any) -> Any:
        return self._identified("cusip", bound(CompanyData.cusip, arguments, named))

    @overload
    def composite_figi(self, composite_figi: str, trading_date: datetime | None = None) -> Symbol | None: ...
    @overload
    def composite_figi(self, symbol: Symbol) -> str: ...
    def composite_figi(self, *arguments: Any, **named: Any) -> Any:
        return self._identified("composite_figi", bound(CompanyData.composite_figi, arguments, named))

    @overload
    def sedol(self, sedol: str, trading_date: datetime | None = None) -> Symbol | None: ...
    @overload
    def sedol(self, symbol: Symbol) -> str: ...
    def sedol(self, *arguments: Any, **named: Any) -> Any:
        return self._identified("sedol", bound(CompanyData.sedol, arguments, named))

    @overload
    def isin(self, isin: str, trading_date: datetime | None = None) -> Symbol | None: ...
    @overload
    def isin(self, symbol: Symbol) -> str: ...
    def isin(self, *arguments: Any, **named: Any) -> Any:
        return self._identified("isin", bound(CompanyData.isin, arguments, named))

    @overload
    def cik(self, cik: int, trading_date: datetime | None = None) -> list[Symbol]: ...
    @overload
    def cik(self, symbol: Symbol) -> int | None: ...
    def cik(self, *arguments: Any, **named: Any) -> Any:
        return self._identified("cik", bound(CompanyData.cik, arguments, named))

    @overload
    def fundamentals(self, symbol: Symbol | str) -> Fundamental: ...
    @overload
    def fundamentals(self, symbols: list[Symbol]) -> list[Fundamental]: ...
    def fundamentals(self, *arguments: Any, **named: Any) -> Any:
        """What is known today of a company, or of each of several."""
        (given,) = bound(CompanyData.fundamentals, arguments, named).values()
        if isinstance(given, (list, tuple)):
            return [company_on(to_symbol(item), self._clr.time) for item in given]
        return company_on(to_symbol(given), self._clr.time)
