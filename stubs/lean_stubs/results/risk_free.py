"""Risk-free rates (LEAN: InterestRateProvider and the models on it)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = [
    "ConstantRiskFreeRateInterestRateModel",
    "FuncRiskFreeRateInterestRateModel",
    "InterestRateProvider",
    "average_rate",
]

_FIRST = date(1998, 1, 1)
DEFAULT_RATE = Decimal("0.01")


class InterestRateProvider(ClrObject, clr="QuantConnect.Data"):
    """The Fed's primary credit rate from LEAN's data folder; one percent where there is no such file."""

    DEFAULT_RISK_FREE_RATE = 0.01

    def __init__(self, folder: Any = None) -> None:
        self._days: list[date] = []
        self._rates: list[Decimal] = []
        path = None if folder is None else Path(folder) / "alternative" / "interest-rate" / "usa" / "interest-rate.csv"
        if path is not None and path.is_file():
            rows = [line.split(",") for line in path.read_text().splitlines()[1:] if line.strip()]
            for day, rate in sorted((date.fromisoformat(r[0].strip()), Decimal(r[1].strip()) / 100) for r in rows):
                self._days.append(day)
                self._rates.append(rate)

    def _rate(self, at: date) -> Decimal:
        if not self._days:
            return DEFAULT_RATE
        # Before the file begins, its first rate holds.
        return self._rates[max(bisect_right(self._days, at) - 1, 0)]

    def get_interest_rate(self, date: datetime) -> float:
        return float(self._rate(date.date()))


class ConstantRiskFreeRateInterestRateModel(ClrObject, clr="QuantConnect.Data"):
    def __init__(self, risk_free_rate: float) -> None:
        self._constant = to_decimal(risk_free_rate)

    def _rate(self, at: date) -> Decimal:
        return self._constant

    def get_interest_rate(self, date: datetime) -> float:
        return float(self._constant)


class FuncRiskFreeRateInterestRateModel(ClrObject, clr="QuantConnect.Data"):
    def __init__(self, get_interest_rate_func: Callable[[datetime], float]) -> None:
        self._func = get_interest_rate_func

    def _rate(self, at: date) -> Decimal:
        return to_decimal(self._func(datetime(at.year, at.month, at.day)))

    def get_interest_rate(self, date: datetime) -> float:
        return float(self._func(date))


def average_rate(model: Any, times: Iterable[datetime]) -> Decimal:
    """Mean rate over the dates of samples."""
    own = getattr(model, "_rate", None)
    rates = [own(t.date()) if own is not None else to_decimal(model.get_interest_rate(t)) for t in times]
    return sum(rates, ZERO) / len(rates) if rates else ZERO
