"""Codes of currencies (LEAN: Common/Currencies.cs)."""

from __future__ import annotations

from lean_stubs.clr import ClrObject

__all__ = ["Currencies"]

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "₤", "JPY": "¥", "INR": "₹", "CHF": "Fr", "CNY": "¥"}


class Currencies(ClrObject, clr="QuantConnect"):
    NULL_CURRENCY = "QCC"
    USD = "USD"
    EUR = "EUR"
    GBP = "GBP"
    JPY = "JPY"
    INR = "INR"
    IDR = "IDR"
    CHF = "CHF"
    CNH = "CNH"
    HKD = "HKD"
    KRW = "KRW"

    @staticmethod
    def get_currency_symbol(currency: str) -> str:
        """The sign before an amount; the code itself where there is none."""
        return _SYMBOLS.get(currency, currency)
