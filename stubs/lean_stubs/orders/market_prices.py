"""The prices a fill model looks at (LEAN: EquityFillModel.GetBestEffortAskPrice, GetPrices)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.orders.fill_messages import no_quotes, stale_quote

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
    quote, bar = _quote(security), security._prices.bar
    found: tuple[Decimal, str, datetime | None] | None = None
    if quote is not None:
        side = quote.ask if buying else quote.bid
        price = side.close if side is not None else quote.exact_close
        if quote.end_time >= oldest:
            return price, "", None
        found = price, stale_quote(quote.end_time, security), quote.end_time
    if bar is not None and (quote is None or bar.end_time > quote.end_time):
        price = security._prices.bar_price("close")
        return price, no_quotes(bar.end_time, security), None if bar.end_time >= oldest else bar.end_time
    if found is None:
        raise InvalidOperationException(
            f"Cannot get {'ask' if buying else 'bid'} price to perform fill for {security.symbol} because no market data was found."
        )
    return found


def market_prices(security: Any, shares: Decimal) -> MarketPrices:
    """Bar of the ask for a buy, of the bid for a sale; without quotes that of the trades."""
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
