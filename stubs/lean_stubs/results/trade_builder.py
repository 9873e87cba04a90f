"""Trades from fills and prices (LEAN: Common/Statistics/TradeBuilder.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import DataNormalizationMode
from lean_stubs.common.symbol import to_symbol
from lean_stubs.orders.event import OrderEvent
from lean_stubs.results.fill_groups import GROUPINGS, FillGroups
from lean_stubs.results.trades import FillGroupingMethod, FillMatchingMethod, Trade
from lean_stubs.securities.decimals import ZERO, to_decimal

__all__ = ["TradeBuilder"]


class TradeBuilder(ClrObject, clr="QuantConnect.Statistics"):
    """Opens and closes trades as the method of grouping has it, and follows the prices of what is open."""

    def __init__(self, grouping_method: FillGroupingMethod, matching_method: FillMatchingMethod) -> None:
        groups = GROUPINGS[str(grouping_method)]
        self._groups: FillGroups = groups(matching_method == FillMatchingMethod.LIFO)
        self._paid: set[int] = set()

    @property
    def closed_trades(self) -> list[Trade]:
        return list(self._groups.closed)

    def has_open_position(self, symbol: Any) -> bool:
        return to_symbol(symbol) in self._groups.open

    def set_live_mode(self, live: bool) -> None:
        """Backtests only: nothing is forgotten."""

    def set_security_manager(self, securities: Any) -> None:
        """LEAN asks it whether an exercised option won; an equity's trade wins by its profit."""

    def set_market_price(self, symbol: Any, price: float) -> None:
        self._groups.follow(to_symbol(symbol), to_decimal(price))

    def _follow(self, updates: Iterable[tuple[Any, Any]]) -> None:
        """Take the prices of a time step's updated securities."""
        groups = self._groups
        if not groups.open:
            return
        groups.follow_updates(updates)

    def apply_split(self, split: Any, live_mode: bool, data_normalization_mode: DataNormalizationMode) -> None:
        """Rescale what is open to the shares after a split; adjusted prices know of it already."""
        if live_mode or data_normalization_mode == DataNormalizationMode.RAW:
            self._groups.rescale(split.symbol, split._exact_factor)

    def process_fill(
        self, fill: OrderEvent, security_conversion_rate: float, fee_in_account_currency: float, multiplier: float = 1.0
    ) -> None:
        """The fee of an order counts once, with its first fill."""
        worth = to_decimal(security_conversion_rate) * to_decimal(multiplier)
        fee = ZERO if fill._order_id in self._paid else to_decimal(fee_in_account_currency)
        self._paid.add(fill._order_id)
        self._groups.add(fill, fee, worth)
