"""What a fill says of its price (LEAN: Messages.EquityFillModel)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lean_stubs.securities.decimals import normalize_text

__all__ = ["filled_at_open", "filled_with_last", "no_auction", "no_quotes", "stale_price", "stale_quote"]


def _shown(at: datetime, security: Any) -> str:
    return f"{at:%m/%d/%Y %H:%M:%S} {security._hours.time_zone.id}"


def no_quotes(at: datetime, security: Any, kind: str = "TradeBar") -> str:
    """There are trades only."""
    return f"Warning: No quote information available at {_shown(at, security)}, order filled using {kind} data"


def stale_price(at: datetime, security: Any) -> str:
    """The last price is older than the settings allow."""
    return f"Warning: fill at stale price ({_shown(at, security)})"


def stale_quote(at: datetime, security: Any, kind: str = "QuoteBar") -> str:
    """The last quote is older than the settings allow."""
    return f"{stale_price(at, security)}, using {kind} data."


def filled_at_open(security: Any, end: datetime, price: Decimal, favourable: bool) -> str:
    """A gap made the order fill at the open of the bar that ends then."""
    kind = "a favorable" if favourable else "an unfavorable"
    return f"Due to {kind} gap at {_shown(end, security)}, order filled using the open price ({normalize_text(price)})"


def no_auction(name: str, extended: bool = True) -> str:
    """No tick is marked as the opening or closing trade ("Open" or "Close")."""
    marks = f"No trade with the Official{name} or {'Opening' if name == 'Open' else 'Closing'}Prints flag"
    if extended:
        return f"{marks} within the 1-minute timeout."
    return f"{marks} for data that does not include extended market hours."


def filled_with_last(tick: Any) -> str:
    """The last tick stood in for it."""
    return f" Fill with last {'Trade' if tick.is_trade else 'Quote'} data."
