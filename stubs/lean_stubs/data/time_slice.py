"""What the feed hands to the loop for one step (LEAN: Engine/DataFeeds/TimeSlice.cs)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.slice import Slice

__all__ = ["TimeSlice"]


@dataclass
class TimeSlice:
    """A time pulse has no slice: it only moves the clock before a universe selects.

    Attributes
    ----------
    updates
        Bars by security, internal feeds included: what sets prices.
    consolidator_updates
        Bars by subscription, internal feeds excluded.
    """

    utc: datetime
    slice: Slice | None = None
    changes: Any = None
    updates: list[tuple[Any, list[Any]]] = field(default_factory=list)
    consolidator_updates: list[tuple[SubscriptionDataConfig, list[Any]]] = field(default_factory=list)
    selected: int = 0

    @property
    def is_pulse(self) -> bool:
        return self.slice is None
