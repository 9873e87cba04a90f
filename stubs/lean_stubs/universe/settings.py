"""How a universe adds its securities (LEAN: Common/Data/UniverseSelection/UniverseSettings.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrObject, to_enum
from lean_stubs.clr.convert import to_bool, to_double, to_time_span
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DataMappingMode, DataNormalizationMode, Resolution

__all__ = ["Schedule", "UniverseSettings"]

_ONE_DAY = timedelta(days=1)


class Schedule(ClrObject, clr="QuantConnect.Data.UniverseSelection"):
    """Dates on which a universe selects."""

    def __init__(self) -> None:
        self._rule: Any = None

    @property
    def initialized(self) -> bool:
        return self._rule is not None

    def on(self, date_rule: Any) -> None:
        self._rule = date_rule

    def get(self, start_time: datetime, end_time: datetime) -> Any:
        return None if self._rule is None else self._rule.get_dates(start_time, end_time)


class UniverseSettings(ClrObject, clr="QuantConnect.Data.UniverseSelection"):
    """Each is copied where it is handed on."""

    @overload
    def __init__(
        self,
        resolution: Resolution,
        leverage: float,
        fill_forward: bool,
        extended_market_hours: bool,
        minimum_time_in_universe: timedelta,
        data_normalization_mode: DataNormalizationMode = DataNormalizationMode.ADJUSTED,
        data_mapping_mode: DataMappingMode = DataMappingMode.OPEN_INTEREST,
        contract_depth_offset: int = 0,
        asynchronous: bool | None = None,
        selection_date_rule: Any = None,
    ) -> None: ...
    @overload
    def __init__(self, universe_settings: UniverseSettings) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = bound(UniverseSettings.__init__, arguments, named)
        self._schedule = Schedule()
        if "universe_settings" in given:
            for name in _FIELDS:
                object.__setattr__(self, "_" + name, getattr(given["universe_settings"], "_" + name))
            return
        self._set(**given)

    @classmethod
    def _plain(cls) -> UniverseSettings:
        """What an algorithm begins with (LEAN: QCAlgorithm's constructor)."""
        return cls(Resolution.MINUTE, 0.0, True, False, _ONE_DAY)

    def _set(
        self,
        resolution: Any,
        leverage: Any,
        fill_forward: bool,
        extended_market_hours: bool,
        minimum_time_in_universe: timedelta,
        data_normalization_mode: DataNormalizationMode = DataNormalizationMode.ADJUSTED,
        data_mapping_mode: DataMappingMode = DataMappingMode.OPEN_INTEREST,
        contract_depth_offset: int = 0,
        asynchronous: bool | None = None,
        selection_date_rule: Any = None,
    ) -> None:
        if selection_date_rule is not None:
            self._schedule.on(selection_date_rule)
        self._resolution = to_enum(Resolution, resolution)
        self._leverage = to_double(leverage)
        self._fill_forward, self._extended_market_hours = fill_forward, extended_market_hours
        self._minimum_time_in_universe = minimum_time_in_universe
        self._data_normalization_mode, self._data_mapping_mode = data_normalization_mode, data_mapping_mode
        self._contract_depth_offset, self._asynchronous = contract_depth_offset, asynchronous
        self._subscription_data_types: Any = None

    @property
    def resolution(self) -> Resolution:
        found: Resolution = self._resolution
        return found

    @resolution.setter
    def resolution(self, value: Any) -> None:
        self._resolution = to_enum(Resolution, value)

    @property
    def leverage(self) -> float:
        return self._leverage

    @leverage.setter
    def leverage(self, value: Any) -> None:
        self._leverage = to_double(value)

    @property
    def fill_forward(self) -> bool:
        return self._fill_forward

    @fill_forward.setter
    def fill_forward(self, value: Any) -> None:
        self._fill_forward = to_bool(value)

    @property
    def extended_market_hours(self) -> bool:
        return self._extended_market_hours

    @extended_market_hours.setter
    def extended_market_hours(self, value: Any) -> None:
        self._extended_market_hours = to_bool(value)

    @property
    def minimum_time_in_universe(self) -> timedelta:
        return self._minimum_time_in_universe

    @minimum_time_in_universe.setter
    def minimum_time_in_universe(self, value: Any) -> None:
        self._minimum_time_in_universe = to_time_span(value)

    @property
    def data_normalization_mode(self) -> DataNormalizationMode:
        return self._data_normalization_mode

    @data_normalization_mode.setter
    def data_normalization_mode(self, value: Any) -> None:
        self._data_normalization_mode = to_enum(DataNormalizationMode, value)

    @property
    def data_mapping_mode(self) -> DataMappingMode:
        return self._data_mapping_mode

    @data_mapping_mode.setter
    def data_mapping_mode(self, value: Any) -> None:
        self._data_mapping_mode = to_enum(DataMappingMode, value)

    @property
    def contract_depth_offset(self) -> int:
        return self._contract_depth_offset

    @contract_depth_offset.setter
    def contract_depth_offset(self, value: int) -> None:
        self._contract_depth_offset = value

    @property
    def asynchronous(self) -> bool | None:
        return self._asynchronous

    @asynchronous.setter
    def asynchronous(self, value: bool | None) -> None:
        self._asynchronous = value

    @property
    def schedule(self) -> Schedule:
        return self._schedule

    @schedule.setter
    def schedule(self, value: Schedule) -> None:
        self._schedule = value

    @property
    def subscription_data_types(self) -> Any:
        return self._subscription_data_types

    @subscription_data_types.setter
    def subscription_data_types(self, value: Any) -> None:
        self._subscription_data_types = value


_FIELDS = (
    "resolution",
    "leverage",
    "fill_forward",
    "extended_market_hours",
    "minimum_time_in_universe",
    "data_normalization_mode",
    "data_mapping_mode",
    "contract_depth_offset",
    "asynchronous",
    "subscription_data_types",
)
