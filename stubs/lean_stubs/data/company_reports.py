"""Company reports (LEAN: Common/Data/Fundamental/Generated, BaseFundamentalDataProvider).

LEAN's own data hold no reports, and its default provider answers every question with the empty value of the field's type;
values that a user gives come before that (``given_reports``).
``company_reports.txt`` lists the fields: a class a line, fields by kind; capital kinds hold a value for each of several periods.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.casing import to_snake
from lean_stubs.clr.overloads import bound

__all__ = ["REPORTS", "CompanyReport", "MultiPeriodField", "is_report_field", "report"]

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
    """A figure of several periods."""

    _empty: Any = math.nan
    _values: Mapping[str, Any] = MappingProxyType({})

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, time_provider: Any, security_identifier: Any) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        bound(MultiPeriodField.__init__, arguments, named)

    @property
    def has_value(self) -> bool:
        return bool(self._values)

    @property
    def value(self) -> Any:
        """Of the first period that is known."""
        return next(iter(self._values.values()), self._empty)

    def has_period_value(self, period: str) -> bool:
        return to_snake(period) in self._values

    def get_period_value(self, period: str) -> Any:
        return self._values.get(to_snake(period), self._empty)

    def get_period_names(self) -> list[str]:
        return list(self._values)

    def __getattr__(self, name: str) -> Any:
        if to_snake(name) in _PERIODS:
            return self.get_period_value(name)
        return super().__getattr__(name)  # type: ignore[misc]  # ClrObject hides its own from type checkers

    def __str__(self) -> str:
        return ";".join(f"{name}:{value}" for name, value in self._values.items())


class _TimeProvider:
    """The time that a report is asked for."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def get_utc_now(self) -> datetime:
        return self._at


class CompanyReport(ClrObject, clr="QuantConnect.Data.Fundamental"):
    """One of a company's reports."""

    def __init__(self, kind: str, at: datetime, values: Mapping[str, Any]) -> None:
        self._kind, self._time_provider, self._values = kind, _TimeProvider(at), values

    def __getattr__(self, name: str) -> Any:
        name = to_snake(name)
        kind = _fields()[self._kind].get(name)
        if kind is None:
            raise AttributeError(f"'{self._kind}' object has no attribute '{name}'")
        if len(kind) > 1:
            return CompanyReport(kind, self._time_provider.get_utc_now(), _below(self._values, name))
        if kind.islower():
            return self._values.get(name, _EMPTY[kind])
        field = MultiPeriodField()
        field._empty, field._values = _EMPTY[kind.lower()], _below(self._values, name)
        return field


def _below(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Values of what lies under a name."""
    prefix = name + "."
    return {key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)} if values else values


def report(name: str, at: datetime, values: Mapping[str, Any]) -> CompanyReport:
    """The report of a company's property, with the values known of the company."""
    return CompanyReport(REPORTS[name], at, _below(values, name))


def is_report_field(name: str) -> bool:
    """Whether a dotted name is that of a value: ``company_profile.market_cap``, ``earning_ratios.dps_growth.one_year``."""
    kind, *rest = name.split(".")
    kind = REPORTS.get(kind, "")
    while len(kind) > 1 and rest:
        kind = _fields()[kind].get(rest.pop(0), "")
    return len(kind) == 1 and (rest == [] if kind.islower() else len(rest) == 1 and rest[0] in _PERIODS)
