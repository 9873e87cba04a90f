"""Settings of an algorithm (LEAN: Common/AlgorithmSettings.cs)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lean_stubs.clr import ClrObject, to_enum
from lean_stubs.clr.convert import optional, to_bool, to_double, to_int, to_time_span
from lean_stubs.common.enums import Resolution

__all__ = ["AlgorithmSettings"]


def _resolution(given: Any) -> Any:
    return to_enum(Resolution, given)


_DEFAULTS: dict[str, tuple[Any, Any]] = {
    "automatic_indicator_warm_up": (False, to_bool),
    "daily_consolidation_use_extended_market_hours": (False, to_bool),
    "daily_precise_end_time": (True, to_bool),
    "data_subscription_limit": (2147483647, to_int),
    "free_portfolio_value": (None, lambda v: optional(to_double, v)),
    "free_portfolio_value_percentage": (0.0025, to_double),
    "ignore_unknown_asset_holdings": (False, to_bool),
    "liquidate_enabled": (True, to_bool),
    "max_absolute_portfolio_target_percentage": (1000000000.0, to_double),
    "min_absolute_portfolio_target_percentage": (0.0000000001, to_double),
    "minimum_order_margin_portfolio_percentage": (0.001, to_double),
    "rebalance_portfolio_on_insight_changes": (None, lambda v: optional(to_bool, v)),
    "rebalance_portfolio_on_security_changes": (None, lambda v: optional(to_bool, v)),
    "seed_initial_prices": (False, to_bool),
    "stale_price_time_span": (timedelta(hours=1), to_time_span),
    "trading_days_per_year": (None, lambda v: optional(to_int, v)),
    "warm_up_resolution": (None, lambda v: optional(_resolution, v)),
    "databases_refresh_period": (timedelta(days=1), to_time_span),
    "performance_sample_period": (timedelta(0), to_time_span),
}


def _setting(name: str, convert: Any) -> property:
    def get(self: Any) -> Any:
        return self._values[name]

    def put(self: Any, value: Any) -> None:
        self._values[name] = convert(value)

    return property(get, put)


class AlgorithmSettings(ClrObject, clr="QuantConnect"):
    automatic_indicator_warm_up: Any
    daily_consolidation_use_extended_market_hours: Any
    daily_precise_end_time: Any
    data_subscription_limit: Any
    databases_refresh_period: Any
    free_portfolio_value: Any
    free_portfolio_value_percentage: Any
    ignore_unknown_asset_holdings: Any
    liquidate_enabled: Any
    max_absolute_portfolio_target_percentage: Any
    min_absolute_portfolio_target_percentage: Any
    minimum_order_margin_portfolio_percentage: Any
    performance_sample_period: Any
    rebalance_portfolio_on_insight_changes: Any
    rebalance_portfolio_on_security_changes: Any
    seed_initial_prices: Any
    stale_price_time_span: Any
    trading_days_per_year: Any
    warm_up_resolution: Any

    def __init__(self) -> None:
        self._values = {name: value for name, (value, _) in _DEFAULTS.items()}

    for _name, (_, _convert) in _DEFAULTS.items():
        locals()[_name] = _setting(_name, _convert)
    warmup_resolution = _setting("warm_up_resolution", _DEFAULTS["warm_up_resolution"][1])
