"""What a subscription asks for (LEAN: Common/Data/SubscriptionDataConfig.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import DataMappingMode, DataNormalizationMode, Resolution, SecurityType, TickType
from lean_stubs.common.symbol import Symbol
from lean_stubs.time.trading_days import span_of
from lean_stubs.time.zones import NEW_YORK, TimeZone

__all__ = ["ConsolidatorSet", "SubscriptionDataConfig"]


class ConsolidatorSet(ClrObject, clr="System.Collections.Generic"):
    """Consolidators of one subscription."""

    def __init__(self) -> None:
        self._feeds: list[Any] = []

    @property
    def count(self) -> int:
        return len(self._feeds)

    def __len__(self) -> int:
        return len(self._feeds)

    def __iter__(self) -> Iterator[Any]:
        return iter([feed.consolidator for feed in self._feeds])


class SubscriptionDataConfig(ClrObject, clr="QuantConnect.Data"):
    """Symbol, resolution and mode of a stream of bars."""

    def __init__(
        self,
        symbol: Symbol,
        resolution: Resolution,
        *,
        fill_forward: bool = True,
        extended: bool = False,
        internal: bool = False,
        mode: DataNormalizationMode = DataNormalizationMode.ADJUSTED,
        zone: TimeZone = NEW_YORK,
        tick_type: TickType = TickType.TRADE,
    ) -> None:
        self._symbol, self._resolution, self._mode = symbol, resolution, mode
        self._fill_forward, self._extended, self._internal, self._zone = fill_forward, extended, internal, zone
        self._tick_type = tick_type
        self._increment = span_of(resolution)
        self._consolidators = ConsolidatorSet()

    def _key(self) -> tuple[Any, ...]:
        """What makes two requests the same subscription (SubscriptionDataConfig.Equals)."""
        kinds = int(self._resolution), int(self._mode), int(self._tick_type)
        return (self._symbol, *kinds, self._fill_forward, self._extended, self._internal)

    @property
    def symbol(self) -> Symbol:
        return self._symbol

    @property
    def mapped_symbol(self) -> str:
        return self._symbol.value

    @property
    def security_type(self) -> SecurityType:
        return self._symbol.security_type

    @property
    def market(self) -> str:
        return self._symbol.id.market

    @property
    def resolution(self) -> Resolution:
        return self._resolution

    @property
    def increment(self) -> timedelta:
        return self._increment

    @property
    def fill_data_forward(self) -> bool:
        return self._fill_forward

    @property
    def extended_market_hours(self) -> bool:
        return self._extended

    @property
    def is_internal_feed(self) -> bool:
        return self._internal

    @property
    def is_custom_data(self) -> bool:
        return False

    @property
    def is_filtered_subscription(self) -> bool:
        return True

    @property
    def tick_type(self) -> TickType:
        return self._tick_type

    def _is_quote(self) -> bool:
        return self._tick_type == TickType.QUOTE

    @property
    def type(self) -> Any:
        from lean_stubs.data.base_data import TradeBar
        from lean_stubs.data.quote_bar import QuoteBar

        return QuoteBar if self._is_quote() else TradeBar

    @property
    def data_normalization_mode(self) -> DataNormalizationMode:
        return self._mode

    @data_normalization_mode.setter
    def data_normalization_mode(self, value: DataNormalizationMode) -> None:
        self._mode = value

    @property
    def data_mapping_mode(self) -> DataMappingMode:
        return DataMappingMode.OPEN_INTEREST

    @property
    def exchange_time_zone(self) -> TimeZone:
        return self._zone

    @property
    def data_time_zone(self) -> TimeZone:
        return self._zone

    @property
    def consolidators(self) -> ConsolidatorSet:
        return self._consolidators

    def __str__(self) -> str:
        kind = str(self._tick_type).capitalize()
        return f"{self._symbol.value},#0,{self._symbol.value},{self._resolution},{self.type.__name__},{kind},{self._mode}"
