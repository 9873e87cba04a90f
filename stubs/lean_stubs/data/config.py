"""What a subscription asks for (LEAN: Common/Data/SubscriptionDataConfig.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import NotOffered
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DataMappingMode, DataNormalizationMode, Resolution, SecurityType, TickType
from lean_stubs.common.symbol import Symbol, to_symbol
from lean_stubs.time.trading_days import span_of
from lean_stubs.time.zones import NEW_YORK, TimeZone

__all__ = ["ConsolidatorSet", "SubscriptionDataConfig"]


class ConsolidatorSet(ClrObject, clr="System.Collections.Generic"):
    """Consolidators of one subscription."""

    def __init__(self) -> None:
        # Replaced as a whole: a slice's round goes on with the consolidators that it began with.
        self._feeds: tuple[Any, ...] = ()

    @property
    def count(self) -> int:
        return len(self._feeds)

    def __len__(self) -> int:
        return len(self._feeds)

    def __iter__(self) -> Iterator[Any]:
        return iter([feed.consolidator for feed in self._feeds])


_TICK_TYPES = {"TradeBar": TickType.TRADE, "QuoteBar": TickType.QUOTE, "Tick": TickType.TRADE}


class SubscriptionDataConfig(ClrObject, clr="QuantConnect.Data"):
    """Symbol, resolution and mode of a stream of bars or ticks."""

    _data_zone: TimeZone

    @overload
    def __init__(
        self,
        object_type: Any,
        symbol: Symbol | str,
        resolution: Resolution,
        data_time_zone: Any,
        exchange_time_zone: Any,
        fill_forward: bool,
        extended_hours: bool,
        is_internal_feed: bool,
        is_custom: bool = False,
        tick_type: TickType | None = None,
        is_filtered_subscription: bool = True,
        data_normalization_mode: DataNormalizationMode = DataNormalizationMode.ADJUSTED,
        data_mapping_mode: DataMappingMode = DataMappingMode.OPEN_INTEREST,
        contract_depth_offset: int = 0,
        mapped_config: bool = False,
    ) -> None: ...
    @overload
    def __init__(
        self,
        config: SubscriptionDataConfig,
        object_type: Any = None,
        symbol: Symbol | str | None = None,
        resolution: Resolution | None = None,
        data_time_zone: Any = None,
        exchange_time_zone: Any = None,
        fill_forward: bool | None = None,
        extended_hours: bool | None = None,
        is_internal_feed: bool | None = None,
        is_custom: bool | None = None,
        tick_type: TickType | None = None,
        is_filtered_subscription: bool | None = None,
        data_normalization_mode: DataNormalizationMode | None = None,
        data_mapping_mode: DataMappingMode | None = None,
        contract_depth_offset: int | None = None,
        mapped_config: bool | None = None,
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Anew, or as another one but for what is given."""
        given = bound(SubscriptionDataConfig.__init__, arguments, named)
        given = {name: value for name, value in given.items() if value is not None}
        other = given.pop("config", None)
        if given.get("is_custom") or given.get("contract_depth_offset") or given.get("mapped_config"):
            raise NotOffered("SubscriptionDataConfig", "of custom data or of futures")
        if other is not None:
            given = {**other._as_given(), **given}
        kind = given["object_type"]
        if kind.__name__ not in _TICK_TYPES:
            raise NotOffered(f"SubscriptionDataConfig of {kind.__name__}", "of bars and ticks")
        self._begin(
            to_symbol(given["symbol"]),
            given["resolution"],
            fill_forward=given["fill_forward"],
            extended=given["extended_hours"],
            internal=given["is_internal_feed"],
            mode=given.get("data_normalization_mode", DataNormalizationMode.ADJUSTED),
            zone=given["exchange_time_zone"],
            tick_type=given.get("tick_type", _TICK_TYPES[kind.__name__]),
        )
        self._data_zone = given["data_time_zone"]

    def _as_given(self) -> dict[str, Any]:
        return {
            "object_type": self.type,
            "symbol": self._symbol,
            "resolution": self._resolution,
            "data_time_zone": self._data_zone,
            "exchange_time_zone": self._zone,
            "fill_forward": self._fill_forward,
            "extended_hours": self._extended,
            "is_internal_feed": self._internal,
            "data_normalization_mode": self._mode,
        }

    @classmethod
    def _of(cls, symbol: Symbol, resolution: Resolution, **rest: Any) -> SubscriptionDataConfig:
        """The engine's way to make one."""
        config = object.__new__(cls)
        config._begin(symbol, resolution, **rest)
        return config

    def _begin(
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
        # Fill-forward does not apply to ticks.
        fill_forward = fill_forward and resolution != Resolution.TICK
        self._fill_forward, self._extended, self._internal, self._zone = fill_forward, extended, internal, zone
        self._data_zone = zone
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

    @mapped_symbol.setter
    def mapped_symbol(self, value: str) -> None:
        self._symbol = Symbol(self._symbol.id, value)

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
        from lean_stubs.data.tick import Tick

        if self._resolution == Resolution.TICK:
            return Tick
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
        return self._data_zone

    @property
    def consolidators(self) -> ConsolidatorSet:
        return self._consolidators

    def __str__(self) -> str:
        kind = str(self._tick_type).capitalize()
        return f"{self._symbol.value},#0,{self._symbol.value},{self._resolution},{self.type.__name__},{kind},{self._mode}"
