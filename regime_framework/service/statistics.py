"""What a service did so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regime_framework.service.cache import RegimeModelCache
from regime_framework.service.engine import Engine
from regime_framework.service.intake import Tally
from regime_framework.service.profiler import PerformanceProfiler

__all__ = ["ServiceStatistics", "collect"]


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
    bars_fallen_back : mapping of str to int
        Whole bars of which only the close was used, by reason; among `bars_seen`. "incomplete": its prices made no sense;
        "absurd range": a high or low that no regime of the symbol's model comes near and the close does not confirm.
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
    bars_fallen_back: Mapping[str, int]
    bars_rejected: Mapping[str, int]
    failures: Mapping[str, Mapping[str, int]]
    seconds: Mapping[str, float]


def collect(engine: Engine, cache: object, profiler: PerformanceProfiler) -> ServiceStatistics:
    """The counts as they are now."""
    with engine.lock:
        trainer, tally = engine.trainer, engine.tracks.tally
        asked = trainer.hits + trainer.misses
        cached = cache.get_stats() if isinstance(cache, RegimeModelCache) else {}
        _, rows = engine.followed()
        return ServiceStatistics(
            symbols=len(rows),
            ready=int((engine.book.state[rows] >= 0).sum()),
            trainings=trainer.trainings,
            models_loaded=trainer.loaded,
            cache_hits=trainer.hits,
            cache_misses=trainer.misses,
            cache_expired=int(cached.get("expired", 0)),
            cache_evicted=int(cached.get("evictions", 0)),
            hit_rate=trainer.hits / asked if asked else 0.0,
            bars_seen=tally.seen,
            bars_repeated=tally.repeated,
            bars_incomplete=tally.incomplete,
            bars_fallen_back=_fallen_back(tally),
            bars_rejected=dict(tally.rejected),
            failures={symbol: dict(reasons) for symbol, reasons in sorted(dict(trainer.failures).items())},
            seconds={name: part.total for name, part in profiler.statistics.items()},
        )


def _fallen_back(tally: Tally) -> dict[str, int]:
    counts = {"incomplete": tally.incomplete, "absurd range": tally.absurd}
    return {reason: count for reason, count in counts.items() if count}
