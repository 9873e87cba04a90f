"""Trained models by key, bounded in number and in age on the algorithm's clock."""

from __future__ import annotations

import math
import threading
from collections.abc import Hashable, Iterator, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from cachetools import Cache, TLRUCache

from regime_framework.config import RegimeConfig, RetrainRule
from regime_framework.errors import InvalidSetting
from regime_framework.service.clock import micros, to_utc

__all__ = ["RegimeModelCache"]


class RegimeModelCache(MutableMapping[Hashable, Any]):
    """Least recently used models go first; each lives for `ttl` of algorithm time.

    Safe under threads. Reading an entry counts as a hit or a miss; `in`, `len` and iteration count nothing.

    Parameters
    ----------
    max_cache_size : int, default 200
        Most models kept.
    ttl : timedelta or float, optional
        Time to live on the algorithm's clock, a float in seconds; None keeps a model until it is evicted.
    retrain : {"never", "monthly", "weekly", "daily"}, int or timedelta, optional
        The retraining frequency that this cache was sized for; the service says so if its own differs.

    Raises
    ------
    InvalidSetting
        If a value breaks its rule.
    """

    def __init__(
        self, max_cache_size: int = 200, *, ttl: timedelta | float | None = None, retrain: RetrainRule | None = None
    ) -> None:
        if isinstance(max_cache_size, bool) or not isinstance(max_cache_size, int) or max_cache_size < 1:
            raise InvalidSetting("max_cache_size", "must be a whole number of at least 1", max_cache_size)
        self.retrain = None if retrain is None else RegimeConfig(retrain=retrain).retrain
        self.ttl = _life(ttl)
        self._max_size = max_cache_size
        self._lock = threading.RLock()
        self._now = micros(to_utc("now", datetime.min)) / 1e6
        self._hits = self._misses = self._evictions = self._expired = 0
        self._models = _Models(self, max_cache_size)

    def advance(self, now: datetime) -> None:
        """Move the clock; it never goes back."""
        with self._lock:
            self._now = max(self._now, micros(to_utc("now", now)) / 1e6)

    def __getitem__(self, key: Hashable) -> Any:
        with self._lock:
            try:
                model = self._models[key]
            except KeyError:
                self._misses += 1
                raise
            self._hits += 1
            return model

    def __setitem__(self, key: Hashable, model: Any) -> None:
        with self._lock:
            self._models[key] = model

    def __delitem__(self, key: Hashable) -> None:
        with self._lock:
            del self._models[key]

    def __contains__(self, key: object) -> bool:
        with self._lock:
            return key in self._models

    def __iter__(self) -> Iterator[Hashable]:
        with self._lock:
            return iter(list(self._models))

    def __len__(self) -> int:
        with self._lock:
            self._models.expire()
            return len(self._models)

    @property
    def max_size(self) -> int:
        """Most models kept."""
        return self._max_size

    def get_stats(self) -> dict[str, float]:
        """Counts so far: hit_rate (0 to 1), hit_count, miss_count, size, max_size, evictions, expired."""
        with self._lock:
            asked = self._hits + self._misses
            return {
                "hit_rate": self._hits / asked if asked else 0.0,
                "hit_count": self._hits,
                "miss_count": self._misses,
                "size": len(self),
                "max_size": self._max_size,
                "evictions": self._evictions,
                "expired": self._expired,
            }


class _Models(TLRUCache[Hashable, Any]):
    # Counts where cachetools itself removes, so that the counts are right in every one of its versions.

    def __init__(self, owner: RegimeModelCache, max_size: int) -> None:
        ttl = math.inf if owner.ttl is None else owner.ttl.total_seconds()
        super().__init__(max_size, ttu=lambda _key, _model, now: now + ttl, timer=lambda: owner._now)
        self._owner = owner

    def expire(self, time: float | None = None) -> Any:
        # Cache's own length: the one of a timed cache would expire again.
        before = Cache.__len__(self)
        gone = super().expire(time)
        self._owner._expired += before - Cache.__len__(self)
        return gone

    def popitem(self) -> tuple[Hashable, Any]:
        self.expire()
        item = super().popitem()
        self._owner._evictions += 1
        return item


def _life(ttl: timedelta | float | None) -> timedelta | None:
    if ttl is None:
        return None
    rule = "must be a positive timedelta or number of seconds"
    if isinstance(ttl, bool) or not isinstance(ttl, timedelta | int | float):
        raise InvalidSetting("ttl", rule, ttl)
    seconds = ttl.total_seconds() if isinstance(ttl, timedelta) else float(ttl)
    if not 0.0 < seconds < timedelta.max.total_seconds():
        raise InvalidSetting("ttl", rule, ttl)
    return timedelta(seconds=seconds)
