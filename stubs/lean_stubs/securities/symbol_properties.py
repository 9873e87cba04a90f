"""Contract facts of a security (LEAN: SymbolProperties)."""

from __future__ import annotations

from decimal import Decimal

from lean_stubs.clr import ClrObject

__all__ = ["SymbolProperties"]


class SymbolProperties(ClrObject, clr="QuantConnect.Securities"):
    """US equities: one share a lot, cents, dollars; none of it differs by company."""

    def __init__(
        self,
        description: str = "",
        quote_currency: str = "USD",
        contract_multiplier: float = 1.0,
        minimum_price_variation: float = 0.01,
        lot_size: float = 1.0,
        market_ticker: str = "",
    ) -> None:
        self._description, self._quote_currency, self._market_ticker = description, quote_currency, market_ticker
        self._multiplier = float(contract_multiplier)
        self._exact_variation = Decimal(repr(minimum_price_variation))
        self._exact_lot = Decimal(repr(lot_size)).normalize()

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
        return None

    @property
    def market_ticker(self) -> str:
        return self._market_ticker
