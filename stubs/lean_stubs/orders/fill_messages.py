"""What a fill says of its price (LEAN: Messages.EquityFillModel)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lean_stubs.securities.decimals import normalize_text

__all__ = ["filled_at_open", "no_quotes", "stale_price", "stale_quote"]


def _shown(at: datetime, security: Any) -> str:
    return f"{at:%m/%d/%Y %H:%M:%S} {security._hours.time_zone.id}"


def no_quotes(at: datetime, security: Any) -> str:
    """There are trades only."""
    return f"Warning: No quote information available at {_shown(at, security)}, order filled using TradeBar data"


def stale_price(at: datetime, security: Any) -> str:
    """The last price is older than the settings allow."""
    return f"Warning: fill at stale price ({_shown(at, security)})"


def stale_quote(at: datetime, security: Any) -> str:
    """The last quote is older than the settings allow."""
    return f"{stale_price(at, security)}, using QuoteBar data."


def filled_at_open(security: Any, favourable: bool) -> str:
    """A gap made the order fill at the bar's open."""
    kind, bar = "a favorable" if favourable else "an unfavorable", security._prices.bar
    price = normalize_text(security._prices.bar_price("open"))
    return f"Due to {kind} gap at {_shown(bar.end_time, security)}, order filled using the open price ({price})"
