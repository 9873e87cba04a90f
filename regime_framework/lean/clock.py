"""Exchange-local bar ends become aware UTC here, once, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["ExchangeClock", "aware", "plain"]


def aware(moment: datetime) -> datetime:
    """LEAN's UTC time as one that pickles and copies like any other; LEAN's own zone does neither."""
    return plain(moment).replace(tzinfo=UTC)


def plain(moment: datetime) -> datetime:
    """The digits of a LEAN time as Python's own naive datetime."""
    return datetime.combine(moment.date(), moment.time())


class ExchangeClock:
    """Converts one exchange's local times; remembers the last one, since all symbols of a day share it."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._local: datetime | None = None
        self._utc = datetime.min

    def local(self, utc: datetime) -> datetime:
        """Naive exchange-local time for an aware time."""
        return utc.astimezone(self._zone).replace(tzinfo=None)

    def utc(self, local: datetime) -> datetime:
        """Aware UTC for a naive exchange-local time.

        Parameters
        ----------
        local : datetime
            As LEAN stamps bars: naive, in the exchange's zone.
        """
        if local != self._local:
            self._utc = plain(local).replace(tzinfo=self._zone).astimezone(UTC)
            self._local = local
        return self._utc
