"""The prices a fill model looks at (LEAN: EquityFillModel.GetBestEffortAskPrice, GetPrices)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.data.base_data import TradeBar
from lean_stubs.orders.fill_messages import no_quotes, stale_quote
from lean_stubs.orders.tick_prices import has_ticks, last_quote

__all__ = ["MarketPrices", "best_effort_price", "market_prices"]


@dataclass(frozen=True)
class MarketPrices:
    """Prices of the last bar; for an order those of its side of the book.

    Attributes
    ----------
    current
        The last price.
    start, end
        Span of the bar in the exchange's clock; end is None without any data.
    """

    current: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    start: datetime | None
    end: datetime | None


def _quote(security: Any) -> Any:
    """The last quote, if quotes are subscribed to."""
    quote = security._prices.quote
    return quote if quote is not None and any(config._is_quote() for config in security._configs()) else None


def _candidates(security: Any, buying: bool) -> Iterator[tuple[datetime, Decimal, str]]:
    """End, price and kind of what may price an order, the best first."""
    cache = security._prices
    ticks = has_ticks(security)
    if ticks and (tick := last_quote(security, buying)) is not None:
        yield tick.time, tick.ask if buying else tick.bid, "Quote Tick"
    quote = _quote(security)
    if quote is not None:
        side = quote.ask if buying else quote.bid
        yield quote.end_time, side.close if side is not None else quote.exact_close, "QuoteBar"
    if ticks and cache.tick_trades:
        tick = cache.tick_trades[-1]
        yield tick.time, tick.exact_value, "Trade Tick"
    if cache.bar is not None and (not ticks or _has_trade_bars(security)):
        yield cache.bar.end_time, cache.bar_price("close"), "TradeBar"


def _has_trade_bars(security: Any) -> bool:
    return any(config.type is TradeBar for config in security._configs())


def best_effort_price(security: Any, placed: datetime, buying: bool) -> tuple[Decimal, str, datetime | None]:
    """Price of a market order: the quote's far side, else the last trade.

    Returns
    -------
    price, message, end
        ``end`` is the end of the price's bar when it is stale at ``placed`` (exchange's clock), else None.

    Raises
    ------
    InvalidOperationException
        There is no data at all.
    """
    oldest = placed - security._state.settings.stale_price_time_span
    found: tuple[Decimal, str, datetime | None] | None = None
    newest = datetime.min
    for end, price, kind in _candidates(security, buying):
        if end <= newest:
            continue
        newest = end
        quoted = kind.startswith("Quote")
        if end >= oldest:
            return price, "" if quoted else no_quotes(end, security, kind), None
        found = price, (stale_quote if quoted else no_quotes)(end, security, kind), end
    if found is None:
        raise InvalidOperationException(
            f"Cannot get {'ask' if buying else 'bid'} price to perform fill for {security.symbol} because no market data was found."
        )
    return found


def market_prices(security: Any, shares: Decimal) -> MarketPrices:
    """Bar of the ask for a buy, of the bid for a sale; without quotes that of the trades. The last trade where there are ticks."""
    if shares and security._prices.tick_trades and has_ticks(security):
        tick = security._prices.tick_trades[-1]
        price = (tick.ask if shares > 0 else tick.bid) or tick.exact_value
        if price:
            return MarketPrices(price, price, price, price, price, tick.time, tick.time)
    quote = _quote(security)
    if quote is not None and shares:
        side = quote.ask if shares > 0 else quote.bid
        if side is not None:
            return MarketPrices(side.close, side.open, side.high, side.low, side.close, quote.time, quote.end_time)
    cache = security._prices
    bar = cache.bar
    if bar is None:
        price = cache.exact
        last = cache.last_data
        return MarketPrices(price, price, price, price, price, getattr(last, "time", None), getattr(last, "end_time", None))
    first, high, low, last_price = (cache.bar_price(name) for name in ("open", "high", "low", "close"))
    return MarketPrices(last_price, first, high, low, last_price, bar.time, bar.end_time)
