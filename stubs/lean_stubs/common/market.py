"""Markets and their numbers in a security id (Common/Market.cs)."""

from __future__ import annotations

from lean_stubs.clr import ClrObject

__all__ = ["Market"]


class Market(ClrObject, clr="QuantConnect"):
    """Names of markets; only the USA's equities have data here."""

    USA = "usa"
    OANDA = "oanda"
    FXCM = "fxcm"
    DUKASCOPY = "dukascopy"
    BITFINEX = "bitfinex"
    COINBASE = "coinbase"
    GDAX = "gdax"
    CBOE = "cboe"
    CBOT = "cbot"
    CME = "cme"
    COMEX = "comex"
    NYMEX = "nymex"
    ICE = "ice"
    INDIA = "india"
    INTERACTIVE_BROKERS = "interactivebrokers"
    BINANCE = "binance"
    KRAKEN = "kraken"
    GLOBEX = "cmeglobex"
    SGX = "sgx"
    HKFE = "hkfe"
    CFE = "cfe"
    EUREX = "eurex"

    @staticmethod
    def encode(market: str) -> int | None:
        """Number of a market, None if it is unknown."""
        return _CODES.get(market.lower())

    @staticmethod
    def decode(code: int) -> str | None:
        """Market of a number, None if it is unknown."""
        return _NAMES.get(code)


_IN_ORDER = (
    "empty usa fxcm oanda dukascopy bitfinex nyseglobex nymex cbot ice cboe india gdax kraken bittrex bithumb binance poloniex "
    "coinone hitbtc okcoin bitstamp comex cme sgx hkfe nyseliffe"
)
_LATER = "cfe ftx ftxus binanceus bybit coinbase interactivebrokers eurex ose dydx krx"
_CODES: dict[str, int] = {
    **{name: code for code, name in enumerate(_IN_ORDER.split())},
    **{name: code for code, name in enumerate(_LATER.split(), start=33)},
}
_NAMES: dict[int, str] = {code: name for name, code in _CODES.items()}
