"""A tick from what a constructor was given (LEAN: Tick's constructors)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lean_stubs.clr.convert import to_date_time, to_double
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.common.enums import SecurityType, TickType
from lean_stubs.common.exchange import Exchange
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.data.tick_file import UNSCALED, read_row, tick_of_row
from lean_stubs.data.tick_state import TickState, quote_value
from lean_stubs.securities.decimals import to_decimal

__all__ = ["tick_of_line", "tick_of_values"]

_NEVER = datetime(1, 1, 1)
_ZERO = Decimal(0)


def tick_of_values(given: dict[str, Any]) -> TickState:
    """From prices; a bid and ask are a quote, open interest is its own kind, all else is a trade."""
    symbol = Symbol.EMPTY if "symbol" not in given else to_symbol(given["symbol"])
    made = TickState(symbol, to_date_time(given.get("time", _NEVER)), TickType.TRADE, _ZERO)
    made.bid, made.ask = (to_decimal(given.get(f"{side}_price", given.get(side, 0))) for side in ("bid", "ask"))
    made.bid_size, made.ask_size, made.quantity = (to_double(given.get(name, 0)) for name in ("bid_size", "ask_size", "quantity"))
    exchange = given.get("exchange", "")
    made.exchange = exchange.name if isinstance(exchange, Exchange) else exchange
    made.sale_condition = given.get("sale_condition", "")
    if "open_interest" in given:
        made.tick_type, made.exact_value = TickType.OPEN_INTEREST, to_decimal(given["open_interest"])
    elif "price" in given:
        made.exact_value = to_decimal(given["price"])
    elif "bid" in given or "bid_price" in given:
        made.tick_type = TickType.QUOTE
        value = (made.bid + made.ask) / 2 if "bid" in given else quote_value(made.bid, made.ask)
        made.exact_value = to_decimal(given["last"]) if "last" in given else value
    return made


def tick_of_line(given: dict[str, Any]) -> TickState:
    """From a line of a file: a trade, or what the configuration says."""
    config = given.get("config")
    symbol = to_symbol(given["symbol"] if config is None else config.symbol)
    if symbol.security_type != SecurityType.EQUITY:
        raise NotOffered("Tick of a line", "of equities it is")
    kind = TickType.TRADE if config is None else config.tick_type
    day = to_date_time(given["base_date"] if config is None else given["date"])
    row = read_row(given["line"], kind)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return tick_of_row(row, symbol, midnight + timedelta(microseconds=row[0]), kind, UNSCALED)
