"""Lines of LEAN's equity tick files (LEAN: Tick, the constructor that takes a line; Extensions.Scale)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path

from lean_stubs.common.enums import TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import PRICE_DIGITS
from lean_stubs.data.source import DataProblem
from lean_stubs.data.tick_state import TickState, quote_value

__all__ = ["UNSCALED", "Scale", "TickRow", "read_row", "read_zip", "tick_of_row"]

#: Microsecond of the day; price and quantity of a trade; bid, its size, ask and its size of a quote; exchange, sale condition,
#: whether it is suspicious. Prices are in ten-thousandths, unadjusted.
TickRow = tuple[int, int, float, int, float, int, float, str, str, bool]

#: A factor as an integer and the digits after its point.
Scale = tuple[int, int]
UNSCALED: Scale = (1, 0)

_ZERO = Decimal(0)
_UNIT = Decimal(10**PRICE_DIGITS)


def _microseconds(milliseconds: str) -> int:
    """Time of day; fractions of a millisecond are kept as far as Python's clock goes."""
    if "." in milliseconds:
        return int(Decimal(milliseconds) * 1000)
    return int(milliseconds) * 1000


def _rest(fields: list[str], at: int) -> tuple[str, str, bool]:
    """Exchange, sale condition and flag, which a line may lack."""
    return (fields[at], fields[at + 1], fields[at + 2] == "1") if len(fields) > at + 2 else ("", "", False)


def _trades(lines: Iterable[str]) -> Iterator[TickRow]:
    for line in lines:
        f = line.strip().split(",")
        exchange, condition, suspicious = _rest(f, 3)
        yield _microseconds(f[0]), int(f[1]), float(f[2]), 0, 0.0, 0, 0.0, exchange, condition, suspicious


def _quotes(lines: Iterable[str]) -> Iterator[TickRow]:
    for line in lines:
        f = line.strip().split(",")
        exchange, condition, suspicious = _rest(f, 5)
        yield (
            _microseconds(f[0]),
            0,
            0.0,
            int(f[1]),
            float(f[2]),
            int(f[3]),
            float(f[4]),
            exchange,
            condition,
            suspicious,
        )


def _rows(lines: Iterable[str], kind: TickType) -> Iterator[TickRow]:
    return _quotes(lines) if kind is TickType.QUOTE else _trades(lines)


def read_row(line: str, kind: TickType) -> TickRow:
    return next(_rows([line], kind))


def read_zip(path: Path, kind: TickType) -> Iterator[TickRow]:
    """Rows of a file, one by one: a day of quotes may have millions."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as entry:
            yield from _rows(TextIOWrapper(entry, "ascii"), kind)
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise DataProblem(f"cannot read {path}: {error}") from error
    except (ValueError, IndexError, ArithmeticError) as error:
        raise DataProblem(f"{path} is not in LEAN's format: {error}") from error


@lru_cache(maxsize=65536)
def _price(raw: int, factor: int, digits: int) -> Decimal:
    """With as many digits as .NET's division and product have, which the JSON of orders shows."""
    price = Decimal(raw) / _UNIT if raw else _ZERO
    return price if factor == 10**digits else price * Decimal(factor).scaleb(-digits)


@lru_cache(maxsize=65536)
def _sides(bid: int, ask: int, factor: int, digits: int) -> tuple[Decimal, Decimal, Decimal]:
    """Both sides and the value of a quote."""
    sides = _price(bid, factor, digits), _price(ask, factor, digits)
    return (*sides, quote_value(*sides))


@lru_cache(maxsize=8192)
def _size(shares: float, factor: int, digits: int) -> float:
    """Shares over the factor, to the nearest whole number, ties to even."""
    return float((Decimal(shares) * 10**digits / factor).to_integral_value())


def tick_of_row(row: TickRow, symbol: Symbol, time: datetime, kind: TickType, scale: Scale) -> TickState:
    """The tick of a row, scaled by a factor."""
    _, price, quantity, bid, bid_size, ask, ask_size, exchange, condition, suspicious = row
    factor, digits = scale
    plain = factor == 10**digits
    if kind is TickType.TRADE:
        shares = quantity if plain else _size(quantity, factor, digits)
        value = _price(price, factor, digits)
        return TickState(symbol, time, kind, value, shares, _ZERO, 0.0, _ZERO, 0.0, exchange, condition, suspicious)
    if not plain:
        bid_size, ask_size = _size(bid_size, factor, digits), _size(ask_size, factor, digits)
    bids, asks, value = _sides(bid, ask, factor, digits)
    return TickState(symbol, time, kind, value, 0.0, bids, bid_size, asks, ask_size, exchange, condition, suspicious)
