"""Contract facts of a security (LEAN: SymbolProperties)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.clr.overloads import bound

__all__ = ["SymbolProperties"]


class SymbolProperties(ClrObject, clr="QuantConnect.Securities"):
    """Of US equities: one share a lot, cents, dollars."""

    @overload
    def __init__(self, properties: SymbolProperties) -> None: ...
    @overload
    def __init__(
        self,
        description: str,
        quote_currency: str,
        contract_multiplier: float,
        minimum_price_variation: float,
        lot_size: float,
        market_ticker: str,
        minimum_order_size: float | None = None,
        price_magnifier: float = 1,
        strike_multiplier: float = 1,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(SymbolProperties.__init__, arguments, named)
        self._set(**(given["properties"]._given if "properties" in given else given))

    def _set(
        self,
        description: str,
        quote_currency: str,
        contract_multiplier: float,
        minimum_price_variation: float,
        lot_size: float,
        market_ticker: str,
        **rest: Any,
    ) -> None:
        if lot_size <= 0:
            raise ArgumentException("SymbolProperties LotSize can not be less than or equal to 0")
        self._description, self._quote_currency, self._market_ticker = description, quote_currency, market_ticker
        self._multiplier = float(contract_multiplier)
        self._exact_variation = Decimal(repr(minimum_price_variation))
        self._exact_lot = Decimal(repr(lot_size)).normalize()
        self._minimum: float | None = rest.get("minimum_order_size")
        self._magnifier, self._strike = float(rest.get("price_magnifier", 1)), float(rest.get("strike_multiplier", 1))
        self._given = {
            "description": description,
            "quote_currency": quote_currency,
            "contract_multiplier": contract_multiplier,
            "minimum_price_variation": minimum_price_variation,
            "lot_size": lot_size,
            "market_ticker": market_ticker,
            **rest,
        }

    @property
    def description(self) -> str:
        return self._description

    @property
    def quote_currency(self) -> str:
        return self._quote_currency

    @property
    def contract_multiplier(self) -> float:
        return self._multiplier

    @property
    def minimum_price_variation(self) -> float:
        return float(self._exact_variation)

    @property
    def lot_size(self) -> float:
        return float(self._exact_lot)

    @property
    def minimum_order_size(self) -> float | None:
        return self._minimum

    @property
    def price_magnifier(self) -> float:
        return self._magnifier

    @property
    def strike_multiplier(self) -> float:
        return self._strike

    @property
    def market_ticker(self) -> str:
        return self._market_ticker
