"""When the money of a fill can be used (LEAN: ImmediateSettlementModel.cs, DelayedSettlementModel.cs)."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.securities.cash import CashAmount
from lean_stubs.securities.decimals import ZERO

__all__ = [
    "ApplyFundsSettlementModelParameters",
    "DelayedSettlementModel",
    "ImmediateSettlementModel",
    "ScanSettlementModelParameters",
]


class ApplyFundsSettlementModelParameters(ClrObject, clr="QuantConnect.Securities"):
    """An amount that a fill brought or cost."""

    def __init__(self, portfolio: Any, security: Any, application_time_utc: datetime, cash_amount: CashAmount, fill: Any) -> None:
        self._portfolio, self._security, self._time = portfolio, security, application_time_utc
        self._amount, self._fill = cash_amount, fill

    @property
    def portfolio(self) -> Any:
        return self._portfolio

    @portfolio.setter
    def portfolio(self, value: Any) -> None:
        self._portfolio = value

    @property
    def security(self) -> Any:
        return self._security

    @security.setter
    def security(self, value: Any) -> None:
        self._security = value

    @property
    def utc_time(self) -> datetime:
        return self._time

    @utc_time.setter
    def utc_time(self, value: datetime) -> None:
        self._time = value

    @property
    def cash_amount(self) -> CashAmount:
        return self._amount

    @cash_amount.setter
    def cash_amount(self, value: CashAmount) -> None:
        self._amount = value

    @property
    def fill(self) -> Any:
        return self._fill

    @fill.setter
    def fill(self, value: Any) -> None:
        self._fill = value


class ScanSettlementModelParameters(ClrObject, clr="QuantConnect.Securities"):
    """The time at which a model is asked for what has become due."""

    def __init__(self, portfolio: Any, security: Any, time_utc: datetime) -> None:
        self._portfolio, self._security, self._time = portfolio, security, time_utc

    @property
    def portfolio(self) -> Any:
        return self._portfolio

    @portfolio.setter
    def portfolio(self, value: Any) -> None:
        self._portfolio = value

    @property
    def security(self) -> Any:
        return self._security

    @security.setter
    def security(self, value: Any) -> None:
        self._security = value

    @property
    def utc_time(self) -> datetime:
        return self._time

    @utc_time.setter
    def utc_time(self, value: datetime) -> None:
        self._time = value


class ImmediateSettlementModel(ClrObject, clr="QuantConnect.Securities"):
    """Money moves with the fill."""

    def apply_funds(self, apply_funds_parameters: ApplyFundsSettlementModelParameters) -> None:
        amount = apply_funds_parameters.cash_amount
        apply_funds_parameters.portfolio.cash_book[amount.currency]._add(amount._amount)

    def scan(self, settlement_parameters: Any) -> None:
        """Nothing is ever open."""

    def get_unsettled_cash(self) -> CashAmount:
        return CashAmount(0, "USD")


class DelayedSettlementModel(ClrObject, clr="QuantConnect.Securities"):
    """Money of a sale is free some trading days later; a purchase is paid at once."""

    def __init__(self, number_of_days: int, time_of_day: timedelta) -> None:
        self._days, self._time_of_day = number_of_days, time_of_day
        self._open: deque[tuple[datetime, str, Decimal]] = deque()

    def apply_funds(self, apply_funds_parameters: ApplyFundsSettlementModelParameters) -> None:
        asked = apply_funds_parameters
        amount, currency = asked.cash_amount._amount, asked.cash_amount.currency
        if amount <= 0:
            asked.portfolio.cash_book[currency]._add(amount)
            return
        asked.portfolio.unsettled_cash_book[currency]._add(amount)
        hours = asked.security._hours
        day = hours._from_utc(asked.utc_time.replace(tzinfo=None)).date()
        for _ in range(self._days):
            day += timedelta(days=1)
            while not hours.is_date_open(day):
                day += timedelta(days=1)
        due = datetime(day.year, day.month, day.day) + self._time_of_day
        self._open.append((hours._to_utc(due), currency, amount))

    def scan(self, settlement_parameters: Any) -> None:
        portfolio, now = settlement_parameters.portfolio, settlement_parameters.utc_time.replace(tzinfo=None)
        while self._open and now >= self._open[0][0]:
            _, currency, amount = self._open.popleft()
            portfolio.unsettled_cash_book[currency]._add(-amount)
            portfolio.cash_book[currency]._add(amount)

    def get_unsettled_cash(self) -> CashAmount:
        currency = self._open[0][1] if self._open else "USD"
        return CashAmount(sum((amount for _, _, amount in self._open), ZERO), currency)
