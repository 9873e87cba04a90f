"""Price and split factors of an equity (LEAN: Common/Data/Auxiliary/CorporateFactorProvider.cs, CorporateFactorRow.cs)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lean_stubs.common.enums import DataNormalizationMode

__all__ = ["FactorFile", "FactorRow"]

_ONE = Decimal(1)


@dataclass(frozen=True)
class FactorRow:
    """Factors in force up to and including the day, the last one before the event; the price is that day's close."""

    day: date
    price_factor: Decimal
    split_factor: Decimal
    reference_price: Decimal

    @property
    def price_scale(self) -> Decimal:
        return self.price_factor * self.split_factor


class FactorFile:
    """Rows in rising order; the last one lies in the future and has factor 1."""

    def __init__(self, rows: Iterable[FactorRow], minimum_day: date | None = None) -> None:
        by_day = {row.day: row for row in rows}
        self.rows = [by_day[day] for day in sorted(by_day)]
        self._days = [row.day for row in self.rows]
        #: Data begin the day before the first usable row (LEAN: CorporateFactorRow.Parse, SubscriptionDataReader).
        self.minimum_day = minimum_day

    @classmethod
    def parse(cls, text: str) -> FactorFile:
        rows: list[FactorRow] = []
        for line in dict.fromkeys(text.splitlines()):
            parts = line.split(",")
            if len(parts) < 3:
                continue
            day = datetime.strptime(parts[0], "%Y%m%d").date()
            if "inf" in line or "e+" in line:
                continue
            row = FactorRow(day, Decimal(parts[1]), Decimal(parts[2]), Decimal(parts[3]) if len(parts) > 3 else Decimal(0))
            if row.price_scale > 0:
                rows.append(row)
        minimum = date.fromordinal(min(row.day for row in rows).toordinal() - 1) if rows else None
        return cls(rows, minimum)

    def _row(self, day: date) -> FactorRow | None:
        at = bisect_left(self._days, day)
        return self.rows[at] if at < len(self.rows) else None

    def factor(self, day: date, mode: DataNormalizationMode) -> Decimal:
        """What prices of the day are multiplied by, seen from the end of the file."""
        row = self._row(day)
        if row is None or mode == DataNormalizationMode.RAW:
            return _ONE
        if mode in (DataNormalizationMode.ADJUSTED, DataNormalizationMode.SCALED_RAW):
            return row.price_scale
        return row.split_factor

    def _next(self, day: date) -> tuple[FactorRow, FactorRow] | None:
        at = bisect_left(self._days, day)
        if at < len(self.rows) - 1 and self._days[at] == day:
            return self.rows[at], self.rows[at + 1]
        return None

    def dividend_after(self, day: date) -> tuple[Decimal, Decimal] | None:
        """(price factor ratio, reference price) if the next trading day is an ex-date."""
        pair = self._next(day)
        if pair is None or pair[0].price_factor == pair[1].price_factor:
            return None
        return pair[0].price_factor / pair[1].price_factor, pair[0].reference_price

    def split_after(self, day: date) -> tuple[Decimal, Decimal] | None:
        """(split factor, reference price) if the shares split on the next trading day."""
        pair = self._next(day)
        if pair is None or pair[0].split_factor == pair[1].split_factor:
            return None
        return pair[0].split_factor / pair[1].split_factor, pair[0].reference_price

    def changes(self, mode: DataNormalizationMode) -> list[tuple[date, Decimal]]:
        """(last day, factor) of each stretch, in order."""
        return [(row.day, self.factor(row.day, mode)) for row in self.rows]
