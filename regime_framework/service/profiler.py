"""Time by named part."""

from __future__ import annotations

import functools
import math
import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter_ns
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

import numpy as np

from regime_framework._typing import Indices

__all__ = ["Lap", "Measurement", "PartStatistics", "PerformanceProfiler"]

P = ParamSpec("P")
R = TypeVar("R")

_PER_OCTAVE: Final = 8  # buckets between a time and its double: a percentile is off by 5 % at most
_OCTAVES: Final = 63  # of nanoseconds: from one to what a clock of 64 bits can tell
_MOST_PARTS: Final = 256
_REST: Final = "(other)"
_RULE: Final = "=" * 60
# A measurement only notes its time; sums and percentiles are made of so many at once, which costs a tenth each.
_NOTED: Final = 1024


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

    Parts may be nested. A part that is open while the profiler is switched or reset is not measured.

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
        self._lock = threading.Lock()
        self._parts: list[_Part] = []
        self._names: dict[str, Measurement] = {}
        self._laps: list[_LapNotes] = []
        self._notebooks: list[_Notebook] = []
        # What threads note is bound to one period of measuring: switching on begins another, so that a part that was
        # entered before finds nothing to close.
        self._notes: _Notes | None = _Notes(self._open) if enabled else None

    @property
    def enabled(self) -> bool:
        """Whether new measurements are taken."""
        return self._notes is not None

    def enable(self) -> None:
        """Take measurements from now on."""
        if self._notes is None:
            self._notes = _Notes(self._open)

    def disable(self) -> None:
        """Take no new measurements; what was measured stays."""
        self._notes = None

    def reset(self) -> None:
        """Forget what was measured."""
        with self._lock:
            self._settle()
            self._notebooks = []
            for part in self._parts:
                part.clear()
        if self._notes is not None:
            self._notes = _Notes(self._open)

    def measure(self, name: str) -> Measurement:
        """A context manager, and a decorator, that adds its time to part `name`; all threads may share it."""
        try:
            return self._names[name]
        except KeyError:
            return self._named(name)

    def lap(self, name: str, *, within: str) -> Lap:
        """A cheaper :meth:`measure` for a place that one thread at a time enters, always inside part `within`."""
        with self._lock:
            self._settle()
            lap = Lap(self)
            notes = _LapNotes(weakref.ref(lap), lap.notes, self._number(name), self._number(within))
            self._laps = [held for held in self._laps if held.lap() is not None] + [notes]
            return lap

    @property
    def statistics(self) -> Mapping[str, PartStatistics]:
        """What was measured so far, by part, the longest total first."""
        with self._lock:
            self._settle()
            inside = self._inside()
            found = {part.name: part.statistics(inside[number]) for number, part in enumerate(self._parts) if part.calls}
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

    def _named(self, name: str) -> Measurement:
        with self._lock:
            number = self._number(name)
            return self._names.setdefault(self._parts[number].name, Measurement(self, number))

    def _number(self, name: str) -> int:
        for number, part in enumerate(self._parts):
            if part.name == name:
                return number
        if len(self._parts) >= _MOST_PARTS and name != _REST:
            return self._number(_REST)
        self._parts.append(_Part(name))
        return len(self._parts) - 1

    def _open(self) -> _Notebook:
        notebook = _Notebook()
        with self._lock:
            # Threads come and go; what one has left behind is counted and dropped.
            self._settle()
            for book in self._notebooks:
                if book.owner() is None:
                    for number, inside in book.inside.items():
                        self._parts[number].inside += inside
            self._notebooks = [book for book in self._notebooks if book.owner() is not None] + [notebook]
        return notebook

    def _count(self) -> None:
        with self._lock:
            self._settle()

    def _settle(self) -> None:
        for book in self._notebooks:
            for number, notes in book.notes.copy().items():
                self._parts[number].add(_emptied(notes))
        for lap in self._laps:
            self._parts[lap.within].inside += self._parts[lap.number].add(_emptied(lap.notes))

    def _inside(self) -> dict[int, int]:
        inside = {number: part.inside for number, part in enumerate(self._parts)}
        for book in self._notebooks:
            for number, nanoseconds in book.inside.copy().items():
                inside[number] += nanoseconds
        return inside


