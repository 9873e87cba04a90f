"""Volatility of a security (LEAN: Common/Securities/Volatility)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from lean_stubs.clr import ClrObject, overrides
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import DataNormalizationMode, TickType
from lean_stubs.data.history_provider import HistoryRequest
from lean_stubs.data.quote_bar import wrap_point
from lean_stubs.indicators.python_indicator import as_indicator
from lean_stubs.securities.models import VolatilityModel
from lean_stubs.time.trading_days import span_of, start_of_bars

__all__ = ["BaseVolatilityModel", "IndicatorVolatilityModel", "VolatilityModelExtensions"]


class BaseVolatilityModel(ClrObject, clr="QuantConnect.Securities"):
    """Base of models: told each new price of the security."""

    @property
    def volatility(self) -> float:
        return 0.0

    def update(self, security: Any, data: Any) -> None:
        pass

    def get_history_requirements(self, security: Any, utc_time: Any) -> list[Any]:
        return []


class IndicatorVolatilityModel(BaseVolatilityModel, clr="QuantConnect.Securities.Volatility"):
    """The value of an indicator, which the given function updates; without one, whoever made the indicator does."""

    def __init__(self, indicator: Any, indicator_update: Callable[[Any, Any, Any], Any] | None = None) -> None:
        self._indicator, self._update = as_indicator(indicator), indicator_update

    @property
    def volatility(self) -> float:
        return float(self._indicator.current.value)

    def update(self, security: Any, data: Any) -> None:
        if self._update is not None:
            self._update(security, data, self._indicator)


class VolatilityModelExtensions(ClrObject, clr="QuantConnect.Securities.Volatility"):
    @overload
    @staticmethod
    def warm_up(
        volatility_model: Any,
        history_provider: Any,
        subscription_manager: Any,
        security: Any,
        utc_time: Any,
        time_zone: Any,
        live_mode: bool,
        data_normalization_mode: Any = None,
    ) -> None: ...
    @overload
    @staticmethod
    def warm_up(
        volatility_model: Any,
        history_provider: Any,
        subscription_manager: Any,
        security: Any,
        utc_time: Any,
        time_zone: Any,
        resolution: Any,
        bar_count: int,
        live_mode: bool,
        data_normalization_mode: Any = None,
    ) -> None: ...
    @overload
    @staticmethod
    def warm_up(
        volatility_model: Any,
        algorithm: Any,
        security: Any,
        resolution: Any,
        bar_count: int,
        data_normalization_mode: Any = None,
    ) -> None: ...
    @staticmethod
    def warm_up(*arguments: Any, **named: Any) -> None:
        """Update a model with the last bars; raw prices come scaled as if all splits and dividends were known."""
        given = bound(VolatilityModelExtensions.warm_up, arguments, named)
        model, security, count = given["volatility_model"], given["security"], given.get("bar_count")
        if model is VolatilityModel.NULL or count is None:
            # Without a number of bars a model asks for what it needs, and those here need nothing.
            return
        state = security._state
        config = next(c for c in security._configs() if c.tick_type == TickType.TRADE)
        mode = config.data_normalization_mode
        if given.get("data_normalization_mode") == DataNormalizationMode.RAW:
            mode = DataNormalizationMode.SCALED_RAW
        provider, hours = state.history_provider, security._hours
        asked = provider.config(security.symbol, given["resolution"], True, None, mode, TickType.TRADE, config)
        start = start_of_bars(hours, hours._to_local(state.utc), span_of(asked.resolution), count, asked.extended_market_hours)
        update = overrides.find(model, "update")
        for bar in provider.bars(HistoryRequest(asked, hours._to_utc(start), state.utc)):
            update(security, wrap_point(bar))
