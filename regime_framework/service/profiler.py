"""Time by named part."""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

__all__ = ["PartStatistics", "PerformanceProfiler"]

P = ParamSpec("P")
R = TypeVar("R")

_PER_OCTAVE: Final = 8  # buckets between a time and its double: a percentile is off by 5 % at most
_LOWEST: Final = -30  # powers of two of a second that the sketch covers: a nanosecond
_HIGHEST: Final = 18  # to three days
_MOST_PARTS: Final = 256
_REST: Final = "(other)"
_RULE: Final = "=" * 60


@dataclass(frozen=True, slots=True)
class PartStatistics:
    """How often a part ran and for how long, in seconds.

    Parameters
    ----------
    calls : int
    total, mean, min, max : float
        Nested parts are included.
    own : float
        Total without the parts that ran inside this one.
    p50, p99 : float
        From a sketch of fixed size, exact to 5 %.
    """

    calls: int
    total: float
    mean: float
    min: float
    max: float
    own: float
    p50: float
    p99: float


class PerformanceProfiler:
    """Running sums of time by named part; safe under threads, of bounded size.

    Examples
    --------
    >>> profiler = PerformanceProfiler()
    >>> with profiler.measure("regime_update"):
    ...     pass
    >>> @profiler.measure("data_collection")
    ... def collect(): ...
    >>> profiler.statistics["regime_update"].calls
    1
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = bool(enabled)
        self._lock = threading.Lock()
        self._parts: dict[str, _Part] = {}
        self._inside = _Inside()

    @property
    def enabled(self) -> bool:
        """Whether new measurements are taken."""
        return self._enabled

    def enable(self) -> None:
        """Take measurements from now on."""
        self._enabled = True

    def disable(self) -> None:
        """Take no new measurements; what was measured stays."""
        self._enabled = False

    def reset(self) -> None:
        """Forget what was measured."""
        with self._lock:
            self._parts.clear()

    def measure(self, name: str) -> Measurement:
        """A context manager, and a decorator, that adds its time to part `name`."""
        return Measurement(self, name)

    @property
    def statistics(self) -> Mapping[str, PartStatistics]:
        """What was measured so far, by part, the longest total first."""
        with self._lock:
            found = {name: part.statistics() for name, part in self._parts.items() if part.calls}
        return dict(sorted(found.items(), key=lambda item: (-item[1].total, item[0])))

    def summary(self) -> str:
        """The measurements as a text to log."""
        lines = ["Performance Profile:", _RULE, ""]
        for name, part in self.statistics.items():
            lines += [
                f"{name}:",
                f"  Calls: {part.calls}",
                f"  Total: {part.total:.3f}s",
                f"  Mean:  {part.mean:.3f}s",
                f"  Min:   {part.min:.3f}s",
                f"  Max:   {part.max:.3f}s",
                "",
            ]
        return "\n".join([*lines, _RULE])

    def _add(self, name: str, seconds: float, inside: float) -> None:
        with self._lock:
            part = self._parts.get(name)
            if part is None:
                if len(self._parts) >= _MOST_PARTS:
                    name = _REST
                part = self._parts.setdefault(name, _Part())
            part.add(seconds, inside)


class Measurement:
    """One named measurement: `with` it, or decorate a function with it; made by :meth:`PerformanceProfiler.measure`."""

    __slots__ = ("_name", "_outer", "_profiler", "_start")

    def __init__(self, profiler: PerformanceProfiler, name: str) -> None:
        self._profiler = profiler
        self._name = name
        self._start = -1.0

    def __enter__(self) -> None:
        profiler = self._profiler
        if profiler._enabled:
            self._outer = profiler._inside.seconds
            profiler._inside.seconds = 0.0
            self._start = perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        start = self._start
        if start >= 0.0:
            seconds = perf_counter() - start
            inside = self._profiler._inside
            self._profiler._add(self._name, seconds, inside.seconds)
            inside.seconds = self._outer + seconds
            self._start = -1.0

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        profiler, name = self._profiler, self._name

        @functools.wraps(function)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            with Measurement(profiler, name):
                return function(*args, **kwargs)

        return measured


class _Inside(threading.local):
    # Seconds already measured inside the part that this thread is in.
    seconds: float = 0.0


class _Part:
    __slots__ = ("buckets", "calls", "inside", "max", "min", "total")

    def __init__(self) -> None:
        self.calls = 0
        self.total = self.inside = self.max = 0.0
        self.min = math.inf
        self.buckets: dict[int, int] = {}

    def add(self, seconds: float, inside: float) -> None:
        self.calls += 1
        self.total += seconds
        self.inside += inside
        if seconds < self.min:
            self.min = seconds
        if seconds > self.max:
            self.max = seconds
        octave = min(max(math.log2(seconds), _LOWEST), _HIGHEST) if seconds > 0.0 else _LOWEST
        bucket = math.floor(octave * _PER_OCTAVE)
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1

    def statistics(self) -> PartStatistics:
        return PartStatistics(
            self.calls,
            self.total,
            self.total / self.calls,
            self.min,
            self.max,
            self.total - self.inside,
            self._percentile(0.50),
            self._percentile(0.99),
        )

    def _percentile(self, share: float) -> float:
        rank = math.ceil(share * self.calls)
        passed = 0
        for bucket in sorted(self.buckets):
            passed += self.buckets[bucket]
            if passed >= rank:
                # The middle of the bucket, but never outside of what was seen.
                return min(max(math.exp2((bucket + 0.5) / _PER_OCTAVE), self.min), self.max)
        return self.max
