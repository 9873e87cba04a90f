"""Ticks of the last time step as fill models look at them (LEAN: EquityFillModel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.common.enums import Resolution
from lean_stubs.common.primary_exchange import primary_exchange
from lean_stubs.data.tick_state import TickState

__all__ = ["TickBar", "bar_of_trades", "closing_trade", "has_ticks", "last_quote", "opening_trade"]

#: Bits of a sale condition (LEAN: TradeConditionFlags).
_OPENING_PRINTS, _CLOSING_PRINTS, _OFFICIAL_CLOSE, _OFFICIAL_OPEN = 1 << 6, 1 << 7, 1 << 24, 1 << 26


@dataclass(frozen=True)
class TickBar:
    """Trades of a time step as one bar."""

    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    end_time: datetime


def has_ticks(security: Any) -> bool:
    """Whether ticks are subscribed to."""
    return any(config.resolution is Resolution.TICK for config in security._configs())


def last_quote(security: Any, buying: bool) -> TickState | None:
    """The last quote with a price on the side that an order trades with."""
    quotes = reversed(security._prices.tick_quotes)
    return next((tick for tick in quotes if (tick.ask if buying else tick.bid) > 0), None)


def bar_of_trades(security: Any) -> TickBar | None:
    trades = security._prices.tick_trades
    if not trades:
        return None
    prices = [tick.exact_value for tick in trades]
    opening = next((price for price in prices if price), prices[-1])
    return TickBar(opening, max(prices), min(prices), prices[-1], trades[-1].time)


def opening_trade(security: Any) -> tuple[TickState | None, bool]:
    """The primary exchange's opening trade; else the last tick, and False for that it is none."""
    hours = security._hours
    trades = [tick for tick in security._prices.tick_trades if hours.is_open(tick.time, False)]
    marked = [tick for tick in trades if _is_marked(security, tick, _OFFICIAL_OPEN | _OPENING_PRINTS)]
    return (marked[0], True) if marked else (_last(security, trades), False)


def closing_trade(security: Any) -> tuple[TickState | None, bool]:
    """The primary exchange's closing trade; else the last tick, and False for that it is none."""
    trades = security._prices.tick_trades
    marked = [tick for tick in trades if _is_marked(security, tick, _OFFICIAL_CLOSE | _CLOSING_PRINTS)]
    return (marked[-1], True) if marked else (_last(security, trades), False)


def _is_marked(security: Any, tick: TickState, flags: int) -> bool:
    if not tick.sale_condition.strip() or not tick.flags & flags:
        return False
    letter: str = security.primary_exchange.code
    return primary_exchange(tick.exchange, tick.symbol.id.market).code == letter


def _last(security: Any, trades: list[TickState]) -> TickState | None:
    """The last trade; else the last tick of any kind."""
    ticks = trades or security._prices.all_ticks()
    return ticks[-1] if ticks else None
