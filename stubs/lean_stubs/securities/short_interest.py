"""Interest on borrowed shares and on the cash of long positions (LEAN: ShortMarginInterestRateModel.cs)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overrides import find
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = ["ShortMarginInterestRateModel"]

_DAYS = 360


class ShortMarginInterestRateModel(ClrObject, clr="QuantConnect.Securities.Equity"):
    """Once a day: a short position pays the provider's fee rate, a long one earns its rebate rate."""

    def __init__(self) -> None:
        self._short = False
        self._previous: datetime | None = None
        self._amount = ZERO

    @property
    def amount(self) -> float:
        """All that was paid (negative) or earned so far."""
        return float(self._amount)

    @amount.setter
    def amount(self, value: Any) -> None:
        self._amount = to_decimal(value)

    def apply_margin_interest_rate(self, margin_interest_rate_parameters: Any) -> None:
        security, now = margin_interest_rate_parameters.security, margin_interest_rate_parameters.time
        holdings = security.holdings
        shares: Decimal = holdings._position.quantity
        if not shares:
            self._previous = None
            return
        if self._previous is None or self._short != (shares < 0):
            # The clock starts with the position, and anew when it changes sides.
            self._short, self._previous = shares < 0, now
            return
        if now.date() == self._previous.date():
            return
        question = "fee_rate" if self._short else "rebate_rate"
        rate = to_decimal(find(security.shortable_provider, question)(security.symbol, security.local_time))
        if not rate:
            self._previous = None
            return
        fee = rate * holdings._value / _DAYS * (now.date() - self._previous.date()).days
        self._amount += fee
        security.quote_currency._add(fee)
        self._previous = now
