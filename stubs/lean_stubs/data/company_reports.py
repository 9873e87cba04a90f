"""Company reports of which nothing is known (LEAN: Common/Data/Fundamental/Generated, BaseFundamentalDataProvider).

LEAN's own data hold no reports, and its default provider answers every question with the empty value of the field's type.
``company_reports.txt`` lists the fields: a class a line, fields by kind; capital kinds hold a value for each of several periods.
"""

from __future__ import annotations

import math
from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.casing import to_snake
from lean_stubs.clr.overloads import bound

__all__ = ["REPORTS", "CompanyReport", "MultiPeriodField", "report"]

#: Class of each report that a company has, by the name of the property.
REPORTS = {
    "asset_classification": "AssetClassification",
    "company_profile": "CompanyProfile",
    "company_reference": "CompanyReference",
    "earning_ratios": "EarningRatios",
    "earning_reports": "EarningReports",
    "financial_statements": "FinancialStatements",
    "operation_ratios": "OperationRatios",
    "security_reference": "SecurityReference",
    "valuation_ratios": "ValuationRatios",
}
_EMPTY: dict[str, Any] = {"s": None, "i": 0, "d": math.nan, "b": False, "t": datetime.min}
_PERIODS = frozenset(
    (
        *("one_month", "two_months", "three_months", "six_months", "nine_months", "twelve_months"),
        *("one_year", "two_years", "three_years", "five_years", "ten_years"),
    )
)


@lru_cache(maxsize=1)
def _fields() -> dict[str, dict[str, str]]:
    """Class to field to kind, which is a letter or the class of a report within the report."""
    text = resources.files("lean_stubs.data").joinpath("company_reports.txt").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        owner, kinds = line.split(": ", 1)
        lists = (given.split(" ") for given in kinds.split("; "))
        found[owner] = {name: kind for kind, *names in lists for name in names}
    return found


class MultiPeriodField(ClrObject, clr="QuantConnect.Data.Fundamental"):
    """A figure of several periods, each of them unknown."""

    _empty: Any = math.nan

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, time_provider: Any, security_identifier: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        bound(MultiPeriodField.__init__, arguments, named)

    @property
    def has_value(self) -> bool:
        return False

    @property
    def value(self) -> Any:
        return self._empty

    def has_period_value(self, period: str) -> bool:
        return False

    def get_period_value(self, period: str) -> Any:
        return self._empty

    def get_period_names(self) -> list[str]:
        return []

    def __getattr__(self, name: str) -> Any:
        if to_snake(name) in _PERIODS:
            return self._empty
        return super().__getattr__(name)  # type: ignore[misc]  # ClrObject hides its own from type checkers

    def __str__(self) -> str:
        return ""


class _TimeProvider:
    """The time that a report is asked for."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def get_utc_now(self) -> datetime:
        return self._at


class CompanyReport(ClrObject, clr="QuantConnect.Data.Fundamental"):
    """One of a company's reports."""

    def __init__(self, kind: str, at: datetime) -> None:
        self._kind, self._time_provider = kind, _TimeProvider(at)

    def __getattr__(self, name: str) -> Any:
        kind = _fields()[self._kind].get(to_snake(name))
        if kind is None:
            raise AttributeError(f"'{self._kind}' object has no attribute '{name}'")
        if len(kind) > 1:
            return CompanyReport(kind, self._time_provider.get_utc_now())
        if kind.islower():
            return _EMPTY[kind]
        field = MultiPeriodField()
        field._empty = _EMPTY[kind.lower()]
        return field


def report(name: str, at: datetime) -> CompanyReport:
    """The empty report of a company's property."""
    return CompanyReport(REPORTS[name], at)
