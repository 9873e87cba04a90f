"""Last known market data of a security (LEAN: SecurityCache)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import TickType
from lean_stubs.data.tick_state import TickState
from lean_stubs.securities.decimals import ZERO, exact_price, to_decimal

__all__ = ["PriceCache", "SecurityCache"]

_TRADE = TickType.TRADE
_FIELDS = ("open", "high", "low", "close")
#: Types that are asked for by their older names.
_RENAMED = {"ETFConstituentData": "ETFConstituentUniverse"}


class PriceCache:
    """Prices as the engine reads them: floats for Python, decimals where money is counted.

    Fill-forward and auxiliary data are never stored; a zero price leaves the field as it was.
    """

    __slots__ = (
        "_exact",
        "_exact_price",
        "_priced_by",
        "ask",
        "ask_size",
        "bar",
        "bid",
        "bid_size",
        "close",
        "high",
        "kept",
        "last_data",
        "low",
        "open",
        "price",
        "quote",
        "tick_quotes",
        "tick_trades",
        "volume",
    )

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.price = self.open = self.high = self.low = self.close = self.volume = 0.0
        self.last_data: Any = None
        self.bar: Any = None
        self.quote: Any = None
        #: What universes were told of the security, by the name of its type.
        self.kept: dict[str, Any] = {}
        self.bid = self.ask = ZERO
        self.bid_size = self.ask_size = 0.0
        #: Of the last time step that had any.
        self.tick_trades: list[TickState] = []
        self.tick_quotes: list[TickState] = []
        self._priced_by: Any = None
        self._exact: dict[str, Decimal] | None = None
        self._exact_price: Decimal | None = ZERO

    def store(self, bar: Any) -> None:
        """Take over a bar that is neither fill-forward nor auxiliary."""
        self.last_data = self.bar = bar
        self._exact = None
        value = bar.open
        if value:
            self.open = value
        value = bar.high
        if value:
            self.high = value
        value = bar.low
        if value:
            self.low = value
        value = bar.close
        if value:
            self.price = self.close = value
            self._priced_by = bar
            self._exact_price = None
        value = bar.volume
        if value:
            self.volume = value

    def store_quote(self, quote: Any) -> None:
        """Take over a quote: of an equity it sets bid and ask only, the price is that of trades (SecurityCache)."""
        self.quote = quote
        bid, ask = quote.bid, quote.ask
        if bid is not None and bid.close:
            self.bid = bid.close
        if ask is not None and ask.close:
            self.ask = ask.close
        self.bid_size = quote.bid_size or self.bid_size
        self.ask_size = quote.ask_size or self.ask_size

    def store_ticks(self, ticks: list[TickState]) -> None:
        """Take over the trades or the quotes of a time step; the price is that of the last of either (SecurityCache)."""
        if ticks[-1].is_trade:
            self.tick_trades = ticks
        else:
            self.tick_quotes = ticks
        value = next((tick.exact_value for tick in reversed(ticks) if tick.exact_value), None)
        if value is not None:
            self.price, self._exact_price, self._priced_by = float(value), value, None
        for tick in ticks:
            if tick.tick_type is _TRADE:
                self.last_data = tick
                self.volume = tick.quantity or self.volume
            else:
                self.bid, self.ask = tick.bid or self.bid, tick.ask or self.ask
                self.bid_size, self.ask_size = tick.bid_size or self.bid_size, tick.ask_size or self.ask_size

    def all_ticks(self) -> list[TickState]:
        """Trades, then quotes, each of the last time step that had any."""
        return [*self.tick_trades, *self.tick_quotes]

    def store_value(self, data: Any) -> None:
        """Take over a data point that is no bar (custom data): only its value counts."""
        self.last_data = data
        value = float(data.value)
        self.price = value
        self._priced_by = None
        self._exact_price = to_decimal(value)

    @property
    def exact(self) -> Decimal:
        """Price as decimal."""
        known = self._exact_price
        if known is None:
            known = self._exact_price = exact_price(self._priced_by, "close")
        return known

    def exit_price(self, long: bool) -> Decimal:
        """What a position would be closed at: the bid of a long one, the ask of a short one, the price without quotes."""
        return (self.bid if long else self.ask) or self.exact

    def at_submission(self) -> tuple[Decimal, Decimal, Decimal]:
        """Bid, ask and last price; the price stands in for one that is not known (LEAN: Security.BidPrice, AskPrice, Close)."""
        price = self.exact
        return self.bid or price, self.ask or price, price if self.close in (0.0, self.price) else self.bar_price("close")

    def bar_price(self, field: str) -> Decimal:
        """A field of the last real bar as decimal; zero when there is no bar."""
        if self.bar is None:
            return ZERO
        if self._exact is None:
            self._exact = {}
        value = self._exact.get(field)
        if value is None:
            value = self._exact[field] = exact_price(self.bar, field)
        return value

    def apply_split(self, factor: Decimal) -> None:
        """Rescale everything known to the shares after the split."""
        price = self.exact * factor
        fields = {name: self.bar_price(name) * factor for name in _FIELDS}
        ratio = float(factor)
        self.open, self.high, self.low = self.open * ratio, self.high * ratio, self.low * ratio
        self.volume = self.volume / ratio
        self._exact = fields
        self._exact_price = price
        self.price = self.close = float(price)


class SecurityCache(ClrObject, clr="QuantConnect.Securities"):
    """What Python sees as ``security.cache``."""

    def __init__(self, prices: PriceCache) -> None:
        self._prices = prices

    @property
    def price(self) -> float:
        return self._prices.price

    @property
    def open(self) -> float:
        return self._prices.open

    @property
    def high(self) -> float:
        return self._prices.high

    @property
    def low(self) -> float:
        return self._prices.low

    @property
    def close(self) -> float:
        return self._prices.close

    @property
    def volume(self) -> float:
        return self._prices.volume

    @property
    def bid_price(self) -> float:
        return float(self._prices.bid)

    @property
    def ask_price(self) -> float:
        return float(self._prices.ask)

    @property
    def bid_size(self) -> float:
        return self._prices.bid_size

    @property
    def ask_size(self) -> float:
        return self._prices.ask_size

    def _last(self, kind: Any) -> Any:
        prices = self._prices
        if kind is None:
            return prices.last_data
        name = _RENAMED.get(kind.__name__, kind.__name__)
        # Of ticks that of a trade: quotes are not an equity's default type.
        tick = prices.tick_trades[-1] if prices.tick_trades else None
        return {"TradeBar": prices.bar, "QuoteBar": prices.quote, "Tick": tick, **prices.kept}.get(name)

    @overload
    def get_data(self) -> Any: ...
    @overload
    def get_data(self, py_type: Any) -> Any: ...
    def get_data(self, py_type: Any = None) -> Any:
        """The last data, or the last of a kind."""
        from lean_stubs.data.quote_bar import wrap_point

        return wrap_point(self._last(py_type))

    def has_data(self, type: Any) -> bool:
        return self._last(type) is not None

    def reset(self) -> None:
        self._prices.reset()
