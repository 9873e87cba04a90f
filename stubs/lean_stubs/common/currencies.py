"""Codes of currencies (LEAN: Common/Currencies.cs)."""

from __future__ import annotations

from lean_stubs.clr import ClrObject

__all__ = ["Currencies"]

#: Signs, each with the currencies that have it.
_SIGNS = {
    "$": "USD NZD AUD CAD HKD SGD MXN",
    "₤": "GBP",
    "¥": "JPY CNH CNY",
    "₩": "KRW",
    "€": "EUR",
    "Fr": "CHF GNF",
    "Ag": "XAG",
    "Au": "XAU",
    "Kč": "CZK",
    "kr": "DKK NOK SEK",
    "Ft": "HUF",
    "₹": "INR",
    "zł": "PLN",
    "﷼": "SAR",
    "฿": "THB",
    "₺": "TRY",
    "NT$": "TWD",
    "R": "ZAR",
    "₽": "RUB",
    "R$": "BRL",
    "Rp": "IDR",
}
_SYMBOLS = {code: sign for sign, codes in _SIGNS.items() for code in codes.split()}


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
