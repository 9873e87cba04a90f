"""Time by named part."""

from __future__ import annotations

import functools
import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from threading import get_ident
from time import perf_counter_ns
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from regime_framework.service.parts import Part, PartStatistics, in_lines, nanoseconds, take_out

__all__ = ["MANY", "Measurement", "PartStatistics", "PerformanceProfiler", "Watch"]

P = ParamSpec("P")
R = TypeVar("R")

_MOST_PARTS: Final = 256
_REST: Final = "(other)"
# A measurement only notes its time; sums and percentiles are made of so many at once, which costs a tenth each.
MANY: Final = 1024


class PerformanceProfiler:
    """Running sums of time by named part; safe under threads, of bounded size.

    Attributes
    ----------
    clock : callable
        Nanoseconds for :class:`Watch`; 0 while switched off.
    busy : set of int
        Threads with an open part.

    Notes
    -----
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
        self._parts: list[Part] = []
        self._names: dict[str, Measurement] = {}
        self._watches: list[_WatchNotes] = []
        self.busy: set[int] = set()
        self._notebooks: list[_Notebook] = []
        # What threads note is bound to one period of measuring: switching on begins another, so that a part that was
        # entered before finds nothing to close.
        self._notes: _Notes | None = None
        self.clock: Callable[[], int] = int
        if enabled:
            self.enable()

    @property
    def enabled(self) -> bool:
        """Whether new measurements are taken."""
        return self._notes is not None

    def enable(self) -> None:
        """Take measurements from now on."""
        if self._notes is None:
            self._begin()

    def disable(self) -> None:
        """Take no new measurements; what was measured stays."""
        self._notes = None
        self.clock = int

    def reset(self) -> None:
        """Forget what was measured."""
        with self._lock:
            self._settle()
            self._notebooks = []
            for part in self._parts:
                part.clear()
        if self._notes is not None:
            self._begin()

    def measure(self, name: str) -> Measurement:
        """A context manager, and a decorator, that adds its time to part `name`; all threads may share it."""
        try:
            return self._names[name]
        except KeyError:
            return self._named(name)

    def watch(self, whole: str, part: str) -> Watch:
        """For work that one thread at a time does very often: a part and one inside it, noted by hand.

        Parameters
        ----------
        whole, part : str
        """
        with self._lock:
            gone = [held for held in self._watches if held.watch() is None]
            self._settle()
            for held in gone:
                self._watches.remove(held)
            watch = Watch(self, self._number(whole))
            self._watches.append(_WatchNotes(weakref.ref(watch), watch.notes, self._number(whole), self._number(part)))
            return watch

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
        return in_lines(self.statistics)

    def _begin(self) -> None:
        self.busy = set()
        self._notes = _Notes(self._open)
        self.clock = perf_counter_ns

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
        self._parts.append(Part(name))
        return len(self._parts) - 1

    def _open(self) -> _Notebook:
        notebook = _Notebook()
        with self._lock:
            # Threads come and go; what one has left behind is counted and dropped.
            ended = [book for book in self._notebooks if book.owner() is None]
            self._settle()
            for book in ended:
                self._notebooks.remove(book)
                for number, inside in book.inside.items():
                    self._parts[number].inside += inside
            self._notebooks.append(notebook)
        return notebook

    def _count(self) -> None:
        with self._lock:
            self._settle()

    def _settle(self) -> None:
        for book in self._notebooks:
            for number, notes in book.notes.copy().items():
                self._parts[number].add(nanoseconds(take_out(notes)))
        for watch in self._watches:
            noted = take_out(watch.notes)
            times = nanoseconds(list(chain.from_iterable(noted))).reshape(-1, 4)
            self._parts[watch.whole].add(times[:, 3] - times[:, 2])
            self._parts[watch.whole].inside += self._parts[watch.part].add(times[:, 1] - times[:, 0])

    def _inside(self) -> dict[int, int]:
        inside = {number: part.inside for number, part in enumerate(self._parts)}
        for book in self._notebooks:
            for number, took in book.inside.copy().items():
                inside[number] += took
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
            if not begun:
                self._profiler.busy.add(get_ident())
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
                else:
                    self._profiler.busy.discard(get_ident())
                if len(own) >= MANY:
                    self._profiler._count()

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            with self:
                return function(*args, **kwargs)

        return measured


class Watch:
    """Notes a part and one inside it with next to no cost; made by :meth:`PerformanceProfiler.watch`.

    A context manager costs a bar of one symbol two per cent, most of it for finding the thread's notes; so the engine
    reads :attr:`PerformanceProfiler.clock` itself. As a context manager a watch is for what is measured inside of it
    now and then.
    """

    __slots__ = ("__weakref__", "_number", "_profiler", "notes")

    def __init__(self, profiler: PerformanceProfiler, number: int) -> None:
        self._profiler = profiler
        self._number = number
        # Begin and end of the part inside, begin and end of the whole.
        self.notes: list[tuple[int, int, int, int]] = []

    def look(self, took: int) -> None:
        """To be called after a note, with the time of the whole, when there are :data:`MANY` notes or threads are busy."""
        profiler = self._profiler
        if len(self.notes) >= MANY:
            profiler._count()
        notes = profiler._notes
        if notes is not None and notes.begun:
            notes.book.inside[notes.begun[-2]] += took

    def __enter__(self) -> None:
        notes = self._profiler._notes
        if notes is not None:
            notes.begun += (self._number, 0)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        notes = self._profiler._notes
        if notes is not None:
            del notes.begun[-2:]


@dataclass(frozen=True, slots=True, eq=False)
class _WatchNotes:
    # Outlives its watch, so that no note is lost with it.
    watch: Callable[[], Watch | None]
    notes: list[tuple[int, int, int, int]]
    whole: int
    part: int


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
