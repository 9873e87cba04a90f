"""What a service did so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ServiceStatistics"]


@dataclass(frozen=True, slots=True)
class ServiceStatistics:
    """Counts of one service.

    Parameters
    ----------
    symbols, ready : int
        Symbols followed, and those of them with a regime.
    trainings : int
        Models trained; what came out of cache or store is not among them.
    models_loaded : int
        Models that came out of the store.
    cache_hits, cache_misses, cache_expired, cache_evicted : int
        Hits and misses of this service; what expired or was evicted in its cache, 0 for a mapping that does not tell.
    hit_rate : float
        Hits among all lookups, 0 to 1.
    bars_seen, bars_repeated : int
        Bars taken, and bars that were not newer than their symbol's last.
    bars_incomplete : int
        Whole bars that made no sense and of which only the close was used; among `bars_seen`.
    bars_rejected : mapping of str to int
        Bars that were skipped, by reason.
    failures : mapping of str to mapping of str to int
        Failed trainings by symbol and reason.
    seconds : mapping of str to float
        Time by part, from the profiler.
    """

    symbols: int
    ready: int
    trainings: int
    models_loaded: int
    cache_hits: int
    cache_misses: int
    cache_expired: int
    cache_evicted: int
    hit_rate: float
    bars_seen: int
    bars_repeated: int
    bars_incomplete: int
    bars_rejected: Mapping[str, int]
    failures: Mapping[str, Mapping[str, int]]
    seconds: Mapping[str, float]
