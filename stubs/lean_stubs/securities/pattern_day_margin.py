"""Margin of day traders (LEAN: PatternDayTradingMarginModel)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr.overloads import bound
from lean_stubs.securities.buying_power import SecurityMarginModel
from lean_stubs.securities.decimals import ONE, to_decimal

__all__ = ["PatternDayTradingMarginModel"]


class PatternDayTradingMarginModel(SecurityMarginModel, clr="QuantConnect.Securities"):
    """Four times in an open market, twice when it is closed."""

    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, closed_market_leverage: float, open_market_leverage: float) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(PatternDayTradingMarginModel.__init__, arguments, named)
        leverage = to_decimal(given.get("open_market_leverage", 4))
        super().__init__(float(leverage))
        self._closed_factor = leverage / to_decimal(given.get("closed_market_leverage", 2))

    def _factor(self, security: Any) -> Decimal:
        return ONE if security.exchange.exchange_open and not security.exchange.closing_soon else self._closed_factor

    def _initial_margin(self, security: Any, quantity: Decimal) -> Decimal:
        return super()._initial_margin(security, quantity) * self._factor(security)

    def _maintenance_margin(self, security: Any) -> Decimal:
        return super()._maintenance_margin(security) * self._factor(security)
