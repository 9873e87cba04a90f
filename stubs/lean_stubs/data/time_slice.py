"""What the feed hands to the loop for one step (LEAN: Engine/DataFeeds/TimeSlice.cs)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.corporate import Delisting
from lean_stubs.data.slice import Slice
from lean_stubs.data.subscription import Subscription
from lean_stubs.data.tick_state import TickBatch, TickState

__all__ = ["TimeSlice", "build_step"]


@dataclass
class TimeSlice:
    """A time pulse has no slice: it only moves the clock before a universe selects.

    Attributes
    ----------
    updates
        Bars by security, internal feeds included: what sets prices.
    consolidator_updates
        Bars by subscription, internal feeds excluded.
    told
        What universes selected by (LEAN: UniverseData).
    """

    utc: datetime
    slice: Slice | None = None
    changes: Any = None
    updates: list[tuple[Any, list[Any]]] = field(default_factory=list)
    consolidator_updates: list[tuple[SubscriptionDataConfig, list[Any]]] = field(default_factory=list)
    selected: int = 0
    told: list[Any] = field(default_factory=list)

    @property
    def is_pulse(self) -> bool:
        return self.slice is None


def build_step(state: Any, now: datetime, packets: list[tuple[Subscription, list[Any]]], changes: Any, selected: int) -> TimeSlice:
    """Sort what is due into the slice, the prices and the consolidators (LEAN: TimeSliceFactory)."""
    data = Slice._at(state.time_zone.from_utc(now), now)
    step = TimeSlice(now, data, changes, selected=selected)
    for subscription, points in packets:
        if subscription.removed:
            continue
        internal = subscription.config.is_internal_feed
        bars: list[Any] = []
        for point in points:
            if not internal:
                data._put(point)
            elif isinstance(point, Delisting):
                data._put_action_only(point)
            if not point._is_auxiliary:
                bars.append(point)
        prices = bars
        if bars and type(bars[0]) is TickState:
            # Suspicious ticks are shown, but set no prices and make no bars.
            bars = [tick for tick in bars if not tick.suspicious]
            prices = [TickBatch(bars)]
        if bars:
            step.updates.append((subscription.security, prices))
            if not internal:
                step.consolidator_updates.append((subscription.config, bars))
    return step
