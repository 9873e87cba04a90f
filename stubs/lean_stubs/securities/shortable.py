"""How many shares can be borrowed (LEAN: IShortableProvider, LocalDiskShortableProvider.cs)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.overrides import find
from lean_stubs.common.symbol import Symbol
from lean_stubs.data.providers import DefaultDataProvider
from lean_stubs.engine.current import context

__all__ = ["LocalDiskShortableProvider", "NullShortableProvider", "is_shortable", "shortable_shares"]

_Row = tuple[int | None, Decimal, Decimal]


class NullShortableProvider(ClrObject, clr="QuantConnect.Data.Shortable"):
    """Any number, for nothing."""

    def shortable_quantity(self, symbol: Any, local_time: datetime) -> int | None:
        return None

    def fee_rate(self, symbol: Any, local_time: datetime) -> float:
        return 0.0

    def rebate_rate(self, symbol: Any, local_time: datetime) -> float:
        return 0.0


class LocalDiskShortableProvider(ClrObject, clr="QuantConnect.Data.Shortable"):
    """Day by day from the data folder: shares, rebate and fee in percent; a day without a row has no limit."""

    def __init__(self, brokerage: str) -> None:
        self._brokerage = brokerage.lower()
        self._rows: dict[Symbol, dict[date, _Row]] = {}

    @property
    def brokerage(self) -> str:
        return self._brokerage

    @brokerage.setter
    def brokerage(self, value: str) -> None:
        self._brokerage = value

    @property
    def data_provider(self) -> DefaultDataProvider:
        return DefaultDataProvider()

    def _row(self, symbol: Symbol, at: datetime) -> _Row | None:
        rows = self._rows.get(symbol)
        if rows is None:
            text = context().data.shortable(self._brokerage, symbol.value, symbol.id.market)
            rows = self._rows[symbol] = {} if text is None else _parse(text)
        return rows.get(at.date())

    def shortable_quantity(self, symbol: Any, local_time: datetime) -> int | None:
        row = self._row(symbol, local_time)
        return None if row is None else row[0]

    def fee_rate(self, symbol: Any, local_time: datetime) -> float:
        row = self._row(symbol, local_time)
        return 0.0 if row is None else float(row[2])

    def rebate_rate(self, symbol: Any, local_time: datetime) -> float:
        row = self._row(symbol, local_time)
        return 0.0 if row is None else float(row[1])


def _parse(text: str) -> dict[date, _Row]:
    rows = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        day, shares, *rates = line.strip().split(",")
        rebate, fee = [Decimal(rate or 0) / 100 for rate in [*rates, "", ""][:2]]
        rows[datetime.strptime(day, "%Y%m%d").date()] = (int(float(shares)) if shares else None, rebate, fee)
    return rows


def shortable_shares(security: Any) -> int | None:
    """Shares that can be borrowed now; None for any number."""
    provider = security.shortable_provider
    if provider is None or type(provider) is NullShortableProvider:
        return None
    found: int | None = find(provider, "shortable_quantity")(security.symbol, security.local_time)
    return found


def is_shortable(state: Any, symbol: Symbol, shares: Decimal, updated_order: int | None = None) -> bool:
    """Whether what is held, ordered and asked for can be borrowed (LEAN: QCAlgorithm.Shortable)."""
    security = state.securities._any(symbol)
    limit = None if security is None else shortable_shares(security)
    if limit is None:
        return True
    committed: Decimal = security._holdings._position.quantity
    for ticket in state.transactions.get_open_order_tickets(symbol):
        if ticket.order_id != updated_order:
            committed += ticket._remaining
    return committed > -limit and committed - abs(shares) >= -limit
