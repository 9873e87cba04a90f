"""The few of LEAN's extension methods that Python code calls by the class's name (Common/Extensions.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lean_stubs.clr import ClrObject, overrides, to_enum
from lean_stubs.clr.convert import to_date_time, to_double, to_time_span
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.clr.instants import aware_utc
from lean_stubs.common.enums import Resolution, SecurityType, TickType

__all__ = ["Extensions"]

_SPANS = {
    Resolution.TICK: timedelta(0),
    Resolution.SECOND: timedelta(seconds=1),
    Resolution.MINUTE: timedelta(minutes=1),
    Resolution.HOUR: timedelta(hours=1),
    Resolution.DAILY: timedelta(days=1),
}


class Extensions(ClrObject, clr="QuantConnect"):
    """Static functions."""

    @staticmethod
    def to_time_span(resolution: Resolution) -> timedelta:
        return _SPANS[to_enum(Resolution, resolution)]

    @staticmethod
    def to_higher_resolution_equivalent(time_span: timedelta, require_exact_match: bool) -> Resolution:
        """The finest resolution whose bar is not longer than the span, or exactly as long."""
        span = to_time_span(time_span)
        if require_exact_match:
            for resolution, length in _SPANS.items():
                if length == span:
                    return resolution
            raise InvalidOperationException(f"Unable to exactly convert time span ('{span}') to resolution.")
        return next(r for r, length in reversed(_SPANS.items()) if length <= span)

    @staticmethod
    def is_option(security_type: SecurityType) -> bool:
        return security_type in (SecurityType.OPTION, SecurityType.FUTURE_OPTION, SecurityType.INDEX_OPTION)

    @staticmethod
    def tick_type_to_lower(tick_type: TickType) -> str:
        return str(to_enum(TickType, tick_type)).replace("_", "").lower()

    @staticmethod
    def read_lines(data_provider: Any, file: str) -> list[str]:
        """Lines of a file; none where there is no file."""
        stream = overrides.find(data_provider, "fetch")(file)
        return [] if stream is None else stream.read().decode("utf-8-sig").splitlines()

    @staticmethod
    def convert_to_utc(time: datetime, _from: Any, strict: bool = False) -> datetime:
        return aware_utc(_from.to_utc(to_date_time(time)))

    @staticmethod
    def convert_from_utc(time: datetime, to: Any, strict: bool = False) -> datetime:
        local: datetime = to.from_utc(to_date_time(time))
        return local

    @staticmethod
    def convert_to(time: datetime, from_time_zone: Any, to_time_zone: Any, strict: bool = False) -> datetime:
        local: datetime = to_time_zone.from_utc(from_time_zone.to_utc(to_date_time(time)))
        return local

    @staticmethod
    def round_to_significant_digits(d: float, digits: int) -> float:
        return float(f"{to_double(d):.{digits}g}")

    @staticmethod
    def get_order_direction(quantity: float) -> Any:
        from lean_stubs.orders.enums import OrderDirection

        number = to_double(quantity)
        return OrderDirection.BUY if number > 0 else OrderDirection.SELL if number < 0 else OrderDirection.HOLD
