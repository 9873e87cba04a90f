"""What the engine keeps of an insight."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lean_stubs.clr.guids import Guid
from lean_stubs.clr.instants import NEVER_SET
from lean_stubs.insights.periods import PeriodRule

if TYPE_CHECKING:
    from lean_stubs.common.symbol import Symbol
    from lean_stubs.insights.enums import InsightDirection, InsightType
    from lean_stubs.insights.score import InsightScore

__all__ = ["InsightState"]

_SECOND = timedelta(seconds=1)


class InsightState:
    """The engine's insight; Python only ever holds wrappers of it."""

    __slots__ = (
        "close",
        "close_is_utc",
        "confidence",
        "direction",
        "estimated_value",
        "generated",
        "generated_is_utc",
        "group_id",
        "guid",
        "magnitude",
        "period",
        "reference_value",
        "reference_value_final",
        "rule",
        "score",
        "source_model",
        "symbol",
        "tag",
        "type",
        "weight",
    )

    def __init__(self, symbol: Symbol, rule: PeriodRule, period: timedelta, type: InsightType, direction: InsightDirection) -> None:
        self.symbol, self.rule, self.period, self.type, self.direction = symbol, rule, period, type, direction
        self.magnitude: float | None = None
        self.confidence: float | None = None
        self.weight: float | None = None
        self.source_model: str | None = None
        self.tag: str | None = ""
        self.guid: Guid | None = None
        self.group_id: Guid | None = None
        self.generated = self.close = NEVER_SET
        self.generated_is_utc = self.close_is_utc = False
        self.reference_value = self.reference_value_final = self.estimated_value = 0.0
        self.score: InsightScore | None = None

    def identity(self) -> Guid:
        if self.guid is None:
            self.guid = Guid()
        return self.guid

    def is_expired(self, utc: datetime) -> bool:
        return self.close < utc

    def expire(self, utc: datetime, is_utc: bool = True) -> None:
        """Closes an active insight one second before `utc` (naive)."""
        if not self.close < utc:
            self.close, self.close_is_utc = utc - _SECOND, is_utc
            self.period = self.close - self.generated

    def initialize(self, utc: datetime, hours: Any) -> None:
        """Sets generation time, close time and period when the engine takes the insight."""
        self.generated, self.generated_is_utc = utc, True
        self.close, self.period = self.rule.close(hours, utc)
        self.close_is_utc = True
