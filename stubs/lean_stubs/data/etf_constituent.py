"""A company in an exchange-traded fund (LEAN: Common/Data/UniverseSelection/ETFConstituentUniverse.cs)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from lean_stubs.common.security_identifier import SecurityIdentifier
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.base_data_collection import BaseDataCollection

__all__ = ["ETFConstituentData", "ETFConstituentUniverse", "constituents_of"]

_ONE_DAY = timedelta(days=1)


class ETFConstituentUniverse(BaseDataCollection, clr="QuantConnect.Data.UniverseSelection"):
    """Weight, shares and value held; None where the file says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._last_update: datetime | None = None
        self._weight: float | None = None
        self._shares_held: float | None = None
        self._market_value: float | None = None
        self._period = _ONE_DAY

    @property
    def last_update(self) -> datetime | None:
        return self._last_update

    @last_update.setter
    def last_update(self, value: datetime | None) -> None:
        self._last_update = value

    @property
    def weight(self) -> float | None:
        return self._weight

    @weight.setter
    def weight(self, value: float | None) -> None:
        self._weight = value

    @property
    def shares_held(self) -> float | None:
        return self._shares_held

    @shares_held.setter
    def shares_held(self, value: float | None) -> None:
        self._shares_held = value

    @property
    def market_value(self) -> float | None:
        return self._market_value

    @market_value.setter
    def market_value(self, value: float | None) -> None:
        self._market_value = value

    @property
    def period(self) -> timedelta:
        return self._period

    @period.setter
    def period(self, value: timedelta) -> None:
        self._period = value


class ETFConstituentData(ETFConstituentUniverse, clr="QuantConnect.Data.UniverseSelection"):
    """The same under LEAN's older name."""


def _number(text: str) -> float | None:
    return float(text) if text else None


def constituents_of(rows: list[tuple[str, ...]], day: date) -> list[ETFConstituentUniverse]:
    """Objects of a file's rows: ticker, id, last update, weight, shares held, market value."""
    found: list[ETFConstituentUniverse] = []
    for row in rows:
        item = ETFConstituentUniverse()
        item._symbol = Symbol(SecurityIdentifier.parse(row[1]), row[0])
        item._time = datetime.combine(day, time())
        item._end_time = item._time + _ONE_DAY
        item._last_update = datetime.strptime(row[2], "%Y%m%d") if row[2] else None
        item._weight, item._shares_held, item._market_value = (_number(text) for text in row[3:6])
        found.append(item)
    return found
