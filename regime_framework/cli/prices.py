"""Prices from a CSV file, checked line by line."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from regime_framework._typing import FloatArray
from regime_framework.bars import PriceBar
from regime_framework.errors import RegimeError

__all__ = ["BadPrices", "Prices", "read_prices"]

_DATES: Final = ("date", "time", "datetime", "timestamp", "")
_CLOSES: Final = ("close", "adj close", "adj_close", "price", "value")
_CLOSE: Final = timedelta(hours=21)  # of a date without a time: when New York closes, in UTC
_BAR: Final = ("open", "high", "low", "close")


class BadPrices(RegimeError):
    """A price file that cannot be used; the text names file, line and reason."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """One symbol's daily prices.

    Parameters
    ----------
    symbol : str
    times : list of datetime, length T
        Aware UTC, strictly rising; a date without a time is taken at 21:00.
    bars : ndarray, shape (T,) or (T, 4)
        Closes, or open, high, low, close.
    """

    symbol: str
    times: list[datetime]
    bars: FloatArray

    @property
    def closes(self) -> FloatArray:
        """Shape (T,)."""
        return self.bars if self.bars.ndim == 1 else self.bars[:, 3]

    def bar(self, index: int) -> float | PriceBar:
        """One bar as the service takes it."""
        row = self.bars[index]
        return float(row) if self.bars.ndim == 1 else PriceBar(*(float(price) for price in row))


def read_prices(path: Path, *, column: str | None = None, date_format: str | None = None) -> Prices:
    """Prices of one file, whose name is the symbol.

    Raises
    ------
    BadPrices
        If the file or a column is missing, a date or a price is not one, dates do not rise or a price is not positive.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except OSError as error:
        raise BadPrices(f"{path}: {error.strerror or error}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadPrices(f"{path} is no CSV file: {error}") from None
    date_at, price_at = _columns(path, header, column)
    times: list[datetime] = []
    bars = np.empty((len(rows), len(price_at)))
    for i, (line, row) in enumerate(rows):
        if len(row) <= max(date_at, *price_at):
            raise BadPrices(f"{path}, line {line}: has {len(row)} cells, the header has {len(header)}")
        at = _date(f"{path}, line {line}", row[date_at].strip(), date_format)
        if times and at <= times[-1]:
            what = "is there twice" if at == times[-1] else "comes after a later one: dates must rise"
            raise BadPrices(f"{path}, line {line}: date {row[date_at].strip()} {what}")
        times.append(at)
        bars[i] = [_price(f"{path}, line {line}", header[j], row[j].strip()) for j in price_at]
    if not times:
        raise BadPrices(f"{path} has no rows")
    return Prices(path.stem, times, bars[:, 0] if bars.shape[1] == 1 else bars)


def _columns(path: Path, header: Sequence[str], column: str | None) -> tuple[int, list[int]]:
    if not header:
        raise BadPrices(f"{path} is empty")
    where: Mapping[str, int] = {name.lower(): i for i, name in reversed(list(enumerate(header)))}
    date_at = next((where[name] for name in _DATES if name in where), None)
    if date_at is None:
        raise BadPrices(f"{path} has no column 'date', it has {list(header)}")
    if column is not None:
        if column.lower() not in where:
            raise BadPrices(f"{path} has no column {column!r}, it has {list(header)}")
        return date_at, [where[column.lower()]]
    if all(name in where for name in _BAR):
        return date_at, [where[name] for name in _BAR]
    found = next((where[name] for name in _CLOSES if name in where), None)
    if found is None:
        raise BadPrices(f"{path} has no column 'close', it has {list(header)}; name one with --column")
    return date_at, [found]


def _date(where: str, text: str, date_format: str | None) -> datetime:
    try:
        at = datetime.fromisoformat(text) if date_format is None else datetime.strptime(text, date_format)
    except ValueError:
        rule = "must be ISO 8601, such as 2008-09-15 (or name --date-format)" if date_format is None else f"must be {date_format}"
        raise BadPrices(f"{where}: date {rule}, got {text!r}") from None
    if at.tzinfo is None and at.time() == time():
        at += _CLOSE
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _price(where: str, name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise BadPrices(f"{where}: {name} must be a number, got {text!r}") from None
    if not math.isfinite(value) or value <= 0.0:
        raise BadPrices(f"{where}: {name} must be positive and finite, got {text}")
    return value
