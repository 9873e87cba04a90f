"""Bars of one security as columns: prices and volumes scaled by the factors of their days (LEAN: Extensions.Scale)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime
from decimal import Decimal

import numpy as np

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import PRICE_DIGITS, BarState
from lean_stubs.data.source import RawBars

__all__ = ["Series"]

_UNIT = 10**PRICE_DIGITS
#: Whole numbers below it are floats without a loss.
_EXACT = 2**53


def _scaled_volume(volume: int, factor: int, digits: int) -> float:
    """Volume over factor, to the nearest whole number, ties to even."""
    quotient, rest = divmod(volume * 10**digits, factor)
    if 2 * rest > factor or (2 * rest == factor and quotient % 2):
        quotient += 1
    return float(quotient)


def _divided(whole: list[int], by: int) -> list[float]:
    """Each number over the same one, rounded once."""
    numbers = np.asarray(whole, dtype=np.int64)
    if numbers.max() < _EXACT and numbers.min() > -_EXACT:
        found: list[float] = (numbers / by).tolist()
        return found
    return [number / by for number in whole]


class Series:
    """Columns of a run of bars; times are in the exchange's clock."""

    def __init__(self, symbol: Symbol) -> None:
        self.symbol = symbol
        #: (first row, symbol under the ticker of the time), when there was another ticker.
        self._names: list[tuple[int, Symbol]] = []
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        self.opens: list[float] = []
        self.highs: list[float] = []
        self.lows: list[float] = []
        self.closes: list[float] = []
        self.volumes: list[float] = []
        #: First row, file and its rows, in order.
        self._blocks: list[tuple[int, RawBars, list[int]]] = []
        self._factors: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self.ends)

    def append(
        self,
        symbol: Symbol,
        raw: RawBars,
        rows: list[int],
        starts: list[datetime],
        ends: list[datetime],
        factors: list[tuple[int, int]],
    ) -> None:
        """Add rows of a file, each with its times and factor."""
        if symbol is not self.symbol or self._names:
            self._names.append((len(self.ends), symbol))
        self._blocks.append((len(self.ends), raw, rows))
        self.starts += starts
        self.ends += ends
        plain = factors.count((1, 0)) == len(factors)
        for column, into in (
            (raw.opens, self.opens),
            (raw.highs, self.highs),
            (raw.lows, self.lows),
            (raw.closes, self.closes),
        ):
            # Whole numbers until one division, which rounds once: the float nearest to the exact decimal.
            if plain:
                into += _divided(column if len(rows) == len(column) else [column[i] for i in rows], _UNIT)
            else:
                into += [column[i] * f / 10 ** (d + PRICE_DIGITS) for i, (f, d) in zip(rows, factors, strict=True)]
        volumes = raw.volumes
        if plain:
            self.volumes += _divided(volumes if len(rows) == len(volumes) else [volumes[i] for i in rows], 1)
        else:
            self.volumes += [
                float(volumes[i]) if f == 10**d else _scaled_volume(volumes[i], f, d)
                for i, (f, d) in zip(rows, factors, strict=True)
            ]
        self._factors += factors

    def _source(self, row: int) -> tuple[RawBars, int]:
        """The file that a bar came from, and its row there."""
        blocks = self._blocks
        first, raw, rows = blocks[0] if len(blocks) == 1 else blocks[bisect_right(blocks, row, key=lambda block: block[0]) - 1]
        return raw, rows[row - first]

    def exact(self, row: int, column: int) -> Decimal:
        """Open, high, low or close (0 to 3) of a bar as decimal."""
        raw, i = self._source(row)
        factor, digits = self._factors[row]
        price = (raw.opens, raw.highs, raw.lows, raw.closes)[column][i]
        return Decimal(price * factor).scaleb(-digits - PRICE_DIGITS)

    def raw_close(self, row: int) -> Decimal:
        raw, i = self._source(row)
        return Decimal(raw.closes[i]).scaleb(-PRICE_DIGITS)

    def _symbol(self, row: int) -> Symbol:
        at = bisect_right(self._names, row, key=lambda name: name[0])
        return self._names[at - 1][1] if at else self.symbol

    def bar(self, row: int) -> BarState:
        return BarState(
            self._symbol(row) if self._names else self.symbol,
            self.starts[row],
            self.ends[row],
            self.opens[row],
            self.highs[row],
            self.lows[row],
            self.closes[row],
            self.volumes[row],
            (self, row),
        )

    def from_end(self, end: datetime) -> int:
        """First row whose bar ends at or after the time."""
        return bisect_left(self.ends, end)
