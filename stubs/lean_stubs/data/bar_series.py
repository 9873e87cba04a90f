"""Bars of one security as columns: prices and volumes scaled by the factors of their days (LEAN: Extensions.Scale)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime
from decimal import Decimal
from itertools import repeat

from lean_stubs.common.symbol import Symbol
from lean_stubs.data.bar_state import PRICE_DIGITS, BarState
from lean_stubs.data.source import RawBars

__all__ = ["Series"]

_UNIT = 10**PRICE_DIGITS


def _scaled_volume(volume: int, factor: int, digits: int) -> float:
    """Volume over factor, to the nearest whole number, ties to even."""
    quotient, rest = divmod(volume * 10**digits, factor)
    if 2 * rest > factor or (2 * rest == factor and quotient % 2):
        quotient += 1
    return float(quotient)


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
        self._raw: list[tuple[RawBars, int]] = []
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
                into += [column[i] / _UNIT for i in rows]
            else:
                into += [column[i] * f / 10 ** (d + PRICE_DIGITS) for i, (f, d) in zip(rows, factors, strict=True)]
        volumes = raw.volumes
        if plain:
            self.volumes += [float(volumes[i]) for i in rows]
        else:
            self.volumes += [
                float(volumes[i]) if f == 10**d else _scaled_volume(volumes[i], f, d)
                for i, (f, d) in zip(rows, factors, strict=True)
            ]
        self._raw += zip(repeat(raw), rows)
        self._factors += factors

    def exact(self, row: int, column: int) -> Decimal:
        """Open, high, low or close (0 to 3) of a bar as decimal."""
        raw, i = self._raw[row]
        factor, digits = self._factors[row]
        price = (raw.opens, raw.highs, raw.lows, raw.closes)[column][i]
        return Decimal(price * factor).scaleb(-digits - PRICE_DIGITS)

    def raw_close(self, row: int) -> Decimal:
        raw, i = self._raw[row]
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