class Measurement:
    """One named part: `with` it, or decorate a function with it; made by :meth:`PerformanceProfiler.measure`."""

    __slots__ = ("_number", "_profiler")

    def __init__(self, profiler: PerformanceProfiler, number: int) -> None:
        self._profiler = profiler
        self._number = number

    def __enter__(self) -> None:
        notes = self._profiler._notes
        if notes is not None:
            begun = notes.begun
            begun.append(self._number)
            begun.append(perf_counter_ns())

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        notes = self._profiler._notes
        if notes is not None:
            now = perf_counter_ns()
            book = notes.book
            begun = book.begun
            if begun:  # empty if measuring began inside this part
                took = now - begun.pop()
                own = book.notes[begun.pop()]
                own.append(took)
                if begun:
                    book.inside[begun[-2]] += took
                if len(own) >= _NOTED:
                    self._profiler._count()

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            with self:
                return function(*args, **kwargs)

        return measured


class Lap:
    """A named part that is never entered twice at a time; made by :meth:`PerformanceProfiler.lap`."""

    __slots__ = ("__weakref__", "_begun", "_profiler", "notes")

    def __init__(self, profiler: PerformanceProfiler) -> None:
        self._profiler = profiler
        self.notes: list[int] = []  # nanoseconds
        self._begun = 0

    def __enter__(self) -> None:
        self._begun = 0 if self._profiler._notes is None else perf_counter_ns()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._begun:
            notes = self.notes
            notes.append(perf_counter_ns() - self._begun)
            if len(notes) >= _NOTED:
                self._profiler._count()


@dataclass(frozen=True, slots=True, eq=False)
class _LapNotes:
    # Outlives its lap, so that no note is lost with it.
    lap: Callable[[], Lap | None]
    notes: list[int]
    number: int
    within: int


class _Owner:
    """Lives as long as its thread."""


class _Notebook:
    """What one thread has measured; its notes wait to be summed up."""

    __slots__ = ("begun", "inside", "notes", "owner")

    def __init__(self) -> None:
        self.begun: list[int] = []  # number and time of each part that is open, the outermost first
        self.notes: defaultdict[int, list[int]] = defaultdict(list)  # nanoseconds by number of the part
        self.inside: defaultdict[int, int] = defaultdict(int)  # of all that ran inside a part so far
        self.owner: Callable[[], _Owner | None] = lambda: None


class _Notes(threading.local):
    # Made anew in each thread that asks for it.
    def __init__(self, opened: Callable[[], _Notebook]) -> None:
        self.book = opened()
        self.begun = self.book.begun
        self._owner = _Owner()
        self.book.owner = weakref.ref(self._owner)


def _emptied(notes: list[int]) -> Indices:
    # In two steps that a thread which appends meanwhile cannot disturb.
    found = notes[:]
    del notes[: len(found)]
    return np.fromiter(found, np.int64, len(found))


class _Part:
    __slots__ = ("buckets", "calls", "inside", "max", "min", "name", "total")

    def __init__(self, name: str) -> None:
        self.name = name
        self.clear()

    def clear(self) -> None:
        self.calls = self.total = self.inside = self.max = 0
        self.min = 2**63
        self.buckets: Indices = np.zeros(_PER_OCTAVE * _OCTAVES, np.int64)

    def add(self, took: Indices) -> int:
        if not len(took):
            return 0
        total = int(took.sum())
        self.calls += len(took)
        self.total += total
        self.min = min(self.min, int(took.min()))
        self.max = max(self.max, int(took.max()))
        places = np.floor(np.log2(np.maximum(took, 1)) * _PER_OCTAVE).astype(np.int64)
        self.buckets += np.bincount(places, minlength=len(self.buckets))
        return total

    def statistics(self, inside: int) -> PartStatistics:
        return PartStatistics(
            self.calls,
            self.total / 1e9,
            self.total / self.calls / 1e9,
            self.min / 1e9,
            self.max / 1e9,
            # Switched on while this part was open, what ran inside may be known and the part itself not.
            max(self.total - inside, 0) / 1e9,
            self._percentile(0.50),
            self._percentile(0.99),
        )

    def _percentile(self, share: float) -> float:
        rank = math.ceil(share * self.calls)
        bucket = int(np.searchsorted(np.cumsum(self.buckets), rank))
        # The middle of the bucket, but never outside of what was seen.
        return float(min(max(2.0 ** ((bucket + 0.5) / _PER_OCTAVE), self.min), self.max)) / 1e9
