"""Insight: an alpha model's view of one symbol (Common/Algorithm/Framework/Alphas/Insight.cs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.clr import ClrArray, ClrObject, array_of
from lean_stubs.clr.casing import to_pascal
from lean_stubs.clr.convert import (
    no_match,
    to_date_time,
    to_int,
    to_time_span,
)
from lean_stubs.clr.exceptions import InvalidOperationException
from lean_stubs.clr.formatting import number_text, rounded, span_text
from lean_stubs.clr.guids import Guid
from lean_stubs.clr.instants import NEVER_SET, aware_utc
from lean_stubs.clr.overloads import bound
from lean_stubs.common.enums import Resolution
from lean_stubs.common.symbol import Symbol
from lean_stubs.insights import arguments as overloads
from lean_stubs.insights.enums import InsightDirection, InsightType
from lean_stubs.insights.fields import InsightFields
from lean_stubs.insights.periods import Span, close_after_bars, close_after_span
from lean_stubs.insights.state import InsightState

__all__ = ["Insight", "InsightState"]

_SECOND = timedelta(seconds=1)


class Insight(InsightFields, ClrObject, clr="QuantConnect.Algorithm.Framework.Alphas"):
    """A wrapper: two wrappers of the same insight are equal and share all but Python attributes."""

    _state: InsightState

    @overload
    def __init__(
        self, symbol: Symbol | str, period: timedelta, type: InsightType, direction: InsightDirection, tag: str = ""
    ) -> None: ...
    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        period: timedelta,
        type: InsightType,
        direction: InsightDirection,
        magnitude: float | None,
        confidence: float | None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> None: ...
    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        expiry_func: Callable[[datetime], datetime],
        type: InsightType,
        direction: InsightDirection,
        tag: str = "",
    ) -> None: ...
    @overload
    def __init__(
        self,
        symbol: Symbol | str,
        expiry_func: Callable[[datetime], datetime],
        type: InsightType,
        direction: InsightDirection,
        magnitude: float | None,
        confidence: float | None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> None: ...
    @overload
    def __init__(
        self,
        generated_time_utc: datetime,
        symbol: Symbol | str,
        period: timedelta,
        type: InsightType,
        direction: InsightDirection,
        magnitude: float | None,
        confidence: float | None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> None: ...
    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._state = overloads.constructed(arguments, named)

    @classmethod
    def _wrap(cls, state: InsightState) -> Insight:
        """A new wrapper, as the engine hands one out."""
        wrapper: Insight = object.__new__(Insight)
        wrapper._state = state
        return wrapper

    @overload
    @staticmethod
    def price(
        symbol: Symbol | str,
        resolution: Resolution,
        bar_count: int,
        direction: InsightDirection,
        magnitude: float | None = None,
        confidence: float | None = None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> Insight: ...
    @overload
    @staticmethod
    def price(
        symbol: Symbol | str,
        close_time_local: datetime,
        direction: InsightDirection,
        magnitude: float | None = None,
        confidence: float | None = None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> Insight: ...
    @overload
    @staticmethod
    def price(
        symbol: Symbol | str,
        period: timedelta,
        direction: InsightDirection,
        magnitude: float | None = None,
        confidence: float | None = None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> Insight: ...
    @overload
    @staticmethod
    def price(
        symbol: Symbol | str,
        expiry_func: Callable[[datetime], datetime],
        direction: InsightDirection,
        magnitude: float | None = None,
        confidence: float | None = None,
        source_model: str | None = None,
        weight: float | None = None,
        tag: str = "",
    ) -> Insight: ...
    @staticmethod
    def price(*arguments: Any, **named: Any) -> Insight:
        """A price insight.

        Its end is a timedelta of trading time, a resolution and a number of bars, a close time in exchange time, or a function
        from the local generation time to the close time.

        Raises
        ------
        ArgumentOutOfRangeException
            The timedelta is under a second, or the number of bars under one.
        """
        return Insight._wrap(overloads.price(arguments, named))

    @staticmethod
    def group(*insights: Any, insight: Any = None) -> ClrArray[Insight]:
        """Stamps one new group id on the insights (several, or a list of them) and gives them back."""
        given = insights if insight is None else (insight,)
        items: Iterable[Any] = given[0] if len(given) == 1 and not isinstance(given[0], Insight) else given
        found = list(items)
        if not all(isinstance(i, Insight) for i in found):
            raise no_match("group", *given)
        group_id = Guid()
        for member in found:
            if member._state.group_id is not None:
                raise InvalidOperationException(
                    f"Unable to set group id on insight {member}: it has already been assigned to a group."
                )
            member._state.group_id = group_id
        return array_of(Insight, [Insight._wrap(i._state) for i in found])

    @overload
    @staticmethod
    def compute_close_time(
        exchange_hours: Any, generated_time_utc: datetime, resolution: Resolution, bar_count: int
    ) -> datetime: ...
    @overload
    @staticmethod
    def compute_close_time(exchange_hours: Any, generated_time_utc: datetime, period: timedelta) -> datetime: ...
    @staticmethod
    def compute_close_time(*arguments: Any, **named: Any) -> datetime:
        """Close time for a timedelta, or for a resolution and a number of bars."""
        given = bound(Insight.compute_close_time, arguments, named)
        hours, generated = given["exchange_hours"], to_date_time(given["generated_time_utc"])
        if "period" in given:
            return aware_utc(close_after_span(hours, generated, to_time_span(given["period"])))
        return aware_utc(close_after_bars(hours, generated, given["resolution"], to_int(given["bar_count"])))

    def is_expired(self, utc_time: datetime) -> bool:
        return self._state.is_expired(to_date_time(utc_time))

    def is_active(self, utc_time: datetime) -> bool:
        return not self._state.is_expired(to_date_time(utc_time))

    def expire(self, utc_time: datetime) -> None:
        """Closes the insight, if it is active, one second before the given time."""
        self._state.expire(to_date_time(utc_time), utc_time.tzinfo is not None)

    def cancel(self, utc_time: datetime) -> None:
        self.expire(utc_time)

    def set_period_and_close_time(self, exchange_hours: Any) -> None:
        if self._state.generated == NEVER_SET:
            raise InvalidOperationException("The insight's 'GeneratedTimeUtc' must be set before calling SetPeriodAndCloseTime.")
        self._state.initialize(self._state.generated, exchange_hours)

    def clone(self) -> Insight:
        """A copy with the same id, not equal to this one; its period is a plain timedelta of the current one."""
        old = self._state
        new = InsightState(old.symbol, Span(old.period or _SECOND), old.period, old.type, old.direction)
        for name in InsightState.__slots__:
            if name != "rule":
                setattr(new, name, getattr(old, name))
        new.guid, new.score = old.identity(), self.score
        return Insight._wrap(new)

    def short_to_string(self) -> str:
        s = self._state
        text = f"{s.symbol.value} {to_pascal(str(s.type))} {to_pascal(str(s.direction))} {span_text(s.period)}"
        text += "" if s.magnitude is None else f" M:{number_text(s.magnitude)}%"
        text += "" if s.confidence is None else f" C:{number_text(rounded(100 * s.confidence, 1))}%"
        text += "" if s.weight is None else f" W:{number_text(rounded(100 * s.weight, 1))}%"
        return text + (f". {s.tag}" if s.tag else "")

    def __str__(self) -> str:
        s = self._state
        kind, towards = to_pascal(str(s.type)), to_pascal(str(s.direction))
        text = f"{s.identity().to_string('N')}: {s.symbol} {kind} {towards} within {span_text(s.period)}"
        text += "" if s.magnitude is None else f" by {number_text(s.magnitude)}%"
        text += "" if s.confidence is None else f" with {number_text(rounded(100 * s.confidence, 1))}% confidence"
        text += "" if s.weight is None else f" and {number_text(rounded(100 * s.weight, 1))}% weight"
        return text + (f": {s.tag}" if s.tag else "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Insight) and self._state is other._state

    def __hash__(self) -> int:
        return hash(id(self._state))
