"""Exchange-local bar ends become aware UTC here, once, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

__all__ = ["ExchangeClock", "aware", "plain"]

_REMEMBERED: Final = 4096


def aware(moment: datetime) -> datetime:
    """LEAN's UTC time as one that pickles and copies like any other; LEAN's own zone does neither."""
    return plain(moment).replace(tzinfo=UTC)


def plain(moment: datetime) -> datetime:
    """The digits of a LEAN time as Python's own naive datetime."""
    return datetime.combine(moment.date(), moment.time())


class ExchangeClock:
    """Converts one exchange's local times; remembers them, since the symbols of a day share its end."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self.utc: Callable[[datetime], datetime] = lru_cache(_REMEMBERED)(self._utc)

    def local(self, utc: datetime) -> datetime:
        """Naive exchange-local time for an aware time."""
        return utc.astimezone(self._zone).replace(tzinfo=None)

    def _utc(self, local: datetime) -> datetime:
        """Aware UTC for a time as LEAN stamps bars: naive, in the exchange's zone."""
        return plain(local).replace(tzinfo=self._zone).astimezone(UTC)
