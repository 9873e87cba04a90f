"""One running stream of points (LEAN: Engine/DataFeeds/Subscription.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lean_stubs.data.config import SubscriptionDataConfig
from lean_stubs.data.fill_forward import Moment
from lean_stubs.time.zones import TimeZone

__all__ = ["Subscription"]


class Subscription:
    """Holds its next point; `emit` is the UTC instant at which that is due, None before the first and after the last."""

    __slots__ = (
        "_moments",
        "_zone",
        "config",
        "data",
        "emit",
        "end_utc",
        "ended",
        "is_universe",
        "removed",
        "security",
        "sort_key",
        "start_utc",
        "universe",
        "universes",
    )

    def __init__(
        self,
        config: SubscriptionDataConfig,
        security: Any,
        moments: Iterator[Moment],
        zone: TimeZone,
        start_utc: datetime,
        end_utc: datetime,
        universe: Any = None,
        is_universe: bool = False,
    ) -> None:
        self.config, self.security, self._moments, self._zone = config, security, moments, zone
        self.start_utc, self.end_utc = start_utc, end_utc
        self.universe, self.is_universe = universe, is_universe
        self.universes: list[Any] = [] if universe is None else [universe]
        self.emit: datetime | None = None
        self.data: Any = None
        self.ended = self.removed = False
        kind = config.symbol.security_type
        self.sort_key = (int(kind), int(config.tick_type), config.symbol.value.upper())

    def move_next(self) -> bool:
        moment = next(self._moments, None)
        if moment is None:
            self.emit = self.data = None
            self.ended = True
            return False
        self.data = moment[1]
        self.emit = self._zone.to_utc(moment[0])
        return True

    def add_universe(self, universe: Any) -> None:
        if universe is not None and not any(known is universe for known in self.universes):
            self.universes.append(universe)

    def remove_universe(self, universe: Any) -> bool:
        """Whether nobody asks for the stream any more."""
        if universe is None:
            self.universes = []
        else:
            self.universes = [known for known in self.universes if known is not universe]
        return not self.universes
